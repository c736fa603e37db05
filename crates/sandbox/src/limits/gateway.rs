//! Limits of the gateway (events/gateway, "Rate Limiting" and "Session Start Limit").

use std::collections::HashMap;

use super::Limits;
use super::bucket::{Bucket, Limit};
use crate::clock::Millis;
use crate::id::GuildId;

const DAY_MS: Millis = 86_400_000;

/// The window of `max_concurrency`.
const IDENTIFY_MS: Millis = 5_000;

/// What becomes of an IDENTIFY.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Identify {
    Welcome,
    /// Too many at once: op 9.
    TooSoon,
    /// Over the daily limit: all sessions end and the token is reset.
    Exhausted,
}

#[derive(Debug, Default)]
pub(super) struct Counts {
    /// By rate limit key, `shard_id % max_concurrency`: one each per 5 s.
    identifies: HashMap<u32, Bucket>,
    day: Bucket,
    all_members: HashMap<GuildId, Bucket>,
}

impl Limits {
    /// Counts an IDENTIFY.
    pub(crate) fn identify(&self, now: Millis, shard: u32, max_concurrency: u32) -> Identify {
        let config = self.config();
        let mut counts = self.gateway.lock();
        if config.identify_concurrency {
            let bucket = counts.identifies.entry(shard % max_concurrency.max(1)).or_default();
            if !bucket.take(Limit::new(1, IDENTIFY_MS), now) {
                return Identify::TooSoon;
            }
        }
        if counts.day.take(Limit::new(config.identifies_per_day, DAY_MS), now) {
            Identify::Welcome
        } else {
            counts.day = Bucket::default();
            Identify::Exhausted
        }
    }

    /// `session_start_limit` of `/gateway/bot`: total, remaining, ms until the reset.
    pub(crate) fn session_starts(&self, now: Millis) -> (u32, u32, Millis) {
        let total = self.config().identifies_per_day;
        let day = self.gateway.lock().day;
        let left = if day.is_over(now) { DAY_MS } else { day.left(now) };
        (total, day.remaining(Limit::new(total, DAY_MS), now), left)
    }

    /// Counts a request for all members of a guild; `Err` is the time to wait in ms.
    pub(crate) fn all_members(&self, guild: GuildId, now: Millis) -> Result<(), Millis> {
        let Some(limit) = self.config().all_members else { return Ok(()) };
        let mut counts = self.gateway.lock();
        counts.all_members.retain(|_, bucket| !bucket.is_over(now));
        let bucket = counts.all_members.entry(guild).or_default();
        if bucket.take(limit, now) { Ok(()) } else { Err(bucket.left(now)) }
    }
}
