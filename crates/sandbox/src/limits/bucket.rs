//! One fixed-window bucket.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::clock::Millis;

/// So many requests per window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// Requests.
    pub limit: u32,
    /// Window in ms.
    pub per_ms: Millis,
}

impl Limit {
    /// So many per so many milliseconds.
    pub const fn new(limit: u32, per_ms: Millis) -> Self {
        Self { limit, per_ms }
    }
}

/// The count of one window.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Bucket {
    used: u32,
    resets: Millis,
}

impl Bucket {
    /// True when the window has ended.
    pub(super) fn is_over(&self, now: Millis) -> bool {
        now >= self.resets
    }

    /// Takes one; false when the window is used up.
    pub(super) fn take(&mut self, limit: Limit, now: Millis) -> bool {
        if self.is_over(now) {
            *self = Self { used: 0, resets: now.saturating_add(limit.per_ms) };
        }
        if self.used >= limit.limit {
            return false;
        }
        self.used += 1;
        true
    }

    /// Milliseconds until the window ends, at least 1 so that nobody is told to come back at once.
    pub(super) fn left(&self, now: Millis) -> Millis {
        (self.resets - now).max(1)
    }

    /// What is left to take.
    pub(super) fn remaining(&self, limit: Limit, now: Millis) -> u32 {
        if self.is_over(now) { limit.limit } else { limit.limit.saturating_sub(self.used) }
    }

    /// The five headers of a bucket.
    pub(super) fn headers(
        &self,
        limit: Limit,
        now: Millis,
        name: u64,
    ) -> Vec<(&'static str, String)> {
        vec![
            ("x-ratelimit-limit", limit.limit.to_string()),
            ("x-ratelimit-remaining", self.remaining(limit, now).to_string()),
            ("x-ratelimit-reset", seconds(self.resets)),
            ("x-ratelimit-reset-after", seconds((self.resets - now).max(0))),
            (HEADER, id(name)),
        ]
    }
}

/// The header that tells buckets apart.
pub(super) const HEADER: &str = "x-ratelimit-bucket";

/// What a bucket is called towards clients.
pub(super) fn id(name: u64) -> String {
    format!("{name:016x}{:016x}", name.rotate_left(29) ^ u64::MAX)
}

/// Milliseconds as decimal seconds, without floating point.
pub(super) fn seconds(ms: Millis) -> String {
    format!("{}.{:03}", ms / 1000, ms % 1000)
}
