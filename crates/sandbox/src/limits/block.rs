//! Cloudflare's block (topics/rate-limits, "Invalid Request Limit").

use std::sync::atomic::{AtomicBool, Ordering};

use parking_lot::Mutex;

use super::bucket::Bucket;
use super::config::InvalidRequests;
use super::refusal::cloudflare_page;
use crate::clock::Millis;
use crate::rest::Answer;

/// The budget of invalid requests and the block that follows.
#[derive(Debug, Default)]
pub(super) struct Block {
    /// False while there is no block, so that the healthy case costs one load.
    on: AtomicBool,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    invalid: Bucket,
    until: Millis,
    status: u16,
}

impl Block {
    pub(super) fn start(&self, status: u16, until: Millis) {
        let mut state = self.state.lock();
        state.status = status;
        state.until = until;
        self.on.store(true, Ordering::Release);
    }

    pub(super) fn reset(&self) {
        *self.state.lock() = State::default();
        self.on.store(false, Ordering::Release);
    }

    /// The page to show while the block lasts.
    pub(super) fn page(&self, now: Millis) -> Option<Answer> {
        if !self.on.load(Ordering::Acquire) {
            return None;
        }
        let state = self.state.lock();
        if now >= state.until {
            self.on.store(false, Ordering::Release);
            return None;
        }
        Some(cloudflare_page(state.status, Some(state.until - now)))
    }

    /// One more invalid request; over the budget the block starts. Requests during a block do not prolong it.
    pub(super) fn count(&self, invalid: InvalidRequests, now: Millis) {
        if self.on.load(Ordering::Acquire) {
            return;
        }
        let within = self.state.lock().invalid.take(invalid.budget, now);
        if !within {
            self.start(429, now.saturating_add(invalid.block_ms));
        }
    }
}
