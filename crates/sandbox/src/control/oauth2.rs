//! Signing in with Discord, without a browser.

use axum::Json;
use axum::extract::State;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::body::{Body, Path};
use super::done::Done;
use super::refusal::{Refusal, Shown};
use crate::id::{ApplicationId, UserId};
use crate::oauth2::MAX_REDIRECTS;
use crate::sandbox::Sandbox;

/// What a web application needs to sign people in.
#[derive(Serialize, JsonSchema)]
pub(super) struct SignIn {
    client_id: ApplicationId,
    client_secret: String,
    redirect_uris: Vec<String>,
    /// The page people are sent to.
    authorize_url: String,
    token_url: String,
}

pub(super) async fn about(State(sandbox): State<Sandbox>) -> Json<SignIn> {
    let origin = sandbox.origin();
    Json(SignIn {
        client_id: sandbox.application_id(),
        client_secret: sandbox.oauth2().client_secret(),
        redirect_uris: sandbox.oauth2().redirects(),
        authorize_url: format!("{origin}/oauth2/authorize"),
        token_url: format!("{origin}/api/v10/oauth2/token"),
    })
}

/// Where people may be sent back to, letter by letter.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewRedirect {
    redirect_uri: String,
}

/// Registers one more redirect URI.
pub(super) async fn register(
    State(sandbox): State<Sandbox>,
    Body(body): Body<NewRedirect>,
) -> Shown<SignIn> {
    if body.redirect_uri.parse::<axum::http::Uri>().is_err() {
        return Err(Refusal::bad("the redirect URI is no URI"));
    }
    if !sandbox.oauth2().register(&body.redirect_uri) {
        return Err(Refusal::bad(format!("there are {MAX_REDIRECTS} redirect URIs already")));
    }
    Ok(about(State(sandbox)).await)
}

/// Takes all redirect URIs back.
pub(super) async fn forget(State(sandbox): State<Sandbox>) -> Json<SignIn> {
    sandbox.oauth2().forget_redirects();
    about(State(sandbox)).await
}

/// What a user agrees to.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Grant {
    user: UserId,
    /// Scopes, separated by spaces.
    scope: String,
    redirect_uri: String,
    state: Option<String>,
}

/// A user has agreed.
#[derive(Serialize, JsonSchema)]
pub(super) struct Granted {
    /// Works once, for ten minutes.
    code: String,
    /// Where a browser would go.
    location: String,
}

/// A user clicks Authorize.
pub(super) async fn consent(
    State(sandbox): State<Sandbox>,
    Body(body): Body<Grant>,
) -> Shown<Granted> {
    let (redirect, state) = (body.redirect_uri.as_str(), body.state.as_deref());
    let consent = sandbox.oauth2().consent(body.user, &body.scope, redirect, state);
    let consent = consent.map_err(|error| Refusal::bad(error.to_string()))?;
    Ok(Json(Granted { code: consent.code, location: consent.location }))
}

/// A user takes everything back.
pub(super) async fn revoke(State(sandbox): State<Sandbox>, Path(user): Path<UserId>) -> Json<Done> {
    sandbox.oauth2().revoke(user);
    Done::now()
}
