//! All gateway sessions, and the one place every event passes.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};

use parking_lot::{Mutex, RwLock};
use tokio::runtime::Handle;

use super::compression::Compression;
use super::event::Event;
use super::session::Session;
use crate::clock::{Clock, to_millis};
use crate::config::Config;
use crate::faults::{EventFault, EventFaults, Upset};
use crate::id::{GuildId, Snowflake};

/// Bounds and timing of sessions.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SessionBounds {
    pub(crate) replay: usize,
    pub(crate) backlog: usize,
    pub(crate) retention_ms: i64,
}

/// Moods of the gateway, switched by [`super::Gateway`].
#[derive(Debug, Default)]
pub(crate) struct Moods {
    /// Heartbeats stay without ACK.
    pub(crate) acks_muted: AtomicBool,
    /// What becomes of compression.
    pub(crate) compression: RwLock<Compression>,
    /// No new connections.
    pub(crate) closed: AtomicBool,
    /// Milliseconds between IDENTIFY and READY.
    pub(crate) ready_delay_ms: AtomicU64,
}

/// The event bus. It is called under the world's lock, so events keep the order of the changes.
#[derive(Debug)]
pub(crate) struct Hub {
    sessions: Mutex<Vec<Arc<Session>>>,
    count: AtomicUsize,
    pub(crate) clock: Clock,
    pub(crate) bounds: SessionBounds,
    pub(crate) moods: Moods,
    /// Lost, doubled and reordered events.
    pub(crate) faults: EventFaults,
    /// Events that wait for the next one to overtake them.
    swapped: Mutex<Vec<Arc<Event>>>,
    /// Guilds that are down: their events are lost.
    outages: Mutex<HashSet<GuildId>>,
    /// Where late events wait; the world may also be changed from threads outside the runtime.
    runtime: Option<Handle>,
}

impl Hub {
    pub(crate) fn new(config: &Config, clock: &Clock) -> Self {
        let bounds = SessionBounds {
            replay: config.replay_events,
            backlog: config.backlog_events,
            retention_ms: to_millis(config.session_retention),
        };
        Self {
            sessions: Mutex::default(),
            count: AtomicUsize::new(0),
            clock: clock.clone(),
            bounds,
            moods: Moods::default(),
            faults: EventFaults::new(clock.clone()),
            swapped: Mutex::default(),
            outages: Mutex::default(),
            runtime: Handle::try_current().ok(),
        }
    }

    /// True while no session exists, so that nothing need be rendered.
    pub(crate) fn is_idle(&self) -> bool {
        self.count.load(Ordering::Acquire) == 0
    }

    /// Queues an event for every session that should have it.
    pub(crate) fn publish(self: &Arc<Self>, event: Event) {
        if event.guild.is_some_and(|guild| self.outages.lock().contains(&guild)) {
            return;
        }
        let event = Arc::new(event);
        let overtaken = std::mem::take(&mut *self.swapped.lock());
        let mut seen = false;
        for _ in 0..self.copies(&event) {
            seen |= self.deliver(&event);
        }
        if overtaken.is_empty() {
            return;
        }
        if !seen {
            // An event nobody gets overtakes nothing.
            self.swapped.lock().extend(overtaken);
            return;
        }
        for late in overtaken {
            self.deliver(&late);
        }
    }

    /// How often the event is delivered now; faults may lose it or put it off.
    fn copies(self: &Arc<Self>, event: &Arc<Event>) -> u32 {
        if self.faults.is_idle() {
            return 1;
        }
        let mut copies = 1;
        let guild = event.guild.map_or(0, Snowflake::get);
        for kind in self.faults.strike(event.name, guild, self.clock.now_ms()) {
            match kind {
                EventFault::Lose => copies = 0,
                EventFault::Twice => copies = 2,
                EventFault::Swap => {
                    copies = 0;
                    self.swapped.lock().push(Arc::clone(event));
                }
                EventFault::Delay(time) => {
                    copies = 0;
                    self.deliver_in(time, event);
                }
                EventFault::Echo(time) => self.deliver_in(time, event),
                EventFault::Upset(upset) => self.upset_all(upset),
            }
        }
        copies
    }

    fn deliver_in(self: &Arc<Self>, time: std::time::Duration, event: &Arc<Event>) {
        let Some(runtime) = &self.runtime else { return };
        let deadline = self.clock.now_ms().saturating_add(to_millis(time));
        let (clock, hub, event) = (self.clock.clone(), Arc::downgrade(self), Arc::clone(event));
        runtime.spawn(async move {
            clock.sleep_until(deadline).await;
            if let Some(hub) = hub.upgrade() {
                hub.deliver(&event);
            }
        });
    }

    /// True when some session gets it.
    fn deliver(&self, event: &Arc<Event>) -> bool {
        let now = self.clock.now_ms();
        let mut sessions = self.sessions.lock();
        let (mut seen, mut ended) = (false, false);
        for session in sessions.iter().filter(|session| session.wants(event)) {
            let alive = session.push(Arc::clone(event), &self.bounds, now);
            seen |= alive;
            ended |= !alive;
        }
        if ended {
            self.prune(&mut sessions);
        }
        seen
    }

    fn prune(&self, sessions: &mut Vec<Arc<Session>>) {
        let now = self.clock.now_ms();
        sessions.retain(|session| !session.is_expired(now, &self.bounds));
        self.count.store(sessions.len(), Ordering::Release);
    }

    pub(crate) fn add(&self, session: Arc<Session>) {
        let mut sessions = self.sessions.lock();
        sessions.push(session);
        self.prune(&mut sessions);
    }

    pub(crate) fn find(&self, id: &str) -> Option<Arc<Session>> {
        self.sessions().into_iter().find(|session| session.id == id)
    }

    pub(crate) fn remove(&self, id: &str) {
        let mut sessions = self.sessions.lock();
        sessions.retain(|session| session.id != id);
        self.count.store(sessions.len(), Ordering::Release);
    }

    /// The sessions of the moment, live or resumable.
    pub(crate) fn sessions(&self) -> Vec<Arc<Session>> {
        let mut sessions = self.sessions.lock();
        self.prune(&mut sessions);
        sessions.clone()
    }

    /// Makes every connected session live through something.
    pub(crate) fn upset_all(&self, upset: Upset) {
        for session in self.sessions.lock().iter() {
            session.upset(upset);
        }
    }

    pub(crate) fn is_down(&self, guild: GuildId) -> bool {
        self.outages.lock().contains(&guild)
    }

    pub(crate) fn set_down(&self, guild: GuildId, down: bool) {
        let mut outages = self.outages.lock();
        if down {
            outages.insert(guild);
        } else {
            outages.remove(&guild);
        }
    }
}
