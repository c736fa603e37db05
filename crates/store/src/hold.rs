//! Keeping the whole database to oneself, as far as others ask: for what must not be done twice at
//! once and takes longer than a transaction should.
//!
//! A process that starts asks as well, and shares until it is known by its signs of life: nobody can
//! begin to put another database below it meanwhile.

use std::path::PathBuf;

use rustix::fs::FlockOperation;
use sea_orm::{ConnectionTrait, Statement};

use crate::{
    Store, StoreConfig, StoreError, Tx,
    connect::{self, unreachable},
    hold_file::HoldFile,
    migration, sqlite,
};

/// Any number that nothing else uses.
const LOCK: i64 = 0x7265_7374;

/// Held until it is dropped, or the process ends.
#[derive(Debug)]
pub struct Hold {
    /// On PostgreSQL, a transaction with the server's lock, on a connection of its own: whoever has
    /// few would wait for himself.
    tx: Option<(Tx, Store)>,
    /// On SQLite, a locked file beside the database.
    _file: Option<HoldFile>,
}

impl Hold {
    /// Takes hold of the database; none while somebody else has it, or is starting on it.
    pub async fn take(config: &StoreConfig) -> Result<Option<Self>, StoreError> {
        let Some(path) = file(config)? else {
            return Self::on_server(config, "pg_try_advisory_xact_lock").await;
        };
        let file = HoldFile::lock(&path, FlockOperation::NonBlockingLockExclusive);
        let file = file.map_err(|error| unreachable(error.into()))?;
        Ok(file.map(|file| Self { tx: None, _file: Some(file) }))
    }

    /// Keeps others from taking hold of it; none while somebody has. Any number may share.
    pub async fn share(config: &StoreConfig) -> Result<Option<Self>, StoreError> {
        let Some(path) = file(config)? else {
            return Self::on_server(config, "pg_try_advisory_xact_lock_shared").await;
        };
        match HoldFile::lock(&path, FlockOperation::NonBlockingLockShared) {
            Ok(file) => Ok(file.map(|file| Self { tx: None, _file: Some(file) })),
            // Where there is no room for a file, opening the database says it best.
            Err(_) => Ok(Some(Self { tx: None, _file: None })),
        }
    }

    /// Lets go of it; when this is done, another may have it. Dropped, it goes a little later.
    pub async fn release(self) -> Result<(), StoreError> {
        let Some((tx, store)) = self.tx else { return Ok(()) };
        drop(tx);
        store.close().await
    }

    async fn on_server(config: &StoreConfig, lock: &str) -> Result<Option<Self>, StoreError> {
        let store = Store::connect(&StoreConfig { max_connections: 1, ..config.clone() }).await?;
        let tx = migration::patient(&store).await?;
        let sql = format!("SELECT {lock}({LOCK}) AS got");
        let statement = Statement::from_string(tx.db.get_database_backend(), sql);
        let got = tx.db.query_one_raw(statement).await?;
        let got: bool = got.map(|row| row.try_get("", "got")).transpose()?.unwrap_or_default();
        Ok(got.then_some(Self { tx: Some((tx, store)), _file: None }))
    }
}

/// The database's file; none on a server. An address that names none is refused.
fn file(config: &StoreConfig) -> Result<Option<PathBuf>, StoreError> {
    if connect::is_sqlite(config)? {
        Ok(Some(sqlite::options(config)?.get_filename().to_owned()))
    } else {
        Ok(None)
    }
}
