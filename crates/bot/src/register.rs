//! Makes Discord know our commands, and leaves it alone when it does already.

use std::time::Duration;

use discord::Call;
use tokio_util::sync::CancellationToken;
use twilight_model::application::command::Command;

use crate::{app::App, commands};

/// Where the hash of what was registered last is kept, followed by the application's id.
const FACT: &str = "commands:";

/// Longest pause between two tries.
const MAX_PAUSE: Duration = Duration::from_mins(5);

/// Registers all commands globally, unless the very same ones were registered last time. Tries
/// until it works or Discord refuses for good.
pub(crate) async fn register(app: &App, cancel: &CancellationToken) {
    let wanted = commands::registered(app.config.servers);
    let key = format!("{FACT}{}", app.config.application);
    let hash = match serde_json::to_vec(&wanted) {
        Ok(json) => format!("{:016x}", fnv(&json)),
        Err(error) => {
            tracing::error!(%error, "the commands cannot be written as JSON");
            return;
        }
    };
    match app.engine.store().fact(&key).await {
        Ok(Some(known)) if known == hash => {
            tracing::debug!("commands are registered already");
            app.readiness.commands_known();
            return;
        }
        Ok(_) => {}
        // Registering once more does no harm.
        Err(error) => tracing::warn!(%error, "could not read which commands are registered"),
    }
    let rest = app.engine.rest();
    let mut pause = Duration::from_secs(1);
    loop {
        let interactions = rest.factory().interaction(app.config.application);
        let request = interactions.set_global_commands(&wanted);
        let asked = rest.send::<Vec<Command>>(request, Call::background());
        match cancel.run_until_cancelled(asked).await {
            None => return,
            Some(Ok(known)) => {
                tracing::info!(commands = known.len(), "commands registered");
                break;
            }
            Some(Err(error)) if error.is_temporary() => {
                tracing::warn!(%error, "commands could not be registered; trying again");
            }
            Some(Err(error)) => {
                tracing::error!(%error, "Discord refuses our commands");
                return;
            }
        }
        if cancel.run_until_cancelled(tokio::time::sleep(pause)).await.is_none() {
            return;
        }
        pause = (pause * 2).min(MAX_PAUSE);
    }
    if let Err(error) = app.engine.store().set_fact(&key, &hash).await {
        tracing::warn!(%error, "could not note which commands are registered");
    }
    app.readiness.commands_known();
}

/// FNV-1a: stable over builds, unlike the standard library's hasher, because it is stored.
pub(crate) fn fnv(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
