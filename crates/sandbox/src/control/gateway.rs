//! The gateway's connections.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::faults::Upset;
use crate::sandbox::Sandbox;

/// All sessions, live or resumable.
pub(super) async fn sessions(State(sandbox): State<Sandbox>) -> Json<Value> {
    let show = |one: crate::gateway::SessionInfo| {
        json!({
            "id": one.id, "shard": [one.shard.0, one.shard.1], "intents": one.intents, "connected": one.connected,
            "seq": one.seq, "waiting": one.waiting,
        })
    };
    Json(sandbox.gateway().sessions().into_iter().map(show).collect())
}

/// What connections have to live through; all of them, or those of one shard.
#[derive(Deserialize)]
pub(super) struct Order {
    upset: Upset,
    shard: Option<u32>,
}

pub(super) async fn upset(State(sandbox): State<Sandbox>, Json(order): Json<Order>) -> Json<Value> {
    match order.shard {
        Some(shard) => sandbox.gateway().shard(shard).upset(order.upset),
        None => sandbox.gateway().upset(order.upset),
    }
    Json(json!({"ok": true}))
}
