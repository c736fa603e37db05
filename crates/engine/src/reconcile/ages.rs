//! How long ago a call was written down, by a clock that does not jump.
//!
//! The journal's own times are the wall clock's, which somebody may set by an hour at any moment.

use std::{
    collections::HashMap,
    time::{Duration, Instant},
};

use parking_lot::Mutex;

/// Entries remembered before those are dropped that another process has closed.
const MOST: usize = 4_096;
/// No entry of a call matters for longer.
const LIFE: Duration = Duration::from_hours(1);

/// When the calls of this process were written down.
#[derive(Debug)]
pub(crate) struct Ages {
    began: Instant,
    asked: Mutex<HashMap<i64, Instant>>,
}

impl Default for Ages {
    fn default() -> Self {
        Self { began: Instant::now(), asked: Mutex::default() }
    }
}

impl Ages {
    pub(super) fn written(&self, entry: i64) {
        let mut asked = self.asked.lock();
        if asked.len() >= MOST {
            asked.retain(|_, at| at.elapsed() < LIFE);
        }
        asked.insert(entry, Instant::now());
    }

    /// How old an entry is at least. What a process before has written is older than this one.
    pub(super) fn of(&self, entry: i64) -> Duration {
        self.asked.lock().get(&entry).unwrap_or(&self.began).elapsed()
    }

    pub(super) fn closed(&self, entry: i64) {
        self.asked.lock().remove(&entry);
    }
}
