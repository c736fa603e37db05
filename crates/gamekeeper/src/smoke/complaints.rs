//! What was logged meanwhile, here and by the running bot: warnings are shown, errors count.

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

use watch::Figures;

use super::Step;
use crate::watch::Asking;

/// Errors logged since it listens.
#[derive(Clone, Debug, Default)]
pub(super) struct Complaints {
    errors: Arc<AtomicUsize>,
}

/// What the running bot had logged at the start, where it tells.
pub(super) struct OfTheBot {
    asking: Option<Asking>,
    before: Option<Figures>,
}

impl OfTheBot {
    /// Asks it.
    pub(super) async fn hear(asking: Option<Asking>) -> Self {
        let before = match &asking {
            Some(asking) => asking.figures().await.ok(),
            None => None,
        };
        Self { asking, before }
    }

    /// What it has logged since, in words; an error where it was an error.
    pub(super) async fn since(&self) -> Step<String> {
        let (Some(asking), Some(before)) = (&self.asking, &self.before) else {
            return Ok("only here, because no bot tells of its own".to_owned());
        };
        let now = asking.figures().await.map_err(|why| format!("the bot does not tell: {why}"))?;
        if (now.started - before.started).abs() > 1.0 {
            return Err("the bot was started anew meanwhile".to_owned());
        }
        let errors = now.errors - before.errors;
        if errors > 0.0 {
            return Err(format!("the bot has logged {errors:.0} errors meanwhile"));
        }
        Ok("here, and of the running bot".to_owned())
    }
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
