//! The gateway's connections.

use axum::Json;
use axum::extract::State;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::body::Body;
use super::done::Done;
use crate::faults::Upset;
use crate::gateway::SessionInfo;
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

pub(super) async fn upset(State(sandbox): State<Sandbox>, Body(order): Body<Order>) -> Json<Done> {
    match order.shard {
        Some(shard) => sandbox.gateway().shard(shard).upset(order.upset),
        None => sandbox.gateway().upset(order.upset),
    }
    Done::now()
}
