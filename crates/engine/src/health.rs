//! Whether the engine keeps up, for whoever watches the process.

use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::{Duration, Instant},
};

use store::Backlog;

use crate::{Engine, Fault, metrics::Metrics};

/// When a loop last came round, by a clock that does not jump.
#[derive(Debug)]
pub(crate) struct Pulse {
    began: Instant,
    last_ms: AtomicU64,
}

impl Default for Pulse {
    fn default() -> Self {
        Self { began: Instant::now(), last_ms: AtomicU64::new(0) }
    }
}

impl Pulse {
    pub(crate) fn beat(&self) {
        let now = u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.last_ms.store(now, Ordering::Relaxed);
    }

    fn since(&self) -> Duration {
        let last = Duration::from_millis(self.last_ms.load(Ordering::Relaxed));
        self.began.elapsed().saturating_sub(last)
    }
}

/// How the reconciler stands.
#[derive(Clone, Copy, Debug, Default)]
pub struct Reconciling {
    /// What is owed a look.
    pub backlog: Backlog,
    /// For how long the game has waited that has waited longest for what should be done by now:
    /// one that nobody came to, or one that fails again and again. A game that waits for a person,
    /// or for its guild to come back, does not count.
    pub oldest: Duration,
}

impl Engine {
    /// What operators watch.
    pub fn metrics(&self) -> &Metrics {
        &self.inner.metrics
    }

    /// How long ago the reconciler's loop last came round. It does so every few seconds, also
    /// where the database does not answer.
    pub fn since_last_turn(&self) -> Duration {
        self.inner.pulse.since()
    }

    /// How the reconciler stands; asks the database.
    pub async fn reconciling(&self) -> Result<Reconciling, Fault> {
        let now = self.clock().now();
        let shards = self.inner.fleet.shards();
        let backlog = self.store().backlog(now, self.lease_now(), &shards).await?;
        let due = backlog.oldest_due.map_or(0, |since| now.saturating_sub(since));
        let due = Duration::from_millis(u64::try_from(due).unwrap_or(0));
        let oldest = due.max(self.inner.metrics.latest());
        self.inner.metrics.stand(&backlog, oldest);
        Ok(Reconciling { backlog, oldest })
    }
}
