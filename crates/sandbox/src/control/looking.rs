//! Looking at what the bot did.

use axum::Json;
use axum::extract::State;
use schemars::JsonSchema;
use serde::Serialize;

use super::done::Done;
use crate::clock::Millis;
use crate::id::{ChannelId, InteractionId, UserId};
use crate::observe;
use crate::rest;
use crate::sandbox::Sandbox;

/// Interactions shown at once.
const SHOWN: usize = 50;

/// An interaction under way.
#[derive(Serialize, JsonSchema)]
pub(super) struct Interaction {
    id: InteractionId,
    token: String,
    /// 2 command, 3 component, 4 autocomplete, 5 modal.
    #[serde(rename = "type")]
    kind: u8,
    user: UserId,
    channel: ChannelId,
    answered: bool,
}

/// The newest interactions with their tokens: whoever plays the bot by hand answers them.
pub(super) async fn interactions(State(sandbox): State<Sandbox>) -> Json<Vec<Interaction>> {
    let world = sandbox.world();
    let list = world.interactions.newest().take(SHOWN).map(|one| Interaction {
        id: one.id,
        token: one.token.clone(),
        kind: one.kind,
        user: one.user,
        channel: one.channel,
        answered: one.is_answered(),
    });
    Json(list.collect())
}

/// Something the bot did against the contract.
#[derive(Serialize, JsonSchema)]
pub(super) struct Violation {
    kind: String,
    /// The operationId, or method and path.
    place: String,
    detail: String,
}

pub(super) async fn violations(State(sandbox): State<Sandbox>) -> Json<Vec<Violation>> {
    let show = |one: observe::Violation| Violation {
        kind: format!("{:?}", one.kind),
        place: one.place,
        detail: one.detail,
    };
    Json(sandbox.violations().into_iter().map(show).collect())
}

pub(super) async fn forget_violations(State(sandbox): State<Sandbox>) -> Json<Done> {
    sandbox.forget_violations();
    Done::now()
}

/// A REST call of the bot.
#[derive(Serialize, JsonSchema)]
pub(super) struct Request {
    at: Millis,
    method: String,
    /// The operationId; empty for a route Discord does not have.
    operation: &'static str,
    /// With its query.
    path: String,
    /// 0 when a fault broke the connection instead.
    status: u16,
    /// Discord's error code.
    code: Option<u32>,
    /// The audit log reason.
    reason: Option<String>,
    body: String,
}

pub(super) async fn requests(State(sandbox): State<Sandbox>) -> Json<Vec<Request>> {
    let show = |one: observe::RequestRecord| Request {
        at: one.at,
        method: one.method,
        operation: one.operation,
        path: one.path,
        status: one.status,
        code: one.code,
        reason: one.reason,
        body: String::from_utf8_lossy(&one.body).into_owned(),
    };
    Json(sandbox.requests().all().into_iter().map(show).collect())
}

pub(super) async fn forget_requests(State(sandbox): State<Sandbox>) -> Json<Done> {
    sandbox.requests().clear();
    Done::now()
}

/// An operation of Discord's REST API that the sandbox knows.
#[derive(Serialize, JsonSchema)]
pub(super) struct Route {
    operation: &'static str,
    method: &'static str,
    path: &'static str,
}

pub(super) async fn routes() -> Json<Vec<Route>> {
    let show = |route: &'static rest::Route| Route {
        operation: route.info.operation,
        method: route.info.method.as_str(),
        path: route.info.path,
    };
    Json(rest::table().map(show).collect())
}
