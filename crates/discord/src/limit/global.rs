//! Our own pace over all bot-token routes.

use super::sleep_until;
use crate::{CallError, LimitScope, Limits};
use governor::{
    DefaultDirectRateLimiter, Quota,
    clock::{Clock, DefaultClock},
};
use std::time::Instant;
use tokio::{sync::Mutex, time::timeout_at};

pub(super) struct Pace {
    limiter: DefaultDirectRateLimiter,
    clock: DefaultClock,
    /// Only the holder waits for a token; the others queue here, first come first served.
    turn: Mutex<()>,
}

impl std::fmt::Debug for Pace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pace").finish_non_exhaustive()
    }
}

impl Pace {
    pub(super) fn new(limits: &Limits) -> Self {
        let quota = Quota::per_second(limits.global_per_second).allow_burst(limits.global_burst);
        Self {
            limiter: DefaultDirectRateLimiter::direct(quota),
            clock: DefaultClock::default(),
            turn: Mutex::new(()),
        }
    }

    pub(super) async fn wait(&self, deadline: Instant) -> Result<(), CallError> {
        let Ok(_turn) = timeout_at(deadline.into(), self.turn.lock()).await else {
            return Err(CallError::DeadlineExceeded { sent: false });
        };
        while let Err(not_yet) = self.limiter.check() {
            let until = Instant::now() + not_yet.wait_time_from(self.clock.now());
            sleep_until(until, LimitScope::Own, deadline).await?;
        }
        Ok(())
    }
}
