//! Who makes Discord follow: the running bot, or this process where none runs.

use std::{
    fmt,
    sync::atomic::{AtomicBool, Ordering},
    time::{Duration, Instant},
};

use domain::GameId;
use engine::Engine;
use tokio::task::JoinHandle;

use super::{PATIENCE, Step, say};

/// How long a running bot may leave a game alone that is due. It looks every 5 seconds at the
/// latest; one that was killed a moment ago may still be listed.
const IDLE: Duration = Duration::from_secs(15);
/// Between two looks at the database.
const GLANCE: Duration = Duration::from_millis(100);

/// See the module.
#[derive(Debug)]
pub(super) struct Worker {
    running: Vec<String>,
    /// Whether it is this process.
    here: AtomicBool,
}

impl fmt::Display for Worker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.running.as_slice() {
            [] => f.write_str("by itself, because no bot runs on this database"),
            running => write!(f, "by the running bot ({})", running.join(", ")),
        }
    }
}

impl Worker {
    /// Looks who has given a sign of life. Those last a third of a lease.
    pub(super) async fn find(engine: &Engine, lease: Duration) -> Step<Self> {
        let sign = i64::try_from(lease.as_millis() / 3).unwrap_or(i64::MAX);
        let known = engine.store().instances(engine.clock().now()).await;
        let known = known.map_err(|error| error.to_string())?;
        let alive = known.into_iter().filter(|one| one.ago_ms < sign);
        let running: Vec<String> = alive.map(|one| one.name).collect();
        let here = AtomicBool::new(running.is_empty());
        Ok(Self { running, here })
    }

    /// Whether a bot runs that may do the work.
    pub(super) fn is_a_bot(&self) -> bool {
        !self.running.is_empty()
    }

    /// Waits until Discord shows what the database says of this game, or something is in the way.
    pub(super) async fn settle(&self, engine: &Engine, game: GameId) -> Step<()> {
        let began = Instant::now();
        let mut idle = Instant::now();
        let mut why = String::new();
        while began.elapsed() < PATIENCE {
            let store = engine.store();
            let wrong = |error: store::StoreError| error.to_string();
            let Some(record) = store.game(game).await.map_err(wrong)? else { return Ok(()) };
            let Some(work) = store.work(game).await.map_err(wrong)? else {
                return Ok(());
            };
            if work.owner.is_some() {
                idle = Instant::now();
            } else if let Some(waiting) = work.waiting_for {
                if let Some(problem) = record.problems.first() {
                    return Err(problem.to_string());
                }
                why = format!(" ({waiting})");
            }
            if idle.elapsed() > IDLE && !self.here.swap(true, Ordering::Relaxed) {
                say("      The bot leaves the game alone; the work is done here from now on.");
            }
            if self.here.load(Ordering::Relaxed) {
                work_on(engine, game).await?;
            }
            tokio::time::sleep(GLANCE).await;
        }
        Err(format!("it took longer than {} s{why}", PATIENCE.as_secs()))
    }
}

/// Works on it here, if it is due. A task of its own: whoever is interrupted while it waits must not
/// leave the game with a lease that nobody gives back.
async fn work_on(engine: &Engine, game: GameId) -> Step<()> {
    let engine = engine.clone();
    let work: JoinHandle<_> = tokio::spawn(async move { engine.reconcile_alone(game).await });
    match work.await {
        Ok(worked) => worked.map(drop).map_err(|fault| fault.to_string()),
        Err(died) => Err(format!("the work on the game died: {died}")),
    }
}
