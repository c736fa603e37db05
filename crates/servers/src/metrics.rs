//! What operators watch of the looks at game servers.

use std::time::Duration;

use prometheus_client::{
    encoding::EncodeLabelSet,
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram},
    registry::{Registry, Unit},
};

/// Up to the deadline of a look.
const BUCKETS: [f64; 8] = [0.05, 0.1, 0.25, 0.5, 1.0, 3.0, 10.0, 20.0];

const SOURCES: [&str; 2] = [PANEL, DIRECT];
const PANEL: &str = "panel";
const DIRECT: &str = "direct";
const RESULTS: [&str; 3] = [ANSWERED, SILENT, UNWRITTEN];
const ANSWERED: &str = "answered";
const SILENT: &str = "silent";
const UNWRITTEN: &str = "unwritten";

#[derive(Clone, Debug, Eq, EncodeLabelSet, Hash, PartialEq)]
struct Look {
    source: &'static str,
    result: &'static str,
}

#[derive(Clone, Debug, Eq, EncodeLabelSet, Hash, PartialEq)]
struct Source {
    source: &'static str,
}

#[derive(Clone, Debug, Eq, EncodeLabelSet, Hash, PartialEq)]
struct State {
    state: &'static str,
}

/// What came of a look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Looked {
    Answered,
    Silent,
    /// The database did not take it.
    Unwritten,
}

/// What is counted. Cheap to clone; clones count together.
#[derive(Clone, Debug)]
pub struct Metrics {
    looks: Family<Look, Counter>,
    took: Family<Source, Histogram, fn() -> Histogram>,
    servers: Family<Source, Gauge>,
    panels: Family<State, Gauge>,
}

impl Default for Metrics {
    fn default() -> Self {
        let metrics = Self {
            looks: Family::default(),
            took: Family::new_with_constructor(|| Histogram::new(BUCKETS)),
            servers: Family::default(),
            panels: Family::default(),
        };
        // What never happened counts as zero, not as unknown.
        for source in SOURCES {
            drop(metrics.took.get_or_create(&Source { source }));
            for result in RESULTS {
                drop(metrics.looks.get_or_create(&Look { source, result }));
            }
        }
        metrics.stand([0, 0], [0, 0]);
        metrics
    }
}

impl Metrics {
    /// Shows them under these names.
    pub fn register(&self, registry: &mut Registry) {
        registry.register(
            "server_looks",
            "Looks at game servers by where they are listed and what came of it",
            self.looks.clone(),
        );
        registry.register_with_unit(
            "server_look",
            "Time for one look at a game server",
            Unit::Seconds,
            self.took.clone(),
        );
        registry.register("servers", "Game servers that are looked at", self.servers.clone());
        registry.register(
            "panels",
            "AMP panels: those that can be read, and those that cannot",
            self.panels.clone(),
        );
    }

    pub(crate) fn looked(&self, is_panel: bool, looked: Looked, took: Duration) {
        let source = if is_panel { PANEL } else { DIRECT };
        let result = match looked {
            Looked::Answered => ANSWERED,
            Looked::Silent => SILENT,
            Looked::Unwritten => UNWRITTEN,
        };
        self.looks.get_or_create(&Look { source, result }).inc();
        self.took.get_or_create(&Source { source }).observe(took.as_secs_f64());
    }

    /// Servers on panels and without one; panels that can be read and that cannot.
    pub(crate) fn stand(&self, servers: [usize; 2], panels: [usize; 2]) {
        let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        for (source, count) in SOURCES.into_iter().zip(servers) {
            self.servers.get_or_create(&Source { source }).set(number(count));
        }
        for (state, count) in ["readable", "unreadable"].into_iter().zip(panels) {
            self.panels.get_or_create(&State { state }).set(number(count));
        }
    }
}
