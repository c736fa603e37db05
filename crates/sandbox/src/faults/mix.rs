//! Random faults from a seed: the same seed and the same order of occasions give the same faults.

use std::time::Duration;

use schemars::JsonSchema;
use serde::Deserialize;

use super::kind::{EventFault, FaultKind};
use crate::clock::{Millis, to_millis};
use crate::limits::Scope;

/// A random mix of faults.
///
/// ```
/// use std::time::Duration;
/// use sandbox::faults::Mix;
/// let rough = Mix::rest(7).except("create_interaction_response").lasting(Duration::from_secs(30));
/// assert_eq!(rough.probability, 0.05);
/// ```
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Mix<K> {
    /// Share of the occasions that go wrong, 0 to 1.
    pub probability: f64,
    /// What may go wrong, each alike; name one twice to make it likelier.
    pub kinds: Vec<K>,
    /// Seed.
    pub seed: u64,
    /// Only these places; all when empty.
    #[serde(default)]
    pub only: Vec<String>,
    /// Never these places.
    #[serde(default)]
    pub except: Vec<String>,
    /// Ends by itself after this long (sandbox clock), in JSON as milliseconds.
    #[serde(default, deserialize_with = "read_lasting")]
    #[schemars(with = "Option<u64>")]
    pub lasting: Option<Duration>,
}

fn read_lasting<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<Duration>, D::Error> {
    Ok(Option::<u64>::deserialize(from)?.map(Duration::from_millis))
}

impl<K> Mix<K> {
    /// A mix over every place, until it is stopped.
    pub fn new(seed: u64, probability: f64, kinds: Vec<K>) -> Self {
        Self { probability, kinds, seed, only: Vec::new(), except: Vec::new(), lasting: None }
    }

    /// Only at this place (may be called repeatedly).
    pub fn only(mut self, place: &str) -> Self {
        self.only.push(place.to_owned());
        self
    }

    /// Never at this place (may be called repeatedly).
    pub fn except(mut self, place: &str) -> Self {
        self.except.push(place.to_owned());
        self
    }

    /// Ends after this long.
    pub fn lasting(self, time: Duration) -> Self {
        Self { lasting: Some(time), ..self }
    }

    /// Another share than the preset's.
    pub fn probability(self, probability: f64) -> Self {
        Self { probability, ..self }
    }
}

impl Mix<FaultKind> {
    /// A bad day: 5 % of the REST calls get a 5xx or a 429, or lose their connection before or after the work.
    pub fn rest(seed: u64) -> Self {
        let soon = Duration::from_secs(1);
        let kinds = vec![
            FaultKind::Status(500),
            FaultKind::Status(502),
            FaultKind::Status(503),
            FaultKind::RateLimited { scope: Scope::User, retry_after: soon },
            FaultKind::RateLimited { scope: Scope::Shared, retry_after: soon },
            FaultKind::DropRequest,
            FaultKind::DropAnswer,
        ];
        Self::new(seed, 0.05, kinds)
    }
}

impl Mix<EventFault> {
    /// A bad day of the gateway: 5 % of the events come twice, late, out of order or never.
    pub fn events(seed: u64) -> Self {
        let late = EventFault::Delay(Duration::from_millis(300));
        Self::new(seed, 0.05, vec![EventFault::Lose, EventFault::Twice, EventFault::Swap, late])
    }
}

#[derive(Debug)]
pub(super) struct Running<K> {
    mix: Mix<K>,
    dice: Dice,
    until: Option<Millis>,
}

impl<K: Clone> Running<K> {
    pub(super) fn new(mix: Mix<K>, now: Millis) -> Self {
        let until = mix.lasting.map(|time| now.saturating_add(to_millis(time)));
        Self { dice: Dice(mix.seed), until, mix }
    }

    pub(super) fn is_over(&self, now: Millis) -> bool {
        self.until.is_some_and(|until| now >= until)
    }

    pub(super) fn roll(&mut self, place: &str) -> Option<K> {
        let named = |list: &[String]| list.iter().any(|one| one == place);
        if named(&self.mix.except) || !(self.mix.only.is_empty() || named(&self.mix.only)) {
            return None;
        }
        let (chance, pick) = (self.dice.roll(), self.dice.roll());
        if f64::from(chance) / f64::from(u32::MAX) >= self.mix.probability {
            return None;
        }
        let count = u32::try_from(self.mix.kinds.len()).unwrap_or(u32::MAX);
        let index = usize::try_from(pick.checked_rem(count)?).unwrap_or_default();
        self.mix.kinds.get(index).cloned()
    }
}

/// SplitMix64 (Steele, Lea and Flood, 2014): small, fast, and good enough for dice.
#[derive(Debug)]
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut word = self.0;
        word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        u32::try_from((word ^ (word >> 31)) >> 32).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rolls(seed: u64) -> Vec<Option<u8>> {
        let mut mix = Running::new(Mix::new(seed, 0.05, vec![1, 2, 3]), 0);
        (0..10_000).map(|_| mix.roll("anywhere")).collect()
    }

    #[test]
    fn a_seed_repeats_itself_and_keeps_the_share() {
        let first = rolls(1);
        assert_eq!(first, rolls(1));
        assert_ne!(first, rolls(2));
        let bad = first.iter().flatten().count();
        assert!((400..600).contains(&bad), "{bad}");
        for kind in 1..=3 {
            assert!(first.contains(&Some(kind)));
        }
    }

    #[test]
    fn a_mix_keeps_to_its_places_and_its_time() {
        let mix = Mix::new(1, 1.0, vec![()]).only("a").only("b").except("b");
        let mut mix = Running::new(mix.lasting(Duration::from_secs(1)), 5_000);
        assert_eq!([mix.roll("a"), mix.roll("b"), mix.roll("c")], [Some(()), None, None]);
        assert!(!mix.is_over(5_999) && mix.is_over(6_000));
    }
}
