//! The sandbox clock: real time plus an offset that tests may push forward. It can also be stopped.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Deserializer};
use tokio::sync::Notify;

/// Milliseconds since the Unix epoch, by the sandbox clock.
pub type Millis = i64;

/// A shared clock. Every deadline, snowflake and timestamp of the sandbox comes from it.
#[derive(Clone, Debug, Default)]
pub struct Clock(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    offset: AtomicI64,
    /// Real time at which the clock was stopped; 0 while it runs.
    stopped: AtomicI64,
    moved: Notify,
}

/// Nobody needs to go farther at once, and snowflakes end in 2154.
const FARTHEST: Duration = Duration::from_hours(10 * 365 * 24);

impl Clock {
    /// The current time.
    pub fn now_ms(&self) -> Millis {
        let base = match self.0.stopped.load(Ordering::Acquire) {
            0 => real_ms(),
            stopped => stopped,
        };
        base + self.0.offset.load(Ordering::Acquire)
    }

    /// How far it is from the machine's clock.
    pub fn ahead_ms(&self) -> Millis {
        self.now_ms() - real_ms()
    }

    /// Moves the clock forward, ten years at most, and wakes everything that waits for a deadline.
    pub fn advance(&self, by: Duration) {
        self.0.offset.fetch_add(to_millis(by.min(FARTHEST)), Ordering::AcqRel);
        self.0.moved.notify_waiters();
    }

    /// Stops the clock: only [`Clock::advance`] moves it now, so that no window ends by itself.
    pub fn freeze(&self) {
        // A second freeze must not make up for the time that passed since the first one.
        let _ = self.0.stopped.compare_exchange(0, real_ms(), Ordering::AcqRel, Ordering::Acquire);
    }

    /// Lets the clock run again from where it stands.
    pub fn thaw(&self) {
        let stopped = self.0.stopped.swap(0, Ordering::AcqRel);
        if stopped != 0 {
            self.0.offset.fetch_sub(real_ms() - stopped, Ordering::AcqRel);
            self.0.moved.notify_waiters();
        }
    }

    /// Waits until the clock shows `deadline`, whether time passes or is pushed.
    pub async fn sleep_until(&self, deadline: Millis) {
        loop {
            let moved = self.0.moved.notified();
            tokio::pin!(moved);
            moved.as_mut().enable();
            let left = deadline - self.now_ms();
            let Ok(left) = u64::try_from(left) else { return };
            if left == 0 {
                return;
            }
            tokio::select! {
                () = tokio::time::sleep(Duration::from_millis(left)) => {}
                () = moved => {}
            }
        }
    }
}

fn real_ms() -> Millis {
    to_millis(SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default())
}

/// A duration in whole milliseconds, saturating.
pub fn to_millis(duration: Duration) -> Millis {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

/// For settings sent as JSON: durations are whole milliseconds.
pub(crate) fn read_millis<'de, D: Deserializer<'de>>(from: D) -> Result<Duration, D::Error> {
    u64::deserialize(from).map(Duration::from_millis)
}

/// ISO 8601 as Discord writes it: `2024-01-01T00:00:00.000000+00:00` (reference, "ISO8601 Date/Time").
pub fn iso(ms: Millis) -> String {
    let Ok(time) = jiff::Timestamp::from_millisecond(ms) else {
        return String::from("1970-01-01T00:00:00.000000+00:00");
    };
    time.strftime("%Y-%m-%dT%H:%M:%S%.6f+00:00").to_string()
}

/// Reads an ISO 8601 timestamp with an offset or `Z`.
pub fn parse_iso(text: &str) -> Option<Millis> {
    text.parse::<jiff::Timestamp>().ok().map(jiff::Timestamp::as_millisecond)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_and_reads_discord_timestamps() {
        let text = iso(1_704_067_200_123);
        assert_eq!(text, "2024-01-01T00:00:00.123000+00:00");
        assert_eq!(parse_iso(&text), Some(1_704_067_200_123));
    }

    #[test]
    fn a_frozen_clock_moves_only_when_pushed() {
        let clock = Clock::default();
        clock.freeze();
        let start = clock.now_ms();
        std::thread::sleep(Duration::from_millis(5));
        clock.freeze();
        assert_eq!(clock.now_ms(), start);
        clock.advance(Duration::from_mins(1));
        assert_eq!(clock.now_ms(), start + 60_000);
        clock.thaw();
        let running = clock.now_ms();
        assert!((start + 60_000..start + 61_000).contains(&running), "{running}");
    }
}
