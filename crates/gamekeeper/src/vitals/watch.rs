//! Whoever looks.

use std::{
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};

use engine::{Engine, Reconciling};
use parking_lot::Mutex;
use servers::poll::Poller;
use tokio::{
    sync::watch,
    time::{MissedTickBehavior, interval, timeout},
};
use tokio_util::sync::CancellationToken;

use super::{Backup, Beats, Disk, Memory, Vitals};

/// Between two looks at what is in this process.
const EVERY: Duration = Duration::from_secs(1);
/// Between two questions to the database.
const ASK_EVERY: Duration = Duration::from_secs(5);
/// Before a question counts as unanswered.
const ANSWER_WITHIN: Duration = Duration::from_secs(10);
/// Between two looks at what changes slowly.
const SLOWLY: Duration = Duration::from_secs(30);
/// A loop of ours that has not gone round for so long does so no more.
const STOPPED: Duration = Duration::from_mins(1);
/// The reconciler's goes round also while the database is silent, but each question to it has a
/// deadline of its own, and a sweep has many.
const RECONCILER_STOPPED: Duration = Duration::from_mins(10);

/// What is looked at.
pub struct Watched {
    /// The engine.
    pub engine: Engine,
    /// How much of the bot is up.
    pub status: watch::Receiver<bot::Status>,
    /// Where the data is.
    pub data: PathBuf,
    /// What is wanted of backups.
    pub backups: ::backup::Settings,
}

/// What the database last said.
#[derive(Clone, Default)]
struct Asked {
    silent_since: Option<Instant>,
    reconciling: Option<Reconciling>,
    backup: Option<Backup>,
}

/// Begins to look, until it is stopped.
pub fn begin(
    watched: Watched,
    seen: &watch::Sender<Vitals>,
    beats: &Beats,
    stop: &CancellationToken,
) {
    let engine = watched.engine.clone();
    beats.ask("reconciler", RECONCILER_STOPPED, move || engine.since_last_turn());
    let asked = Arc::<Mutex<Asked>>::default();
    let ask =
        ask(watched.engine.clone(), watched.backups.clone(), Arc::clone(&asked), beats.clone());
    let asking = stop.clone();
    tokio::spawn(async move { asking.run_until_cancelled(ask).await });
    let look = look(watched, asked, seen.clone(), beats.clone());
    let looking = stop.clone();
    tokio::spawn(async move { looking.run_until_cancelled(look).await });
}

async fn look(
    watched: Watched,
    asked: Arc<Mutex<Asked>>,
    sender: watch::Sender<Vitals>,
    beats: Beats,
) {
    let beat = beats.expect("watcher", STOPPED);
    let Watched { engine, status, data, backups } = watched;
    let mut tick = interval(EVERY);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let daily = backups.daily();
    let mut down: Option<Instant> = None;
    let mut slowly: Option<(Instant, Option<Disk>, Option<Memory>)> = None;
    loop {
        tick.tick().await;
        beat.beat();
        let status = *status.borrow();
        let connected = status.divided && status.ready >= status.shards;
        down = if connected { None } else { down.or_else(|| Some(Instant::now())) };
        let (_, disk, memory) = match slowly {
            Some(known) if known.0.elapsed() < SLOWLY => known,
            _ => *slowly.insert((Instant::now(), Disk::at(&data), Memory::of("self"))),
        };
        let Asked { silent_since, reconciling, backup } = asked.lock().clone();
        let silent = silent_since.map(|since| since.elapsed());
        let vitals = Vitals {
            status,
            gateway_down: down.map(|since| since.elapsed()),
            // Whatever needs it notices sooner than the next question does.
            database_away: silent.max(engine.database_away()),
            reconciling,
            paused: engine.rest().paused().is_some(),
            panels: engine.poller().map(Poller::panels).unwrap_or_default(),
            disk,
            memory,
            backup: backup.unwrap_or(Backup { on: daily, ..Backup::default() }),
        };
        sender.send_replace(vitals);
    }
}

async fn ask(engine: Engine, backups: ::backup::Settings, asked: Arc<Mutex<Asked>>, beats: Beats) {
    let beat = beats.expect("asker", STOPPED);
    let mut tick = interval(ASK_EVERY);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tick.tick().await;
        beat.beat();
        let began = Instant::now();
        let (store, now) = (engine.store(), engine.clock().now());
        let question = async {
            let reconciling = engine.reconciling().await?;
            Ok::<_, engine::Fault>((reconciling, Backup::read(store, &backups, now).await?))
        };
        let answer = timeout(ANSWER_WITHIN, question).await;
        let mut asked = asked.lock();
        if let Ok(Ok((reconciling, backup))) = answer {
            *asked =
                Asked { silent_since: None, reconciling: Some(reconciling), backup: Some(backup) };
        } else {
            asked.silent_since.get_or_insert(began);
        }
    }
}
