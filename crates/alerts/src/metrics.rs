//! What operators watch of the alerts themselves.

use prometheus_client::{
    encoding::EncodeLabelSet,
    metrics::{counter::Counter, family::Family, gauge::Gauge},
    registry::Registry,
};

use crate::{Alert, RouteKind, Severity};

#[derive(Clone, Debug, Eq, EncodeLabelSet, Hash, PartialEq)]
struct Sent {
    route: &'static str,
    result: &'static str,
}

#[derive(Clone, Debug, Eq, EncodeLabelSet, Hash, PartialEq)]
struct Of {
    severity: &'static str,
}

#[derive(Clone, Debug, Eq, EncodeLabelSet, Hash, PartialEq)]
struct Ping {
    result: &'static str,
}

/// What came of bringing a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Brought {
    Sent,
    Failed,
    /// More came than the route could take.
    Dropped,
}

const RESULTS: [&str; 3] = ["sent", "failed", "dropped"];

/// What is counted. Cheap to clone; clones count together.
#[derive(Clone, Debug)]
pub struct Metrics {
    standing: Family<Of, Gauge>,
    messages: Family<Sent, Counter>,
    pings: Family<Ping, Counter>,
}

impl Default for Metrics {
    fn default() -> Self {
        let metrics = Self {
            standing: Family::default(),
            messages: Family::default(),
            pings: Family::default(),
        };
        // What never happened counts as zero, not as unknown.
        for route in RouteKind::ALL {
            for result in RESULTS {
                drop(metrics.messages.get_or_create(&Sent { route: route.word(), result }));
            }
        }
        for good in [true, false] {
            drop(metrics.pings.get_or_create(&ping(good)));
        }
        metrics.stand(&[]);
        metrics
    }
}

impl Metrics {
    /// Shows them under these names.
    pub fn register(&self, registry: &mut Registry) {
        registry.register(
            "alerts_standing",
            "What is wrong right now, by severity",
            self.standing.clone(),
        );
        registry.register(
            "alert_messages",
            "Messages to routes of alerts by what came of them; dropped ones were too many",
            self.messages.clone(),
        );
        registry.register(
            "deadman_pings",
            "Signs of life to the dead man's switch by whether they were taken",
            self.pings.clone(),
        );
    }

    pub(crate) fn stand(&self, standing: &[Alert]) {
        for severity in [Severity::Warning, Severity::Critical] {
            let count = standing.iter().filter(|alert| alert.severity == severity).count();
            let gauge = self.standing.get_or_create(&Of { severity: severity.word() });
            gauge.set(i64::try_from(count).unwrap_or(i64::MAX));
        }
    }

    pub(crate) fn brought(&self, route: RouteKind, brought: Brought) {
        let result = match brought {
            Brought::Sent => RESULTS[0],
            Brought::Failed => RESULTS[1],
            Brought::Dropped => RESULTS[2],
        };
        self.messages.get_or_create(&Sent { route: route.word(), result }).inc();
    }

    pub(crate) fn pinged(&self, good: bool) {
        self.pings.get_or_create(&ping(good)).inc();
    }
}

fn ping(good: bool) -> Ping {
    Ping { result: if good { "sent" } else { "failed" } }
}
