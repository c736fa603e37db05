//! A bounded log of REST requests.

use bytes::Bytes;
use parking_lot::Mutex;

use super::ring::Ring;
use crate::clock::Millis;
use crate::pulse::Pulse;

/// One request and how it was answered.
#[derive(Clone, Debug)]
pub struct RequestRecord {
    /// Sandbox time of arrival.
    pub at: Millis,
    /// Milliseconds until the answer, by the same clock.
    pub took: Millis,
    /// HTTP method.
    pub method: String,
    /// The operationId of the matched route; empty when none matched.
    pub operation: &'static str,
    /// Path and query as sent.
    pub path: String,
    /// Status of the answer; 0 when a fault broke the connection instead.
    pub status: u16,
    /// Discord's error code when the answer was an error.
    pub code: Option<u32>,
    /// Decoded `X-Audit-Log-Reason`.
    pub reason: Option<String>,
    /// Raw body; shared, not copied.
    pub body: Bytes,
}

/// The ring of the latest requests.
#[derive(Debug)]
pub struct RequestLog {
    ring: Mutex<Ring<RequestRecord>>,
    pulse: Pulse,
}

impl RequestLog {
    pub(crate) fn new(keep: usize, pulse: Pulse) -> Self {
        Self { ring: Mutex::new(Ring::new(keep)), pulse }
    }

    pub(crate) fn record(&self, record: RequestRecord) {
        self.ring.lock().push(record);
        self.pulse.beat();
    }

    /// All kept requests, oldest first.
    pub fn all(&self) -> Vec<RequestRecord> {
        self.ring.lock().iter().cloned().collect()
    }

    /// The kept requests of one operation, oldest first.
    pub fn of(&self, operation: &str) -> Vec<RequestRecord> {
        self.ring.lock().iter().filter(|record| record.operation == operation).cloned().collect()
    }

    /// The newest requests after number `seen`, at most `count`, oldest first, each with its number from 1.
    pub fn after(&self, seen: u64, count: usize) -> Vec<(u64, RequestRecord)> {
        self.ring.lock().after(seen, count)
    }

    /// Forgets everything.
    pub fn clear(&self) {
        self.ring.lock().clear();
    }
}
