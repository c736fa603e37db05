//! One session: a bounded buffer that is both its queue and its replay memory.

use std::collections::VecDeque;
use std::sync::Arc;

use parking_lot::Mutex;
use tokio::sync::Notify;

use super::control::SessionInfo;
use super::event::Event;
use super::hub::SessionBounds;
use crate::clock::Millis;
use crate::faults::Upset;

/// What a connection should send next.
pub(crate) enum Next {
    Event(u64, Arc<Event>),
    Upset(Upset),
    Idle,
    /// Another connection took the session over, or it ended.
    Gone,
}

#[derive(Debug)]
pub(crate) struct Session {
    pub(crate) id: String,
    pub(crate) shard: (u32, u32),
    pub(crate) intents: u64,
    /// Identify's `compress`: payload compression, kept over a resume.
    pub(crate) compress: bool,
    pub(crate) wake: Notify,
    feed: Mutex<Feed>,
}

#[derive(Debug, Default)]
struct Feed {
    /// Sequence number of the newest event.
    newest: u64,
    /// Sequence number of the last event handed to a connection.
    sent: u64,
    /// The newest events, the last one numbered `newest`.
    buffer: VecDeque<Arc<Event>>,
    upsets: VecDeque<Upset>,
    /// The connection that owns the session now.
    connection: Option<u64>,
    detached_ms: Millis,
    dead: bool,
}

impl Feed {
    /// Sequence number just before the oldest buffered event.
    fn floor(&self) -> u64 {
        self.newest - self.buffer.len() as u64
    }

    fn is_expired(&self, now: Millis, bounds: &SessionBounds) -> bool {
        self.dead || (self.connection.is_none() && now - self.detached_ms > bounds.retention_ms)
    }
}

impl Session {
    pub(crate) fn new(
        id: String,
        shard: (u32, u32),
        intents: u64,
        compress: bool,
        connection: u64,
    ) -> Self {
        // READY takes number 1 and is never replayed.
        let feed = Feed { newest: 1, sent: 1, connection: Some(connection), ..Feed::default() };
        Self { id, shard, intents, compress, wake: Notify::new(), feed: Mutex::new(feed) }
    }

    /// Intents and shard decide.
    pub(crate) fn wants(&self, event: &Event) -> bool {
        (event.intents == 0 || event.intents & self.intents != 0)
            && event.shard(self.shard.1) == self.shard.0
    }

    /// Queues an event. False when the session is over: it waited too long for a RESUME, or does not read what
    /// it is sent and is cut off as a slow consumer.
    pub(crate) fn push(&self, event: Arc<Event>, bounds: &SessionBounds, now: Millis) -> bool {
        debug_assert!(
            super::EVENTS.iter().any(|one| one.name == event.name),
            "{} is missing in the table of events",
            event.name
        );
        let mut feed = self.feed.lock();
        if feed.is_expired(now, bounds) {
            return false;
        }
        feed.newest += 1;
        feed.buffer.push_back(event);
        let mut keep = bounds.replay as u64;
        if feed.connection.is_some() {
            let waiting = feed.newest - feed.sent;
            if waiting > bounds.backlog as u64 {
                feed.dead = true;
                feed.buffer.clear();
            }
            // What is not sent yet comes on top of the replay memory.
            keep += waiting;
        }
        while feed.buffer.len() as u64 > keep {
            feed.buffer.pop_front();
        }
        let alive = !feed.dead;
        drop(feed);
        self.wake.notify_one();
        alive
    }

    /// Makes the connection live through something; without one there is nobody to suffer it.
    pub(crate) fn upset(&self, upset: Upset) {
        let mut feed = self.feed.lock();
        if feed.connection.is_some() {
            feed.upsets.push_back(upset);
            drop(feed);
            self.wake.notify_one();
        }
    }

    /// What `connection` should send next.
    pub(crate) fn next(&self, connection: u64) -> Next {
        let mut feed = self.feed.lock();
        if feed.dead || feed.connection != Some(connection) {
            drop(feed);
            // The wake-up may have been meant for the connection that took over.
            self.wake.notify_one();
            return Next::Gone;
        }
        if let Some(upset) = feed.upsets.pop_front() {
            return Next::Upset(upset);
        }
        let at = feed.sent + 1;
        let index = usize::try_from(at - feed.floor() - 1).unwrap_or(usize::MAX);
        let Some(event) = feed.buffer.get(index).cloned() else { return Next::Idle };
        feed.sent = at;
        Next::Event(at, event)
    }

    /// A new connection takes over and continues after `seq`. False when that is too far back.
    pub(crate) fn resume(&self, connection: u64, seq: u64) -> Result<bool, SeqFromFuture> {
        let mut feed = self.feed.lock();
        if seq > feed.newest {
            return Err(SeqFromFuture);
        }
        if feed.dead || seq < feed.floor() {
            return Ok(false);
        }
        feed.sent = seq;
        feed.connection = Some(connection);
        feed.upsets.clear();
        drop(feed);
        // Wakes the connection that had the session until now, so that it leaves.
        self.wake.notify_one();
        Ok(true)
    }

    /// Number of the newest event, so that RESUMED comes right after the replay.
    pub(crate) fn newest(&self) -> u64 {
        self.feed.lock().newest
    }

    /// Number of the last event handed out.
    pub(crate) fn sent(&self) -> u64 {
        self.feed.lock().sent
    }

    /// The connection is gone; the session waits for a RESUME.
    pub(crate) fn detach(&self, connection: u64, now: Millis) {
        let mut feed = self.feed.lock();
        if feed.connection == Some(connection) {
            feed.connection = None;
            feed.detached_ms = now;
        }
    }

    pub(crate) fn is_expired(&self, now: Millis, bounds: &SessionBounds) -> bool {
        self.feed.lock().is_expired(now, bounds)
    }

    pub(crate) fn info(&self) -> SessionInfo {
        let feed = self.feed.lock();
        SessionInfo {
            id: self.id.clone(),
            shard: self.shard,
            intents: self.intents,
            connected: feed.connection.is_some(),
            seq: feed.newest,
            waiting: feed.newest - feed.sent,
        }
    }
}

/// Close code 4007.
#[derive(Debug)]
pub(crate) struct SeqFromFuture;
