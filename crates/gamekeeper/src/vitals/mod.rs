//! How the process stands: looked at every few seconds, shown at once to whoever asks.
//!
//! Whoever shows it (`/readyz`, figures, alerts) never asks Discord or the database itself, so it is
//! shown also when these are silent.

mod backup;
mod beat;
mod report;
mod watch;

use std::time::Duration;

use engine::Reconciling;
pub use ops::{Disk, Memory};
use servers::poll::PanelStanding;

pub use self::{
    backup::Backup,
    beat::{Beat, Beats},
    watch::{Watched, begin},
};

/// What was last seen.
#[derive(Clone, Debug, Default)]
pub struct Vitals {
    /// How much of the bot is up.
    pub status: bot::Status,
    /// For how long some shard of this process has not been connected.
    pub gateway_down: Option<Duration>,
    /// For how long the database has not answered.
    pub database_away: Option<Duration>,
    /// What is owed a look; none until the database said so.
    pub reconciling: Option<Reconciling>,
    /// Whether no calls to Discord are made, because it refused too many.
    pub paused: bool,
    /// The panels.
    pub panels: Vec<PanelStanding>,
    /// Room where the data directory is.
    pub disk: Option<Disk>,
    /// Memory.
    pub memory: Option<Memory>,
    /// Backups.
    pub backup: Backup,
}

impl Vitals {
    /// Whether people are served: connected, commands known, and with a database. A process that
    /// holds no shard because others hold them all is.
    pub fn is_ready(&self) -> bool {
        self.status.is_ready() && self.database_away.is_none()
    }
}
