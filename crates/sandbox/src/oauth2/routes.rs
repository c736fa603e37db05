//! The API's side of OAuth2. The two token routes are documented but not part of the published API description.

use axum::http::Method;
use serde_json::json;

use super::token;
use crate::clock::iso;
use crate::error::ApiError;
use crate::render;
use crate::rest::{Answer, ApiResult, Call, Major, Route};

pub(crate) const ROUTES: &[Route] = &[
    Route::new(Method::POST, "/oauth2/token", "create_oauth2_token", Major::None, token::exchange)
        .open(),
    Route::new(
        Method::POST,
        "/oauth2/token/revoke",
        "revoke_oauth2_token",
        Major::None,
        token::revoke,
    )
    .open(),
    Route::new(
        Method::GET,
        "/oauth2/@me",
        "get_my_oauth2_authorization",
        Major::None,
        authorization,
    )
    .bearer(""),
];

/// What the token of the request allows; with `identify` also whose it is.
fn authorization(call: &Call) -> ApiResult {
    let access = call.access().ok_or_else(ApiError::unauthorized)?;
    let world = call.world();
    let mut body = json!({
        "application": render::application_summary(&world),
        "scopes": access.scopes,
        "expires": iso(access.expires_ms),
    });
    if access.has("identify")
        && let Some(user) = world.users.get(&access.user)
    {
        body["user"] = render::user(user);
    }
    Answer::ok(body)
}
