//! A session without a connection, for those who look at the events inside the process.

use std::sync::Arc;

use serde_json::json;

use super::connection::text_of;
use super::handshake::identify;
use super::session::{Next, Session};
use crate::sandbox::Sandbox;

/// Connections are numbered from 1.
const NO_CONNECTION: u64 = 0;

/// Hears every event its intents allow.
pub(crate) struct Listener(Arc<Session>);

impl Listener {
    /// Identifies, and lets the guilds that follow READY pass unseen. `None` when the bot may not.
    pub(crate) fn join(sandbox: &Sandbox, intents: u64) -> Option<Self> {
        let data = json!({"token": sandbox.world().application.token, "intents": intents});
        let (session, _) = identify(sandbox, &data, NO_CONNECTION).ok()?;
        while let Next::Event(..) = session.next(NO_CONNECTION) {}
        Some(Self(session))
    }

    /// The frames of all events since the last call.
    pub(crate) fn heard(&self, sandbox: &Sandbox) -> Vec<String> {
        let mut frames = Vec::new();
        while let Next::Event(seq, event) = self.0.next(NO_CONNECTION) {
            frames.push(text_of(sandbox, &self.0, seq, &event));
        }
        frames
    }
}
