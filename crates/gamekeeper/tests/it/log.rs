//! What an operator would read.

use std::sync::{Arc, LazyLock, Mutex};

use tracing::{
    Event, Level, Subscriber,
    field::{Field, Visit},
};
use tracing_subscriber::{Layer, layer::Context, prelude::*};

/// Lines of level INFO and above since the start of this test's process.
#[derive(Clone, Default)]
pub(crate) struct Lines(Arc<Mutex<Vec<String>>>);

impl Lines {
    /// Listens from now on. Each test is a process of its own.
    pub(crate) fn listen() -> Self {
        static LINES: LazyLock<Lines> = LazyLock::new(|| {
            let lines = Lines::default();
            let _ = tracing_subscriber::registry().with(lines.clone()).try_init();
            lines
        });
        LINES.clone()
    }

    pub(crate) fn all(&self) -> Vec<String> {
        self.0.lock().expect("nobody panics here").clone()
    }

    /// Those that have this in them.
    pub(crate) fn with(&self, text: &str) -> Vec<String> {
        self.all().into_iter().filter(|line| line.contains(text)).collect()
    }
}

impl<S: Subscriber> Layer<S> for Lines {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        // "Back" is said at a lower level, and counts.
        if *event.metadata().level() <= Level::INFO {
            let mut line =
                Line(format!("{} {}", event.metadata().level(), event.metadata().target()));
            event.record(&mut line);
            self.0.lock().expect("nobody panics here").push(line.0);
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
