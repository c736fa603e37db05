//! Faults, latency and limits.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use serde_json::{Value, json};

use super::refusal::{Refusal, Shown};
use crate::faults::{EventFault, Fault, FaultKind, Mix};
use crate::limits::LimitsConfig;
use crate::sandbox::Sandbox;

fn done() -> Json<Value> {
    Json(json!({"ok": true}))
}

/// Orders a fault of REST requests.
pub(super) async fn add_rest(
    State(sandbox): State<Sandbox>,
    Json(fault): Json<Fault<FaultKind>>,
) -> Json<Value> {
    sandbox.faults().add(fault);
    done()
}

/// Takes all faults of REST requests back.
pub(super) async fn clear_rest(State(sandbox): State<Sandbox>) -> Json<Value> {
    sandbox.faults().clear();
    done()
}

/// Starts random faults of REST requests.
pub(super) async fn mix_rest(
    State(sandbox): State<Sandbox>,
    Json(mix): Json<Mix<FaultKind>>,
) -> Json<Value> {
    sandbox.faults().start_mix(mix);
    done()
}

/// Ends random faults of REST requests.
pub(super) async fn stop_rest(State(sandbox): State<Sandbox>) -> Json<Value> {
    sandbox.faults().stop_mix();
    done()
}

/// Orders a fault of gateway events.
pub(super) async fn add_event(
    State(sandbox): State<Sandbox>,
    Json(fault): Json<Fault<EventFault>>,
) -> Json<Value> {
    sandbox.event_faults().add(fault);
    done()
}

/// Takes all faults of gateway events back.
pub(super) async fn clear_event(State(sandbox): State<Sandbox>) -> Json<Value> {
    sandbox.event_faults().clear();
    done()
}

/// Starts random faults of gateway events.
pub(super) async fn mix_event(
    State(sandbox): State<Sandbox>,
    Json(mix): Json<Mix<EventFault>>,
) -> Json<Value> {
    sandbox.event_faults().start_mix(mix);
    done()
}

/// Ends random faults of gateway events.
pub(super) async fn stop_event(State(sandbox): State<Sandbox>) -> Json<Value> {
    sandbox.event_faults().stop_mix();
    done()
}

/// How long calls are under way, in milliseconds.
#[derive(Deserialize)]
pub(super) struct Slow {
    rest: Option<u64>,
    callbacks: Option<u64>,
}

pub(super) async fn latency(State(sandbox): State<Sandbox>, Json(body): Json<Slow>) -> Json<Value> {
    if let Some(ms) = body.rest {
        sandbox.latency().set_rest(Duration::from_millis(ms));
    }
    if let Some(ms) = body.callbacks {
        sandbox.latency().set_callbacks(Duration::from_millis(ms));
    }
    done()
}

/// A preset by name, or a whole configuration.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum NewLimits {
    Preset { preset: String },
    Config(Box<LimitsConfig>),
}

pub(super) async fn limits(State(sandbox): State<Sandbox>, Json(body): Json<NewLimits>) -> Shown {
    let config = match body {
        NewLimits::Config(config) => *config,
        NewLimits::Preset { preset } => {
            LimitsConfig::preset(&preset).ok_or_else(|| Refusal::unknown("preset", &preset))?
        }
    };
    sandbox.limits().configure(|old| *old = config);
    Ok(done())
}
