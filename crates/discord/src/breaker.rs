//! Stops calling before Discord blocks the address.
//!
//! Discord blocks an address after 10,000 answers of 401, 403 or 429 in 10 minutes.

use crate::{BreakerConfig, CallError};
use parking_lot::Mutex;
use std::{
    collections::VecDeque,
    sync::atomic::{AtomicBool, Ordering},
    time::{Duration, Instant},
};

const WINDOW: Duration = Duration::from_mins(10);
/// Answers are counted per slice, so that memory does not grow with the threshold.
const SLICE: Duration = Duration::from_secs(10);

#[derive(Debug)]
pub(crate) struct Breaker {
    config: BreakerConfig,
    token_rejected: AtomicBool,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    /// Start of a slice and the invalid answers in it, oldest first.
    slices: VecDeque<(Instant, u32)>,
    open_until: Option<Instant>,
}

impl Breaker {
    pub(crate) fn new(config: BreakerConfig) -> Self {
        Self { config, token_rejected: AtomicBool::new(false), state: Mutex::default() }
    }

    pub(crate) fn check(&self, now: Instant) -> Result<(), CallError> {
        if self.token_rejected() {
            return Err(CallError::BreakerOpen { until: None });
        }
        match self.state.lock().open_until {
            Some(until) if until > now => Err(CallError::BreakerOpen { until: Some(until) }),
            _ => Ok(()),
        }
    }

    /// Invalid answers in the window, and how many open it.
    pub(crate) fn standing(&self, now: Instant) -> (u32, u32) {
        let state = self.state.lock();
        let within = |(start, _): &&(Instant, u32)| now.saturating_duration_since(*start) < WINDOW;
        (state.slices.iter().filter(within).map(|(_, count)| count).sum(), self.config.threshold)
    }

    /// Counts one invalid answer. Once the window is full, each further one opens it again.
    pub(crate) fn count(&self, now: Instant) {
        let mut state = self.state.lock();
        while state
            .slices
            .front()
            .is_some_and(|(start, _)| now.saturating_duration_since(*start) >= WINDOW)
        {
            state.slices.pop_front();
        }
        match state.slices.back_mut() {
            Some((start, count)) if now.saturating_duration_since(*start) < SLICE => *count += 1,
            _ => state.slices.push_back((now, 1)),
        }
        let total: u32 = state.slices.iter().map(|(_, count)| count).sum();
        if total >= self.config.threshold {
            self.open(&mut state, now);
        }
    }

    /// Opens at once: Cloudflare already blocks us.
    pub(crate) fn trip(&self, now: Instant) {
        self.open(&mut self.state.lock(), now);
    }

    fn open(&self, state: &mut State, now: Instant) {
        if state.open_until.is_none_or(|until| until <= now) {
            tracing::warn!("too many requests refused by Discord: calls are paused");
        }
        state.open_until = Some(now + self.config.open_for);
    }

    pub(crate) fn reject_token(&self) {
        if !self.token_rejected.swap(true, Ordering::Relaxed) {
            tracing::error!("Discord rejected the bot token: no further calls are made");
        }
    }

    pub(crate) fn token_rejected(&self) -> bool {
        self.token_rejected.load(Ordering::Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use super::{Breaker, SLICE, WINDOW};
    use crate::{BreakerConfig, CallError};
    use std::time::Instant;

    #[test]
    fn opens_closes_and_forgets() {
        let config = BreakerConfig { threshold: 3, ..BreakerConfig::default() };
        let (breaker, start) = (Breaker::new(config.clone()), Instant::now());
        breaker.count(start);
        breaker.count(start + SLICE);
        assert!(breaker.check(start + SLICE).is_ok());
        // The first answer has left the window, so this is the second, not the third.
        breaker.count(start + WINDOW);
        assert!(breaker.check(start + WINDOW).is_ok());
        breaker.count(start + WINDOW);
        assert!(matches!(
            breaker.check(start + WINDOW),
            Err(CallError::BreakerOpen { until: Some(_) })
        ));
        assert!(breaker.check(start + WINDOW + config.open_for).is_ok());
        breaker.reject_token();
        assert!(matches!(
            breaker.check(start + WINDOW * 9),
            Err(CallError::BreakerOpen { until: None })
        ));
    }
}
