//! Time.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::body::Body;
use crate::clock::Millis;
use crate::sandbox::Sandbox;

/// The sandbox's time.
#[derive(Serialize, JsonSchema)]
pub(super) struct Now {
    /// Milliseconds since the Unix epoch.
    now_ms: Millis,
}

pub(super) async fn now(State(sandbox): State<Sandbox>) -> Json<Now> {
    Json(Now { now_ms: sandbox.clock().now_ms() })
}

/// Stops the clock: only pushing moves it now.
pub(super) async fn stop(State(sandbox): State<Sandbox>) -> Json<Now> {
    sandbox.clock().freeze();
    now(State(sandbox)).await
}

/// Lets the clock run again.
pub(super) async fn run(State(sandbox): State<Sandbox>) -> Json<Now> {
    sandbox.clock().thaw();
    now(State(sandbox)).await
}

/// How far to push the clock.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Advance {
    ms: u64,
}

/// `POST {"ms": 3000}` pushes the clock.
pub(super) async fn advance(
    State(sandbox): State<Sandbox>,
    Body(body): Body<Advance>,
) -> Json<Now> {
    sandbox.clock().advance(Duration::from_millis(body.ms));
    now(State(sandbox)).await
}
