//! The shapes of a refusal: 429 of a bucket, of a hidden or shared limit, global, and Cloudflare's page.

use std::time::Duration;

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::json;

use super::bucket::{HEADER, seconds};
use crate::clock::{Millis, to_millis};
use crate::rest::Answer;

/// `X-RateLimit-Scope` (topics/rate-limits, "Header Format").
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// The bot's own limit on a route.
    User,
    /// The bot's limit over all routes.
    Global,
    /// A limit of the resource, used up by everyone together.
    Shared,
}

impl Scope {
    fn name(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Global => "global",
            Self::Shared => "shared",
        }
    }

    fn message(self) -> &'static str {
        match self {
            Self::Shared => "The resource is being rate limited.",
            Self::User | Self::Global => "You are being rate limited.",
        }
    }
}

/// A 429 that is over in `left` ms. `headers` are the bucket's; a global one has none.
pub(super) fn refuse(
    scope: Scope,
    left: Millis,
    headers: Vec<(&'static str, String)>,
    code: Option<u32>,
    message: Option<&str>,
) -> Answer {
    let retry_after = Duration::from_millis(left.unsigned_abs()).as_secs_f64();
    let message = message.unwrap_or_else(|| scope.message());
    let global = scope == Scope::Global;
    let mut body = json!({"message": message, "retry_after": retry_after, "global": global});
    if let Some(code) = code {
        body["code"] = json!(code);
    }
    let mut answer = Answer::json(429, &body);
    answer.code = code;
    answer.headers = headers;
    answer.headers.push(("x-ratelimit-scope", scope.name().to_owned()));
    if global {
        answer.headers.push(("x-ratelimit-global", String::from("true")));
    }
    // Whole seconds, as in the documented examples; rounded up so that nobody comes back early.
    answer.headers.push(("retry-after", ((left + 999) / 1000).to_string()));
    answer
}

/// A 429 out of nowhere, for ordered faults: a user bucket is used up, a shared one looks free.
pub(crate) fn rate_limited(scope: Scope, retry_after: Duration, now: Millis) -> Answer {
    let left = to_millis(retry_after).max(1);
    let remaining = match scope {
        Scope::User => "0",
        Scope::Shared => "4",
        Scope::Global => return refuse(scope, left, Vec::new(), None, None),
    };
    let headers = vec![
        ("x-ratelimit-limit", String::from("5")),
        ("x-ratelimit-remaining", remaining.to_owned()),
        ("x-ratelimit-reset", seconds(now.saturating_add(left))),
        ("x-ratelimit-reset-after", seconds(left)),
        // The pipeline, which knows the operation, puts the id in.
        (HEADER, String::new()),
    ];
    refuse(scope, left, headers, None, None)
}

/// What Cloudflare answers in Discord's place: HTML, none of Discord's headers, no JSON code.
pub(crate) fn cloudflare_page(status: u16, left: Option<Millis>) -> Answer {
    let what = match status {
        403 => "Access denied",
        429 => "Error 1015: you are being rate limited",
        502 => "Bad gateway",
        503 => "Service temporarily unavailable",
        504 => "Gateway time-out",
        _ => "Error",
    };
    let body = format!(
        "<!DOCTYPE html>\n<html><head><title>{what} | discord.com | Cloudflare</title></head>\
         <body><h1>{what}</h1><p>{status}</p></body></html>\n"
    );
    let mut answer = Answer::raw(status, "text/html; charset=UTF-8", body).foreign();
    answer.headers.push(("server", String::from("cloudflare")));
    answer.headers.push(("cf-ray", String::from("0000000000000000-BOX")));
    if let Some(left) = left {
        answer.headers.push(("retry-after", ((left + 999) / 1000).max(1).to_string()));
    }
    answer
}
