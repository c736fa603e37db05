//! What is remembered of backups, as far as it matters for whether all is well.

use std::time::Duration;

use ::backup::{Doing, Settings};
use store::{Store, StoreError};

/// How backups stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Backup {
    /// Whether there should be a new one every day.
    pub on: bool,
    /// How old the last one is.
    pub age: Option<Duration>,
    /// What failed and has not succeeded since.
    pub failed: Vec<Doing>,
}

impl Backup {
    /// Reads what is remembered; `now` is in milliseconds since the Unix epoch.
    pub(super) async fn read(
        store: &Store,
        settings: &Settings,
        now: i64,
    ) -> Result<Self, StoreError> {
        let facts = ::backup::Facts::read(store).await?;
        let at = facts.last.as_ref().map(|last| last.at.as_millisecond());
        let age = at.map(|at| u64::try_from(now.saturating_sub(at)).unwrap_or(0));
        let failed = facts.standing(settings).map(|failure| failure.doing).collect();
        Ok(Self { on: settings.daily(), age: age.map(Duration::from_millis), failed })
    }
}
