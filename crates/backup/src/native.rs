//! The database's own copy: SQLite's file, or PostgreSQL's dump of the same moment.

use std::path::{Path, PathBuf};

use store::{StoreConfig, archive::Snapshot, migration};

use crate::{
    BackupError, Header, Mistake, Native,
    archive::{NATIVE, Packer},
    hash, tools,
};

const SQLITE: &str = "native/gamekeeper.db";
const POSTGRES: &str = "native/database.dump";

/// The copy as it will be packed.
pub(crate) struct Copy {
    file: PathBuf,
    name: &'static str,
    by: String,
}

impl Copy {
    pub(crate) fn of_sqlite(file: PathBuf, version: &str) -> Self {
        Self { file, name: SQLITE, by: format!("SQLite {version}") }
    }

    /// Has `pg_dump` write what the snapshot sees; or says why it cannot.
    pub(crate) async fn dump(
        config: &StoreConfig,
        snapshot: &Snapshot,
        into: PathBuf,
    ) -> Result<Self, String> {
        let (program, version) = tools::pg_dump_for(snapshot.version())?;
        let export = snapshot.export().ok_or("the server gave no name to its snapshot")?;
        let arguments = vec![
            "--format=custom".to_owned(),
            // The archive is compressed already.
            "--compress=0".to_owned(),
            "--no-password".to_owned(),
            "--no-owner".to_owned(),
            "--no-privileges".to_owned(),
            format!("--snapshot={export}"),
            format!("--file={}", into.display()),
        ];
        let done = tools::run("pg_dump", program, arguments, config).await;
        done.map_err(|error| error.to_string())?;
        Ok(Self { file: into, name: POSTGRES, by: format!("pg_dump {version}") })
    }

    /// Puts it into an archive; blocks.
    pub(crate) fn pack(&self, packer: &mut Packer) -> Result<Native, BackupError> {
        let wrong = BackupError::at(&self.file);
        let file = std::fs::File::open(&self.file).map_err(&wrong)?;
        let bytes = file.metadata().map_err(&wrong)?.len();
        packer.add_from(self.name, file, bytes)?;
        let sha256 = hash::of_file(&self.file).map_err(&wrong)?;
        Ok(Native { file: self.name.to_owned(), by: self.by.clone(), bytes, sha256 })
    }
}

/// Whether it is an SQLite file.
pub(crate) fn is_sqlite(native: &Native) -> bool {
    native.file == SQLITE
}

/// Whether a copy is for this database.
pub(crate) fn fits(native: Option<&Native>, config: &StoreConfig) -> Result<(), Mistake> {
    let Some(native) = native else {
        return Err(Mistake::NoNative("the archive has no copy of the database's own".to_owned()));
    };
    let wanted = if config.file().is_some() { SQLITE } else { POSTGRES };
    debug_assert!(wanted.starts_with(NATIVE));
    if native.file == wanted {
        Ok(())
    } else {
        Err(Mistake::NoNative(format!(
            "the archive's own copy is by {}, for another kind of database",
            native.by
        )))
    }
}

/// Whether a copy takes everything along: `pg_restore` leaves tables that came after its schema, and the
/// history that goes back with the rest does not know them.
pub(crate) fn whole_schema(header: &Header, config: &StoreConfig) -> Result<(), Mistake> {
    let newest = migration::names().pop().unwrap_or_default();
    if config.file().is_some() || header.schema == newest {
        return Ok(());
    }
    Err(Mistake::NoNative(format!(
        "PostgreSQL's own copy in this archive is of the schema {}, and this version has {newest}: tables \
         that came since would stay beside it",
        header.schema
    )))
}

/// Puts an SQLite copy in the place of the database. The old one is gone at once or not at all.
pub(crate) fn replace_sqlite(copy: &Path, config: &StoreConfig) -> Result<(), BackupError> {
    let Some(target) = config.file() else { return Ok(()) };
    let beside = target.with_extension("restored");
    let wrong = BackupError::at(&beside);
    std::fs::copy(copy, &beside).map_err(&wrong)?;
    std::fs::File::open(&beside).and_then(|file| file.sync_all()).map_err(&wrong)?;
    // What the old file had still beside it must not be read into the new one.
    for ending in ["-wal", "-shm"] {
        let mut left = target.clone();
        left.as_mut_os_string().push(ending);
        match std::fs::remove_file(&left) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(BackupError::io(&left, &error));
            }
            _ => {}
        }
    }
    std::fs::rename(&beside, &target).map_err(BackupError::at(&target))
}

/// Has `pg_restore` put a dump in the place of what is there, all of it or nothing.
pub(crate) async fn restore_dump(
    copy: &Path,
    config: &StoreConfig,
    version: &str,
) -> Result<(), BackupError> {
    let (program, _) = tools::find("pg_restore", version).map_err(Mistake::NoNative)?;
    let arguments = vec![
        "--clean".to_owned(),
        "--if-exists".to_owned(),
        "--no-owner".to_owned(),
        "--no-privileges".to_owned(),
        "--no-password".to_owned(),
        "--exit-on-error".to_owned(),
        "--single-transaction".to_owned(),
        format!("--dbname={}", tools::database(config)?),
        copy.display().to_string(),
    ];
    tools::run("pg_restore", program, arguments, config).await
}
