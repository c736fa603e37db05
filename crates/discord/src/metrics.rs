//! What operators watch of the calls to Discord.
//!
//! Labels are route families (ids and tokens masked, see `route`) and our own words: nothing that
//! comes from people or from Discord.

use std::time::Duration;

use prometheus_client::{
    encoding::EncodeLabelSet,
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram},
    registry::{Registry, Unit},
};

use crate::{LimitScope, route::Class, stats::Outcome};

/// The label for families past the bound of [`crate::Stats`].
pub(crate) const OTHER: &str = "other";

/// From a fast answer of Discord's to the longest try.
const LATENCY: [f64; 10] = [0.025, 0.05, 0.1, 0.2, 0.4, 0.8, 1.5, 3.0, 6.0, 10.0];
/// From no wait at all to the deadline of a background call.
const WAIT: [f64; 9] = [0.001, 0.01, 0.1, 0.5, 1.0, 2.0, 5.0, 15.0, 60.0];

#[derive(Clone, Debug, Eq, EncodeLabelSet, Hash, PartialEq)]
struct Try {
    route: String,
    status: &'static str,
}

#[derive(Clone, Debug, Eq, EncodeLabelSet, Hash, PartialEq)]
struct Kind {
    kind: &'static str,
}

#[derive(Clone, Debug, Eq, EncodeLabelSet, Hash, PartialEq)]
struct Scope {
    scope: &'static str,
}

type Histograms = Family<Kind, Histogram, fn() -> Histogram>;

/// What is counted. Cheap to clone; clones count together.
#[derive(Clone, Debug)]
pub struct Metrics {
    calls: Family<Try, Counter>,
    latency: Histograms,
    waits: Histograms,
    limited: Family<Scope, Counter>,
    budget: Gauge,
    breaker_open: Gauge,
    invalid: Gauge,
    invalid_limit: Gauge,
}

impl Default for Metrics {
    fn default() -> Self {
        let metrics = Self {
            calls: Family::default(),
            latency: Family::new_with_constructor(|| Histogram::new(LATENCY)),
            waits: Family::new_with_constructor(|| Histogram::new(WAIT)),
            limited: Family::default(),
            budget: Gauge::default(),
            breaker_open: Gauge::default(),
            invalid: Gauge::default(),
            invalid_limit: Gauge::default(),
        };
        // What never happened counts as zero, not as unknown.
        for status in STATUSES {
            metrics.count(OTHER, status, 0);
        }
        for kind in KINDS {
            drop(metrics.latency.get_or_create(&Kind { kind }));
            drop(metrics.waits.get_or_create(&Kind { kind }));
        }
        for scope in SCOPES {
            drop(metrics.limited.get_or_create(&Scope { scope }));
        }
        metrics
    }
}

impl Metrics {
    /// Shows them under these names.
    pub fn register(&self, registry: &mut Registry) {
        registry.register(
            "discord_calls",
            "Tries of calls to Discord by route family and what came of them; refused ones were \
             held back here",
            self.calls.clone(),
        );
        registry.register_with_unit(
            "discord_call",
            "Time from sending a try to its answer",
            Unit::Seconds,
            self.latency.clone(),
        );
        registry.register_with_unit(
            "discord_wait",
            "Time that calls waited for a rate limit, Discord's or our own",
            Unit::Seconds,
            self.waits.clone(),
        );
        registry.register(
            "discord_rate_limited",
            "Answers 429 by what they were about",
            self.limited.clone(),
        );
        registry.register(
            "discord_budget_left",
            "Calls that may be sent at once before the pace over all routes makes them wait",
            self.budget.clone(),
        );
        registry.register(
            "discord_breaker_open",
            "1 while no calls are made because Discord refused too many, or refused the token",
            self.breaker_open.clone(),
        );
        registry.register(
            "discord_invalid_answers",
            "Answers 401, 403 and 429 in the last ten minutes, which Discord counts against the \
             address",
            self.invalid.clone(),
        );
        registry.register(
            "discord_invalid_answers_limit",
            "So many of them open the breaker",
            self.invalid_limit.clone(),
        );
    }

    pub(crate) fn sent(&self, route: &str, class: Class, outcome: Outcome, took: Duration) {
        self.count(route, status(outcome), 1);
        let kind = Kind { kind: kind(class) };
        self.latency.get_or_create(&kind).observe(took.as_secs_f64());
    }

    pub(crate) fn refused(&self, route: &str) {
        self.count(route, REFUSED, 1);
    }

    pub(crate) fn waited(&self, class: Class, took: Duration) {
        let kind = Kind { kind: kind(class) };
        self.waits.get_or_create(&kind).observe(took.as_secs_f64());
    }

    pub(crate) fn limited(&self, scope: LimitScope) {
        let scope = match scope {
            LimitScope::User => "user",
            LimitScope::Hidden => "hidden",
            LimitScope::Shared => "shared",
            LimitScope::Global => "global",
            LimitScope::Cloudflare => "cloudflare",
            LimitScope::Own => "own",
        };
        self.limited.get_or_create(&Scope { scope }).inc();
    }

    /// What is a state and not a count, as it is now.
    pub(crate) fn stand(&self, budget: usize, open: bool, invalid: u32, limit: u32) {
        self.budget.set(i64::try_from(budget).unwrap_or(i64::MAX));
        self.breaker_open.set(i64::from(open));
        self.invalid.set(invalid.into());
        self.invalid_limit.set(limit.into());
    }

    fn count(&self, route: &str, status: &'static str, by: u64) {
        self.calls.get_or_create(&Try { route: route.to_owned(), status }).inc_by(by);
    }
}

const REFUSED: &str = "refused";
const STATUSES: [&str; 6] = ["2xx", "4xx", "429", "5xx", "none", REFUSED];
const KINDS: [&str; 3] = ["bot", "callback", "webhook"];
const SCOPES: [&str; 5] = ["user", "hidden", "shared", "global", "cloudflare"];

fn status(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Success => "2xx",
        Outcome::ClientError => "4xx",
        Outcome::RateLimited => "429",
        Outcome::ServerError => "5xx",
        Outcome::NoAnswer => "none",
    }
}

fn kind(class: Class) -> &'static str {
    match class {
        Class::Bot => "bot",
        Class::Callback => "callback",
        Class::WebhookToken => "webhook",
    }
}
