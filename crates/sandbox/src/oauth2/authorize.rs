//! `/oauth2/authorize`: where a browser is sent to ask its user.

use axum::Router;
use axum::extract::{RawQuery, State};
use axum::http::header::{COOKIE, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse as _, Response};
use axum::routing::get;

use super::page;
use super::request::Request;
use crate::id::UserId;
use crate::rest::Query;
use crate::sandbox::Sandbox;

/// Keeps who is signed in on the page.
const COOKIE_NAME: &str = "sandbox_user";

/// The page at its usual address and below the API, where some libraries look for it.
pub(crate) fn router() -> Router<Sandbox> {
    ["/oauth2/authorize", "/api/oauth2/authorize", "/api/v10/oauth2/authorize"]
        .into_iter()
        .fold(Router::new(), |router, path| router.route(path, get(ask).post(answer)))
}

/// Shows the page. With `prompt=none` a user who has agreed to all of it before is sent straight back.
async fn ask(
    State(sandbox): State<Sandbox>,
    RawQuery(raw): RawQuery,
    headers: HeaderMap,
) -> Response {
    let raw = raw.unwrap_or_default();
    let query = Query::new(&raw);
    let request = match Request::read(&sandbox, &query) {
        Ok(request) => request,
        Err((_, Some(location))) => return go(&location),
        Err((error, None)) => return refuse(&error.to_string()),
    };
    let signed_in = signed_in(&headers);
    if query.get("prompt") == Some("none")
        && let Some(user) = signed_in
        && sandbox.world().grants.has_agreed(user, &request.scopes)
        && let Ok(consent) = request.clone().approve(&sandbox, user)
    {
        return go(&consent.location);
    }
    Html(page::ask(&sandbox.world(), &request, &raw, signed_in)).into_response()
}

/// The form of the page: `user`, and `answer` as `authorize` or `cancel`.
async fn answer(State(sandbox): State<Sandbox>, RawQuery(raw): RawQuery, body: String) -> Response {
    let request = match Request::read(&sandbox, &Query::new(raw.unwrap_or_default())) {
        Ok(request) => request,
        Err((_, Some(location))) => return go(&location),
        Err((error, None)) => return refuse(&error.to_string()),
    };
    let form = Query::new(&body);
    if form.get("answer") != Some("authorize") {
        return go(&request.refuse());
    }
    let user = form.get("user").and_then(|id| id.parse().ok()).unwrap_or_default();
    match request.approve(&sandbox, user) {
        Ok(consent) => {
            let cookie = format!("{COOKIE_NAME}={user}; Path=/; HttpOnly; SameSite=Lax");
            ([(SET_COOKIE, cookie)], go(&consent.location)).into_response()
        }
        Err(error) => refuse(&error.to_string()),
    }
}

fn signed_in(headers: &HeaderMap) -> Option<UserId> {
    let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|line| line.split(';')).filter_map(|one| one.split_once('='));
    pairs.find(|(name, _)| name.trim() == COOKIE_NAME)?.1.trim().parse().ok()
}

/// Back to the application. A registered URI that is no valid header value cannot be followed.
fn go(location: &str) -> Response {
    let Ok(value) = location.parse::<axum::http::HeaderValue>() else {
        return refuse("Invalid OAuth2 redirect_uri");
    };
    (StatusCode::FOUND, [(LOCATION, value)]).into_response()
}

fn refuse(why: &str) -> Response {
    (StatusCode::BAD_REQUEST, Html(page::refuse(why))).into_response()
}
