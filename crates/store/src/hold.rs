//! Keeping the whole database to oneself, as far as others ask: for what must not be done twice at
//! once and takes longer than a transaction should.

use std::fs::{File, OpenOptions};

use rustix::fs::{FlockOperation, flock};
use sea_orm::{ConnectionTrait, Statement};

use crate::{Store, StoreConfig, StoreError, Tx, connect::unreachable, migration};

/// Any number that nothing else uses.
const LOCK: i64 = 0x7265_7374;

/// Held until it is dropped, or the process ends.
#[derive(Debug)]
pub struct Hold {
    /// On PostgreSQL, a transaction with the server's lock.
    _tx: Option<Tx>,
    /// On SQLite, a locked file beside the database.
    _file: Option<File>,
}

impl Hold {
    /// Takes hold of the database; none while somebody else has it.
    pub async fn take(config: &StoreConfig, store: &Store) -> Result<Option<Self>, StoreError> {
        let Some(mut path) = config.file() else { return Self::on_server(store).await };
        path.as_mut_os_string().push(".hold");
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(|error| unreachable(error.into()))?;
        match flock(&file, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => Ok(Some(Self { _tx: None, _file: Some(file) })),
            Err(rustix::io::Errno::WOULDBLOCK) => Ok(None),
            Err(error) => Err(unreachable(std::io::Error::from(error).into())),
        }
    }

    async fn on_server(store: &Store) -> Result<Option<Self>, StoreError> {
        let tx = migration::patient(store).await?;
        let statement = Statement::from_string(
            tx.db.get_database_backend(),
            format!("SELECT pg_try_advisory_xact_lock({LOCK}) AS got"),
        );
        let got = tx.db.query_one_raw(statement).await?;
        let got: bool = got.map(|row| row.try_get("", "got")).transpose()?.unwrap_or_default();
        Ok(got.then_some(Self { _tx: Some(tx), _file: None }))
    }
}
