//! Rate limits (topics/rate-limits). The pipeline asks `Limits::check` before every request and tells
//! `Limits::answered` about every answer.

mod block;
mod bucket;
mod config;
mod gateway;
mod refusal;

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use parking_lot::{Mutex, RwLock};
use serde_json::Value;

use block::Block;
use bucket::Bucket;
pub use bucket::Limit;
pub use config::{HiddenLimit, InvalidRequests, LimitsConfig, Name, Trigger};
pub(crate) use gateway::Identify;
pub use refusal::Scope;
pub(crate) use refusal::{cloudflare_page, rate_limited};

use crate::clock::{Clock, Millis, to_millis};
use crate::id::{MessageId, Snowflake as _};
use crate::rest::{Answer, RouteInfo};

/// Webhook tokens make ever new buckets; beyond this many the ended ones are dropped.
const SWEEP_ABOVE: usize = 20_000;

/// A request, as far as limits care.
pub(crate) struct Ask<'a> {
    pub(crate) route: &'a RouteInfo,
    pub(crate) major: u64,
    /// The second half of a webhook's major parameter.
    pub(crate) token: &'a str,
    pub(crate) message: Option<&'a str>,
    pub(crate) body: &'a [u8],
}

/// What the limiter says about a request.
pub(crate) enum Verdict {
    /// Go on; add these headers to the answer.
    Pass(Vec<(&'static str, String)>),
    /// Answer this instead.
    Stop(Answer),
}

/// The settings and the state of all limits.
#[derive(Debug)]
pub struct Limits {
    clock: Clock,
    config: RwLock<Arc<LimitsConfig>>,
    counts: Mutex<Counts>,
    block: Block,
    invalid: AtomicU64,
    gateway: Mutex<gateway::Counts>,
}

/// Buckets are found by the hash of their name: a collision would only merge two counts.
#[derive(Debug, Default)]
struct Counts {
    buckets: HashMap<(u64, u64, u64), Bucket>,
    hidden: HashMap<(u64, u64), Bucket>,
    global: Bucket,
}

impl Limits {
    pub(crate) fn new(config: LimitsConfig, clock: Clock) -> Self {
        Self {
            clock,
            config: RwLock::new(Arc::new(config)),
            counts: Mutex::default(),
            block: Block::default(),
            invalid: AtomicU64::new(0),
            gateway: Mutex::default(),
        }
    }

    /// The settings of the moment.
    pub fn config(&self) -> Arc<LimitsConfig> {
        Arc::clone(&self.config.read())
    }

    /// Changes the settings of a running sandbox. Counts stay.
    pub fn configure(&self, change: impl FnOnce(&mut LimitsConfig)) {
        let mut config = self.config.write();
        let mut new = LimitsConfig::clone(&config);
        change(&mut new);
        *config = Arc::new(new);
    }

    /// Forgets all counts and lifts a Cloudflare block.
    pub fn reset(&self) {
        *self.counts.lock() = Counts::default();
        *self.gateway.lock() = gateway::Counts::default();
        self.block.reset();
    }

    /// Puts Cloudflare in front: every request gets its page with this status for so long.
    pub fn block(&self, status: u16, time: std::time::Duration) {
        self.block.start(status, self.clock.now_ms().saturating_add(to_millis(time)));
    }

    /// Answers so far that Discord holds against the client: 401, 403 and 429, but for those of scope `shared`.
    pub fn invalid_answers(&self) -> u64 {
        self.invalid.load(Ordering::Relaxed)
    }

    /// Counts a request.
    pub(crate) fn check(&self, ask: &Ask<'_>, now: Millis) -> Verdict {
        if let Some(page) = self.block.page(now) {
            return Verdict::Stop(page);
        }
        let config = self.config();
        if !config.enabled {
            return Verdict::Pass(Vec::new());
        }
        let mut counts = self.counts.lock();
        // "Interaction endpoints are not bound to the bot's Global Rate Limit": no bot token, no count.
        if ask.route.auth.takes_bot()
            && let Some(limit) = config.global_per_second
            && !counts.global.take(Limit::new(limit, 1_000), now)
        {
            let left = counts.global.left(now);
            return Verdict::Stop(refusal::refuse(Scope::Global, left, Vec::new(), None, None));
        }
        if !ask.route.limited {
            return Verdict::Pass(Vec::new());
        }
        if counts.buckets.len() > SWEEP_ABOVE {
            counts.buckets.retain(|_, bucket| !bucket.is_over(now));
        }
        let (name, limit) = config.bucket(ask.route.operation);
        let name = hash(name);
        let token = if ask.token.is_empty() { 0 } else { hash(ask.token) };
        let bucket = counts.buckets.entry((name, ask.major, token)).or_default();
        let taken = bucket.take(limit, now);
        let mut headers = bucket.headers(limit, now, name);
        if !taken {
            let left = bucket.left(now);
            return Verdict::Stop(refusal::refuse(Scope::User, left, headers, None, None));
        }
        let hidden = config.hidden.iter().filter(|one| one.operation == ask.route.operation);
        for hidden in hidden.filter(|one| ask.triggers(&one.trigger, now)) {
            let bucket = counts.hidden.entry((hash(&hidden.name), ask.major)).or_default();
            if !bucket.take(hidden.limit, now) {
                let (left, message) = (bucket.left(now), hidden.message.as_deref());
                let answer = refusal::refuse(hidden.scope, left, headers, hidden.code, message);
                return Verdict::Stop(answer);
            }
        }
        if config.scope_on_success {
            headers.push(("x-ratelimit-scope", String::from("user")));
        }
        Verdict::Pass(headers)
    }

    /// Gives a 429 that was ordered as a fault the id of the bucket that the operation really counts in: clients take
    /// another id for another bucket.
    pub(crate) fn name_bucket(&self, answer: &mut Answer, operation: &str) {
        let id = bucket::id(hash(self.config().bucket(operation).0));
        for (_, value) in answer.headers.iter_mut().filter(|(name, _)| *name == bucket::HEADER) {
            value.clone_from(&id);
        }
    }

    /// Counts an answer that Discord holds against the client: 401, 403 and 429 but for shared ones.
    pub(crate) fn answered(&self, answer: &Answer, now: Millis) {
        if !matches!(answer.status, 401 | 403 | 429) {
            return;
        }
        let shared = ("x-ratelimit-scope", "shared");
        if answer.headers.iter().any(|(name, value)| (*name, value.as_str()) == shared) {
            return;
        }
        self.invalid.fetch_add(1, Ordering::Relaxed);
        if let Some(invalid) = self.config().invalid_requests {
            self.block.count(invalid, now);
        }
    }
}

impl Ask<'_> {
    fn triggers(&self, trigger: &Trigger, now: Millis) -> bool {
        match trigger {
            Trigger::Always => true,
            Trigger::Field(field) => serde_json::from_slice::<Value>(self.body)
                .is_ok_and(|body| body.get(field.as_ref()).is_some()),
            Trigger::OlderThan(age) => {
                let id = self.message.and_then(|id| id.parse::<MessageId>().ok());
                id.is_some_and(|id| now - id.created_ms() > to_millis(*age))
            }
        }
    }
}

/// The same for every sandbox, so that bucket ids in logs can be compared.
fn hash(name: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    name.hash(&mut hasher);
    hasher.finish()
}
