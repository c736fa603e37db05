//! Settings of the door, with defaults that suit production.

use crate::Origin;
use secrecy::SecretString;
use std::{num::NonZeroU32, time::Duration};
use twilight_model::channel::message::AllowedMentions;

/// Everything [`crate::Rest::new`] needs. Only the token has no default.
#[derive(Clone, Debug)]
pub struct RestConfig {
    /// Bot token, without the `Bot ` prefix (one is tolerated). Redacted in `Debug`.
    pub token: SecretString,
    /// Where Discord answers; REST lives under `/api/v10` there.
    pub origin: Origin,
    /// Sent as `User-Agent`. Discord wants `DiscordBot (url, version)` and may block other forms.
    pub user_agent: String,
    /// Mentions a message may make when its builder says nothing. Default: none, so that no name
    /// typed by a player can ping a server.
    pub allowed_mentions: AllowedMentions,
    /// Time limits.
    pub deadlines: Deadlines,
    /// Rate limits of our own.
    pub limits: Limits,
    /// How often a call is tried again.
    pub retries: Retries,
    /// When to stop calling altogether.
    pub breaker: BreakerConfig,
    /// Longest answer read, in bytes. Default 16 MiB; a page of 1,000 members is under 1 MiB.
    pub max_answer_bytes: usize,
}

impl RestConfig {
    /// Production defaults with this token.
    pub fn new(token: SecretString) -> Self {
        Self {
            token,
            origin: Origin::default(),
            user_agent: concat!(
                "DiscordBot (https://gamekeeper.invalid, ",
                env!("CARGO_PKG_VERSION"),
                ")"
            )
            .to_owned(),
            allowed_mentions: AllowedMentions::default(),
            deadlines: Deadlines::default(),
            limits: Limits::default(),
            retries: Retries::default(),
            breaker: BreakerConfig::default(),
            max_answer_bytes: 16 * 1024 * 1024,
        }
    }
}

/// Time limits of a call. A whole-call limit covers queueing and every try.
#[derive(Clone, Debug)]
pub struct Deadlines {
    /// [`crate::Call::callback`]: 2.5 s, since Discord drops an interaction after 3 s.
    pub callback: Duration,
    /// [`crate::Call::interactive`]: 10 s, somebody is watching.
    pub interactive: Duration,
    /// [`crate::Call::background`]: 60 s, a job nobody waits for.
    pub background: Duration,
    /// One try, from connecting to the last byte of the answer: 10 s.
    pub attempt: Duration,
    /// Opening a TCP connection: 3 s.
    pub connect: Duration,
}

impl Default for Deadlines {
    fn default() -> Self {
        Self {
            callback: Duration::from_millis(2_500),
            interactive: Duration::from_secs(10),
            background: Duration::from_mins(1),
            attempt: Duration::from_secs(10),
            connect: Duration::from_secs(3),
        }
    }
}

/// So many calls in a sliding window.
#[derive(Clone, Copy, Debug)]
pub struct Allowance {
    /// Calls that fit in one window.
    pub calls: u32,
    /// Length of the window.
    pub window: Duration,
}

/// Limits we keep on our own side.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Requests in any one second over all bot-token routes, all of them at once if need be.
    /// Discord documents 50; default 48.
    pub global_per_second: NonZeroU32,
    /// Requests in flight per channel or guild while their bucket is unknown. Default 20.
    pub unknown_in_flight: u32,
    /// Wait after a 429 that names no time (Cloudflare's HTML form). Default 30 s.
    pub unstated_retry_after: Duration,
    /// Channel and thread renames per channel. Undocumented; 2 per 10 min were observed.
    pub channel_rename: Allowance,
    /// Topic changes per channel. Undocumented; 2 per 10 min were observed.
    pub channel_topic: Allowance,
    /// Roles created per guild. Undocumented; 250 per 48 h were observed, deleted ones included.
    pub role_create: Allowance,
    /// Entries kept in each rate-limit map before idle ones are dropped. Default 10,000.
    pub max_tracked: usize,
}

impl Default for Limits {
    fn default() -> Self {
        let per_ten_minutes = Allowance { calls: 2, window: Duration::from_mins(10) };
        Self {
            global_per_second: NonZeroU32::MIN.saturating_add(47),
            unknown_in_flight: 20,
            unstated_retry_after: Duration::from_secs(30),
            channel_rename: per_ten_minutes,
            channel_topic: per_ten_minutes,
            role_create: Allowance { calls: 250, window: Duration::from_hours(48) },
            max_tracked: 10_000,
        }
    }
}

/// How often a call is tried again, always inside its deadline.
#[derive(Clone, Debug)]
pub struct Retries {
    /// Further tries after a 5xx, a timeout or a broken connection. Default 3.
    pub max: usize,
    /// First pause; it doubles, with jitter. Default 100 ms.
    pub min_delay: Duration,
    /// Longest pause. Default 2 s.
    pub max_delay: Duration,
    /// 429s one call takes before it gives up. Default 4: each counts towards Discord's limit of
    /// 10,000 invalid requests per 10 min.
    pub max_rate_limited: usize,
}

impl Default for Retries {
    fn default() -> Self {
        Self {
            max: 3,
            min_delay: Duration::from_millis(100),
            max_delay: Duration::from_secs(2),
            max_rate_limited: 4,
        }
    }
}

/// The breaker counts 401, 403 and 429 (scope `shared` excepted), as Discord does.
#[derive(Clone, Debug)]
pub struct BreakerConfig {
    /// Invalid requests in a sliding 10 min that open it. Default 500; Discord blocks the
    /// address at 10,000.
    pub threshold: u32,
    /// How long it stays open. Default 1 min.
    pub open_for: Duration,
}

impl Default for BreakerConfig {
    fn default() -> Self {
        Self { threshold: 500, open_for: Duration::from_mins(1) }
    }
}
