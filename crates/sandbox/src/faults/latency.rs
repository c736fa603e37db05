//! The distance to the server: a constant time per call.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// How long calls are under way, half of it before and half after the work. Waiting holds no lock.
#[derive(Debug, Default)]
pub struct Latency {
    rest_us: AtomicU64,
    callback_us: AtomicU64,
}

impl Latency {
    pub(crate) fn new(rest: Duration, callback: Duration) -> Self {
        let latency = Self::default();
        latency.set_rest(rest);
        latency.set_callbacks(callback);
        latency
    }

    /// The time of REST calls.
    pub fn rest(&self) -> Duration {
        Duration::from_micros(self.rest_us.load(Ordering::Relaxed))
    }

    /// The time of interaction callbacks.
    pub fn callbacks(&self) -> Duration {
        Duration::from_micros(self.callback_us.load(Ordering::Relaxed))
    }

    /// Every REST call but interaction callbacks takes this long.
    pub fn set_rest(&self, time: Duration) {
        self.rest_us.store(micros(time), Ordering::Relaxed);
    }

    /// Every interaction callback takes this long.
    pub fn set_callbacks(&self, time: Duration) {
        self.callback_us.store(micros(time), Ordering::Relaxed);
    }

    /// The way to the server, which is as long as the way back.
    pub(crate) fn one_way(&self, operation: &str) -> Duration {
        let callback = operation == "create_interaction_response";
        let whole = if callback { &self.callback_us } else { &self.rest_us };
        Duration::from_micros(whole.load(Ordering::Relaxed) / 2)
    }
}

fn micros(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX)
}
