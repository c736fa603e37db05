//! How many lines there were, by level: many errors are worth a look also where nobody reads them.

use prometheus_client::{
    encoding::EncodeLabelSet,
    metrics::{counter::Counter, family::Family},
    registry::Registry,
};
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::{Layer, layer::Context};

#[derive(Clone, Debug, Eq, EncodeLabelSet, Hash, PartialEq)]
struct Of {
    level: &'static str,
}

/// What is counted. Cheap to clone; clones count together.
#[derive(Clone, Debug)]
pub struct Metrics {
    lines: Family<Of, Counter>,
}

impl Default for Metrics {
    fn default() -> Self {
        let lines = Family::default();
        for level in ["error", "warn", "info"] {
            drop(lines.get_or_create(&Of { level }));
        }
        Self { lines }
    }
}

impl Metrics {
    /// Shows them under these names.
    pub fn register(&self, registry: &mut Registry) {
        registry.register("log_lines", "Lines of the log by level", self.lines.clone());
    }
}

impl<S: Subscriber> Layer<S> for Metrics {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let level = match *event.metadata().level() {
            Level::ERROR => "error",
            Level::WARN => "warn",
            Level::INFO => "info",
            _ => return,
        };
        self.lines.get_or_create(&Of { level }).inc();
    }
}
