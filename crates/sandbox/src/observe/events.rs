//! A bounded log of what the gateway sent.

use std::borrow::Cow;
use std::sync::Arc;

use parking_lot::Mutex;

use super::ring::Ring;
use crate::clock::Millis;
use crate::pulse::Pulse;

/// Frames kept. They share their bodies with the sessions' replay memories.
const KEEP: usize = 500;

/// One frame sent to a bot.
#[derive(Clone, Debug)]
pub struct EventRecord {
    /// Sandbox time of sending.
    pub at: Millis,
    /// Shard id.
    pub shard: u32,
    /// The event's name, or what else was sent (`RECONNECT`, `INVALID_SESSION`, `CLOSE 4000` …).
    pub name: Cow<'static, str>,
    /// Sequence number; 0 when the frame has none.
    pub seq: u64,
    /// The body; empty where it is made only for sending (GUILD_CREATE).
    pub body: Arc<str>,
}

/// The ring of the latest frames.
#[derive(Debug)]
pub struct EventLog {
    ring: Mutex<Ring<EventRecord>>,
    pulse: Pulse,
}

impl EventLog {
    pub(crate) fn new(pulse: Pulse) -> Self {
        Self { ring: Mutex::new(Ring::new(KEEP)), pulse }
    }

    pub(crate) fn record(&self, record: EventRecord) {
        self.ring.lock().push(record);
        self.pulse.beat();
    }

    /// The newest frames after number `seen`, at most `count`, oldest first, each with its number from 1.
    pub fn after(&self, seen: u64, count: usize) -> Vec<(u64, EventRecord)> {
        self.ring.lock().after(seen, count)
    }
}
