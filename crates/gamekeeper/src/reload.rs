//! SIGHUP: settings are read anew. What a running bot can take is taken, and the rest is named.

use std::convert::Infallible;

use bot::Limiter;
use settings::{Settings, find};
use tokio::signal::unix::{Signal, SignalKind, signal};

use crate::{
    config::{Config, Flags},
    logging,
    lookout::Lookout,
};

/// Takes the signal for itself; until somebody listens, it waits. To be called first of all: by
/// itself, the system ends a process that gets it.
pub fn take() -> std::io::Result<Signal> {
    signal(SignalKind::hangup())
}

/// Listens for as long as it is asked to.
pub async fn listen(
    hangup: Signal,
    flags: &Flags,
    lookout: &Lookout,
    limiter: &Limiter,
) -> Infallible {
    match Settings::load(flags) {
        Ok(known) => on_each(hangup, known, flags, lookout, limiter).await,
        Err(error) => tracing::error!(%error, "settings can be read anew by a restart only"),
    }
    std::future::pending().await
}

async fn on_each(
    mut hangup: Signal,
    mut known: Settings,
    flags: &Flags,
    lookout: &Lookout,
    limiter: &Limiter,
) {
    while hangup.recv().await.is_some() {
        // Half of it is not taken: either everything can be read, or all stays as it is.
        let read = Settings::load(flags).and_then(|now| Ok((Config::read(&now)?, now)));
        match read {
            Ok((config, now)) => {
                for name in known.changed(&now) {
                    if find(&name).is_some_and(|found| found.reload) {
                        tracing::info!(setting = name, "a setting was read anew");
                    } else {
                        tracing::warn!(setting = name, "a setting has changed and needs a restart");
                    }
                }
                logging::set_level(config.log.level);
                limiter.set(&config.limits.inbound);
                lookout.tell(config.alerts);
                known = now;
                tracing::info!("settings were read anew");
            }
            Err(problem) => tracing::error!(%problem, "settings stay as they were"),
        }
    }
}
