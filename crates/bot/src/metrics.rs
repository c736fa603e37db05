//! What operators watch of interactions and of the gateway.
//!
//! What is meant is named by our own words (see `door` and `ids`): a command or a control that this
//! version does not know is `unknown`, whatever it calls itself.

use std::time::Duration;

use engine::UseError;
use prometheus_client::{
    encoding::EncodeLabelSet,
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram},
    registry::{Registry, Unit},
};
use tokio::sync::watch;

use crate::gateway::Status;

/// Up to Discord's 3 s, and a little beyond.
const ANSWER: [f64; 10] = [0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0];
/// Up to what waits for a server to start.
const WHOLE: [f64; 10] = [0.1, 0.25, 0.5, 1.0, 2.0, 3.0, 5.0, 15.0, 60.0, 300.0];

/// For what this version does not know.
pub(crate) const UNKNOWN: &str = "unknown";

/// How a person did something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Command,
    Typing,
    Component,
    Form,
    Unknown,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It was done, or shown.
    Done,
    /// The person asked for what cannot be.
    Mistake,
    /// The person may not do it.
    Refused,
    /// A panel did not do it.
    Panel,
    /// Our fault.
    Fault,
    /// Too fast.
    Slowed,
    /// Too much at once for the whole bot.
    TurnedAway,
    /// Heard of too late to be answered.
    Late,
}

#[derive(Clone, Debug, Eq, EncodeLabelSet, Hash, PartialEq)]
struct Asked {
    kind: &'static str,
    command: String,
    outcome: &'static str,
}

#[derive(Clone, Debug, Eq, EncodeLabelSet, Hash, PartialEq)]
struct Of {
    kind: &'static str,
}

#[derive(Clone, Debug, Eq, EncodeLabelSet, Hash, PartialEq)]
struct Answered {
    result: &'static str,
}

#[derive(Clone, Debug, Eq, EncodeLabelSet, Hash, PartialEq)]
struct How {
    how: &'static str,
}

#[derive(Clone, Debug, Eq, EncodeLabelSet, Hash, PartialEq)]
struct OfShard {
    shard: u32,
}

#[derive(Clone, Debug, Eq, EncodeLabelSet, Hash, PartialEq)]
struct State {
    state: &'static str,
}

type Seconds = Gauge<f64, std::sync::atomic::AtomicU64>;

/// What is counted. Cheap to clone; clones count together.
#[derive(Clone, Debug)]
pub struct Metrics {
    interactions: Family<Asked, Counter>,
    answer: Family<Of, Histogram, fn() -> Histogram>,
    whole: Family<Of, Histogram, fn() -> Histogram>,
    answers: Family<Answered, Counter>,
    connections: Family<How, Counter>,
    closed: Counter,
    up: Family<OfShard, Gauge>,
    latency: Family<OfShard, Seconds>,
    shards: Family<State, Gauge>,
}

impl Default for Metrics {
    fn default() -> Self {
        let metrics = Self {
            interactions: Family::default(),
            answer: Family::new_with_constructor(|| Histogram::new(ANSWER)),
            whole: Family::new_with_constructor(|| Histogram::new(WHOLE)),
            answers: Family::default(),
            connections: Family::default(),
            closed: Counter::default(),
            up: Family::default(),
            latency: Family::default(),
            shards: Family::default(),
        };
        // What never happened counts as zero, not as unknown.
        for outcome in Outcome::ALL {
            metrics.count(Kind::Unknown, UNKNOWN, outcome, 0);
        }
        for kind in Kind::ALL {
            drop(metrics.answer.get_or_create(&Of { kind: kind.word() }));
            drop(metrics.whole.get_or_create(&Of { kind: kind.word() }));
        }
        for result in RESULTS {
            drop(metrics.answers.get_or_create(&Answered { result }));
        }
        for how in [NEW, RESUMED] {
            drop(metrics.connections.get_or_create(&How { how }));
        }
        metrics.stand(Status::default());
        metrics
    }
}

const SENT: &str = "sent";
const LATE: &str = "late";
const FAILED: &str = "failed";
const RESULTS: [&str; 3] = [SENT, LATE, FAILED];
const NEW: &str = "new";
const RESUMED: &str = "resumed";

impl Kind {
    const ALL: [Self; 5] =
        [Self::Command, Self::Typing, Self::Component, Self::Form, Self::Unknown];

    fn word(self) -> &'static str {
        match self {
            Self::Command => "command",
            Self::Typing => "typing",
            Self::Component => "component",
            Self::Form => "form",
            Self::Unknown => UNKNOWN,
        }
    }
}

impl Outcome {
    const ALL: [Self; 8] = [
        Self::Done,
        Self::Mistake,
        Self::Refused,
        Self::Panel,
        Self::Fault,
        Self::Slowed,
        Self::TurnedAway,
        Self::Late,
    ];

    fn word(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Mistake => "mistake",
            Self::Refused => "refused",
            Self::Panel => "panel",
            Self::Fault => "fault",
            Self::Slowed => "slowed",
            Self::TurnedAway => "turned_away",
            Self::Late => LATE,
        }
    }
}

impl From<&UseError> for Outcome {
    fn from(error: &UseError) -> Self {
        match error {
            UseError::Mistake(_) => Self::Mistake,
            UseError::Refused(_) | UseError::ServerRefused(_) => Self::Refused,
            UseError::Panel(_) => Self::Panel,
            UseError::Fault(_) => Self::Fault,
        }
    }
}

impl Metrics {
    /// As they are when a shard is to be connected: for whoever wants all names.
    pub fn with_a_shard() -> Self {
        let metrics = Self::default();
        metrics.shard_up(0, false);
        metrics.shard_latency(0, Duration::ZERO);
        metrics
    }

    /// Shows them under these names.
    pub fn register(&self, registry: &mut Registry) {
        registry.register(
            "interactions",
            "Commands, presses and forms by what was meant and what came of it",
            self.interactions.clone(),
        );
        registry.register_with_unit(
            "interaction_answer",
            "Time from a click to the first answer that Discord took; “thinking” is one. Discord \
             gives 3 s",
            Unit::Seconds,
            self.answer.clone(),
        );
        registry.register_with_unit(
            "interaction",
            "Time from a click to the end of all that it asked for",
            Unit::Seconds,
            self.whole.clone(),
        );
        registry.register(
            "interaction_answers",
            "Interactions by whether the person has the answer",
            self.answers.clone(),
        );
        registry.register(
            "gateway_connections",
            "Times that a shard connected, with a new session or an old one",
            self.connections.clone(),
        );
        registry.register(
            "gateway_closed",
            "Times that a shard's connection ended",
            self.closed.clone(),
        );
        registry.register(
            "gateway_up",
            "1 while a shard is connected and knows its guilds",
            self.up.clone(),
        );
        registry.register_with_unit(
            "gateway_latency",
            "Time from a heartbeat to its answer, as last measured",
            Unit::Seconds,
            self.latency.clone(),
        );
        registry.register(
            "gateway_shards",
            "Shards of this process: all, and those that are up",
            self.shards.clone(),
        );
    }

    pub(crate) fn interaction(&self, kind: Kind, command: &str, outcome: Outcome) {
        self.count(kind, command, outcome, 1);
    }

    fn count(&self, kind: Kind, command: &str, outcome: Outcome, by: u64) {
        let command = command.to_owned();
        let asked = Asked { kind: kind.word(), command, outcome: outcome.word() };
        self.interactions.get_or_create(&asked).inc_by(by);
    }

    pub(crate) fn first_answer(&self, kind: Kind, took: Duration) {
        self.answer.get_or_create(&Of { kind: kind.word() }).observe(took.as_secs_f64());
    }

    pub(crate) fn whole(&self, kind: Kind, took: Duration) {
        self.whole.get_or_create(&Of { kind: kind.word() }).observe(took.as_secs_f64());
    }

    pub(crate) fn answer_sent(&self) {
        self.answers.get_or_create(&Answered { result: SENT }).inc();
    }

    pub(crate) fn answer_late(&self) {
        self.answers.get_or_create(&Answered { result: LATE }).inc();
    }

    pub(crate) fn answer_failed(&self) {
        self.answers.get_or_create(&Answered { result: FAILED }).inc();
    }

    pub(crate) fn connected(&self, resumed: bool) {
        let how = if resumed { RESUMED } else { NEW };
        self.connections.get_or_create(&How { how }).inc();
    }

    pub(crate) fn closed(&self) {
        self.closed.inc();
    }

    pub(crate) fn shard_up(&self, shard: u32, up: bool) {
        self.up.get_or_create(&OfShard { shard }).set(up.into());
    }

    pub(crate) fn shard_latency(&self, shard: u32, latency: Duration) {
        self.latency.get_or_create(&OfShard { shard }).set(latency.as_secs_f64());
    }

    /// A shard that this process has no longer.
    pub(crate) fn shard_gone(&self, shard: u32) {
        self.up.remove(&OfShard { shard });
        self.latency.remove(&OfShard { shard });
    }

    /// What is a state and not a count, as it is now.
    pub fn follow(&self, status: &watch::Receiver<Status>) {
        self.stand(*status.borrow());
    }

    fn stand(&self, status: Status) {
        self.shards.get_or_create(&State { state: "all" }).set(status.shards.into());
        self.shards.get_or_create(&State { state: "up" }).set(status.ready.into());
    }
}
