//! Discord's rate-limit headers and the body of a 429.

use crate::LimitScope;
use http::{HeaderMap, header::RETRY_AFTER};
use serde::Deserialize;
use std::{sync::Arc, time::Duration};

/// Longest wait believed. The longest seen is the 48 h of role creation.
const LONGEST: Duration = Duration::from_hours(24 * 7);

/// `X-RateLimit-*` of one answer.
#[derive(Clone, Debug)]
pub(crate) struct BucketHeaders {
    pub(super) bucket: Arc<str>,
    pub(super) limit: u32,
    pub(super) remaining: u32,
    /// End of the window by Discord's clock, in seconds; tells one window from the next.
    pub(super) reset: Option<f64>,
    pub(super) reset_after: Duration,
}

impl BucketHeaders {
    pub(crate) fn read(headers: &HeaderMap) -> Option<Self> {
        let reset_after = seconds(number(headers, "x-ratelimit-reset-after")?)?;
        Some(Self {
            bucket: text(headers, "x-ratelimit-bucket")?.into(),
            limit: text(headers, "x-ratelimit-limit")?.parse().ok()?,
            remaining: text(headers, "x-ratelimit-remaining")?.parse().ok()?,
            reset: number(headers, "x-ratelimit-reset"),
            reset_after,
        })
    }
}

/// One 429.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RateLimit {
    pub(crate) scope: LimitScope,
    pub(crate) retry_after: Duration,
    /// The visible bucket is used up, so the whole bucket waits, not only this route.
    pub(super) exhausted: bool,
}

#[derive(Deserialize)]
struct Body {
    retry_after: Option<f64>,
    #[serde(default)]
    global: bool,
}

impl RateLimit {
    /// Reads a 429. `unstated` is the wait when neither body nor header names one.
    pub(crate) fn read(headers: &HeaderMap, body: &[u8], unstated: Duration) -> Self {
        let stated = number(headers, RETRY_AFTER.as_str()).and_then(seconds);
        let Ok(body) = serde_json::from_slice::<Body>(body) else {
            return Self {
                scope: LimitScope::Cloudflare,
                retry_after: stated.unwrap_or(unstated),
                exhausted: false,
            };
        };
        let remaining = BucketHeaders::read(headers).map(|bucket| bucket.remaining);
        let said = text(headers, "x-ratelimit-scope").unwrap_or_default();
        let global = text(headers, "x-ratelimit-global").is_some_and(|value| value == "true");
        let scope = if body.global || global || said == "global" {
            LimitScope::Global
        } else if said == "shared" {
            LimitScope::Shared
        } else if remaining.is_some_and(|left| left > 0) {
            LimitScope::Hidden
        } else {
            LimitScope::User
        };
        Self {
            scope,
            // The body carries fractions, the header whole seconds.
            retry_after: body.retry_after.and_then(seconds).or(stated).unwrap_or(unstated),
            exhausted: scope == LimitScope::User && remaining == Some(0),
        }
    }

    /// Whether Discord counts it as an invalid request.
    pub(crate) fn counts(&self) -> bool {
        self.scope != LimitScope::Shared
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

fn number(headers: &HeaderMap, name: &str) -> Option<f64> {
    text(headers, name)?.trim().parse().ok()
}

fn seconds(value: f64) -> Option<Duration> {
    Duration::try_from_secs_f64(value).ok().map(|wait| wait.min(LONGEST))
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, RateLimit};
    use crate::LimitScope;
    use http::{HeaderMap, HeaderName, HeaderValue};
    use std::time::Duration;

    fn read(headers: &[(&'static str, &'static str)], body: &str) -> RateLimit {
        let headers: HeaderMap = headers
            .iter()
            .map(|(name, value)| {
                let name = HeaderName::from_static(name);
                (name, HeaderValue::from_static(value))
            })
            .collect();
        RateLimit::read(&headers, body.as_bytes(), Duration::from_secs(30))
    }

    #[test]
    fn prefers_the_body_and_survives_nonsense() {
        let exact = read(&[("retry-after", "2")], r#"{"retry_after":1.25,"global":false}"#);
        assert_eq!(exact.retry_after, Duration::from_millis(1_250));
        assert_eq!(exact.scope, LimitScope::User);
        for nonsense in ["-1", "1e999", "NaN", "soon"] {
            let headers = [("retry-after", nonsense)];
            let limit = read(&headers, "<html>");
            assert_eq!(limit.scope, LimitScope::Cloudflare);
            assert_eq!(limit.retry_after, Duration::from_secs(30), "{nonsense}");
        }
        assert_eq!(read(&[], r#"{"retry_after":1e18}"#).retry_after, LONGEST);
    }
}
