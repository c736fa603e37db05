//! The loop that makes Discord follow the database.
//!
//! One row of `work` is one game that is owed a look; a claimed game has a lease, so no game is
//! ever worked on twice at once. A look is: settle what the journal left open, snapshot, plan,
//! execute, look again; until the plan is empty or only a person or time can help.

mod adopt;
mod call;
mod confirm;
mod drift;
mod executor;
mod game;
mod running;
mod sweep;

use std::time::Duration;

use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::{Engine, Fault};

pub use call::MARK_PREFIX;
pub use running::Running;

/// Games worked on at the same time. Discord's global limit (50 calls a second) is reached long
/// before more would help.
const MAX_GAMES_AT_ONCE: usize = 32;
/// How long a claimed game stays claimed without a sign of life.
const LEASE_MS: i64 = 30_000;
/// The longest sleep between two looks at the queue: wake-ups normally come at once, this is the
/// slow poll beneath.
const MAX_SLEEP: Duration = Duration::from_secs(5);
/// After a database fault.
const FAULT_SLEEP: Duration = Duration::from_millis(500);

/// How the reconciler runs.
#[derive(Clone, Debug)]
pub struct ReconcileConfig {
    /// Who holds the leases; the same name after a restart frees them at once.
    pub owner: String,
    /// Between two slow sweeps over all games.
    pub sweep_every: Duration,
}

impl Default for ReconcileConfig {
    fn default() -> Self {
        Self { owner: "main".to_owned(), sweep_every: Duration::from_mins(15) }
    }
}

impl Engine {
    /// Works until cancelled; then finishes or journals what is under way. Start it once.
    pub async fn reconcile(
        &self,
        config: ReconcileConfig,
        stop: CancellationToken,
    ) -> Result<(), Fault> {
        self.store().release_work(&config.owner).await?;
        let mark = self.installation().await?;
        let mut sweep = tokio::time::interval(config.sweep_every.max(Duration::from_millis(50)));
        sweep.tick().await;
        let mut games = JoinSet::new();
        loop {
            // Armed before the queue is read, so that no wake-up in between is lost.
            let woken = self.inner.wake.notified();
            let free = MAX_GAMES_AT_ONCE.saturating_sub(games.len());
            let sleep = match self.claim(&config.owner, free).await {
                Ok(items) => {
                    for item in items {
                        let (engine, mark) = (self.clone(), mark.clone());
                        games.spawn(async move { engine.reconcile_game(item, &mark).await });
                    }
                    // With all hands busy, the next one to finish is what is waited for.
                    if games.len() >= MAX_GAMES_AT_ONCE {
                        MAX_SLEEP
                    } else {
                        self.until_due().await.unwrap_or(FAULT_SLEEP)
                    }
                }
                Err(error) => {
                    tracing::warn!(%error, "the reconciler cannot read its queue");
                    FAULT_SLEEP
                }
            };
            tokio::select! {
                () = stop.cancelled() => break,
                () = woken => {}
                Some(done) = games.join_next(), if !games.is_empty() => report(done),
                _ = sweep.tick() => self.sweep().await,
                () = tokio::time::sleep(sleep) => {}
            }
        }
        while let Some(done) = games.join_next().await {
            report(done);
        }
        Ok(())
    }

    async fn claim(&self, owner: &str, limit: usize) -> Result<Vec<store::WorkItem>, Fault> {
        if limit == 0 {
            return Ok(Vec::new());
        }
        let now = self.clock().now();
        let limit = u64::try_from(limit).unwrap_or(u64::MAX);
        Ok(self.store().claim_work(owner, now, now + LEASE_MS, limit).await?)
    }

    async fn until_due(&self) -> Result<Duration, Fault> {
        let now = self.clock().now();
        let Some(due) = self.store().next_due().await? else { return Ok(MAX_SLEEP) };
        let wait = u64::try_from(due.saturating_sub(now)).unwrap_or(0);
        Ok(Duration::from_millis(wait).clamp(Duration::from_millis(5), MAX_SLEEP))
    }

    /// A name of this installation for our marks, so that two bots on one guild, or a restored
    /// copy, do not take each other's objects for their own.
    async fn installation(&self) -> Result<String, Fault> {
        if let Some(known) = self.store().fact("installation").await? {
            return Ok(known);
        }
        let fresh = crate::Correlation::from_snowflake(
            self.clock().now().cast_unsigned() ^ (self.bot_user().get() << 20),
        );
        self.store().set_fact("installation", &fresh.0).await?;
        Ok(fresh.0)
    }
}

fn report(done: Result<(), tokio::task::JoinError>) {
    if let Err(error) = done
        && error.is_panic()
    {
        tracing::error!(%error, "working on a game panicked; its lease runs out by itself");
    }
}
