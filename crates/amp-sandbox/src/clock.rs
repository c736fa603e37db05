//! The panel's clock: real time plus an offset that tests may push forward.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tokio::sync::Notify;

/// Milliseconds since the Unix epoch, by the panel's clock.
pub type Millis = i64;

/// A shared clock. Every transition, session and timestamp of the panel goes by it.
#[derive(Clone, Debug, Default)]
pub struct Clock(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    offset: AtomicI64,
    moved: Notify,
}

/// Nobody needs to go farther at once.
const FARTHEST: Duration = Duration::from_hours(10 * 365 * 24);

impl Clock {
    /// The current time.
    pub fn now_ms(&self) -> Millis {
        let real = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        to_millis(real) + self.0.offset.load(Ordering::Acquire)
    }

    /// Moves the clock forward, ten years at most, and wakes everything that waits.
    pub fn advance(&self, by: Duration) {
        self.0.offset.fetch_add(to_millis(by.min(FARTHEST)), Ordering::AcqRel);
        self.0.moved.notify_waiters();
    }

    /// Waits as long as this takes by the clock, whether time passes or is pushed.
    pub(crate) async fn sleep(&self, duration: Duration) {
        let deadline = self.now_ms() + to_millis(duration);
        loop {
            let moved = self.0.moved.notified();
            tokio::pin!(moved);
            moved.as_mut().enable();
            let Ok(left @ 1..) = u64::try_from(deadline - self.now_ms()) else { return };
            tokio::select! {
                () = tokio::time::sleep(Duration::from_millis(left)) => {}
                () = moved => {}
            }
        }
    }
}

/// A duration in whole milliseconds, saturating.
pub(crate) fn to_millis(duration: Duration) -> Millis {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}
