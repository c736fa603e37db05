//! Chance from a seed.

use std::time::Duration;

/// `SplitMix64` (Steele, Lea and Flood, 2014): small, fast, and good enough for dice.
#[derive(Clone, Debug)]
pub(super) struct Dice(u64);

impl Dice {
    /// The dice of one of several players under the same seed.
    pub(super) fn of(seed: u64, player: u64) -> Self {
        Self(seed ^ player.wrapping_mul(0xd134_2543_de82_ef95))
    }

    pub(super) fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut word = self.0;
        word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        word ^ (word >> 31)
    }

    /// Zero to `bound` − 1; zero when there is nothing to choose from.
    pub(super) fn below(&mut self, bound: u64) -> u64 {
        self.roll().checked_rem(bound).unwrap_or(0)
    }

    /// True so many times in a hundred.
    pub(super) fn percent(&mut self, chance: u64) -> bool {
        self.below(100) < chance
    }

    /// One of them.
    pub(super) fn pick<T: Clone>(&mut self, from: &[T]) -> Option<T> {
        let at = self.below(u64::try_from(from.len()).unwrap_or(0));
        from.get(usize::try_from(at).unwrap_or(0)).cloned()
    }

    /// A time between two others.
    pub(super) fn between(&mut self, least: u64, most: u64) -> Duration {
        Duration::from_millis(least + self.below(most.saturating_sub(least) + 1))
    }
}
