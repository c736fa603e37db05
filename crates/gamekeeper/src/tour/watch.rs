//! Notices every error that is logged.

use std::sync::{Arc, Mutex, PoisonError};

use tracing::{
    Event, Level, Subscriber,
    field::{Field, Visit},
};
use tracing_subscriber::{Layer, layer::Context, prelude::*};

/// Errors logged since the start.
#[derive(Clone, Debug, Default)]
pub(super) struct ErrorWatch {
    seen: Arc<Mutex<Vec<String>>>,
}

impl ErrorWatch {
    /// Watches from now on.
    pub(super) fn start() -> Self {
        let watch = Self::default();
        // Somebody else's subscriber would mean that nothing is seen: then say so.
        if tracing_subscriber::registry().with(watch.clone()).try_init().is_err() {
            watch.note("the log is already being written by somebody else".to_owned());
        }
        watch
    }

    /// What was logged as an error.
    pub(super) fn errors(&self) -> Vec<String> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn note(&self, line: String) {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).push(line);
    }
}

impl<S: Subscriber> Layer<S> for ErrorWatch {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if *event.metadata().level() == Level::ERROR {
            let mut line = Line(event.metadata().target().to_owned());
            event.record(&mut line);
            self.note(line.0);
        }
    }
}

struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        use std::fmt::Write as _;
        let _ = write!(self.0, " {}={value:?}", field.name());
    }
}
