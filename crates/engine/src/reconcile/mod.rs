//! The loop that makes Discord follow the database.
//!
//! One row of `work` is one game that is owed a look; a claimed game has a lease, so no game is
//! ever worked on twice at once. A look is: settle what the journal left open, snapshot, plan,
//! execute, look again; until the plan is empty or only a person or time can help.

mod adopt;
mod ages;
mod alike;
mod alone;
mod call;
mod confirm;
mod drift;
mod executor;
mod game;
mod journaled;
mod restored;
mod running;
mod steady;
mod sweep;

use std::time::Duration;

use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::{Engine, Fault};

pub use call::MARK_PREFIX;
use running::Busy;
pub use running::Running;
use steady::Steady;

pub(crate) use ages::Ages;

/// Games worked on at the same time. Discord's global limit (50 calls a second) is reached long
/// before more would help.
const MAX_GAMES_AT_ONCE: usize = 32;
/// The longest sleep between two looks at the queue: wake-ups normally come at once, this is the
/// slow poll beneath.
const MAX_SLEEP: Duration = Duration::from_secs(5);
/// Between two looks at the queue. A crowd that joins at once wakes the reconciler a thousand
/// times a second; each look is a transaction that the crowd would have to wait for.
const MIN_SLEEP: Duration = Duration::from_millis(4);
/// How long a game that is still being worked on is left alone.
const BUSY_REST_MS: i64 = 50;
/// After a database fault.
const FAULT_SLEEP: Duration = Duration::from_millis(500);
/// For what a fresh look may settle at once. A few times in a row; after that it is trouble like any
/// other, which a look every moment would only add to.
const SOON_MS: i64 = 1;
/// No game waits longer for its next look, whatever it waits for. A look too early costs little.
const LONGEST_WAIT_MS: i64 = 15 * 60 * 1_000;

/// How the reconciler runs.
#[derive(Clone, Debug)]
pub struct ReconcileConfig {
    /// Between two slow sweeps over all games.
    pub sweep_every: Duration,
}

impl Default for ReconcileConfig {
    fn default() -> Self {
        Self { sweep_every: Duration::from_mins(15) }
    }
}

impl Engine {
    /// Works until cancelled; then finishes or journals what is under way. Start it once.
    pub async fn reconcile(
        &self,
        config: ReconcileConfig,
        stop: CancellationToken,
    ) -> Result<(), Fault> {
        let Some(mark) = stop.run_until_cancelled(self.begin()).await else { return Ok(()) };
        // The clock may have been set back while nobody ran.
        self.hurry(LONGEST_WAIT_MS).await;
        let mut sweep = tokio::time::interval(config.sweep_every.max(Duration::from_millis(50)));
        sweep.tick().await;
        let mut games = JoinSet::new();
        let mut recount = JoinSet::new();
        let busy = Busy::default();
        let mut patience = FAULT_SLEEP;
        let mut clock = Steady::start(self.clock().now());
        loop {
            self.inner.pulse.beat();
            if let Some(by) = clock.set_back(self.clock().now()) {
                tracing::warn!(
                    seconds = by / 1_000,
                    "the clock was set back; nothing waits for it"
                );
                self.hurry(0).await;
            }
            // Armed before the queue is read, so that no wake-up in between is lost.
            let woken = self.inner.wake.notified();
            if recount.is_empty() && self.has_doubts() {
                let engine = self.clone();
                recount.spawn(async move { engine.recount_doubted().await });
            }
            let free = MAX_GAMES_AT_ONCE.saturating_sub(games.len());
            let looked = tokio::time::Instant::now();
            let sleep = match self.claim(free).await {
                Ok(items) => {
                    patience = FAULT_SLEEP;
                    if self.database_works() {
                        // What was told meanwhile could not be written down.
                        self.sweep().await;
                    }
                    for item in items {
                        let (engine, mark) = (self.clone(), mark.clone());
                        let place = busy.enter(item.game);
                        games.spawn(async move {
                            match place {
                                Some(place) => {
                                    engine.reconcile_game(item, &mark).await;
                                    drop(place);
                                    engine.inner.wake.notify_one();
                                }
                                None => engine.give_back(&item).await,
                            }
                        });
                    }
                    // With all hands busy, the next one to finish is what is waited for.
                    if games.len() >= MAX_GAMES_AT_ONCE {
                        MAX_SLEEP
                    } else {
                        self.until_due().await.unwrap_or(FAULT_SLEEP)
                    }
                }
                Err(error) => {
                    self.complain("the reconciler cannot read its queue", &error);
                    patience = (patience * 2).min(MAX_SLEEP);
                    patience
                }
            };
            tokio::select! {
                () = stop.cancelled() => break,
                () = woken => {}
                Some(done) = games.join_next(), if !games.is_empty() => report(done),
                Some(done) = recount.join_next(), if !recount.is_empty() => report(done),
                _ = sweep.tick() => self.sweep().await,
                () = tokio::time::sleep(sleep) => {}
            }
            tokio::time::sleep_until(looked + MIN_SLEEP).await;
        }
        while let Some(done) = games.join_next().await {
            report(done);
        }
        Ok(())
    }

    /// What has to be known first: waited for, because a database that is away now may be back.
    async fn begin(&self) -> String {
        loop {
            self.inner.pulse.beat();
            let begun = async {
                self.enter().await?;
                self.remember_restore().await?;
                self.installation().await
            };
            match begun.await {
                Ok(mark) => return mark,
                Err(error) => self.complain("the reconciler cannot begin yet", &error),
            }
            tokio::time::sleep(FAULT_SLEEP).await;
        }
    }

    async fn claim(&self, limit: usize) -> Result<Vec<store::WorkItem>, Fault> {
        let shards = self.inner.fleet.shards();
        if limit == 0 || shards.held.is_empty() {
            return Ok(Vec::new());
        }
        let claim = store::Claim {
            owner: &self.inner.fleet.me.name,
            now: self.clock().now(),
            lease_now: self.lease_now(),
            lease_ms: self.inner.fleet.lease_ms(),
            limit: u64::try_from(limit).unwrap_or(u64::MAX),
            shards: &shards,
        };
        Ok(self.store().claim_work(&claim).await?)
    }

    /// Looks at once at every game that waits for longer than `beyond`.
    async fn hurry(&self, beyond: i64) {
        let now = self.clock().now();
        if let Err(error) = self.store().hurry_work(now, now + beyond).await {
            self.complain("games could not be hurried on", &error.into());
        }
    }

    /// A game that this process is still at work on, because it is about to end or because its
    /// lease ran out: the claim is given back for a moment.
    async fn give_back(&self, item: &store::WorkItem) {
        let given = async {
            let tx = self.store().begin().await?;
            let later = self.clock().now() + BUSY_REST_MS;
            tx.postpone_work(item, later, item.attempts, "").await?;
            tx.commit().await
        };
        if let Err(error) = given.await {
            self.complain("a claim could not be given back", &error.into());
        }
    }

    async fn until_due(&self) -> Result<Duration, Fault> {
        let now = self.clock().now();
        let shards = self.inner.fleet.shards();
        if shards.held.is_empty() {
            return Ok(MAX_SLEEP);
        }
        let Some(due) = self.store().next_due(&shards).await? else { return Ok(MAX_SLEEP) };
        let wait = u64::try_from(due.saturating_sub(now)).unwrap_or(0);
        Ok(Duration::from_millis(wait).clamp(Duration::from_millis(5), MAX_SLEEP))
    }

    /// A name of this installation for our marks, so that two databases of one bot do not take
    /// each other's objects for their own.
    pub(crate) async fn installation(&self) -> Result<String, Fault> {
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
        tracing::error!(%error, "work panicked; the lease of a game runs out by itself");
    }
}
