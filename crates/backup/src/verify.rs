//! The proof: an archive is restored into a scratch database, compared row by row with what it says,
//! and held to our own rules.

use std::path::Path;

use jiff::Timestamp;
use store::{Scratch, Store, StoreConfig, archive::Kept, migration};

use crate::{
    BackupError, Damage, Doing, LastVerify, Manifest, Mistake, Place, Vault,
    archive::unpack,
    facts,
    lock::{self, Lock},
    native, portable,
    portable::Take,
    restore::whole,
    room,
    vault::Fetched,
};

/// What databases for proofs are called.
const SCRATCH: &str = "verify";
/// And those for PostgreSQL's own copy.
const SCRATCH_OF_DUMP: &str = "verify_native";

/// A proof.
#[derive(Debug)]
pub struct Verified {
    /// What the archive says of itself.
    pub manifest: Manifest,
    /// Its name.
    pub name: String,
    /// What it was restored into.
    pub into: String,
    /// What could not be proven, and why.
    pub notes: Vec<String>,
}

/// Proves an archive by name, or `latest`; remembers it.
pub async fn verify(place: &Place, name: &str) -> Result<Verified, BackupError> {
    let lock = Lock::take(&place.settings.dir)?;
    let verified = verify_under(place, name, &lock).await;
    if let Ok(Some(store)) = Store::open_as_is(&place.database).await {
        match &verified {
            Ok(proof) => facts::verified(&store, &proof.fact()).await?,
            // A name that nobody has says nothing about the archives.
            Err(BackupError::Mistake(Mistake::Unknown(_) | Mistake::None)) => {}
            Err(error) => facts::failed(&store, Doing::Verify, &error.to_string()).await,
        }
        store.close().await.ok();
    }
    verified
}

impl Verified {
    fn fact(&self) -> LastVerify {
        let (name, into) = (self.name.clone(), self.into.clone());
        LastVerify { name, at: Timestamp::now(), rows: self.manifest.rows(), into }
    }
}

async fn verify_under(place: &Place, name: &str, _lock: &Lock) -> Result<Verified, BackupError> {
    let dir = &place.settings.dir;
    let listed = Vault::new(&place.settings).find(name).await?;
    let fetched = Vault::new(&place.settings).fetch(&listed).await?;
    // All of it, and the sums at its end, before a row is believed.
    whole(place, &fetched).await?;
    // Rows take more room as a database than as an archive; nobody knows how much.
    room::check(dir, listed.bytes.saturating_mul(8))?;
    let workshop = lock::workshop(dir)?;
    let (scratch, note) = ScratchDatabase::make(&place.database, workshop.path()).await;
    let proof = prove(place, &fetched, &scratch, workshop.path()).await;
    let into = scratch.kind();
    scratch.drop().await;
    let (manifest, mut notes) = proof?;
    notes.extend(note);
    Ok(Verified { manifest, name: listed.name, into, notes })
}

/// A database for one proof.
pub(crate) struct ScratchDatabase {
    pub(crate) config: StoreConfig,
    server: Option<Scratch>,
}

impl ScratchDatabase {
    /// One of the same kind; a file where the server does not let us make another one.
    pub(crate) async fn make(config: &StoreConfig, folder: &Path) -> (Self, Option<String>) {
        let file = StoreConfig::sqlite_file(&folder.join("scratch.db"));
        if config.file().is_some() {
            return (Self { config: file, server: None }, None);
        }
        // Proofs that were killed have left theirs.
        if let Err(error) = Scratch::sweep(config, SCRATCH).await {
            tracing::warn!(%error, "forgotten scratch databases were not looked for");
        }
        match Scratch::beside(config, SCRATCH).await {
            Ok(scratch) => (Self { config: scratch.config(4), server: Some(scratch) }, None),
            Err(error) => {
                let note = format!(
                    "the archive was restored into an SQLite file, because no database could be made on \
                     the server ({error}). For a proof on PostgreSQL: ALTER ROLE … CREATEDB, with the \
                     bot's user"
                );
                (Self { config: file, server: None }, Some(note))
            }
        }
    }

    /// A file, whatever the archive is of.
    pub(crate) fn file(folder: &Path) -> Self {
        Self { config: StoreConfig::sqlite_file(&folder.join("scratch.db")), server: None }
    }

    fn kind(&self) -> String {
        if self.server.is_some() { "postgres" } else { "sqlite" }.to_owned()
    }

    pub(crate) async fn drop(self) {
        if let Some(server) = self.server
            && let Err(error) = server.drop_database().await
        {
            tracing::warn!(%error, "a scratch database was left behind on the server");
        }
    }
}

/// Fills a scratch database with all of an archive, at the archive's own schema.
pub(crate) async fn fill(
    place: &Place,
    fetched: &Fetched,
    scratch: &StoreConfig,
    native: Option<std::path::PathBuf>,
) -> Result<(Store, Manifest), BackupError> {
    let name = fetched.name();
    let mut unpacking = unpack(&fetched.path, &place.settings.keys, native);
    let header = portable::header(&mut unpacking, &name).await?;
    let store = migration::open_at(scratch, &header.schema).await?;
    let poured = async {
        let refill = store.refill().await?;
        // A new database has facts of its own only once a bot has run on it.
        refill.empty().await?;
        let manifest =
            portable::pour(&mut unpacking, &refill, Take::Everything, &name, |_, _| {}).await?;
        refill.finish(Kept::Everything).await?;
        Ok::<_, BackupError>(manifest)
    };
    match poured.await {
        Ok(manifest) => Ok((store, manifest)),
        Err(error) => {
            store.close().await.ok();
            Err(error)
        }
    }
}

async fn prove(
    place: &Place,
    fetched: &Fetched,
    scratch: &ScratchDatabase,
    folder: &Path,
) -> Result<(Manifest, Vec<String>), BackupError> {
    let copy = folder.join("native");
    let (store, manifest) = fill(place, fetched, &scratch.config, Some(copy.clone())).await?;
    let compared = compare(&store, &manifest, &fetched.name()).await;
    store.close().await?;
    compared?;
    if manifest.header.guild.is_some() {
        return Ok((manifest, Vec::new()));
    }
    // By now it is at our own schema: what the bot would start on.
    let store = Store::open(&scratch.config).await?;
    let broken = store.broken_invariants().await;
    store.close().await?;
    if let Some(broken) = broken?.into_iter().next() {
        let store::invariants::Broken { name: rule, holds, rows, example } = broken;
        return Err(Damage::Broken { name: fetched.name(), rule, holds, rows, example }.into());
    }
    let mut notes = Vec::new();
    match (&manifest.native, &manifest.without_native) {
        (Some(native), _) if native::is_sqlite(native) => {
            prove_sqlite(&copy, &manifest, &fetched.name()).await?;
        }
        (Some(_), _) => notes.extend(prove_dump(place, &copy, &manifest, &fetched.name()).await?),
        (None, Some(why)) => notes.push(format!("there is no copy of the database's own: {why}")),
        (None, None) => {}
    }
    Ok((manifest, notes))
}

async fn compare(store: &Store, manifest: &Manifest, name: &str) -> Result<(), BackupError> {
    let snapshot = store.snapshot().await?;
    let found = portable::sums(&snapshot).await?;
    drop(snapshot);
    for said in &manifest.tables {
        let now = found.iter().find(|sum| sum.name == said.name);
        if now != Some(said) {
            let rows = now.map_or(0, |sum| sum.rows);
            let what = format!(
                "`{}` should have {} rows and has {rows} after the restore, or they differ",
                said.name, said.rows
            );
            return Err(Damage::Differs { name: name.to_owned(), what }.into());
        }
    }
    Ok(())
}

async fn prove_sqlite(copy: &Path, manifest: &Manifest, name: &str) -> Result<(), BackupError> {
    let Some(store) = Store::open_as_is(&StoreConfig::sqlite_file(copy)).await? else {
        let what = "its SQLite file is empty".to_owned();
        return Err(Damage::Differs { name: name.to_owned(), what }.into());
    };
    let (damage, compared) = (store.sqlite_damage().await, compare(&store, manifest, name).await);
    store.close().await?;
    if let Some(what) = damage?.into_iter().next() {
        return Err(Damage::Differs { name: name.to_owned(), what }.into());
    }
    compared
}

/// A dump needs a server to be proven on.
async fn prove_dump(
    place: &Place,
    copy: &Path,
    manifest: &Manifest,
    name: &str,
) -> Result<Option<String>, BackupError> {
    if place.database.file().is_some() {
        return Ok(Some(
            "PostgreSQL's own copy was not restored: there is no server here".to_owned(),
        ));
    }
    let scratch = match Scratch::beside(&place.database, SCRATCH_OF_DUMP).await {
        Ok(scratch) => scratch,
        Err(error) => {
            return Ok(Some(format!("PostgreSQL's own copy was not restored: {error}")));
        }
    };
    let config = scratch.config(4);
    let proven = async {
        match native::restore_dump(copy, &config, &manifest.header.database_version).await {
            Ok(()) => {}
            Err(BackupError::Mistake(Mistake::NoNative(why))) => {
                return Ok(Some(format!("PostgreSQL's own copy was not restored: {why}")));
            }
            Err(error) => return Err(error),
        }
        let Some(store) = Store::open_as_is(&config).await? else {
            let what = "PostgreSQL's own copy is empty".to_owned();
            return Err(Damage::Differs { name: name.to_owned(), what }.into());
        };
        let compared = compare(&store, manifest, name).await;
        store.close().await?;
        compared.map(|()| None)
    };
    let proven = proven.await;
    if let Err(error) = scratch.drop_database().await {
        tracing::warn!(%error, "a scratch database was left behind on the server");
    }
    proven
}
