//! Replies to long work: progress while it runs, then how it ended, also after a restart.

use std::time::{Duration, Instant};

use discord::{Call, CallError};
use domain::{GameId, Locale, Phase, audit::Outcome};
use engine::{Fault, GameSummary, Progress};
use store::{AuditQuery, GameRecord, Waiter};
use twilight_model::id::Id;

use crate::{
    answer::edit_original,
    app::App,
    register::fnv,
    text::Words,
    views::{Parts, reply},
};

/// How long the first answer may still be on the way when a person is told something for the
/// first time: until then, "unknown message" means "not yet".
const FIRST_ANSWER: Duration = Duration::from_secs(10);

/// How far the clock may be off, or may have jumped since the person asked. Until then it is
/// Discord who says that a token is dead.
const CLOCK_SLACK_MS: i64 = 2 * 60 * 60 * 1_000;

/// How long a token lives for us, as the engine counts: from the interaction to `expires_at`.
const TOKEN_LIFE_MS: i64 = 14 * 60 * 1_000;

/// Pause before another try when the first answer is still on the way.
const SOON: Duration = Duration::from_millis(250);

/// Pause before another try after trouble that names no time.
const RETRY: Duration = Duration::from_secs(3);

/// Least time between two progress edits of one answer: Discord allows five edits in five seconds,
/// and the last word shall not have to wait for its turn.
const PROGRESS_EVERY: Duration = Duration::from_millis(1_250);

/// Work shorter than this shows its end only.
const PROGRESS_AFTER_MS: i64 = 600;

/// What a waiting person was shown last.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shown {
    hash: u64,
    at: Instant,
}

/// Tells everyone who waits for a game how it stands.
pub(super) async fn keep(app: &App, game: GameId) -> Option<Duration> {
    match tell(app, game).await {
        Ok(again) => again,
        Err(fault) => {
            app.engine.complain("waiting people could not be told", &fault);
            Some(RETRY)
        }
    }
}

async fn tell(app: &App, game: GameId) -> Result<Option<Duration>, Fault> {
    let store = app.engine.store();
    let waiters = store.waiters(game).await?;
    if waiters.is_empty() {
        return Ok(None);
    }
    let now = app.engine.clock().now();
    let (dead, alive): (Vec<_>, Vec<_>) =
        waiters.into_iter().partition(|waiter| waiter.expires_at + CLOCK_SLACK_MS <= now);
    let mut answered: Vec<i64> = dead.iter().map(|waiter| waiter.id).collect();
    let mut again: Option<Duration> = None;
    let mut sooner = |delay: Duration| again = Some(again.map_or(delay, |known| known.min(delay)));
    if !alive.is_empty() {
        let state = State::read(app, game).await?;
        if state.is_elsewhere(app) {
            return Ok(None);
        }
        for waiter in &alive {
            let failed = state.has_problems() && failed(app, waiter, &state).await?;
            let (parts, last) = state.answer_for(waiter, failed);
            // Progress is not worth a call that most likely finds nobody.
            if !last && waiter.expires_at <= now {
                continue;
            }
            if !last && let Some(delay) = too_soon(app, waiter, now) {
                sooner(delay);
                continue;
            }
            match show(app, waiter, &parts).await {
                Ok(()) if last => answered.push(waiter.id),
                Ok(()) => {}
                Err(error) => match after(app, &error, waiter) {
                    Some(delay) => sooner(delay),
                    None => answered.push(waiter.id),
                },
            }
        }
    }
    if !answered.is_empty() {
        store.drop_waiters(&answered).await?;
        let mut shown = app.bell.shown.lock();
        for id in &answered {
            shown.remove(id);
        }
        drop(shown);
        app.bell.missing.lock().retain(|id, _| !answered.contains(id));
    }
    Ok(again)
}

/// How a game stands.
struct State {
    record: Option<GameRecord>,
    summary: Option<GameSummary>,
    bindings: domain::plan::Bindings,
    progress: Progress,
}

impl State {
    /// Whether another process looks after the game's guild, and tells whoever waits.
    fn is_elsewhere(&self, app: &App) -> bool {
        self.record.as_ref().is_some_and(|record| !app.engine.serves(record.game.guild))
    }

    async fn read(app: &App, game: GameId) -> Result<Self, Fault> {
        let store = app.engine.store();
        let record = store.game(game).await?;
        let summary = match &record {
            Some(record) => {
                let games = app.engine.games(record.game.guild).await?;
                games.into_iter().find(|summary| summary.game.id == game)
            }
            None => None,
        };
        let heard = app.bell.progress.lock().get(&game).cloned();
        let progress = heard
            .or_else(|| summary.as_ref().and_then(|summary| summary.progress.clone()))
            .unwrap_or_default();
        Ok(Self { record, summary, bindings: store.bindings(game).await?, progress })
    }

    fn has_problems(&self) -> bool {
        self.summary.as_ref().is_some_and(|summary| !summary.problems.is_empty())
    }

    /// What to show, and whether it is the last word.
    fn answer_for(&self, waiter: &Waiter, failed: bool) -> (Parts, bool) {
        let words = Words::of(if waiter.locale == "de" { Locale::De } else { Locale::En });
        let Some(record) = &self.record else {
            return (reply::deleted(words, ""), true);
        };
        let title = record.game.title();
        if record.gone {
            return (reply::deleted(words, &title), true);
        }
        let Some(summary) = &self.summary else {
            return (reply::working(words, &title, waiter.kind, &self.progress), false);
        };
        let settled =
            record.settled_generation >= waiter.generation && record.game.phase != Phase::Deleted;
        if settled || failed {
            return (reply::settled(words, summary, &self.bindings, waiter.kind), true);
        }
        (reply::working(words, &title, waiter.kind, &self.progress), false)
    }
}

/// Whether what this person asked for ended at a problem. The game's problems alone do not tell:
/// they may be older than the request.
async fn failed(app: &App, waiter: &Waiter, state: &State) -> Result<bool, Fault> {
    let Some(record) = &state.record else { return Ok(false) };
    let query = AuditQuery {
        game: Some(waiter.game),
        kind: Some(waiter.kind),
        limit: 25,
        ..AuditQuery::default()
    };
    let rows = app.engine.store().audit(record.game.guild, &query).await?;
    let own = rows.iter().find(|row| row.entry.correlation == waiter.correlation);
    Ok(own.is_some_and(|row| row.entry.outcome == Outcome::Failed))
}

/// How long to hold a progress edit back, if it comes too soon.
fn too_soon(app: &App, waiter: &Waiter, now: i64) -> Option<Duration> {
    let waits = now - (waiter.expires_at - TOKEN_LIFE_MS);
    if (0..PROGRESS_AFTER_MS).contains(&waits) {
        return Some(Duration::from_millis((PROGRESS_AFTER_MS - waits).unsigned_abs()));
    }
    let last = app.bell.shown.lock().get(&waiter.id).map(|shown| shown.at);
    let since = last?.elapsed();
    PROGRESS_EVERY.checked_sub(since).filter(|delay| !delay.is_zero())
}

/// Brings an answer to a person, unless it is what the person sees already.
async fn show(app: &App, waiter: &Waiter, parts: &Parts) -> Result<(), CallError> {
    let hash = fnv(&serde_json::to_vec(parts).unwrap_or_default());
    if app.bell.shown.lock().get(&waiter.id).is_some_and(|shown| shown.hash == hash) {
        return Ok(());
    }
    let Some(application) = Id::new_checked(waiter.application) else { return Ok(()) };
    edit_original(app, application, &waiter.token, parts, Call::interactive()).await?;
    app.bell.shown.lock().insert(waiter.id, Shown { hash, at: Instant::now() });
    Ok(())
}

/// When to try again; never, when nobody can be reached any more.
fn after(app: &App, error: &CallError, waiter: &Waiter) -> Option<Duration> {
    match error {
        CallError::NotFound { .. } => {
            let first = *app.bell.missing.lock().entry(waiter.id).or_insert_with(Instant::now);
            let since = first.elapsed();
            // Ever less often: after a restart there is mostly nobody any more.
            (since < FIRST_ANSWER).then(|| since.max(SOON))
        }
        error if error.is_temporary() => Some(error.retry_after().unwrap_or(RETRY)),
        error => {
            tracing::info!(correlation = waiter.correlation, %error, "nobody waits any more");
            None
        }
    }
}
