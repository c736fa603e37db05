//! Calls held in the middle, so that a bot can be killed at exactly that point.

use axum::Json;
use axum::extract::State;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::body::{Body, Query};
use super::done::Done;
use crate::faults::Hold;
use crate::sandbox::Sandbox;

/// A call that hangs.
#[derive(Serialize, JsonSchema)]
pub(super) struct Hanging {
    operation: String,
    path: String,
}

pub(super) async fn order(State(sandbox): State<Sandbox>, Body(hold): Body<Hold>) -> Json<Done> {
    sandbox.holds().order(hold).leave();
    Done::now()
}

pub(super) async fn hanging(State(sandbox): State<Sandbox>) -> Json<Vec<Hanging>> {
    let calls = sandbox.holds().hanging().into_iter();
    Json(calls.map(|one| Hanging { operation: one.operation.to_owned(), path: one.path }).collect())
}

/// How holds end.
#[derive(Deserialize, JsonSchema)]
pub(super) struct Lift {
    /// Break the connections of the calls that hang, instead of letting them go on.
    #[serde(default)]
    cut: bool,
}

pub(super) async fn lift(State(sandbox): State<Sandbox>, Query(lift): Query<Lift>) -> Json<Done> {
    if lift.cut {
        sandbox.holds().cut_all();
    } else {
        sandbox.holds().release_all();
    }
    Done::now()
}
