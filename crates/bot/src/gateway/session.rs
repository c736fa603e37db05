//! Sessions between two runs of the process.
//!
//! A resumed session brings only what happened since, not the guilds themselves, so resuming
//! after a restart means reading each guild over REST first. Above [`MAX_REFILL`] guilds a new
//! session is the faster way, and Discord then sends everything by itself.
//!
//! What was saved while running is behind what was worked on; only the last write of an orderly
//! stop is exact. After a crash, Discord therefore replays interactions that the process before
//! may have carried out; those are not acted on again (see [`Saved::exact`]).

use domain::GuildId;
use serde::{Deserialize, Serialize};
use twilight_gateway::{Intents, Session, Shard, ShardId, queue::InMemoryQueue};

use crate::app::App;

/// Most guilds of one shard that are read over REST so that its session can be resumed.
const MAX_REFILL: usize = 20;

/// A session older than this is not worth a try. Discord keeps one "a few minutes".
const MAX_AGE_MS: i64 = 5 * 60 * 1_000;

/// A session to resume, and the guilds it covers.
pub(super) struct Saved {
    pub(super) session: Session,
    pub(super) resume_url: String,
    pub(super) guilds: Vec<GuildId>,
    /// Whether everything up to the session's sequence was worked on, and nothing after it.
    pub(super) exact: bool,
}

/// What belongs to a session beside its id.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Scope {
    intents: u64,
    guilds: Vec<GuildId>,
    #[serde(default)]
    exact: bool,
}

/// The session of this shard, if it can still be resumed with these intents.
pub(super) async fn load(app: &App, id: ShardId, intents: Intents) -> Option<Saved> {
    let store = app.engine.store();
    let name = name(id);
    let found = async {
        let Some(saved) = store.session(&name).await? else { return Ok(None) };
        let scope = store.fact(&scope_key(&name)).await?;
        Ok::<_, store::StoreError>(scope.map(|scope| (saved, scope)))
    };
    let (saved, scope) = match found.await {
        Ok(found) => found?,
        Err(error) => {
            tracing::warn!(%error, shard = %name, "the saved session could not be read");
            return None;
        }
    };
    let mut scope: Scope = serde_json::from_str(&scope).ok()?;
    let exact = std::mem::take(&mut scope.exact);
    if exact {
        // From here on it is behind again. If that cannot be written, resuming is not safe.
        let behind = serde_json::to_string(&scope).ok()?;
        store.set_fact(&scope_key(&name), &behind).await.ok()?;
    }
    let age = app.engine.clock().now().saturating_sub(saved.saved_at);
    let fits = age <= MAX_AGE_MS
        && scope.intents == intents.bits()
        && scope.guilds.len() <= MAX_REFILL
        && !saved.resume_url.is_empty();
    fits.then(|| Saved {
        session: Session::new(saved.sequence, saved.session_id),
        resume_url: saved.resume_url,
        guilds: scope.guilds,
        exact,
    })
}

/// What [`save`] writes, taken out of the shard so that the write can happen elsewhere.
#[derive(Clone, PartialEq)]
pub(super) struct Snapshot {
    name: String,
    session: Session,
    resume_url: String,
    scope: Scope,
}

impl Snapshot {
    /// The shard's session now; none while it has none.
    pub(super) fn of(shard: &Shard<InMemoryQueue>, guilds: &[GuildId]) -> Option<Self> {
        let scope = Scope {
            intents: shard.config().intents().bits(),
            guilds: guilds.to_vec(),
            exact: false,
        };
        Some(Self {
            name: name(shard.id()),
            session: shard.session()?.clone(),
            resume_url: shard.resume_url()?.to_owned(),
            scope,
        })
    }
}

impl Snapshot {
    /// The same, when nothing more is to come and all of it was worked on.
    pub(super) fn exact(mut self) -> Self {
        self.scope.exact = true;
        self
    }
}

/// Writes a session down. A failure costs a new session after the next restart, nothing more.
pub(super) async fn save(app: &App, snapshot: &Snapshot) {
    let store = app.engine.store();
    let Snapshot { name, session, resume_url, scope } = snapshot;
    let saved = store::SavedSession {
        session_id: session.id().to_owned(),
        sequence: session.sequence(),
        resume_url: resume_url.clone(),
        saved_at: app.engine.clock().now(),
    };
    let written = async {
        let scope = serde_json::to_string(scope).unwrap_or_default();
        store.set_fact(&scope_key(name), &scope).await?;
        store.save_session(name, &saved).await
    };
    if let Err(error) = written.await {
        app.engine.complain("the session could not be saved", &error.into());
    }
}

fn name(id: ShardId) -> String {
    format!("{}/{}", id.number(), id.total())
}

fn scope_key(name: &str) -> String {
    format!("session-scope:{name}")
}
