//! All figures of the process in one place: each room's own, and those of the process itself.

mod own;
mod process;

use prometheus_client::{
    encoding::{prometheus_text, text},
    registry::Registry,
};
use tokio::sync::watch;
use web::Format;

pub use self::own::Own;
use self::process::Process;
use crate::vitals::Vitals;

/// What all of our names begin with; those of the process are everybody's.
const PREFIX: &str = "gamekeeper";

/// The rooms whose figures are shown.
pub struct Rooms {
    /// What should be done, and with it the door to Discord and the database.
    pub engine: engine::Engine,
    /// The bot's counters.
    pub bot: bot::Metrics,
    /// How much of the bot is up.
    pub status: watch::Receiver<bot::Status>,
    /// Whoever tells people.
    pub alerts: alerts::Alerts,
    /// Lines of the log.
    pub log: crate::logging::Metrics,
}

/// All figures.
pub struct Figures {
    registry: Registry,
    rooms: Option<(Rooms, watch::Receiver<Vitals>)>,
    own: Own,
    process: Process,
}

impl Figures {
    /// Of these rooms, as they are at each look.
    pub fn of(rooms: Rooms, vitals: watch::Receiver<Vitals>) -> Self {
        let mut registry = Registry::default();
        let ours = registry.sub_registry_with_prefix(PREFIX);
        let Rooms { engine, bot, alerts, log, .. } = &rooms;
        engine.rest().metrics().register(ours);
        engine.store().metrics().register(ours);
        engine.metrics().register(ours);
        bot.register(ours);
        match engine.poller() {
            Some(poller) => poller.metrics().register(ours),
            None => servers::Metrics::default().register(ours),
        }
        alerts.metrics().register(ours);
        log.register(ours);
        Self::with(registry, Some((rooms, vitals)))
    }

    /// Every figure there is, all of them zero: for whoever wants their names.
    pub fn names() -> Self {
        let mut registry = Registry::default();
        let ours = registry.sub_registry_with_prefix(PREFIX);
        discord::Metrics::default().register(ours);
        store::Metrics::default().register(ours);
        engine::Metrics::default().register(ours);
        bot::Metrics::with_a_shard().register(ours);
        servers::Metrics::default().register(ours);
        alerts::Metrics::default().register(ours);
        crate::logging::Metrics::default().register(ours);
        Self::with(registry, None)
    }

    fn with(mut registry: Registry, rooms: Option<(Rooms, watch::Receiver<Vitals>)>) -> Self {
        let own = Own::default();
        own.register(registry.sub_registry_with_prefix(PREFIX));
        let process = Process::default();
        process.register(&mut registry);
        Self { registry, rooms, own, process }
    }

    /// The text that Prometheus reads. Answers at once: what would have to be asked for is what
    /// it was when it was last asked for.
    pub fn text(&self, format: Format) -> String {
        if let Some((rooms, vitals)) = &self.rooms {
            let Rooms { engine, bot, status, .. } = rooms;
            // Each brings its states up to date.
            engine.rest().metrics();
            engine.store().metrics();
            engine.poller().map(servers::poll::Poller::metrics);
            bot.follow(status);
            self.own.follow(&vitals.borrow());
        }
        self.process.look();
        let mut text = String::new();
        let written = match format {
            Format::Prometheus => prometheus_text::encode(&mut text, &self.registry),
            Format::OpenMetrics => text::encode(&mut text, &self.registry),
        };
        if written.is_err() {
            // Writing into memory does not fail, and a label that does is a fault of ours.
            tracing::error!("the figures could not be written down");
        }
        text
    }
}
