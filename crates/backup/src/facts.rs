//! What is remembered about backups, in the database itself: for doctor, metrics and the next run.

use jiff::Timestamp;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use store::{Store, StoreError};

use crate::{Manifest, Settings};

const LAST: &str = "backup.last";
const VERIFIED: &str = "backup.verified";
const OFFSITE: &str = "backup.offsite";
const TREND: &str = "backup.trend";
/// A fact that is none any more.
const GONE: &str = "null";
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

/// What can fail by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Doing {
    /// Making a backup.
    Create,
    /// Taking it to the second place.
    Offsite,
    /// Proving it by a restore.
    Verify,
    /// Removing old ones.
    Prune,
}

impl Doing {
    const ALL: [Self; 4] = [Self::Create, Self::Offsite, Self::Verify, Self::Prune];

    fn key(self) -> &'static str {
        match self {
            Self::Create => "backup.failed.create",
            Self::Offsite => "backup.failed.offsite",
            Self::Verify => "backup.failed.verify",
            Self::Prune => "backup.failed.prune",
        }
    }

    /// What failed, as a sentence.
    pub fn failed(self) -> &'static str {
        match self {
            Self::Create => "The last backup failed.",
            Self::Offsite => "The last backup did not get to its second place.",
            Self::Verify => "The last trial restore of a backup failed.",
            Self::Prune => "Old backups could not be removed.",
        }
    }

    /// The command that does it again, and with that says whether it still fails.
    pub fn again(self) -> &'static str {
        match self {
            Self::Create | Self::Offsite => "gamekeeper backup create",
            Self::Verify => "gamekeeper backup verify latest",
            Self::Prune => "gamekeeper backup prune",
        }
    }
}

/// What went wrong last of one kind; gone with the next success of the same kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastFailure {
    /// What failed.
    pub doing: Doing,
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
    /// What failed and has not succeeded since; at most one of a kind.
    pub failed: Vec<LastFailure>,
}

impl Facts {
    /// Reads them. What cannot be read, because a newer version wrote it, counts as not there.
    pub async fn read(store: &Store) -> Result<Self, StoreError> {
        let mut failed = Vec::new();
        for doing in Doing::ALL {
            failed.extend(one(store, doing.key()).await?);
        }
        Ok(Self {
            last: one(store, LAST).await?,
            verified: one(store, VERIFIED).await?,
            offsite: one(store, OFFSITE).await?,
            trend: one(store, TREND).await?.unwrap_or_default(),
            failed,
        })
    }

    /// The failures that still matter: a second place that is not wanted any more cannot fail.
    pub fn standing(&self, settings: &Settings) -> impl Iterator<Item = &LastFailure> {
        let offsite = settings.offsite.is_some();
        self.failed.iter().filter(move |failure| offsite || failure.doing != Doing::Offsite)
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
    healed(store, Doing::Create).await
}

pub(crate) async fn verified(store: &Store, verify: &LastVerify) -> Result<(), StoreError> {
    put(store, VERIFIED, verify).await?;
    healed(store, Doing::Verify).await
}

pub(crate) async fn offsite(store: &Store, copy: &OffsiteCopy) -> Result<(), StoreError> {
    put(store, OFFSITE, copy).await?;
    healed(store, Doing::Offsite).await
}

/// Remembers what went wrong. That this may fail as well, is for the log only.
pub(crate) async fn failed(store: &Store, doing: Doing, what: &str) {
    let failure = LastFailure { doing, at: Timestamp::now(), what: what.to_owned() };
    if let Err(error) = put(store, doing.key(), &failure).await {
        tracing::warn!(%error, "that a backup failed could not be remembered");
    }
}

/// It succeeded: what failed before counts no longer.
pub(crate) async fn healed(store: &Store, doing: Doing) -> Result<(), StoreError> {
    if store.fact(doing.key()).await?.is_some_and(|fact| fact != GONE) {
        store.set_fact(doing.key(), GONE).await?;
    }
    Ok(())
}
