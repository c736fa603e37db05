//! One bucket of one resource.

use super::BucketHeaders;
use std::time::Instant;

/// Two ends of window closer than this, in seconds, are the same window.
const SAME_WINDOW: f64 = 0.25;

#[derive(Debug)]
pub(super) struct Bucket {
    limit: u32,
    remaining: u32,
    reset: Option<f64>,
    pub(super) reset_at: Instant,
    pub(super) in_flight: u32,
}

pub(super) enum Room {
    Free,
    /// All that remains is in flight already.
    Taken,
    Until(Instant),
}

impl Bucket {
    /// A bucket nobody has used on this resource yet: full, since its window starts on first use.
    pub(super) fn unused(limit: u32, now: Instant) -> Self {
        Self { limit, remaining: limit, reset: None, reset_at: now, in_flight: 0 }
    }

    /// `elsewhere` counts requests sent before their bucket was known.
    pub(super) fn room(&self, elsewhere: u32, now: Instant) -> Room {
        let left = if now < self.reset_at {
            self.remaining
        } else {
            // At least one must go out, or nothing would ever be learnt again.
            self.limit.max(1)
        };
        if left == 0 {
            Room::Until(self.reset_at)
        } else if self.in_flight.saturating_add(elsewhere) < left {
            Room::Free
        } else {
            Room::Taken
        }
    }

    pub(super) fn learn(&mut self, headers: &BucketHeaders, now: Instant) {
        let end = now + headers.reset_after;
        let shift = match (self.reset, headers.reset) {
            (Some(old), Some(new)) => new - old,
            _ => end.saturating_duration_since(self.reset_at).as_secs_f64(),
        };
        let running = now < self.reset_at;
        if running && shift < -SAME_WINDOW {
            // A late answer about a window that is over.
            return;
        }
        let same = running && shift < SAME_WINDOW;
        // Answers overtake each other: within a window the lowest count is the latest.
        self.remaining =
            if same { self.remaining.min(headers.remaining) } else { headers.remaining };
        self.limit = headers.limit;
        self.reset = headers.reset;
        self.reset_at = end;
    }

    pub(super) fn exhaust(&mut self, until: Instant) {
        self.remaining = 0;
        self.reset_at = until;
    }
}
