//! How long a caller is ready to wait.

use crate::Deadlines;
use std::time::{Duration, Instant};

/// Time limits of one call. The presets take their values from [`Deadlines`].
#[derive(Clone, Copy, Debug)]
pub struct Call {
    limit: Limit,
    attempt: Option<Duration>,
}

#[derive(Clone, Copy, Debug)]
enum Limit {
    Callback,
    Interactive,
    Background,
    Within(Duration),
    Until(Instant),
}

/// A [`Call`] with its clock started.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Window {
    pub(crate) deadline: Instant,
    pub(crate) attempt: Duration,
}

impl Call {
    const fn new(limit: Limit) -> Self {
        Self { limit, attempt: None }
    }

    /// Answer to an interaction. Prefer [`Call::until`] when the time it arrived is known.
    pub const fn callback() -> Self {
        Self::new(Limit::Callback)
    }

    /// Somebody is watching.
    pub const fn interactive() -> Self {
        Self::new(Limit::Interactive)
    }

    /// Nobody is watching; a job can be resumed later.
    pub const fn background() -> Self {
        Self::new(Limit::Background)
    }

    /// The whole call ends within this time of being polled first.
    pub const fn within(limit: Duration) -> Self {
        Self::new(Limit::Within(limit))
    }

    /// The whole call ends at this moment.
    pub const fn until(deadline: Instant) -> Self {
        Self::new(Limit::Until(deadline))
    }

    /// Limit of one try, in place of [`Deadlines::attempt`].
    pub const fn attempt_timeout(mut self, limit: Duration) -> Self {
        self.attempt = Some(limit);
        self
    }

    pub(crate) fn start(self, deadlines: &Deadlines, now: Instant) -> Window {
        let within = match self.limit {
            Limit::Callback => deadlines.callback,
            Limit::Interactive => deadlines.interactive,
            Limit::Background => deadlines.background,
            Limit::Within(limit) => limit,
            Limit::Until(deadline) => deadline.saturating_duration_since(now),
        };
        // A day bounds absurd values, which would overflow the clock.
        let within = within.min(Duration::from_hours(24));
        Window { deadline: now + within, attempt: self.attempt.unwrap_or(deadlines.attempt) }
    }
}
