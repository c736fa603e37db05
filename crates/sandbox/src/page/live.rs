//! One open page: it says who looks where, and is sent what changed since it was told last.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use serde_json::{Map, Value};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, MissedTickBehavior};

use super::place::Wish;
use super::view;
use crate::sandbox::Sandbox;

/// Pages open at once.
const MOST: usize = 64;

/// Largest message of a page.
const MAX_INBOUND: usize = 4_096;

/// Changes are told at most this often.
const GAP: Duration = Duration::from_millis(80);

/// Changes that come together are told together.
const GATHER: Duration = Duration::from_millis(15);

/// What ends by itself (a timeout, say) shows at the latest after this long.
const TICK: Duration = Duration::from_secs(5);

/// A page that does not take a frame for so long is gone.
const PATIENCE: Duration = Duration::from_secs(10);

/// The seats for open pages.
#[derive(Clone, Debug)]
pub(crate) struct Pages(Arc<Semaphore>);

impl Default for Pages {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(MOST)))
    }
}

/// `GET /app/live`.
pub(super) async fn connect(State(sandbox): State<Sandbox>, upgrade: WebSocketUpgrade) -> Response {
    let Ok(seat) = Arc::clone(&sandbox.pages().0).try_acquire_owned() else {
        return (StatusCode::SERVICE_UNAVAILABLE, "too many pages are open").into_response();
    };
    let upgrade = upgrade.max_message_size(MAX_INBOUND).max_frame_size(MAX_INBOUND);
    upgrade.on_upgrade(move |socket| Page::new(sandbox, socket, seat).run())
}

struct Page {
    sandbox: Sandbox,
    socket: WebSocket,
    wish: Wish,
    told: Told,
    _seat: OwnedSemaphorePermit,
}

impl Page {
    fn new(sandbox: Sandbox, socket: WebSocket, seat: OwnedSemaphorePermit) -> Self {
        Self { sandbox, socket, wish: Wish::default(), told: Told::default(), _seat: seat }
    }

    async fn run(mut self) {
        let stop = self.sandbox.stopped();
        let mut beats = self.sandbox.pulse().listen();
        let mut ticks = tokio::time::interval(TICK);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut next = Instant::now();
        // Nothing is shown before the page has said whom it shows.
        let mut asked = false;
        loop {
            let mut wished = false;
            tokio::select! {
                () = stop.cancelled() => break,
                beat = beats.changed(), if asked => if beat.is_err() { break },
                _ = ticks.tick(), if asked => {}
                message = self.socket.recv() => match message {
                    Some(Ok(Message::Text(text))) => {
                        let Ok(wish) = serde_json::from_str(&text) else { break };
                        self.wish = wish;
                        (asked, wished) = (true, true);
                    }
                    Some(Ok(Message::Binary(_) | Message::Close(_)) | Err(_)) | None => break,
                    Some(Ok(_)) => continue,
                },
            }
            if !wished {
                tokio::time::sleep_until(next.max(Instant::now() + GATHER)).await;
            }
            beats.borrow_and_update();
            if self.tell().await.is_none() {
                break;
            }
            next = Instant::now() + GAP;
        }
    }

    /// Sends what is new; `None` when the page is gone.
    async fn tell(&mut self) -> Option<()> {
        let whole = view::whole(&self.sandbox, &self.wish, &mut self.told);
        let fresh = self.told.fresh(whole);
        if fresh.is_empty() {
            return Some(());
        }
        let frame = Message::Text(Value::Object(fresh).to_string().into());
        tokio::time::timeout(PATIENCE, self.socket.send(frame)).await.ok()?.ok()
    }
}

/// What a page knows already.
#[derive(Debug, Default)]
pub(super) struct Told {
    sections: HashMap<&'static str, u64>,
    /// The messages of the open channel.
    pub(super) messages: HashMap<String, u64>,
    /// Numbers of the last call and event shown.
    pub(super) calls: u64,
    pub(super) events: u64,
}

impl Told {
    /// Leaves the sections that are not as they were told.
    fn fresh(&mut self, whole: Vec<(&'static str, Value)>) -> Map<String, Value> {
        let mut fresh = Map::new();
        for (name, section) in whole {
            let hash = hash(&section);
            if self.sections.insert(name, hash) != Some(hash) {
                fresh.insert(name.to_owned(), section);
            }
        }
        fresh
    }
}

/// Equal values give equal hashes.
pub(super) fn hash(value: &Value) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.to_string().hash(&mut hasher);
    hasher.finish()
}
