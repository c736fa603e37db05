//! Making a backup while the bot runs.

use std::{fs, os::unix::fs::OpenOptionsExt as _, path::Path};

use domain::GuildId;
use jiff::Timestamp;
use store::{Store, StoreConfig, archive::Snapshot};

use crate::{
    BackupError, Doing, FORMAT, Header, Keys, Manifest, Mistake, OffsiteCopy, Place,
    archive::{HEADER, MANIFEST, Packer},
    facts,
    lock::{self, Lock},
    manifest::{beside, name_of},
    native::Copy,
    portable, room,
};

/// A backup that was made.
#[derive(Debug)]
pub struct Created {
    /// What it is, with its file's sum.
    pub manifest: Manifest,
    /// Whether it arrived in the second place; none where there is no such place.
    pub offsite: Option<Result<(), BackupError>>,
}

impl Created {
    /// Its name.
    pub fn name(&self) -> &str {
        self.manifest.archive.as_ref().map_or("", |archive| archive.name.as_str())
    }
}

/// Makes one, takes it to the second place, and remembers both.
pub async fn create(place: &Place) -> Result<Created, BackupError> {
    let lock = Lock::take(&place.settings.dir)?;
    let made = create_under(place, &lock).await;
    if let Err(error) = &made
        && let Ok(Some(store)) = Store::open_as_is(&place.database).await
    {
        facts::failed(&store, Doing::Create, &error.to_string()).await;
        store.close().await.ok();
    }
    made
}

/// The same, for whoever holds the directory already.
pub(crate) async fn create_under(place: &Place, _lock: &Lock) -> Result<Created, BackupError> {
    let dir = &place.settings.dir;
    let Some(live) = Store::open_as_is(&place.database).await? else {
        return Err(Mistake::NoDatabase.into());
    };
    let made = write(place, &live).await;
    let remembered = match made {
        Ok(manifest) => {
            let name =
                manifest.archive.as_ref().map(|archive| archive.name.clone()).unwrap_or_default();
            let offsite = match &place.settings.offsite {
                Some(offsite) => Some(offsite.put(dir, &name).await),
                None => None,
            };
            match &offsite {
                Some(Ok(())) => {
                    facts::offsite(&live, &OffsiteCopy { name, at: Timestamp::now() }).await?;
                }
                Some(Err(error)) => facts::failed(&live, Doing::Offsite, &error.to_string()).await,
                None => {}
            }
            facts::made(&live, &manifest).await?;
            Ok(Created { manifest, offsite })
        }
        Err(error) => Err(error),
    };
    live.close().await?;
    remembered
}

async fn write(place: &Place, live: &Store) -> Result<Manifest, BackupError> {
    let dir = &place.settings.dir;
    // A copy as big as the database, and an archive that is never bigger.
    room::check(dir, live.size().await?.saturating_mul(2))?;
    let workshop = lock::workshop(dir)?;
    let sqlite = place.database.file().is_some();
    let (frozen, copy);
    let snapshot = if sqlite {
        // What is read then is a file that nobody writes to: one moment for both parts.
        let file = workshop.path().join("gamekeeper.db");
        live.copy_sqlite(&file).await.map_err(|error| full(error, dir))?;
        let Some(opened) = Store::open_as_is(&StoreConfig::sqlite_file(&file)).await? else {
            return Err(Mistake::NoDatabase.into());
        };
        let snapshot = opened.snapshot().await?;
        copy = Ok(Copy::of_sqlite(file, snapshot.version()));
        frozen = Some(opened);
        snapshot
    } else {
        let snapshot = live.snapshot().await?;
        let into = workshop.path().join("database.dump");
        copy = Copy::dump(&place.database, &snapshot, into).await;
        if let Err(why) = &copy {
            tracing::warn!(why, "the backup is made without the database's own copy");
        }
        frozen = None;
        snapshot
    };
    let at = Timestamp::now();
    let target =
        Target { dir, keys: &place.settings.keys, name: free_name(dir, at, &place.instance) };
    let header = header(place, &snapshot, at, None).await?;
    let manifest =
        archive(&snapshot, header, copy, &workshop.path().join("archive"), &target).await;
    drop(snapshot);
    if let Some(frozen) = frozen {
        frozen.close().await?;
    }
    manifest
}

/// Where an archive goes, and for whose eyes.
pub(crate) struct Target<'a> {
    pub(crate) dir: &'a Path,
    pub(crate) keys: &'a Keys,
    pub(crate) name: String,
}

/// What stands first in an archive.
pub(crate) async fn header(
    place: &Place,
    snapshot: &Snapshot,
    at: Timestamp,
    guild: Option<GuildId>,
) -> Result<Header, BackupError> {
    let schema = snapshot.migrations().await?.pop().unwrap_or_default();
    Ok(Header {
        format: FORMAT,
        app: place.app.clone(),
        schema,
        database: if snapshot.export().is_some() { "postgres" } else { "sqlite" }.to_owned(),
        database_version: snapshot.version().to_owned(),
        created_at: Timestamp::from_second(at.as_second()).unwrap_or(at),
        instance: place.instance.clone(),
        guild: guild.map(|guild| guild.to_string()),
    })
}

/// Writes an archive under a passing name, then gives it its own.
pub(crate) async fn archive(
    snapshot: &Snapshot,
    header: Header,
    copy: Result<Copy, String>,
    passing: &Path,
    target: &Target<'_>,
) -> Result<Manifest, BackupError> {
    let guild = header.guild.as_deref().and_then(|text| text.parse().ok());
    let (keys, file, first) = (target.keys.clone(), passing.to_owned(), header.clone());
    let packer = tokio::task::spawn_blocking(move || {
        let mut packer = Packer::begin(&file, &keys, first.created_at)?;
        packer.add(HEADER, &json(&first)?)?;
        Ok::<_, BackupError>(packer)
    })
    .await??;
    let (mut packer, tables) = portable::pack(snapshot, packer, guild).await?;
    let name = target.name.clone();
    let mut manifest =
        Manifest { header, tables, native: None, without_native: None, archive: None };
    let mut manifest = tokio::task::spawn_blocking(move || {
        match copy {
            Ok(copy) => manifest.native = Some(copy.pack(&mut packer)?),
            Err(why) => manifest.without_native = Some(why),
        }
        packer.add(MANIFEST, &json(&manifest)?)?;
        manifest.archive = Some(packer.finish(&name)?);
        Ok::<_, BackupError>(manifest)
    })
    .await??;
    if guild.is_some() {
        manifest.without_native = None;
    }
    settle(passing, target, &manifest)?;
    Ok(manifest)
}

fn settle(passing: &Path, target: &Target<'_>, manifest: &Manifest) -> Result<(), BackupError> {
    let path = target.dir.join(&target.name);
    fs::rename(passing, &path).map_err(BackupError::at(&path))?;
    if target.name.ends_with(crate::manifest::ENDING) {
        write_beside(target.dir, &target.name, manifest)?;
    }
    // The names as well have to outlive a power cut.
    let synced = fs::File::open(target.dir).and_then(|dir| dir.sync_all());
    synced.map_err(BackupError::at(target.dir))
}

/// Writes the manifest beside an archive, whole or not at all.
pub(crate) fn write_beside(dir: &Path, name: &str, manifest: &Manifest) -> Result<(), BackupError> {
    let (path, passing) = (dir.join(beside(name)), dir.join(format!("{}{name}.json", lock::PART)));
    let wrong = BackupError::at(&path);
    let written = (|| {
        let mut file = fs::File::options()
            .create(true)
            .truncate(true)
            .write(true)
            .mode(0o600)
            .open(&passing)?;
        serde_json::to_writer_pretty(&mut file, manifest)?;
        file.sync_all()?;
        fs::rename(&passing, &path)
    })();
    if written.is_err() {
        let _ = fs::remove_file(&passing);
    }
    written.map_err(wrong)
}

/// Two within one second do not share a name.
fn free_name(dir: &Path, at: Timestamp, instance: &str) -> String {
    let first = name_of(at, instance);
    let more = (2..100).map(|n| name_of(at, &format!("{instance}-{n}")));
    std::iter::once(first.clone())
        .chain(more)
        .find(|name| !dir.join(name).exists())
        .unwrap_or(first)
}

fn json<T: serde::Serialize>(value: &T) -> Result<Vec<u8>, BackupError> {
    serde_json::to_vec_pretty(value).map_err(|error| BackupError::Died(error.to_string()))
}

/// SQLite says in its own words that the disk it copies to is full.
fn full(error: store::StoreError, dir: &Path) -> BackupError {
    if error.is_no_room() { BackupError::DiskFull(dir.to_owned()) } else { error.into() }
}
