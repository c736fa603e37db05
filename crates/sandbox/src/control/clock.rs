//! Time.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::sandbox::Sandbox;

pub(super) async fn now(State(sandbox): State<Sandbox>) -> Json<Value> {
    Json(json!({"now_ms": sandbox.clock().now_ms()}))
}

#[derive(Deserialize)]
pub(super) struct Advance {
    ms: u64,
}

/// `POST {"ms": 3000}` pushes the clock.
pub(super) async fn advance(
    State(sandbox): State<Sandbox>,
    Json(body): Json<Advance>,
) -> Json<Value> {
    sandbox.clock().advance(Duration::from_millis(body.ms));
    now(State(sandbox)).await
}
