//! What is remembered about backups, in the database itself: for doctor, metrics and the next run.

use jiff::Timestamp;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use store::{Store, StoreError};

use crate::Manifest;

const LAST: &str = "backup.last";
const VERIFIED: &str = "backup.verified";
const OFFSITE: &str = "backup.offsite";
const TREND: &str = "backup.trend";
const FAILED: &str = "backup.failed";
/// Points of the trend that are kept.
const POINTS: usize = 60;

/// The last backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastBackup {
    /// The archive.
    pub name: String,
    /// When its rows were as they are in it.
    pub at: Timestamp,
    /// Its bytes.
    pub bytes: u64,
    /// Its rows.
    pub rows: u64,
    /// Whether it is encrypted.
    pub encrypted: bool,
    /// Why the database's own copy is not in it, if it is not.
    pub without_native: Option<String>,
}

/// The last restore into a scratch database that went well.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastVerify {
    /// The archive.
    pub name: String,
    /// When it was restored.
    pub at: Timestamp,
    /// Rows that were compared.
    pub rows: u64,
    /// What it was restored into.
    pub into: String,
}

/// The last archive that arrived in the second place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OffsiteCopy {
    /// The archive.
    pub name: String,
    /// When it arrived.
    pub at: Timestamp,
}

/// One backup's size.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrendPoint {
    /// When.
    pub at: Timestamp,
    /// Bytes of the archive.
    pub bytes: u64,
    /// Rows in it.
    pub rows: u64,
}

/// What went wrong last; gone with the next success of the same kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastFailure {
    /// `create`, `offsite`, `verify` or `prune`.
    pub doing: String,
    /// When.
    pub at: Timestamp,
    /// What.
    pub what: String,
}

/// All of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Facts {
    /// The last backup.
    pub last: Option<LastBackup>,
    /// The last proof.
    pub verified: Option<LastVerify>,
    /// The last copy elsewhere.
    pub offsite: Option<OffsiteCopy>,
    /// Sizes, oldest first.
    pub trend: Vec<TrendPoint>,
    /// What went wrong last.
    pub failed: Option<LastFailure>,
}

impl Facts {
    /// Reads them. What cannot be read, because a newer version wrote it, counts as not there.
    pub async fn read(store: &Store) -> Result<Self, StoreError> {
        Ok(Self {
            last: one(store, LAST).await?,
            verified: one(store, VERIFIED).await?,
            offsite: one(store, OFFSITE).await?,
            trend: one(store, TREND).await?.unwrap_or_default(),
            failed: one(store, FAILED).await?,
        })
    }
}

async fn one<T: DeserializeOwned>(store: &Store, key: &str) -> Result<Option<T>, StoreError> {
    Ok(store.fact(key).await?.and_then(|text| serde_json::from_str(&text).ok()))
}

async fn put<T: Serialize>(store: &Store, key: &str, value: &T) -> Result<(), StoreError> {
    let text = serde_json::to_string(value).unwrap_or_default();
    store.set_fact(key, &text).await
}

pub(crate) async fn made(store: &Store, manifest: &Manifest) -> Result<(), StoreError> {
    let Some(archive) = &manifest.archive else { return Ok(()) };
    let (at, rows, bytes) = (manifest.header.created_at, manifest.rows(), archive.bytes);
    let last = LastBackup {
        name: archive.name.clone(),
        at,
        bytes,
        rows,
        encrypted: archive.encrypted,
        without_native: manifest.without_native.clone(),
    };
    put(store, LAST, &last).await?;
    let mut trend: Vec<TrendPoint> = one(store, TREND).await?.unwrap_or_default();
    trend.push(TrendPoint { at, bytes, rows });
    let surplus = trend.len().saturating_sub(POINTS);
    trend.drain(..surplus);
    put(store, TREND, &trend).await?;
    healed(store, "create").await
}

pub(crate) async fn verified(store: &Store, verify: &LastVerify) -> Result<(), StoreError> {
    put(store, VERIFIED, verify).await?;
    healed(store, "verify").await
}

pub(crate) async fn offsite(store: &Store, copy: &OffsiteCopy) -> Result<(), StoreError> {
    put(store, OFFSITE, copy).await?;
    healed(store, "offsite").await
}

/// Remembers what went wrong. That this may fail as well, is for the log only.
pub(crate) async fn failed(store: &Store, doing: &str, what: &str) {
    let (doing, what) = (doing.to_owned(), what.to_owned());
    let failure = LastFailure { doing, at: Timestamp::now(), what };
    if let Err(error) = put(store, FAILED, &failure).await {
        tracing::warn!(%error, "that a backup failed could not be remembered");
    }
}

async fn healed(store: &Store, doing: &str) -> Result<(), StoreError> {
    let failure: Option<LastFailure> = one(store, FAILED).await?;
    if failure.is_some_and(|failure| failure.doing == doing) {
        store.set_fact(FAILED, "null").await?;
    }
    Ok(())
}
