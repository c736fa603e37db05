//! Rate limits: those Discord announces, those it keeps to itself, and our own.
//!
//! Nothing here knows a number of Discord's. Buckets are learnt from `X-RateLimit-Bucket` and kept
//! per top-level resource; several requests of one bucket may be in flight, up to what remains.

mod allowance;
mod book;
mod bucket;
mod global;
mod header;

pub(crate) use self::{
    allowance::Allowances,
    header::{BucketHeaders, RateLimit},
};

use self::{
    book::{Book, Slot, Verdict},
    global::Pace,
};
use crate::{
    CallError, LimitScope, Limits,
    route::{Class, Route},
};
use parking_lot::Mutex;
use std::{pin::pin, time::Instant};
use tokio::{sync::Notify, time::timeout_at};

#[derive(Debug)]
pub(crate) struct Limiter {
    book: Mutex<Book>,
    /// Woken whenever a request ends, since that may free a place.
    ended: Notify,
    pace: Pace,
}

/// Right to have one request in flight; gives its place back when dropped.
#[derive(Debug)]
pub(crate) struct Permit<'a> {
    limiter: &'a Limiter,
    slot: Slot,
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        if !matches!(self.slot, Slot::None) {
            self.limiter.book.lock().release(&self.slot);
            self.limiter.ended.notify_waiters();
        }
    }
}

impl Limiter {
    pub(crate) fn new(limits: &Limits) -> Self {
        Self { book: Mutex::new(Book::new(limits)), ended: Notify::new(), pace: Pace::new(limits) }
    }

    /// See [`crate::Rest::share`].
    pub(crate) fn share(&self, processes: usize) {
        self.pace.share(processes);
    }

    /// Calls that fit into the pace at this moment.
    pub(crate) fn budget(&self, now: Instant) -> usize {
        self.pace.left(now)
    }

    /// Waits until the request may go out. Fails at once when the wait is known to be too long.
    pub(crate) async fn acquire(
        &self,
        route: &Route,
        deadline: Instant,
    ) -> Result<Permit<'_>, CallError> {
        loop {
            let permit = self.place(route, deadline).await?;
            if route.class != Class::Bot {
                return Ok(permit);
            }
            self.pace.wait(deadline).await?;
            // A 429 may have come in while we waited for our turn.
            if self.book.lock().blocked(route, Instant::now()).is_none() {
                return Ok(permit);
            }
        }
    }

    async fn place(&self, route: &Route, deadline: Instant) -> Result<Permit<'_>, CallError> {
        loop {
            let mut ended = pin!(self.ended.notified());
            // Listening starts before looking, or an end in between would be missed.
            ended.as_mut().enable();
            let verdict = self.book.lock().admit(route, Instant::now());
            match verdict {
                Verdict::Go(slot) => {
                    return Ok(Permit { limiter: self, slot });
                }
                Verdict::Wait(until, scope) => sleep_until(until, scope, deadline).await?,
                Verdict::Busy => timeout_at(deadline.into(), ended)
                    .await
                    .map_err(|_| CallError::DeadlineExceeded { sent: false })?,
            }
        }
    }

    /// Learns from the headers of any answer.
    pub(crate) fn observe(&self, route: &Route, headers: &BucketHeaders, now: Instant) {
        // A callback path is used once: what it says about its bucket helps nobody.
        if route.class != Class::Callback {
            self.book.lock().observe(route, headers, now);
        }
    }

    /// Holds back whatever a 429 was about.
    pub(crate) fn rate_limited(&self, route: &Route, limit: &RateLimit, now: Instant) {
        self.book.lock().rate_limited(route, limit, now);
    }
}

async fn sleep_until(
    until: Instant,
    scope: LimitScope,
    deadline: Instant,
) -> Result<(), CallError> {
    if until > deadline {
        return Err(CallError::RateLimited { retry_at: until, scope });
    }
    tokio::time::sleep_until(until.into()).await;
    Ok(())
}
