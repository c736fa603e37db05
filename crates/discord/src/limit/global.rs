//! Our own pace over all bot-token routes.

use super::sleep_until;
use crate::{CallError, LimitScope, Limits};
use std::{
    collections::VecDeque,
    sync::atomic::{AtomicUsize, Ordering},
    time::{Duration, Instant},
};
use tokio::{sync::Mutex, time::timeout_at};

/// A little more than a second: requests that leave a second apart may arrive closer together.
const WINDOW: Duration = Duration::from_millis(1_050);

/// At most so many requests in any window. A sliding window and no leaky bucket, because Discord
/// allows all of a second's requests at once: the few calls of one click shall not wait for one
/// another while nothing else is going on.
#[derive(Debug)]
pub(super) struct Pace {
    /// What Discord allows the bot, in all its processes together.
    whole: usize,
    /// How many processes share it; not 0.
    sharers: AtomicUsize,
    /// When the latest ones left, oldest first; never more than `whole`. The holder of the lock
    /// waits for a place, the others queue for the lock: first come, first served.
    sent: Mutex<VecDeque<Instant>>,
}

impl Pace {
    pub(super) fn new(limits: &Limits) -> Self {
        let whole = usize::try_from(limits.global_per_second.get()).unwrap_or(usize::MAX);
        Self { whole, sharers: AtomicUsize::new(1), sent: Mutex::new(VecDeque::new()) }
    }

    /// From now on, so many processes use the same token.
    pub(super) fn share(&self, sharers: usize) {
        self.sharers.store(sharers.max(1), Ordering::Relaxed);
    }

    /// Places free at this moment; none while somebody waits for one.
    pub(super) fn left(&self, now: Instant) -> usize {
        let limit = (self.whole / self.sharers.load(Ordering::Relaxed)).max(1);
        let Ok(sent) = self.sent.try_lock() else { return 0 };
        limit.saturating_sub(sent.iter().filter(|at| **at + WINDOW > now).count())
    }

    pub(super) async fn wait(&self, deadline: Instant) -> Result<(), CallError> {
        let Ok(mut sent) = timeout_at(deadline.into(), self.sent.lock()).await else {
            return Err(CallError::DeadlineExceeded { sent: false });
        };
        let limit = (self.whole / self.sharers.load(Ordering::Relaxed)).max(1);
        // More than one only after another process joined.
        while sent.len() >= limit
            && let Some(oldest) = sent.front()
        {
            let free = *oldest + WINDOW;
            if free > Instant::now() {
                sleep_until(free, LimitScope::Own, deadline).await?;
            }
            sent.pop_front();
        }
        sent.push_back(Instant::now());
        Ok(())
    }
}
