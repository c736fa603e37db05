//! What is backed up, where to, and for how long it is kept.

use std::{path::PathBuf, time::Duration};

use jiff::civil::{Time, Weekday};
use store::StoreConfig;

use crate::{Keys, Offsite};

/// How long archives are kept. An archive stays when any of these wants it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keep {
    /// All of so many days.
    pub days: u32,
    /// The newest of each of so many days.
    pub daily: u32,
    /// The newest of each of so many weeks, which begin on Monday.
    pub weekly: u32,
    /// The newest of each of so many months.
    pub monthly: u32,
}

impl Default for Keep {
    fn default() -> Self {
        Self { days: 30, daily: 7, weekly: 4, monthly: 12 }
    }
}

/// Where archives go, and when they are made.
#[derive(Clone, Debug)]
pub struct Settings {
    /// `GAMEKEEPER_BACKUP_DIR`.
    pub dir: PathBuf,
    /// `GAMEKEEPER_BACKUP_URL`: a second place.
    pub offsite: Option<Offsite>,
    /// `GAMEKEEPER_BACKUP_RECIPIENT` and `GAMEKEEPER_BACKUP_IDENTITY`.
    pub keys: Keys,
    /// `GAMEKEEPER_BACKUP_KEEP_DAYS` and `GAMEKEEPER_BACKUP_KEEP`.
    pub keep: Keep,
    /// `GAMEKEEPER_BACKUP_AT`, UTC; none is never by itself.
    pub at: Option<Time>,
    /// `GAMEKEEPER_BACKUP_AT=timer`: somebody else makes one every night, and is missed otherwise.
    pub by_timer: bool,
    /// `GAMEKEEPER_BACKUP_VERIFY`: the day of the week on which the newest is restored for a proof.
    pub verify_on: Option<Weekday>,
}

impl Settings {
    /// The usual settings, into this directory.
    pub fn new(dir: impl Into<PathBuf>) -> Self {
        Self {
            dir: dir.into(),
            offsite: None,
            keys: Keys::default(),
            keep: Keep::default(),
            at: Some(Time::constant(3, 30, 0, 0)),
            by_timer: false,
            verify_on: Some(Weekday::Sunday),
        }
    }

    /// Whether there should be a new backup every day.
    pub fn daily(&self) -> bool {
        self.at.is_some() || self.by_timer
    }

    /// Whether archives can be proven here: those that are encrypted need the key for it, which may
    /// be kept elsewhere on purpose.
    pub fn can_prove(&self) -> bool {
        !self.keys.encrypts() || self.keys.decrypts()
    }
}

/// An installation: its database, and what is done about backups of it.
#[derive(Clone, Debug)]
pub struct Place {
    /// The database.
    pub database: StoreConfig,
    /// The version of the program.
    pub app: String,
    /// The process, for names.
    pub instance: String,
    /// A process that gave no sign of life for so long counts as dead.
    pub lease: Duration,
    /// Where archives go.
    pub settings: Settings,
}
