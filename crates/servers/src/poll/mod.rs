//! Looking at servers: all of them now and then, those that somebody watches often, those that
//! are on their way all the time.
//!
//! Each look is a task of its own with a deadline, so a slow instance delays nobody; a panel is
//! never asked more than a few things at once. What a look means is `domain`'s to say; it is
//! decided under the lock of the server's row, so that nothing that somebody asks for meanwhile is
//! lost.

mod due;
mod look;
mod roster;
mod trouble;

pub use due::Pace;

use std::{
    collections::{HashMap, HashSet},
    fmt,
    sync::Arc,
    time::Duration,
};

use domain::{
    GuildId,
    server::{ServerId, Step},
};
use parking_lot::Mutex;
use store::{ServerRecord, Store};
use tokio::{
    sync::{Notify, Semaphore, broadcast},
    time::{Instant, sleep_until},
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use self::{due::Watched, trouble::Trouble};
use crate::{
    amp::{InstanceId, Panel},
    schedule::Schedule,
};

/// News kept for a listener that is slow. Who falls further behind looks at the database instead.
const NEWS_KEPT: usize = 256;
/// Looks at one panel at the same time.
const AT_ONCE: usize = 8;
/// Of them, beside the others, at servers that did not answer last time.
const SILENT_AT_ONCE: usize = 2;
/// How long one look may take, whatever the panel does.
const LOOK_WITHIN: Duration = Duration::from_secs(20);

/// A panel that is looked at.
pub struct PanelSource {
    /// What the operator calls it.
    pub name: String,
    /// The guild whose servers they are.
    pub guild: GuildId,
    /// The way to it.
    pub panel: Arc<Panel>,
}

impl PanelSource {
    /// What its servers have for a source in the database.
    pub fn source(&self) -> String {
        format!("amp:{}", self.name)
    }
}

impl fmt::Debug for PanelSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("PanelSource").field(&self.name).finish()
    }
}

/// What a look brought, for whoever shows it.
#[derive(Clone, Debug)]
pub struct News {
    /// The server as it is remembered now.
    pub server: ServerRecord,
    /// What followed from the look.
    pub step: Step,
}

/// What the time of day is, in milliseconds since the Unix epoch.
pub type Now = Arc<dyn Fn() -> i64 + Send + Sync>;
/// Whether a guild is this process's to look after.
pub type Mine = Arc<dyn Fn(GuildId) -> bool + Send + Sync>;

/// How servers are looked at.
pub struct PollConfig {
    /// When the roster is read and every server is looked at.
    pub schedule: Schedule,
    /// How often those are looked at that somebody watches, or that move.
    pub pace: Pace,
    /// The time of day.
    pub now: Now,
    /// Which guilds are this process's.
    pub mine: Mine,
}

/// The poller. Cheap to clone.
#[derive(Clone)]
pub struct Poller {
    inner: Arc<Inner>,
}

struct Inner {
    store: Store,
    config: PollConfig,
    places: Vec<Place>,
    stop: CancellationToken,
    news: broadcast::Sender<News>,
    tasks: TaskTracker,
}

/// One panel with what is known of when to look at its servers.
struct Place {
    source: PanelSource,
    watched: Mutex<HashMap<ServerId, Watched>>,
    changed: Notify,
    room: Semaphore,
    /// For those that did not answer last time, so that they are in nobody's way.
    silent: Semaphore,
    /// What the last roster lacked for the first time.
    missing: Mutex<HashSet<String>>,
    /// Why looks brought nothing, as far as that was told.
    trouble: Mutex<Trouble<ServerId>>,
}

impl Poller {
    /// A poller of these panels. Nothing is asked before [`Poller::run`].
    pub fn new(store: Store, panels: Vec<PanelSource>, config: PollConfig) -> Self {
        let places = panels.into_iter().map(|source| Place {
            source,
            watched: Mutex::default(),
            changed: Notify::new(),
            room: Semaphore::new(AT_ONCE),
            silent: Semaphore::new(SILENT_AT_ONCE),
            missing: Mutex::default(),
            trouble: Mutex::default(),
        });
        let (news, _) = broadcast::channel(NEWS_KEPT);
        let places = places.collect();
        let (tasks, stop) = (TaskTracker::new(), CancellationToken::new());
        Self { inner: Arc::new(Inner { store, config, places, stop, news, tasks }) }
    }

    /// What looks bring from now on.
    pub fn news(&self) -> broadcast::Receiver<News> {
        self.inner.news.subscribe()
    }

    /// The panel that a server is on, and which instance it is there.
    pub fn panel_of(&self, server: &ServerRecord) -> Option<(Arc<Panel>, InstanceId)> {
        // The guild too: the panel may have been another guild's before.
        let is_its = |place: &&Place| {
            let source = &place.source;
            source.guild == server.found.guild && source.source() == server.found.source
        };
        let place = self.inner.places.iter().find(is_its)?;
        Some((Arc::clone(&place.source.panel), InstanceId::parse(&server.found.place)?))
    }

    /// Has a server looked at at once: somebody asked for something, or watches it now.
    pub fn nudge(&self, server: ServerId) {
        for place in &self.inner.places {
            if let Some(watched) = place.watched.lock().get_mut(&server) {
                watched.due = Instant::now();
                watched.again = watched.looking;
                place.changed.notify_one();
            }
        }
    }

    /// Looks until it is stopped. Looks under way then are given up: what they have not written
    /// down they have not seen.
    pub async fn run(&self) {
        for at in 0..self.inner.places.len() {
            let poller = self.clone();
            self.inner.tasks.spawn(async move {
                tokio::select! {
                    () = poller.inner.follow_roster(at) => {}
                    () = poller.inner.follow_servers(at) => {}
                    () = poller.inner.stop.cancelled() => {}
                }
            });
        }
        self.inner.stop.cancelled().await;
        self.inner.tasks.close();
        self.inner.tasks.wait().await;
    }

    /// Stops looking.
    pub fn stop(&self) {
        self.inner.stop.cancel();
    }

    /// Completes when nobody looks any more.
    pub async fn stopped(&self) {
        self.inner.stop.cancelled().await;
    }
}

impl Inner {
    fn place(&self, at: usize) -> Option<&Place> {
        self.places.get(at)
    }

    /// Starts each look when it is due.
    async fn follow_servers(self: &Arc<Self>, at: usize) {
        let Some(place) = self.place(at) else { return };
        loop {
            let now = Instant::now();
            let (ready, next) = due::ready(&mut place.watched.lock(), now);
            let mine = (self.config.mine)(place.source.guild);
            for server in ready {
                if !mine {
                    self.put_off(place, server);
                    continue;
                }
                let inner = Arc::clone(self);
                self.tasks.spawn(async move {
                    // Boxed: it is large, and there may be many.
                    let look = Box::pin(inner.look(at, server));
                    inner.stop.run_until_cancelled(look).await;
                });
            }
            tokio::select! {
                () = sleep_until(next.unwrap_or(now + self.config.pace.watched)) => {}
                () = place.changed.notified() => {}
            }
        }
    }

    fn put_off(&self, place: &Place, server: ServerId) {
        if let Some(watched) = place.watched.lock().get_mut(&server) {
            watched.looking = false;
            watched.due = Instant::now() + self.config.pace.watched;
        }
    }
}
