//! The checks, by what they are about. Each looks by itself; none changes anything.

mod alerts;
mod amp;
mod backup;
mod channels;
mod config;
mod database;
mod discord;
mod git;
mod guild;
mod host;
mod notes;
mod process;
mod reach;

use std::time::Duration;

use self::notes::in_time;
use crate::{Finding, Scene};

/// How long one room may take before it is cut off.
const WITHIN: Duration = Duration::from_secs(40);

/// Looks at everything. Rooms look side by side, and one that hangs takes nothing from the others.
pub async fn examine(scene: &Scene) -> Vec<Finding> {
    macro_rules! look {
        ($room:ident, $rooms:expr, $first:expr) => {
            in_time($rooms, $first, WITHIN, async |notes| $room::look(scene, notes).await)
        };
    }
    let (config, discord, database, host, amp, alerts, backup, process) = tokio::join!(
        look!(config, &["config"], "config.complete"),
        look!(discord, &["discord", "guild"], "discord.reach"),
        look!(database, &["database"], "database.reach"),
        look!(host, &["host"], "host.data-dir"),
        look!(amp, &["amp"], "amp.login"),
        look!(alerts, &["alerts"], "alerts.route"),
        look!(backup, &["backup"], "backup.age"),
        look!(process, &["process"], "process.health"),
    );
    [config, discord, database, host, amp, alerts, backup, process].concat()
}
