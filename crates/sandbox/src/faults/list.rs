//! The list of ordered faults.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use parking_lot::Mutex;
use schemars::JsonSchema;
use serde::Deserialize;

use super::mix::{Mix, Running};
use crate::clock::{Clock, Millis};

/// One ordered fault: what, where and how often.
///
/// ```
/// use sandbox::faults::{Fault, FaultKind};
/// let fault = Fault::on("create_guild_role", FaultKind::DropAnswer).after(1).times(2);
/// assert_eq!((fault.skip, fault.times), (1, 2));
/// ```
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fault<K> {
    /// Only here (operationId or event name); everywhere when absent.
    pub place: Option<String>,
    /// Only for this major id (channel, guild or webhook).
    pub major: Option<u64>,
    /// Occasions to let pass first.
    #[serde(default)]
    pub skip: u32,
    /// How often it strikes; `u32::MAX` for always.
    #[serde(default = "one")]
    pub times: u32,
    /// What goes wrong.
    pub kind: K,
}

fn one() -> u32 {
    1
}

impl<K> Fault<K> {
    /// Strikes the next occasion at `place`.
    pub fn on(place: &str, kind: K) -> Self {
        Self { place: Some(place.to_owned()), ..Self::anywhere(kind) }
    }

    /// Strikes the next occasion, wherever it is.
    pub fn anywhere(kind: K) -> Self {
        Self { place: None, major: None, skip: 0, times: 1, kind }
    }

    /// Only for this channel, guild or webhook.
    pub fn within(self, major: u64) -> Self {
        Self { major: Some(major), ..self }
    }

    /// Lets `skip` occasions pass first.
    pub fn after(self, skip: u32) -> Self {
        Self { skip, ..self }
    }

    /// Strikes so often.
    pub fn times(self, times: u32) -> Self {
        Self { times, ..self }
    }

    /// Strikes until it is taken back.
    pub fn always(self) -> Self {
        self.times(u32::MAX)
    }

    fn concerns(&self, place: &str, major: u64) -> bool {
        self.place.as_deref().is_none_or(|wanted| wanted == place)
            && self.major.is_none_or(|wanted| wanted == major)
    }
}

/// Ordered faults and the random mix.
#[derive(Debug)]
pub struct Faults<K> {
    clock: Clock,
    /// False while nothing is ordered, so that the healthy case costs one load.
    any: AtomicBool,
    struck: AtomicU64,
    list: Mutex<List<K>>,
}

#[derive(Debug)]
struct List<K> {
    ordered: Vec<Fault<K>>,
    mix: Option<Running<K>>,
}

impl<K: Clone> Faults<K> {
    pub(crate) fn new(clock: Clock) -> Self {
        let list = Mutex::new(List { ordered: Vec::new(), mix: None });
        Self { clock, any: AtomicBool::new(false), struck: AtomicU64::new(0), list }
    }

    /// Orders a fault.
    pub fn add(&self, fault: Fault<K>) {
        let mut list = self.list.lock();
        list.ordered.push(fault);
        self.any.store(true, Ordering::Release);
    }

    /// Starts a random mix in place of the running one.
    pub fn start_mix(&self, mix: Mix<K>) {
        let mut list = self.list.lock();
        list.mix = Some(Running::new(mix, self.clock.now_ms()));
        self.any.store(true, Ordering::Release);
    }

    /// Ends the random mix; ordered faults stay.
    pub fn stop_mix(&self) {
        self.list.lock().mix = None;
    }

    /// Takes all faults back, the mix too.
    pub fn clear(&self) {
        let mut list = self.list.lock();
        *list = List { ordered: Vec::new(), mix: None };
        self.any.store(false, Ordering::Release);
    }

    /// True while a random mix runs, unless it has just ended by itself.
    pub fn is_mixing(&self) -> bool {
        let mut list = self.list.lock();
        list.mix.take_if(|mix| mix.is_over(self.clock.now_ms()));
        list.mix.is_some()
    }

    /// Ordered faults that have not struck out yet.
    pub fn waiting(&self) -> usize {
        self.list.lock().ordered.len()
    }

    /// How many faults have struck so far.
    pub fn struck(&self) -> u64 {
        self.struck.load(Ordering::Relaxed)
    }

    pub(crate) fn is_idle(&self) -> bool {
        !self.any.load(Ordering::Acquire)
    }

    /// What goes wrong on this occasion. The mix has its turn only when no ordered fault strikes.
    pub(crate) fn strike(&self, place: &str, major: u64, now: Millis) -> Vec<K> {
        if self.is_idle() {
            return Vec::new();
        }
        let mut list = self.list.lock();
        let mut kinds = Vec::new();
        for fault in list.ordered.iter_mut().filter(|fault| fault.concerns(place, major)) {
            if fault.skip > 0 {
                fault.skip -= 1;
            } else if fault.times > 0 {
                if fault.times != u32::MAX {
                    fault.times -= 1;
                }
                kinds.push(fault.kind.clone());
            }
        }
        list.ordered.retain(|fault| fault.times > 0);
        list.mix.take_if(|mix| mix.is_over(now));
        if kinds.is_empty()
            && let Some(mix) = &mut list.mix
        {
            kinds.extend(mix.roll(place));
        }
        let any = list.mix.is_some() || !list.ordered.is_empty();
        self.any.store(any, Ordering::Release);
        self.struck.fetch_add(kinds.len() as u64, Ordering::Relaxed);
        kinds
    }
}
