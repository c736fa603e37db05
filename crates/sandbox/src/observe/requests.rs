//! A bounded log of REST requests.

use std::collections::VecDeque;

use bytes::Bytes;
use parking_lot::Mutex;

use crate::clock::Millis;

/// One request and how it was answered.
#[derive(Clone, Debug)]
pub struct RequestRecord {
    /// Sandbox time of arrival.
    pub at: Millis,
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
    ring: Mutex<VecDeque<RequestRecord>>,
    keep: usize,
}

impl RequestLog {
    pub(crate) fn new(keep: usize) -> Self {
        Self { ring: Mutex::default(), keep }
    }

    pub(crate) fn record(&self, record: RequestRecord) {
        if self.keep == 0 {
            return;
        }
        let mut ring = self.ring.lock();
        while ring.len() >= self.keep {
            ring.pop_front();
        }
        ring.push_back(record);
    }

    /// All kept requests, oldest first.
    pub fn all(&self) -> Vec<RequestRecord> {
        self.ring.lock().iter().cloned().collect()
    }

    /// The kept requests of one operation, oldest first.
    pub fn of(&self, operation: &str) -> Vec<RequestRecord> {
        self.ring.lock().iter().filter(|record| record.operation == operation).cloned().collect()
    }

    /// Forgets everything.
    pub fn clear(&self) {
        self.ring.lock().clear();
    }
}
