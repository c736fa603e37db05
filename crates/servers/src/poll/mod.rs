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
mod source;
mod standing;
mod trouble;

pub use due::Pace;
pub use source::{PanelSource, Source};
pub use standing::PanelStanding;

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
    time::Duration,
};

use domain::{
    GuildId,
    server::{ServerId, Step},
};
use parking_lot::{Mutex, RwLock};
use store::{ServerRecord, Store};
use tokio::{
    sync::{Notify, Semaphore, broadcast},
    time::{Instant, sleep_until},
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use self::{due::Watched, source::Target, standing::Readable, trouble::Trouble};
use crate::{
    amp::{InstanceId, Panel},
    direct::Direct,
    metrics::Metrics,
    schedule::Schedule,
};

/// News kept for a listener that is slow. Who falls further behind looks at the database instead.
const NEWS_KEPT: usize = 256;
/// Looks at one panel at the same time.
const AT_ONCE: usize = 8;
/// Of them, beside the others, at servers that did not answer last time.
const SILENT_AT_ONCE: usize = 2;
/// The same for servers without a panel, which are in one another's way less: each is a machine of its own.
const DIRECT_AT_ONCE: usize = 12;
const SILENT_DIRECT_AT_ONCE: usize = 4;
/// Before it is asked again whether a guild is this process's.
const NOT_OURS: Duration = Duration::from_secs(2);
/// How long one look may take, whatever the panel does.
const LOOK_WITHIN: Duration = Duration::from_secs(20);

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
    places: RwLock<Vec<Arc<Place>>>,
    stop: CancellationToken,
    news: broadcast::Sender<News>,
    tasks: TaskTracker,
    /// Servers with a live message somewhere. As many as there are servers, at most.
    shown: Mutex<HashSet<ServerId>>,
    metrics: Metrics,
}

/// One source with what is known of when to look at its servers.
struct Place {
    source: Source,
    watched: Mutex<HashMap<ServerId, Watched>>,
    changed: Notify,
    room: Semaphore,
    /// For those that did not answer last time, so that they are in nobody's way.
    silent: Semaphore,
    /// What the last roster lacked for the first time.
    missing: Mutex<HashSet<String>>,
    /// Why looks brought nothing, as far as that was told.
    trouble: Mutex<Trouble<ServerId>>,
    /// Whether the last roster came.
    readable: Mutex<Readable>,
}

impl Poller {
    /// A poller of nothing yet.
    pub fn new(store: Store, config: PollConfig) -> Self {
        let (news, _) = broadcast::channel(NEWS_KEPT);
        let (tasks, stop) = (TaskTracker::new(), CancellationToken::new());
        let places = RwLock::default();
        let (shown, metrics) = (Mutex::default(), Metrics::default());
        let inner = Inner { store, config, places, stop, news, tasks, shown, metrics };
        Self { inner: Arc::new(inner) }
    }

    /// Looks at the servers of this source from now on.
    pub fn look_after(&self, source: Source) {
        let (room, silent) = match &source {
            Source::Panel(_) => (AT_ONCE, SILENT_AT_ONCE),
            Source::Direct(_) => (DIRECT_AT_ONCE, SILENT_DIRECT_AT_ONCE),
        };
        let place = Arc::new(Place {
            source,
            watched: Mutex::default(),
            changed: Notify::new(),
            room: Semaphore::new(room),
            silent: Semaphore::new(silent),
            missing: Mutex::default(),
            trouble: Mutex::default(),
            readable: Mutex::default(),
        });
        self.inner.places.write().push(Arc::clone(&place));
        let inner = Arc::clone(&self.inner);
        self.inner.tasks.spawn(async move {
            tokio::select! {
                () = inner.follow_roster(&place) => {}
                () = inner.follow_servers(&place) => {}
                () = inner.stop.cancelled() => {}
            }
        });
    }

    /// What looks bring from now on.
    pub fn news(&self) -> broadcast::Receiver<News> {
        self.inner.news.subscribe()
    }

    /// The panel that a server is on, and which instance it is there.
    pub fn panel_of(&self, server: &ServerRecord) -> Option<(Arc<Panel>, InstanceId)> {
        let places = self.inner.places.read();
        match places.iter().find_map(|place| place.source.target(server))? {
            Target::Instance(panel, instance) => Some((panel, instance)),
            Target::Address(..) => None,
        }
    }

    /// The way to servers that have no panel.
    pub fn direct(&self) -> Option<Direct> {
        self.inner.places.read().iter().find_map(|place| match &place.source {
            Source::Direct(direct) => Some(direct.clone()),
            Source::Panel(_) => None,
        })
    }

    /// Says whether people see a server without asking, so that it is looked at more often.
    pub fn show(&self, server: ServerId, is_shown: bool) {
        let mut shown = self.inner.shown.lock();
        if !is_shown {
            shown.remove(&server);
        } else if shown.insert(server) {
            drop(shown);
            self.nudge(server);
        }
    }

    /// Has a server looked at at once: somebody asked for something, or watches it now.
    pub fn nudge(&self, server: ServerId) {
        for place in self.inner.places.read().iter() {
            if let Some(watched) = place.watched.lock().get_mut(&server) {
                watched.due = Instant::now();
                watched.again = watched.looking;
                place.changed.notify_one();
            }
        }
    }

    /// Looks at a server that somebody has just entered, at once and from now on.
    pub fn took(&self, server: &ServerRecord) {
        for place in self.inner.places.read().iter() {
            let Some(target) = place.source.target(server) else { continue };
            let one = Watched::new(server.found.guild, target, Instant::now());
            place.watched.lock().entry(server.id).or_insert(one);
        }
        self.nudge(server.id);
    }

    /// Waits until it is stopped. Looks under way then are given up: what they have not written
    /// down they have not seen.
    pub async fn run(&self) {
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
    /// Starts each look when it is due.
    async fn follow_servers(self: &Arc<Self>, place: &Arc<Place>) {
        loop {
            let now = Instant::now();
            let (ready, next) = due::ready(&mut place.watched.lock(), now);
            for (server, guild) in ready {
                if !(self.config.mine)(guild) {
                    self.put_off(place, server);
                    continue;
                }
                let (inner, place) = (Arc::clone(self), Arc::clone(place));
                self.tasks.spawn(async move {
                    // Boxed: it is large, and there may be many.
                    let look = Box::pin(inner.look(&place, server));
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
            // It may become ours at any moment.
            watched.due =
                Instant::now() + self.config.schedule.pause(NOT_OURS).min(self.config.pace.watched);
        }
        // When to go on was worked out without it.
        place.changed.notify_one();
    }
}
