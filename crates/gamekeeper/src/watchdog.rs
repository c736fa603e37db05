//! Signs of life for systemd: `WATCHDOG=1` while the loops of this process go round, whatever Discord
//! and the database do, and a line for `systemctl status`.

use std::time::Duration;

use tokio::{
    sync::watch,
    time::{MissedTickBehavior, interval},
};
use tokio_util::sync::CancellationToken;

use crate::{
    notify,
    vitals::{Beats, Vitals},
};

/// Between two signs of life that nobody waits for: only the line is kept up to date.
const USUALLY: Duration = Duration::from_secs(5);

/// Says so, until it is stopped.
pub(crate) async fn run(beats: Beats, vitals: watch::Receiver<Vitals>, stop: CancellationToken) {
    if !notify::is_wanted() {
        return;
    }
    let wanted = notify::expected();
    let mut tick = interval(wanted.map_or(USUALLY, |pause| pause.min(USUALLY)));
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut said = String::new();
    while stop.run_until_cancelled(tick.tick()).await.is_some() {
        let line = line(&vitals.borrow());
        if line != said {
            notify::say(&format!("STATUS={line}"));
            said = line;
        }
        if wanted.is_some() && beats.is_alive() {
            notify::say(notify::ALIVE);
        }
    }
}

fn line(vitals: &Vitals) -> String {
    let bot::Status { ready, shards, commands, .. } = vitals.status;
    if vitals.database_away.is_some() {
        "The database does not answer".to_owned()
    } else if vitals.gateway_down.is_some() {
        format!("Connecting to Discord: {ready} of {shards} shards are up")
    } else if !commands {
        "Telling Discord the commands".to_owned()
    } else {
        format!("Ready: {shards} shards are up")
    }
}
