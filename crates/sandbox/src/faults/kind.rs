//! The kinds of fault, and what the pipeline makes of them.

use std::time::Duration;

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::json;

use super::upset::Upset;
use crate::clock::{Millis, read_millis};
use crate::error::ApiError;
use crate::limits::{Scope, cloudflare_page, rate_limited};
use crate::rest::Answer;

/// Before or after a request takes effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Moment {
    /// Nothing has happened yet.
    Before,
    /// It took effect, the client does not know yet.
    After,
}

/// What goes wrong with a request.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FaultKind {
    /// An error answer instead of the work.
    #[serde(skip)]
    Error(ApiError),
    /// A server error instead of the work: 500 with Discord's JSON body, others with an HTML page of the proxy.
    Status(u16),
    /// A Cloudflare page instead of the work, e.g. 403 or 429.
    Cloudflare(u16),
    /// A 429 instead of the work.
    RateLimited {
        /// Which of the documented shapes.
        scope: Scope,
        /// When to come back, in JSON as milliseconds.
        #[serde(deserialize_with = "read_millis")]
        #[schemars(with = "u64")]
        retry_after: Duration,
    },
    /// Any answer instead of the work.
    Raw {
        /// HTTP status.
        status: u16,
        /// Content type.
        content_type: String,
        /// Body.
        body: String,
        /// Further headers.
        #[serde(skip)]
        headers: Vec<(&'static str, String)>,
    },
    /// An empty success, but nothing happens: an overwrite that gets lost right after a create looks like this.
    Pretend(u16),
    /// An empty success at once; the work is done this much later (sandbox clock), whatever comes of it. Overwrites
    /// that take their time look like this.
    Later {
        /// HTTP status, usually 204.
        status: u16,
        /// In JSON as milliseconds.
        #[serde(deserialize_with = "read_millis")]
        #[schemars(with = "u64")]
        after: Duration,
    },
    /// The work is done late.
    DelayBefore(
        #[serde(deserialize_with = "read_millis")]
        #[schemars(with = "u64")]
        Duration,
    ),
    /// The work is done, the answer is late.
    DelayAfter(
        #[serde(deserialize_with = "read_millis")]
        #[schemars(with = "u64")]
        Duration,
    ),
    /// The connection is reset and the work not done.
    DropRequest,
    /// The work is done, then the connection is reset without an answer.
    DropAnswer,
    /// The work is done and all gateway connections suffer this before the answer goes out.
    Gateway(Upset),
}

/// What goes wrong with an event. Events can be lost, repeated or reordered (reference, "Consistency").
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EventFault {
    /// It never arrives.
    Lose,
    /// It arrives twice in a row.
    Twice,
    /// It arrives after the next event.
    Swap,
    /// It arrives late (sandbox clock), whatever came meanwhile.
    Delay(
        #[serde(deserialize_with = "read_millis")]
        #[schemars(with = "u64")]
        Duration,
    ),
    /// It arrives, and once more after this time, by then with stale content.
    Echo(
        #[serde(deserialize_with = "read_millis")]
        #[schemars(with = "u64")]
        Duration,
    ),
    /// The connections suffer this while the event waits to be sent.
    Upset(Upset),
}

/// What the pipeline must do with one request.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    pub(crate) before: Duration,
    pub(crate) instead: Option<Answer>,
    /// The work is done so long after the answer.
    pub(crate) later: Option<Duration>,
    pub(crate) after: Duration,
    pub(crate) cut: Option<Moment>,
    pub(crate) upsets: Vec<Upset>,
}

impl Plan {
    pub(crate) fn new(kinds: &[FaultKind], now: Millis) -> Self {
        let mut plan = Self::default();
        for kind in kinds {
            plan.add(kind, now);
        }
        plan
    }

    /// True when the request never has to wait.
    pub(crate) fn is_instant(&self) -> bool {
        self.before.is_zero() && self.after.is_zero()
    }

    /// True when something keeps the request from its end, or takes its time.
    pub(crate) fn is_in_the_way(&self) -> bool {
        !self.is_instant() || self.instead.is_some() || self.cut.is_some()
    }

    fn add(&mut self, kind: &FaultKind, now: Millis) {
        match kind {
            FaultKind::Error(error) => {
                let answer = Answer::error(error);
                self.instead = Some(if error.status < 500 { answer } else { answer.foreign() });
            }
            FaultKind::Status(status) => self.instead = Some(broken_server(*status)),
            FaultKind::Cloudflare(status) => self.instead = Some(cloudflare_page(*status, None)),
            FaultKind::RateLimited { scope, retry_after } => {
                self.instead = Some(rate_limited(*scope, *retry_after, now));
            }
            FaultKind::Raw { status, content_type, body, headers } => {
                let mut answer = Answer::raw(*status, "", body.clone());
                answer.headers.clone_from(headers);
                answer.headers.push(("content-type", content_type.clone()));
                self.instead = Some(answer.foreign());
            }
            FaultKind::Pretend(status) => {
                self.instead = Some(Answer::raw(*status, "", String::new()).foreign());
            }
            FaultKind::Later { status, after } => {
                self.instead = Some(Answer::raw(*status, "", String::new()));
                self.later = Some(*after);
            }
            FaultKind::DelayBefore(time) => self.before += *time,
            FaultKind::DelayAfter(time) => self.after += *time,
            FaultKind::DropRequest => self.cut = Some(Moment::Before),
            FaultKind::DropAnswer => self.cut = Some(Moment::After),
            FaultKind::Gateway(upset) => self.upsets.push(*upset),
        }
    }
}

/// A 500 comes from Discord itself, the rest of the 5xx from the proxy in front of it.
fn broken_server(status: u16) -> Answer {
    if status == 500 {
        let body = json!({"message": "500: Internal Server Error", "code": 0});
        return Answer::json(500, &body).foreign();
    }
    cloudflare_page(status, None)
}
