//! Putting an archive in the place of what is there: all of it, or nothing.

use std::path::PathBuf;

use jiff::Timestamp;
use store::{
    Alive, Hold, Store, StoreConfig, StoreError,
    archive::{Kept, Refill},
    migration,
};

use crate::{
    BackupError, Created, Header, Manifest, Mistake, Place, Refusal, Vault,
    archive::unpack,
    create::create_under,
    lock::{self, Lock},
    native, portable,
    portable::Take,
    vault::Fetched,
    verify::{self, ScratchDatabase},
};

/// How.
#[derive(Clone, Debug, Default)]
pub struct RestoreOptions {
    /// Replace what is there.
    pub force: bool,
    /// Use the database's own copy, for a database of the same kind.
    pub native: bool,
    /// A file instead of an archive by name.
    pub file: Option<PathBuf>,
}

/// What was done.
#[derive(Debug)]
pub struct Restored {
    /// What the archive says of itself.
    pub manifest: Manifest,
    /// Its name.
    pub name: String,
    /// The copy of what was there before; none where nothing was.
    pub safety: Option<Created>,
}

/// Restores an archive by name, or `latest`.
pub async fn restore(
    place: &Place,
    name: &str,
    options: &RestoreOptions,
) -> Result<Restored, BackupError> {
    let lock = Lock::take(&place.settings.dir)?;
    let fetched = fetched(place, name, options).await?;
    let header = whole(place, &fetched).await?;
    if header.guild.is_some() {
        return Err(Mistake::OneGuildOnly.into());
    }
    if options.native {
        native::whole_schema(&header, &place.database)?;
    }
    Box::pin(alone(place, async {
        let rows = count(place, async |store| store.lasting_rows().await).await?;
        if rows > 0 && !options.force {
            return Err(Mistake::NotEmpty { rows }.into());
        }
        let safety = if rows > 0 { Some(create_under(place, &lock).await?) } else { None };
        let target = Store::open(&place.database).await?;
        let done = if options.native {
            native_part(place, &fetched, &target).await
        } else {
            portable_part(place, &fetched, &header, &target).await
        };
        target.close().await?;
        Ok(Restored { manifest: done?, name: fetched.name(), safety })
    }))
    .await
}

/// Does something that nobody else may do meanwhile, and no bot. Whoever is refused has changed
/// nothing, the schema included.
pub async fn alone<T>(
    place: &Place,
    work: impl Future<Output = Result<T, BackupError>>,
) -> Result<T, BackupError> {
    let Some(hold) = Hold::take(&place.database).await? else {
        return Err(Refusal::RestoreUnderWay.into());
    };
    let done = async {
        if let Some(store) = Store::open_as_is(&place.database).await? {
            let seen = store.instances(now()).await;
            store.close().await?;
            no_bot(place, seen?)?;
        }
        work.await
    }
    .await;
    // The next one shall find it free.
    let released = hold.release().await;
    let done = done?;
    released?;
    Ok(done)
}

/// Counts what is there, its schema as it is; nothing where there is no database yet.
pub(crate) async fn count(
    place: &Place,
    count: impl AsyncFnOnce(&Store) -> Result<u64, StoreError>,
) -> Result<u64, BackupError> {
    let Some(store) = Store::open_as_is(&place.database).await? else { return Ok(0) };
    let rows = count(&store).await;
    store.close().await?;
    Ok(rows?)
}

fn now() -> i64 {
    Timestamp::now().as_millisecond()
}

/// Refuses where a bot is among those who gave a sign of life.
fn no_bot(place: &Place, seen: Vec<Alive>) -> Result<(), BackupError> {
    let lease = i64::try_from(place.lease.as_millis()).unwrap_or(i64::MAX);
    match seen.into_iter().filter(|one| one.ago_ms < lease).min_by_key(|one| one.ago_ms) {
        None => Ok(()),
        Some(one) => {
            let seconds = |ms: i64| u64::try_from(ms.max(0)).unwrap_or(0).div_ceil(1_000);
            let (ago, left) = (seconds(one.ago_ms), seconds(lease - one.ago_ms));
            Err(Refusal::BotRuns { name: one.name, seconds: ago, left }.into())
        }
    }
}

/// Begins to fill the database, if there is still no bot: the safety copy took its time.
pub(crate) async fn refill(place: &Place, target: &Store) -> Result<Refill, BackupError> {
    let refill = target.refill().await?;
    no_bot(place, refill.instances(now()).await?)?;
    Ok(refill)
}

async fn fetched(
    place: &Place,
    name: &str,
    options: &RestoreOptions,
) -> Result<Fetched, BackupError> {
    if let Some(file) = &options.file {
        return Ok(Fetched::named(file.clone()));
    }
    let listed = Vault::new(&place.settings).find(name).await?;
    Vault::new(&place.settings).fetch(&listed).await
}

/// Reads all of an archive once, before anything is touched for its sake.
pub(crate) async fn whole(place: &Place, fetched: &Fetched) -> Result<Header, BackupError> {
    fetched.check().await?;
    let name = fetched.name();
    let mut unpacking = unpack(&fetched.path, &place.settings.keys, None);
    let header = portable::header(&mut unpacking, &name).await?;
    while unpacking.next().await?.is_some() {}
    Ok(header)
}

async fn portable_part(
    place: &Place,
    fetched: &Fetched,
    header: &Header,
    target: &Store,
) -> Result<Manifest, BackupError> {
    let lasting = Kept::Lasting { now: now(), of: None };
    let name = fetched.name();
    if migration::names().last() == Some(&header.schema) {
        let mut unpacking = unpack(&fetched.path, &place.settings.keys, None);
        portable::header(&mut unpacking, &name).await?;
        let refill = refill(place, target).await?;
        refill.empty().await?;
        let poured = portable::pour(&mut unpacking, &refill, Take::Lasting, &name, |_, _| {});
        let manifest = poured.await?;
        refill.finish(lasting).await?;
        return Ok(manifest);
    }
    // Rows of an older schema grow up in a file of their own first.
    let workshop = lock::workshop(&place.settings.dir)?;
    let scratch = ScratchDatabase::file(workshop.path());
    let (store, manifest) = verify::fill(place, fetched, &scratch.config, None).await?;
    store.close().await?;
    let grown = Store::open(&scratch.config).await?;
    let snapshot = grown.snapshot().await?;
    let refill = refill(place, target).await?;
    refill.empty().await?;
    portable::copy(&snapshot, &refill).await?;
    refill.finish(lasting).await?;
    drop(snapshot);
    grown.close().await?;
    Ok(manifest)
}

async fn native_part(
    place: &Place,
    fetched: &Fetched,
    target: &Store,
) -> Result<Manifest, BackupError> {
    let workshop = lock::workshop(&place.settings.dir)?;
    let copy = workshop.path().join("native.db");
    let mut unpacking = unpack(&fetched.path, &place.settings.keys, Some(copy.clone()));
    let mut manifest = None;
    while let Some(piece) = unpacking.next().await? {
        if let crate::archive::Piece::Manifest(found) = piece {
            manifest = Some(*found);
        }
    }
    let manifest = manifest.ok_or_else(|| crate::Damage::CutShort(fetched.name()))?;
    native::fits(manifest.native.as_ref(), &place.database)?;
    let own = target.facts_of(store::archive::OWN_FACTS).await?;
    if place.database.file().is_some() {
        settle(&StoreConfig::sqlite_file(&copy), &own).await?;
        no_bot(place, target.instances(now()).await?)?;
        // Nobody may have the old file open when the new one takes its place.
        target.clone().close().await?;
        native::replace_sqlite(&copy, &place.database)?;
    } else {
        let version = target.snapshot().await?.version().to_owned();
        no_bot(place, target.instances(now()).await?)?;
        native::restore_dump(&copy, &place.database, &version).await?;
        settle(&place.database, &own).await?;
    }
    Ok(manifest)
}

/// What comes after a copy of everything: our schema, and nothing that means nothing here.
async fn settle(config: &StoreConfig, own: &[(String, String)]) -> Result<(), BackupError> {
    let store = Store::open(config).await?;
    let refill = store.refill().await?;
    refill.forget_fleeting().await?;
    refill.finish(Kept::Lasting { now: now(), of: None }).await?;
    for (key, value) in own {
        store.set_fact(key, value).await?;
    }
    store.close().await?;
    Ok(())
}

/// An archive in an SQLite file of its own, removed when this is dropped.
pub struct Rehearsal {
    /// The file, at our schema.
    pub database: StoreConfig,
    /// What the archive says of itself.
    pub manifest: Manifest,
    _folder: tempfile::TempDir,
    // After the folder: whoever has the lock removes what lies about.
    _lock: Lock,
}

/// Fills a new SQLite file with an archive, for a look at what it would mean. It lies where backups
/// do, and not in `/tmp`, which may be a few megabytes of memory.
pub async fn rehearse(place: &Place, name: &str) -> Result<Rehearsal, BackupError> {
    let lock = Lock::take(&place.settings.dir)?;
    let fetched = fetched(place, name, &RestoreOptions::default()).await?;
    whole(place, &fetched).await?;
    let folder = lock::workshop(&place.settings.dir)?;
    let scratch = ScratchDatabase::file(folder.path());
    let (store, manifest) = verify::fill(place, &fetched, &scratch.config, None).await?;
    store.close().await?;
    settle(&scratch.config, &[]).await?;
    Ok(Rehearsal { database: scratch.config, manifest, _folder: folder, _lock: lock })
}
