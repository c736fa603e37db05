//! Work an instance does for a while: backups and updates.

use std::collections::VecDeque;

use crate::clock::Millis;
use crate::id::Guid;

/// Tasks kept; the oldest go first.
const KEEP: usize = 50;
/// A finished task is shown for so long.
const SHOWN_MS: Millis = 30_000;

/// A task.
#[derive(Clone, Debug)]
pub(crate) struct Task {
    pub(crate) id: Guid,
    pub(crate) name: String,
    pub(crate) description: String,
    pub(crate) start: Millis,
    pub(crate) end: Millis,
}

impl Task {
    pub(crate) fn is_done(&self, now: Millis) -> bool {
        now >= self.end
    }

    pub(crate) fn percent(&self, now: Millis) -> i64 {
        ((now - self.start) * 100 / (self.end - self.start).max(1)).clamp(0, 100)
    }
}

#[derive(Debug, Default)]
pub(crate) struct Tasks(VecDeque<Task>);

impl Tasks {
    pub(crate) fn add(&mut self, task: Task) {
        if self.0.len() == KEEP {
            self.0.pop_front();
        }
        self.0.push_back(task);
    }

    /// Those that are shown now.
    pub(crate) fn shown(&mut self, now: Millis) -> impl Iterator<Item = &Task> {
        self.0.retain(|task| now < task.end + SHOWN_MS);
        self.0.iter()
    }

    pub(crate) fn is_under_way(&self, name: &str, now: Millis) -> bool {
        self.0.iter().any(|task| task.name == name && !task.is_done(now))
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }
}
