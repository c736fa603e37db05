//! What was logged meanwhile: warnings are shown, errors count.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use tracing::{Event, Level, Subscriber};
use tracing_subscriber::{
    Layer,
    filter::LevelFilter,
    fmt,
    layer::{Context, SubscriberExt as _},
    util::SubscriberInitExt as _,
};

/// Errors logged since it listens.
#[derive(Clone, Debug, Default)]
pub(super) struct Complaints {
    errors: Arc<AtomicUsize>,
}

impl Complaints {
    /// Starts logging, and counts.
    pub(super) fn listen() -> Self {
        let complaints = Self::default();
        let shown = fmt::layer()
            .with_writer(std::io::stderr)
            .with_ansi(false)
            .with_filter(LevelFilter::WARN);
        // Whoever has started logging before has it.
        let _ = tracing_subscriber::registry().with(shown).with(complaints.clone()).try_init();
        complaints
    }

    /// How many there were.
    pub(super) fn errors(&self) -> usize {
        self.errors.load(Ordering::Relaxed)
    }
}

impl<S: Subscriber> Layer<S> for Complaints {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if *event.metadata().level() == Level::ERROR {
            self.errors.fetch_add(1, Ordering::Relaxed);
        }
    }
}
