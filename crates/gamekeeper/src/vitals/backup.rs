//! What is remembered of backups, as far as it matters for whether all is well.

use std::time::Duration;

use store::{Store, StoreError};

/// How backups stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Backup {
    /// Whether this process makes some.
    pub on: bool,
    /// How old the last one is.
    pub age: Option<Duration>,
    /// What failed last and has not succeeded since: `create`, `offsite`, `verify` or `prune`.
    pub failed: Option<String>,
}

impl Backup {
    /// Reads what is remembered; `now` is in milliseconds since the Unix epoch.
    pub(super) async fn read(store: &Store, on: bool, now: i64) -> Result<Self, StoreError> {
        let facts = ::backup::Facts::read(store).await?;
        let at = facts.last.map(|last| last.at.as_millisecond());
        let age = at.map(|at| u64::try_from(now.saturating_sub(at)).unwrap_or(0));
        let failed = facts.failed.map(|failure| failure.doing);
        Ok(Self { on, age: age.map(Duration::from_millis), failed })
    }
}
