//! The gateway's connections.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::body::Body;
use super::done::Done;
use crate::faults::Upset;
use crate::gateway::{Compression, SessionInfo};
use crate::sandbox::Sandbox;

/// A session, live or resumable.
#[derive(Serialize, JsonSchema)]
pub(super) struct Session {
    id: String,
    /// Shard id and shard count.
    shard: (u32, u32),
    intents: u64,
    /// False while it waits for a RESUME.
    connected: bool,
    /// Sequence number of the newest event.
    seq: u64,
    /// Events that are queued but not handed to the connection.
    waiting: u64,
}

pub(super) async fn sessions(State(sandbox): State<Sandbox>) -> Json<Vec<Session>> {
    let show = |one: SessionInfo| Session {
        id: one.id,
        shard: one.shard,
        intents: one.intents,
        connected: one.connected,
        seq: one.seq,
        waiting: one.waiting,
    };
    Json(sandbox.gateway().sessions().into_iter().map(show).collect())
}

/// What connections have to live through; all of them, or those of one shard.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "GatewayOrder")]
pub(super) struct Order {
    upset: Upset,
    shard: Option<u32>,
}

/// How the gateway behaves from now on; what is absent stays as it is.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "GatewayMood")]
pub(super) struct Mood {
    /// Heartbeats stay without ACK.
    acks_muted: Option<bool>,
    /// Milliseconds between IDENTIFY and READY.
    ready_delay: Option<u64>,
    /// New connections are refused with 503.
    closed: Option<bool>,
    compression: Option<Compression>,
}

pub(super) async fn mood(State(sandbox): State<Sandbox>, Body(mood): Body<Mood>) -> Json<Done> {
    let gateway = sandbox.gateway();
    if let Some(muted) = mood.acks_muted {
        gateway.mute_acks(muted);
    }
    if let Some(ms) = mood.ready_delay {
        gateway.delay_ready(Duration::from_millis(ms));
    }
    if let Some(closed) = mood.closed {
        gateway.refuse_connections(closed);
    }
    if let Some(compression) = mood.compression {
        gateway.compression(compression);
    }
    Done::now()
}

/// Privileged intents of the application, as bits.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PrivilegedIntents {
    privileged: u64,
}

pub(super) async fn intents(
    State(sandbox): State<Sandbox>,
    Body(body): Body<PrivilegedIntents>,
) -> Json<Done> {
    sandbox.set_privileged_intents(body.privileged);
    Done::now()
}

pub(super) async fn upset(State(sandbox): State<Sandbox>, Body(order): Body<Order>) -> Json<Done> {
    match order.shard {
        Some(shard) => sandbox.gateway().shard(shard).upset(order.upset),
        None => sandbox.gateway().upset(order.upset),
    }
    Done::now()
}
