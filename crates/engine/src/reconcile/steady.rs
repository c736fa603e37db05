//! Notices that the wall clock was set back.

use std::time::Instant;

/// What a clock may lose without a word: it is set by a little all the time.
const SLACK_MS: i64 = 1_000;

/// The wall clock beside one that only goes forward.
pub(super) struct Steady {
    wall: i64,
    at: Instant,
}

impl Steady {
    pub(super) fn start(wall: i64) -> Self {
        Self { wall, at: Instant::now() }
    }

    /// By how many milliseconds the wall clock was set back since the last look, if it was.
    pub(super) fn set_back(&mut self, wall: i64) -> Option<i64> {
        let passed = i64::try_from(self.at.elapsed().as_millis()).unwrap_or(i64::MAX);
        let lost = self.wall.saturating_add(passed).saturating_sub(wall);
        *self = Self::start(wall);
        (lost > SLACK_MS).then_some(lost)
    }
}

#[cfg(test)]
mod tests {
    use super::Steady;

    #[test]
    fn only_a_step_back_is_told_and_only_once() {
        let mut clock = Steady::start(1_000_000);
        assert_eq!(clock.set_back(1_000_000), None);
        assert_eq!(clock.set_back(5_000_000), None);
        assert!(clock.set_back(1_400_000).is_some_and(|by| by >= 3_600_000));
        assert_eq!(clock.set_back(1_400_000), None);
    }
}
