//! Faults, latency and limits.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use schemars::JsonSchema;
use serde::Deserialize;

use super::body::Body;
use super::done::Done;
use super::refusal::Shown;
use crate::faults::{EventFault, Fault, FaultKind, Mix};
use crate::sandbox::Sandbox;
use crate::scenario::{Limits, Slow, check_fault, check_mix};

/// Orders a fault of REST requests.
pub(super) async fn add_rest(
    State(sandbox): State<Sandbox>,
    Body(fault): Body<Fault<FaultKind>>,
) -> Shown<Done> {
    check_fault(&fault)?;
    sandbox.faults().add(fault);
    Ok(Done::now())
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
) -> Shown<Done> {
    check_mix(&mix)?;
    sandbox.faults().start_mix(mix);
    Ok(Done::now())
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
) -> Shown<Done> {
    check_fault(&fault)?;
    sandbox.event_faults().add(fault);
    Ok(Done::now())
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
) -> Shown<Done> {
    check_mix(&mix)?;
    sandbox.event_faults().start_mix(mix);
    Ok(Done::now())
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

pub(super) async fn limits(
    State(sandbox): State<Sandbox>,
    Body(Limits(limits)): Body<Limits>,
) -> Json<Done> {
    sandbox.limits().configure(|old| *old = limits);
    Done::now()
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
