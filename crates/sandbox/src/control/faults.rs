//! Faults, latency and limits.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use schemars::JsonSchema;
use serde::Deserialize;

use super::body::Body;
use super::done::Done;
use super::refusal::{Refusal, Shown};
use crate::faults::{EventFault, Fault, FaultKind, Mix};
use crate::limits::LimitsConfig;
use crate::sandbox::Sandbox;
use crate::scenario::Slow;

/// Orders a fault of REST requests.
pub(super) async fn add_rest(
    State(sandbox): State<Sandbox>,
    Body(fault): Body<Fault<FaultKind>>,
) -> Json<Done> {
    sandbox.faults().add(fault);
    Done::now()
}

/// Takes all faults of REST requests back.
pub(super) async fn clear_rest(State(sandbox): State<Sandbox>) -> Json<Done> {
    sandbox.faults().clear();
    Done::now()
}

/// Starts random faults of REST requests.
pub(super) async fn mix_rest(
    State(sandbox): State<Sandbox>,
    Body(mix): Body<Mix<FaultKind>>,
) -> Json<Done> {
    sandbox.faults().start_mix(mix);
    Done::now()
}

/// Ends random faults of REST requests.
pub(super) async fn stop_rest(State(sandbox): State<Sandbox>) -> Json<Done> {
    sandbox.faults().stop_mix();
    Done::now()
}

/// Orders a fault of gateway events.
pub(super) async fn add_event(
    State(sandbox): State<Sandbox>,
    Body(fault): Body<Fault<EventFault>>,
) -> Json<Done> {
    sandbox.event_faults().add(fault);
    Done::now()
}

/// Takes all faults of gateway events back.
pub(super) async fn clear_event(State(sandbox): State<Sandbox>) -> Json<Done> {
    sandbox.event_faults().clear();
    Done::now()
}

/// Starts random faults of gateway events.
pub(super) async fn mix_event(
    State(sandbox): State<Sandbox>,
    Body(mix): Body<Mix<EventFault>>,
) -> Json<Done> {
    sandbox.event_faults().start_mix(mix);
    Done::now()
}

/// Ends random faults of gateway events.
pub(super) async fn stop_event(State(sandbox): State<Sandbox>) -> Json<Done> {
    sandbox.event_faults().stop_mix();
    Done::now()
}

pub(super) async fn latency(State(sandbox): State<Sandbox>, Body(body): Body<Slow>) -> Json<Done> {
    body.apply(&sandbox);
    Done::now()
}

/// A preset by name, or a whole configuration.
#[derive(Deserialize, JsonSchema)]
#[serde(untagged)]
pub(super) enum NewLimits {
    Preset { preset: String },
    Config(Box<LimitsConfig>),
}

pub(super) async fn limits(
    State(sandbox): State<Sandbox>,
    Body(body): Body<NewLimits>,
) -> Shown<Done> {
    let config = match body {
        NewLimits::Config(config) => *config,
        NewLimits::Preset { preset } => {
            LimitsConfig::preset(&preset).ok_or_else(|| Refusal::unknown("preset", &preset))?
        }
    };
    sandbox.limits().configure(|old| *old = config);
    Ok(Done::now())
}

/// How far reads may be behind.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Behind {
    /// Milliseconds; 0 ends it.
    reads: u64,
}

pub(super) async fn lag(State(sandbox): State<Sandbox>, Body(body): Body<Behind>) -> Json<Done> {
    sandbox.lag().set_reads(Duration::from_millis(body.reads));
    Done::now()
}

/// A block of Cloudflare's.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Block {
    /// 403 or 429.
    status: u16,
    /// How long, in milliseconds.
    ms: u64,
}

pub(super) async fn block(State(sandbox): State<Sandbox>, Body(body): Body<Block>) -> Json<Done> {
    sandbox.limits().block(body.status, Duration::from_millis(body.ms));
    Done::now()
}

pub(super) async fn unblock(State(sandbox): State<Sandbox>) -> Json<Done> {
    sandbox.limits().reset();
    Done::now()
}
