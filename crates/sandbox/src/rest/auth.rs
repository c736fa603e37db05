//! Who calls: the bot, a user through OAuth2, or nobody in particular.

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;

use super::route::Auth;
use crate::error::ApiError;
use crate::oauth2::Access;
use crate::sandbox::Sandbox;

/// Who a request comes from.
#[derive(Clone, Debug)]
pub(crate) enum Caller {
    /// No token was asked for.
    Nobody,
    Bot,
    /// A user, with what they granted the application.
    User(Access),
}

/// The header; nothing when it comes twice, as nobody can tell which one is meant.
fn sent(headers: &HeaderMap) -> &str {
    let mut all = headers.get_all(AUTHORIZATION).iter();
    match (all.next(), all.next()) {
        (Some(one), None) => one.to_str().unwrap_or_default(),
        _ => "",
    }
}

/// The user's token in the header.
pub(super) fn bearer(headers: &HeaderMap) -> Option<&str> {
    sent(headers).strip_prefix("Bearer ")
}

/// 401 with code 0 for anything but a good token of the right kind (observed body `401: Unauthorized`), 50026 for one
/// without the scope, 20001 for a bot where only users may go.
pub(super) fn caller(
    sandbox: &Sandbox,
    auth: Auth,
    headers: &HeaderMap,
) -> Result<Caller, ApiError> {
    if matches!(auth, Auth::Open | Auth::Path) {
        return Ok(Caller::Nobody);
    }
    let scope = match auth {
        Auth::BotOr(scope) | Auth::Bearer(scope) => Some(scope),
        _ => None,
    };
    let world = sandbox.world();
    if let Some(token) = sent(headers).strip_prefix("Bot ") {
        return match (token == world.application.token, auth.takes_bot()) {
            (true, true) => Ok(Caller::Bot),
            (true, false) => Err(ApiError::not_for_bots()),
            (false, _) => Err(ApiError::unauthorized()),
        };
    }
    let (Some(scope), Some(token)) = (scope, bearer(headers)) else {
        return Err(ApiError::unauthorized());
    };
    let now = world.clock.now_ms();
    let access = world.grants.access(token, now).ok_or_else(ApiError::unauthorized)?;
    if scope.is_empty() || access.has(scope) {
        Ok(Caller::User(access.clone()))
    } else {
        Err(ApiError::missing_scope())
    }
}
