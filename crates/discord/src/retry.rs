//! The tries of one call.

use crate::{
    CallError,
    answer::Meaning,
    call::Window,
    limit::{BucketHeaders, RateLimit},
    rest::Inner,
    route::{Class, Route},
    stats::Outcome,
    transport::{Answer, Failure, Outgoing},
};
use backon::{BackoffBuilder, ExponentialBackoff, ExponentialBuilder};
use bytes::Bytes;
use std::time::{Duration, Instant};

/// Discord's code for a second answer to one interaction.
const ALREADY_ANSWERED: u64 = 40_060;

pub(crate) struct Attempts<'a> {
    inner: &'a Inner,
    route: &'a Route,
    outgoing: &'a Outgoing,
    window: Window,
    pauses: ExponentialBackoff,
    limited: usize,
    /// Whether an earlier try may have been carried out.
    sent: bool,
}

/// Why a try did not settle the call.
enum Setback {
    Limited(RateLimit),
    Failure(Failure),
}

impl<'a> Attempts<'a> {
    pub(crate) fn new(
        inner: &'a Inner,
        route: &'a Route,
        outgoing: &'a Outgoing,
        window: Window,
    ) -> Self {
        let retries = &inner.config.retries;
        Self {
            inner,
            route,
            outgoing,
            window,
            pauses: ExponentialBuilder::new()
                .with_jitter()
                .with_min_delay(retries.min_delay)
                .with_max_delay(retries.max_delay)
                .with_max_times(retries.max)
                .build(),
            limited: 0,
            sent: false,
        }
    }

    pub(crate) async fn run(mut self) -> Result<Bytes, CallError> {
        let allowances = &self.inner.allowances;
        let mut spent =
            allowances.spend(self.route, Instant::now()).inspect_err(|_| self.refused())?;
        loop {
            self.gate().inspect_err(|_| self.refused())?;
            let queued = Instant::now();
            let permit = self.inner.limiter.acquire(self.route, self.window.deadline).await;
            self.inner.metrics.waited(self.route.class, queued.elapsed());
            let permit = permit.map_err(|error| self.give_up(error))?;
            // The breaker may have opened while this call queued.
            self.gate().inspect_err(|_| self.refused())?;
            if Instant::now() >= self.window.deadline {
                return Err(self.give_up(CallError::DeadlineExceeded { sent: false }));
            }
            // From here on the caller may vanish with the request on its way.
            spent.keep = true;
            let settled = self.attempt().await;
            drop(permit);
            match settled {
                // An earlier try whose answer was lost did arrive.
                Ok(Err(CallError::Invalid { code: ALREADY_ANSWERED, .. }))
                    if self.sent && self.route.class == Class::Callback =>
                {
                    return Ok(Bytes::new());
                }
                Ok(result) => return result,
                Err(Setback::Limited(limit)) => {
                    spent.keep = self.sent;
                    self.after_limit(limit)?;
                }
                Err(Setback::Failure(failure)) => {
                    self.sent |= failure.sent;
                    spent.keep = self.sent;
                    self.after_failure(failure).await?;
                }
            }
        }
    }

    fn gate(&self) -> Result<(), CallError> {
        match self.route.class {
            Class::Bot => self.inner.breaker.check(Instant::now()),
            // These carry no bot token and somebody waits for them.
            Class::Callback | Class::WebhookToken => Ok(()),
        }
    }

    /// The wait for a turn ended without one.
    fn give_up(&self, error: CallError) -> CallError {
        self.refused();
        match error {
            CallError::DeadlineExceeded { .. } => CallError::DeadlineExceeded { sent: self.sent },
            other => other,
        }
    }

    fn refused(&self) {
        let name = self.inner.counters.refuse(&self.route.family);
        self.inner.metrics.refused(name);
    }

    async fn attempt(&self) -> Result<Result<Bytes, CallError>, Setback> {
        let started = Instant::now();
        let left = self.window.deadline.saturating_duration_since(started);
        let limit = self.window.attempt.min(left);
        let result = self.inner.transport.send(self.outgoing, limit).await;
        let took = started.elapsed();
        match result {
            Ok(answer) => self.read(answer, took),
            Err(failure) => {
                self.note(Outcome::NoAnswer, None, took);
                Err(Setback::Failure(failure))
            }
        }
    }

    fn read(&self, answer: Answer, took: Duration) -> Result<Result<Bytes, CallError>, Setback> {
        let Inner { limiter, breaker, .. } = self.inner;
        let now = Instant::now();
        self.inner.clock.hear(&answer.headers, now);
        if let Some(headers) = BucketHeaders::read(&answer.headers) {
            limiter.observe(self.route, &headers, now);
        }
        let status = answer.status.as_u16();
        let meaning = Meaning::of(answer, self.inner.config.limits.unstated_retry_after);
        self.note(meaning.outcome(), Some(status), took);
        match meaning {
            Meaning::Success(body) => Ok(Ok(body)),
            Meaning::Refused(error) => {
                match error {
                    CallError::Unauthorized { .. } => {
                        breaker.count(now);
                        if self.route.class == Class::Bot {
                            breaker.reject_token();
                        }
                    }
                    CallError::Forbidden { .. } => breaker.count(now),
                    _ => {}
                }
                Ok(Err(error))
            }
            Meaning::Blocked(error) => {
                breaker.count(now);
                breaker.trip(now);
                Ok(Err(error))
            }
            Meaning::Limited(limit) => {
                limiter.rate_limited(self.route, &limit, now);
                self.inner.metrics.limited(limit.scope);
                if limit.counts() {
                    breaker.count(now);
                }
                Err(Setback::Limited(limit))
            }
            Meaning::Failed(why) => Err(Setback::Failure(Failure { why, sent: true })),
        }
    }

    /// Returns if another try may wait its turn; the limiter already knows for how long.
    fn after_limit(&mut self, limit: RateLimit) -> Result<(), CallError> {
        self.limited += 1;
        if self.limited < self.inner.config.retries.max_rate_limited {
            return Ok(());
        }
        Err(CallError::RateLimited {
            retry_at: Instant::now() + limit.retry_after,
            scope: limit.scope,
        })
    }

    async fn after_failure(&mut self, failure: Failure) -> Result<(), CallError> {
        let Failure { why, sent } = failure;
        if sent && !self.route.is_repeatable() {
            return Err(CallError::AnswerLost { why });
        }
        if Instant::now() >= self.window.deadline {
            return Err(CallError::DeadlineExceeded { sent: self.sent });
        }
        let Some(pause) = self.pauses.next() else {
            return Err(CallError::Unavailable { why });
        };
        if Instant::now() + pause >= self.window.deadline {
            return Err(CallError::Unavailable { why });
        }
        tokio::time::sleep(pause).await;
        Ok(())
    }

    fn note(&self, outcome: Outcome, status: Option<u16>, took: Duration) {
        let family = &self.route.family;
        let name = self.inner.counters.record(family, outcome, took);
        self.inner.metrics.sent(name, self.route.class, outcome, took);
        tracing::debug!(route = family, status, ?outcome, took_ms = took.as_millis(), "Discord");
    }
}
