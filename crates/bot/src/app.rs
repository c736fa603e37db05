//! What all parts of the bot share.

use std::sync::Arc;

use engine::Engine;
use tokio::sync::Semaphore;
use tokio_util::task::TaskTracker;

use crate::{
    config::BotConfig,
    door::{Limiter, Seen},
    gateway::{GuildLocales, Readiness},
    keepers::Bell,
    metrics::Metrics,
};

/// Pictures drawn at the same time. The next ones wait, so that clicks find a processor free.
const DRAWN_AT_ONCE: usize = 2;

/// One running bot.
pub(crate) struct App {
    pub(crate) engine: Engine,
    pub(crate) config: BotConfig,
    pub(crate) locales: GuildLocales,
    pub(crate) readiness: Readiness,
    pub(crate) limits: Limiter,
    pub(crate) seen: Seen,
    /// Room for interactions being worked on.
    pub(crate) room: Arc<Semaphore>,
    /// Room for pictures being drawn: each takes a processor for a moment.
    pub(crate) drawing: Semaphore,
    /// Everything that must end before the process does.
    pub(crate) tasks: TaskTracker,
    /// Wakes the keepers.
    pub(crate) bell: Bell,
    pub(crate) metrics: Metrics,
}

impl App {
    pub(crate) fn new(engine: Engine, config: BotConfig) -> Self {
        Self {
            engine,
            locales: GuildLocales::default(),
            readiness: Readiness::default(),
            limits: Limiter::new(&config.inbound),
            seen: Seen::default(),
            room: Arc::new(Semaphore::new(config.at_once.max(1))),
            drawing: Semaphore::new(DRAWN_AT_ONCE),
            tasks: TaskTracker::new(),
            bell: Bell::default(),
            metrics: Metrics::default(),
            config,
        }
    }
}
