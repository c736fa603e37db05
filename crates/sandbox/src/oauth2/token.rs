//! The token URL and its sibling for revoking (topics/oauth2). Their errors are those of RFC 6749, not Discord's own.

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

use super::TOKEN_LIFE;
use super::grants::{BadCode, Tokens};
use super::request::scopes_of;
use crate::rest::{Answer, ApiResult, Call, Query};
use crate::world::World;

/// Clients differ in whether they pad.
const STANDARD_FORGIVING: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// The form; anything but urlencoded is read as an empty one (observed for JSON, discord-api-docs#5249).
fn form(call: &Call) -> Query {
    if call.content_type().starts_with("application/x-www-form-urlencoded") {
        Query::new(&call.body)
    } else {
        Query::new("")
    }
}

/// An error of RFC 6749, 5.2.
fn error(status: u16, code: &str, description: Option<&str>) -> Answer {
    let mut body = json!({"error": code});
    if let Some(text) = description {
        body["error_description"] = json!(text);
    }
    Answer::json(status, &body)
}

/// The client by HTTP Basic, else by `client_id` and `client_secret` in the form.
fn is_client(call: &Call, form: &Query, world: &World) -> bool {
    let basic = call.headers.get("authorization").and_then(|value| value.to_str().ok());
    let basic = basic.and_then(|value| value.strip_prefix("Basic "));
    let (id, secret) = match basic.map(credentials) {
        Some(Some(pair)) => pair,
        Some(None) => return false,
        None => {
            let get = |key| form.get(key).unwrap_or_default().to_owned();
            (get("client_id"), get("client_secret"))
        }
    };
    id == world.application.id.to_string() && secret == world.application.client_secret
}

/// `id:secret`, both percent-encoded inside the base64 (RFC 6749, 2.3.1).
fn credentials(basic: &str) -> Option<(String, String)> {
    let text = String::from_utf8(STANDARD_FORGIVING.decode(basic.trim()).ok()?).ok()?;
    let (id, secret) = text.split_once(':')?;
    let decode = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    Some((decode(id), decode(secret)))
}

fn tokens(found: &Tokens) -> Value {
    let mut body = json!({
        "token_type": "Bearer",
        "access_token": found.access_token,
        "expires_in": TOKEN_LIFE.as_secs(),
        "scope": found.access.scopes.join(" "),
    });
    if let Some(token) = &found.refresh_token {
        body["refresh_token"] = json!(token);
    }
    body
}

/// Codes, refresh tokens and client credentials become access tokens.
#[expect(clippy::unnecessary_wraps, reason = "a handler")]
pub(super) fn exchange(call: &Call) -> ApiResult {
    let form = form(call);
    let mut world = call.world();
    let now = world.clock.now_ms();
    let Some(kind) = form.get("grant_type") else {
        return Ok(unsupported("None"));
    };
    if !is_client(call, &form, &world) {
        return Ok(error(401, "invalid_client", None));
    }
    let get = |key| form.get(key).unwrap_or_default();
    let made = match kind {
        "authorization_code" => {
            match world.grants.exchange(get("code"), get("redirect_uri"), now) {
                Ok(found) => found,
                Err(bad) => return Ok(bad_code(bad)),
            }
        }
        "refresh_token" => match world.grants.renew(get("refresh_token"), now) {
            Some(found) => found,
            None => return Ok(error(400, "invalid_grant", None)),
        },
        "client_credentials" => {
            let Some(scopes) = scopes_of(get("scope")) else {
                let text = "The requested scope is invalid, unknown, or malformed.";
                return Ok(error(400, "invalid_scope", Some(text)));
            };
            // "you'll be returned an access token for the bot owner".
            let owner = world.application.owner;
            world.grants.issue(owner, scopes, false, now)
        }
        other => return Ok(unsupported(other)),
    };
    Ok(Answer::json(200, &tokens(&made)))
}

fn unsupported(kind: &str) -> Answer {
    let text = format!("Grant type {kind} is not supported");
    error(400, "unsupported_grant_type", Some(&text))
}

/// The texts are observed (discord-api-docs#5579, #4076).
fn bad_code(bad: BadCode) -> Answer {
    match bad {
        BadCode::Code => error(400, "invalid_grant", Some("Invalid \"code\" in request.")),
        BadCode::Redirect => {
            error(400, "invalid_request", Some("Invalid \"redirect_uri\" in request."))
        }
    }
}

/// Ends the whole authorization a token belongs to; an unknown token is fine (RFC 7009, 2.2).
#[expect(clippy::unnecessary_wraps, reason = "a handler")]
pub(super) fn revoke(call: &Call) -> ApiResult {
    let form = form(call);
    let mut world = call.world();
    if !is_client(call, &form, &world) {
        return Ok(error(401, "invalid_client", None));
    }
    let Some(token) = form.get("token") else {
        return Ok(error(400, "invalid_request", Some("Missing \"token\" in request.")));
    };
    if let Some(user) = world.grants.owner(token) {
        world.grants.revoke(user);
    }
    Ok(Answer::json(200, &json!({})))
}
