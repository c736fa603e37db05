//! Reads that lag behind: what Discord's eventual consistency looks like over REST (reference, "Consistency").

use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use parking_lot::Mutex;

use crate::clock::{Millis, to_millis};
use crate::rest::Answer;

/// Answers kept; when there are more, the old ones are forgotten together.
const KEPT: usize = 1_000;

/// A replica that is a little behind. While it is on, a read may be answered as the same read was a while ago.
#[derive(Debug, Default)]
pub struct Lag {
    reads_ms: AtomicI64,
    seen: Mutex<HashMap<String, (Millis, Answer)>>,
}

impl Lag {
    /// From now on reads may be this far behind (sandbox clock); zero ends it.
    pub fn set_reads(&self, time: Duration) {
        self.seen.lock().clear();
        self.reads_ms.store(to_millis(time), Ordering::Release);
    }

    pub(crate) fn is_idle(&self) -> bool {
        self.reads_ms.load(Ordering::Acquire) == 0
    }

    /// The answer of a replica that has not heard the news yet.
    pub(crate) fn stale(&self, key: &str, now: Millis) -> Option<Answer> {
        let reach = self.reads_ms.load(Ordering::Acquire);
        let seen = self.seen.lock();
        let (at, answer) = seen.get(key)?;
        (now - at < reach).then(|| answer.clone())
    }

    /// The replica catches up.
    pub(crate) fn remember(&self, key: String, now: Millis, answer: &Answer) {
        let mut seen = self.seen.lock();
        if seen.len() >= KEPT {
            seen.clear();
        }
        seen.insert(key, (now, answer.clone()));
    }
}
