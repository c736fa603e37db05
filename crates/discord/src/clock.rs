//! What time it is at Discord: told by the `Date` of its answers, carried on by a monotonic clock.
//! Ids carry Discord's time, so their age must not depend on how right our own clock is.

use std::time::Instant;

use http::{HeaderMap, header::DATE};
use parking_lot::Mutex;

/// The header tells whole seconds, rounded down.
const ROUNDED_MS: i64 = 999;

/// Discord's clock as last seen.
#[derive(Debug, Default)]
pub(crate) struct DiscordClock {
    seen: Mutex<Option<(i64, Instant)>>,
}

impl DiscordClock {
    pub(crate) fn hear(&self, headers: &HeaderMap, now: Instant) {
        let date = headers.get(DATE).and_then(|date| date.to_str().ok());
        let date = date.and_then(|date| httpdate::parse_http_date(date).ok());
        let since = date.and_then(|date| date.duration_since(std::time::UNIX_EPOCH).ok());
        let Some(ms) = since.and_then(|since| i64::try_from(since.as_millis()).ok()) else {
            return;
        };
        *self.seen.lock() = Some((ms, now));
    }

    pub(crate) fn latest(&self, now: Instant) -> Option<i64> {
        let (ms, at) = (*self.seen.lock())?;
        let since = i64::try_from(now.saturating_duration_since(at).as_millis()).ok()?;
        Some(ms.saturating_add(ROUNDED_MS).saturating_add(since))
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use http::{HeaderMap, HeaderValue, header::DATE};

    use super::DiscordClock;

    #[test]
    fn goes_on_from_the_last_date_and_ignores_what_is_none() {
        let (clock, now) = (DiscordClock::default(), Instant::now());
        assert_eq!(clock.latest(now), None);
        let mut headers = HeaderMap::new();
        headers.insert(DATE, HeaderValue::from_static("Thu, 01 Jan 1970 00:00:10 GMT"));
        clock.hear(&headers, now);
        headers.insert(DATE, HeaderValue::from_static("yesterday"));
        clock.hear(&headers, now);
        assert_eq!(clock.latest(now + Duration::from_secs(5)), Some(15_999));
    }
}
