//! What a test or an operator can do to the gateway.

use std::sync::atomic::Ordering;
use std::time::Duration;

use serde_json::json;

use super::compression::Compression;
use crate::faults::Upset;
use crate::id::GuildId;
use crate::sandbox::Sandbox;
use crate::world::Intents;

/// The gateway's control desk, for all connections or those of one shard.
#[derive(Clone, Copy, Debug)]
pub struct Gateway<'a> {
    sandbox: &'a Sandbox,
    shard: Option<u32>,
}

/// A session as seen from outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionInfo {
    /// Session id.
    pub id: String,
    /// Shard id and shard count.
    pub shard: (u32, u32),
    /// Intents it asked for.
    pub intents: u64,
    /// False while it waits for a RESUME.
    pub connected: bool,
    /// Sequence number of the newest event.
    pub seq: u64,
    /// Events that are queued but not handed to the connection.
    pub waiting: u64,
}

impl<'a> Gateway<'a> {
    pub(crate) fn new(sandbox: &'a Sandbox) -> Self {
        Self { sandbox, shard: None }
    }

    /// Only connections of this shard.
    pub fn shard(self, id: u32) -> Self {
        Self { shard: Some(id), ..self }
    }

    /// All sessions, live or resumable.
    pub fn sessions(&self) -> Vec<SessionInfo> {
        let all = self.sandbox.hub().sessions();
        all.iter()
            .filter(|session| self.shard.is_none_or(|shard| shard == session.shard.0))
            .map(|session| session.info())
            .collect()
    }

    /// Makes the connections live through something.
    pub fn upset(&self, upset: Upset) {
        for session in self.sandbox.hub().sessions() {
            if self.shard.is_none_or(|shard| shard == session.shard.0) {
                session.upset(upset);
            }
        }
    }

    /// Op 7.
    pub fn ask_reconnect(&self) {
        self.upset(Upset::Reconnect);
    }

    /// Op 9.
    pub fn invalidate(&self, resumable: bool) {
        self.upset(Upset::InvalidSession { resumable });
    }

    /// A close code; those that name the session as the problem also end it.
    pub fn close(&self, code: u16) {
        self.upset(Upset::Close(code));
    }

    /// Resets the TCP connections.
    pub fn cut(&self) {
        self.upset(Upset::Drop);
    }

    /// Op 1.
    pub fn ask_heartbeat(&self) {
        self.upset(Upset::Heartbeat);
    }

    /// Forgets the sessions that wait for a RESUME: the next one gets op 9 false.
    pub fn forget_detached(&self) {
        for session in self.sessions().iter().filter(|session| !session.connected) {
            self.sandbox.hub().remove(&session.id);
        }
    }

    /// Leaves heartbeats without ACK: the client must notice the dead connection (all shards).
    pub fn mute_acks(&self, muted: bool) {
        self.sandbox.hub().moods.acks_muted.store(muted, Ordering::Relaxed);
    }

    /// Puts off READY for so long after IDENTIFY (all shards).
    pub fn delay_ready(&self, time: Duration) {
        let ms = u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
        self.sandbox.hub().moods.ready_delay_ms.store(ms, Ordering::Relaxed);
    }

    /// From now on new connections get their compression, plain text, or 4002 (all shards).
    pub fn compression(&self, compression: Compression) {
        *self.sandbox.hub().moods.compression.write() = compression;
    }

    /// Refuses new connections with 503 while true; those that exist stay.
    pub fn refuse_connections(&self, refuse: bool) {
        self.sandbox.hub().moods.closed.store(refuse, Ordering::Relaxed);
    }

    /// A guild becomes unavailable: GUILD_DELETE with `unavailable`, then none of its events arrive.
    pub fn outage(&self, guild: GuildId) {
        let world = self.sandbox.world();
        let body = json!({"id": guild, "unavailable": true});
        world.emit_always("GUILD_DELETE", Some(guild), Intents::GUILDS, &body);
        self.sandbox.hub().set_down(guild, true);
    }

    /// The guild is back: GUILD_CREATE with its present state.
    pub fn recover(&self, guild: GuildId) {
        let world = self.sandbox.world();
        self.sandbox.hub().set_down(guild, false);
        world.emit_guild_create(guild);
    }
}
