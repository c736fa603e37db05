//! One websocket connection from HELLO to its end: the outgoing side.

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::{Message, WebSocket};
use futures_util::SinkExt;
use serde_json::{Value, json};
use tokio::time::Instant;

use super::compress::Packer;
use super::event::{Event, EventBody};
use super::payload::{close, dispatch, ends_session, frame, op};
use super::session::{Next, Session};
use crate::faults::Upset;
use crate::observe::{EventRecord, ViolationKind};
use crate::render;
use crate::sandbox::Sandbox;
use crate::world::Intents;

/// Events sent in one go before the client is listened to again: under load there is always one more, and
/// heartbeats must not wait for the end of it.
const BATCH: usize = 256;

/// Why a connection ends.
#[derive(Debug)]
pub(super) enum End {
    /// The server closes with a code.
    Close(u16),
    /// The client closed with a code.
    Client(u16),
    /// The transport broke.
    Broken,
    /// The server breaks the transport on purpose.
    Cut,
}

impl From<axum::Error> for End {
    fn from(_: axum::Error) -> Self {
        Self::Broken
    }
}

pub(super) struct Connection {
    pub(super) id: u64,
    pub(super) sandbox: Sandbox,
    socket: WebSocket,
    packer: Packer,
    pub(super) session: Option<Arc<Session>>,
    /// After a RESUME: RESUMED follows once everything up to here has been replayed.
    pub(super) resumed_at: Option<u64>,
    /// Messages received: start of the minute and count.
    pub(super) window: (i64, u32),
    /// When the connection counts as dead. Real time, as the client's timers are: a test that pushes the clock
    /// must not cut off every bot.
    pub(super) silent_at: Instant,
}

impl Connection {
    pub(super) fn new(id: u64, sandbox: Sandbox, socket: WebSocket, packer: Packer) -> Self {
        let silent_at = Instant::now() + patience(&sandbox);
        let (session, resumed_at) = (None, None);
        Self { id, sandbox, socket, packer, session, resumed_at, window: (0, 0), silent_at }
    }

    pub(super) async fn run(&mut self) -> Result<(), End> {
        let interval = crate::clock::to_millis(self.sandbox.config().heartbeat_interval);
        let hello = json!({"heartbeat_interval": interval, "_trace": ["sandbox"]});
        self.send(frame(op::HELLO, &hello)).await?;
        let stop = self.sandbox.stopped();
        let silence = tokio::time::sleep_until(self.silent_at);
        tokio::pin!(silence);
        loop {
            let more = self.drain().await?;
            if silence.deadline() != self.silent_at {
                silence.as_mut().reset(self.silent_at);
            }
            let session = self.session.clone();
            let wake = async {
                match &session {
                    // The runtime has to look at the sockets before this one can have news.
                    Some(_) if more => tokio::task::yield_now().await,
                    Some(session) => session.wake.notified().await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                // The client first: while there are events there are always more, and its heartbeats must not
                // depend on chance.
                biased;
                () = stop.cancelled() => return Err(End::Broken),
                () = &mut silence => {
                    return Err(self.refuse(close::SESSION_TIMED_OUT, "no heartbeat in time"));
                }
                message = self.socket.recv() => match message {
                    Some(Ok(Message::Text(text))) => self.receive(text.as_bytes()).await?,
                    Some(Ok(Message::Binary(bytes))) => self.receive(&bytes).await?,
                    Some(Ok(Message::Close(frame))) => {
                        // 1005: closed without a code (RFC 6455, 7.4.1).
                        return Err(End::Client(frame.map_or(1005, |frame| frame.code)));
                    }
                    Some(Ok(_)) => {}
                    Some(Err(_)) | None => return Err(End::Broken),
                },
                () = wake => {}
            }
        }
    }

    /// Sends what is queued, flushing once. True when there may be more.
    async fn drain(&mut self) -> Result<bool, End> {
        let Some(session) = self.session.clone() else { return Ok(false) };
        let mut more = true;
        for _ in 0..BATCH {
            if let Some(goal) = self.resumed_at
                && session.sent() >= goal
            {
                self.resumed_at = None;
                let text = dispatch("RESUMED", session.sent(), r#"{"_trace":["sandbox"]}"#);
                self.log("RESUMED", session.sent(), "");
                self.feed(text).await?;
            }
            match session.next(self.id) {
                Next::Event(seq, event) => {
                    let text = text_of(&self.sandbox, &session, seq, &event);
                    let body = match &event.body {
                        EventBody::Ready { full, .. } => Arc::clone(full),
                        EventBody::Guild(_) => Arc::default(),
                    };
                    self.log(event.name, seq, body);
                    self.feed(text).await?;
                }
                Next::Upset(upset) => {
                    self.suffer(upset, &session).await?;
                    if self.session.is_none() {
                        return Ok(false);
                    }
                }
                Next::Idle => {
                    more = false;
                    break;
                }
                Next::Gone => return Err(End::Close(close::UNKNOWN)),
            }
        }
        self.socket.flush().await?;
        Ok(more)
    }

    async fn suffer(&mut self, upset: Upset, session: &Session) -> Result<(), End> {
        match upset {
            Upset::Reconnect => {
                self.log("RECONNECT", 0, "");
                self.send(frame(op::RECONNECT, &Value::Null)).await
            }
            Upset::Heartbeat => {
                self.log("HEARTBEAT", 0, "");
                self.send(frame(op::HEARTBEAT, &Value::Null)).await
            }
            Upset::InvalidSession { resumable } => {
                // The client may identify or resume on this connection, so it lets the session go.
                session.detach(self.id, self.sandbox.clock().now_ms());
                self.session = None;
                self.resumed_at = None;
                if !resumable {
                    self.sandbox.hub().remove(&session.id);
                }
                self.log("INVALID_SESSION", 0, resumable.to_string());
                self.send(frame(op::INVALID_SESSION, &json!(resumable))).await
            }
            Upset::Close(code) => {
                self.log(format!("CLOSE {code}"), 0, "");
                Err(End::Close(code))
            }
            Upset::Drop => {
                self.log("DROP", 0, "");
                Err(End::Cut)
            }
        }
    }

    /// Remembers what is sent, for those who look on.
    pub(super) fn log(
        &self,
        name: impl Into<Cow<'static, str>>,
        seq: u64,
        body: impl Into<Arc<str>>,
    ) {
        self.sandbox.events().record(EventRecord {
            at: self.sandbox.clock().now_ms(),
            shard: self.session.as_ref().map_or(0, |session| session.shard.0),
            name: name.into(),
            seq,
            body: body.into(),
        });
    }

    /// Notes what the client did wrong; the connection ends with `code`.
    pub(super) fn refuse(&self, code: u16, detail: &str) -> End {
        self.sandbox.note(ViolationKind::Gateway, format!("close {code}"), detail);
        End::Close(code)
    }

    /// The client has shown that it is alive.
    pub(super) fn heard(&mut self) {
        self.silent_at = Instant::now() + patience(&self.sandbox);
    }

    async fn feed(&mut self, text: String) -> Result<(), End> {
        self.sandbox.judge_frame(&text);
        let payload = self.session.as_ref().is_some_and(|session| session.compress);
        let message = self.packer.pack(text, payload).map_err(|_| End::Broken)?;
        Ok(self.socket.feed(message).await?)
    }

    pub(super) async fn send(&mut self, text: String) -> Result<(), End> {
        self.feed(text).await?;
        Ok(self.socket.flush().await?)
    }

    /// Lets the session go and hands the socket back for the last words.
    pub(super) fn leave(self, end: &End) -> WebSocket {
        if let Some(session) = &self.session {
            session.detach(self.id, self.sandbox.clock().now_ms());
            // 1000 and 1001 end the session; most other ends keep it for a RESUME.
            let ended = match end {
                End::Client(code) => matches!(code, 1000 | 1001),
                End::Close(code) => ends_session(*code),
                End::Broken | End::Cut => false,
            };
            if ended {
                self.sandbox.hub().remove(&session.id);
            }
        }
        self.socket
    }
}

/// An event as this session should see it.
pub(super) fn text_of(sandbox: &Sandbox, session: &Session, seq: u64, event: &Event) -> String {
    match &event.body {
        EventBody::Ready { full, without_content } => {
            let stripped = session.intents & Intents::MESSAGE_CONTENT == 0;
            let body = without_content.as_ref().filter(|_| stripped).unwrap_or(full);
            dispatch(event.name, seq, body)
        }
        EventBody::Guild(id) => {
            let body = {
                let world = sandbox.world();
                let found = world.guilds.get(id).filter(|_| !sandbox.hub().is_down(*id));
                found.map_or_else(
                    || json!({"id": id, "unavailable": true}),
                    |guild| render::guild_create(&world, guild, session.intents),
                )
            };
            dispatch(event.name, seq, &body.to_string())
        }
    }
}

/// Heartbeats may be late by half an interval; the docs give no number.
fn patience(sandbox: &Sandbox) -> Duration {
    sandbox.config().heartbeat_interval.mul_f32(1.5)
}
