//! The checks, by what they are about. Each looks by itself; none changes anything.

mod alerts;
mod amp;
mod backup;
mod config;
mod database;
mod discord;
mod git;
mod guild;
mod host;
mod process;
mod reach;

use std::time::Duration;

use crate::{Finding, Scene};

/// How long one group may take before it is given up.
const WITHIN: Duration = Duration::from_secs(40);

/// Looks at everything. Groups look side by side, and one that hangs takes nothing from the others.
pub async fn examine(scene: &Scene) -> Vec<Finding> {
    // On the heap: together they would be too much for a stack.
    let (config, discord, database, host, amp, alerts, backup, process) = tokio::join!(
        in_time("config.complete", Box::pin(config::look(scene))),
        in_time("discord.reach", Box::pin(discord::look(scene))),
        in_time("database.reach", Box::pin(database::look(scene))),
        in_time("host.disk", Box::pin(host::look(scene))),
        in_time("amp.login", Box::pin(amp::look(scene))),
        in_time("alerts.route", Box::pin(alerts::look(scene))),
        in_time("backup.age", Box::pin(backup::look(scene))),
        in_time("process.health", Box::pin(process::look(scene))),
    );
    [config, discord, database, host, amp, alerts, backup, process].concat()
}

async fn in_time(first: &'static str, look: impl Future<Output = Vec<Finding>>) -> Vec<Finding> {
    tokio::time::timeout(WITHIN, look).await.unwrap_or_else(|_| {
        let seconds = WITHIN.as_secs();
        let cure = "Look at what it waits for, then ask again";
        vec![Finding::error(first, format!("could not be looked at within {seconds} s"), cure)]
    })
}
