//! What is remembered of backups, as far as it matters for whether all is well.

use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;
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
        let fact = async |key: &str| {
            let text = store.fact(key).await?;
            let value = text.and_then(|text| serde_json::from_str::<Value>(&text).ok());
            Ok::<_, StoreError>(value.unwrap_or_default())
        };
        let at = instant(&fact("backup.last").await?["at"]);
        let age = at.map(|at| u64::try_from(now.saturating_sub(at)).unwrap_or(0));
        let doing = fact("backup.failed").await?;
        let failed = doing["doing"].as_str().map(ToOwned::to_owned);
        Ok(Self { on, age: age.map(Duration::from_millis), failed })
    }
}

fn instant(at: &Value) -> Option<i64> {
    at.as_i64().or_else(|| Some(at.as_str()?.parse::<Timestamp>().ok()?.as_millisecond()))
}
