//! What an application asks a user for, and what sends the user back.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::clock::Millis;
use crate::id::UserId;
use crate::rest::Query;
use crate::sandbox::Sandbox;

/// The scopes a user can grant here. The others of Discord's list need its approval first, or belong to things the
/// sandbox does not have.
pub(super) const SCOPES: &[&str] = &[
    "applications.commands",
    "applications.commands.permissions.update",
    "applications.commands.update",
    "bot",
    "connections",
    "email",
    "guilds",
    "guilds.join",
    "guilds.members.read",
    "identify",
    "openid",
    "role_connections.write",
];

/// What RFC 3986 leaves alone in a query value.
const KEPT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// Why there is nothing to agree to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AuthorizeError {
    /// `client_id` names no application.
    #[error("Unknown Application")]
    Application,
    /// The redirect URI is not registered.
    #[error("Invalid OAuth2 redirect_uri")]
    Redirect,
    /// Something else than `response_type=code`.
    #[error("The authorization server does not support this response type")]
    ResponseType,
    /// No scope, or an unknown one.
    #[error("The requested scope is invalid, unknown, or malformed.")]
    Scope,
    /// Nobody, or a bot.
    #[error("Unknown User")]
    User,
}

/// A user agreed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consent {
    /// The single-use code.
    pub code: String,
    /// Where the browser goes: the redirect URI with `code` and `state`.
    pub location: String,
}

/// A request that can be granted.
#[derive(Clone, Debug)]
pub(super) struct Request {
    pub(super) scopes: Vec<String>,
    pub(super) redirect: String,
    state: Option<String>,
}

impl Request {
    /// From its parts.
    pub(super) fn of(
        sandbox: &Sandbox,
        scopes: &str,
        redirect: &str,
        state: Option<&str>,
    ) -> Result<Self, AuthorizeError> {
        let known = sandbox.world().application.redirect_uris.iter().any(|one| one == redirect);
        if !known {
            return Err(AuthorizeError::Redirect);
        }
        let scopes = scopes_of(scopes).ok_or(AuthorizeError::Scope)?;
        let state = state.map(str::to_owned);
        Ok(Self { scopes, redirect: redirect.to_owned(), state })
    }

    /// From the query of `/oauth2/authorize`. The second half of the error is where to tell the application about
    /// it; without one the user has to be told.
    pub(super) fn read(
        sandbox: &Sandbox,
        query: &Query,
    ) -> Result<Self, (AuthorizeError, Option<String>)> {
        let client = query.get("client_id").unwrap_or_default();
        if client != sandbox.application_id().to_string() {
            return Err((AuthorizeError::Application, None));
        }
        let (named, state) = (query.get("redirect_uri"), query.get("state"));
        let first = sandbox.world().application.redirect_uris.first().cloned();
        // Without `redirect_uri` the first registered one is taken (observed, discord-api-docs#4076).
        let redirect = named.map(str::to_owned).or(first).unwrap_or_default();
        let scopes = query.get("scope").unwrap_or_default();
        let found = Self::of(sandbox, scopes, &redirect, state);
        let error = match found {
            Ok(_) if query.get("response_type") != Some("code") => AuthorizeError::ResponseType,
            Ok(request) => return Ok(request),
            Err(AuthorizeError::Redirect) => return Err((AuthorizeError::Redirect, None)),
            Err(error) => error,
        };
        let code = match error {
            AuthorizeError::ResponseType => "unsupported_response_type",
            _ => "invalid_scope",
        };
        let text = error.to_string();
        let back = back(&redirect, &[("error", code), ("error_description", &text)], state);
        Err((error, Some(back)))
    }

    /// The user agrees.
    pub(super) fn approve(
        self,
        sandbox: &Sandbox,
        user: UserId,
    ) -> Result<Consent, AuthorizeError> {
        let mut world = sandbox.world();
        if world.users.get(&user).is_none_or(|user| user.bot) {
            return Err(AuthorizeError::User);
        }
        let now: Millis = world.clock.now_ms();
        let code = world.grants.code(user, self.scopes, &self.redirect, now);
        let location = back(&self.redirect, &[("code", &code)], self.state.as_deref());
        Ok(Consent { code, location })
    }

    /// Where the user goes who does not agree.
    pub(super) fn refuse(&self) -> String {
        let text = "The resource owner or authorization server denied the request";
        let fields = [("error", "access_denied"), ("error_description", text)];
        back(&self.redirect, &fields, self.state.as_deref())
    }
}

/// Scopes of a space-separated list; `None` when it is empty or one is unknown.
pub(super) fn scopes_of(text: &str) -> Option<Vec<String>> {
    let mut scopes: Vec<_> = text.split_whitespace().map(str::to_owned).collect();
    let known = scopes.iter().all(|scope| SCOPES.contains(&scope.as_str()));
    scopes.sort_unstable();
    scopes.dedup();
    (known && !scopes.is_empty()).then_some(scopes)
}

/// The redirect URI with more in its query.
fn back(redirect: &str, fields: &[(&str, &str)], state: Option<&str>) -> String {
    let mut location = redirect.to_owned();
    for (key, value) in fields.iter().copied().chain(state.map(|state| ("state", state))) {
        location.push(if location.contains('?') { '&' } else { '?' });
        location.push_str(key);
        location.push('=');
        location.extend(utf8_percent_encode(value, KEPT));
    }
    location
}
