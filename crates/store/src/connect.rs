//! Opening the database, and the two ways in: reads, and transactions that write.

use std::{sync::Arc, time::Duration};

use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, RuntimeErr, SqliteTransactionMode,
    Statement, TransactionOptions, sqlx,
};
use tokio::time::Instant;

use crate::{
    StoreConfig, StoreError,
    error::is_broken,
    metrics::{self, Metrics, Work},
    migration,
    pool::Pool,
    postgres, sqlite,
    timed::{Doubt, Timed},
};

/// How long opening tries what time may heal.
const PATIENCE: Duration = Duration::from_secs(5);
/// Between two such tries.
const PAUSE: Duration = Duration::from_millis(50);

/// The database. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {
    read: Timed<Pool>,
    /// SQLite takes one writer at a time; a pool of one makes writers queue up fairly instead of
    /// polling for the file's lock. On PostgreSQL this is the same pool as `read`.
    write: Timed<Pool>,
}

/// A transaction that writes. Dropped without [`Tx::commit`], it leaves no trace.
#[derive(Debug)]
pub struct Tx {
    pub(crate) db: Timed<DatabaseTransaction>,
}

impl Store {
    /// Opens the database and brings its schema up to date. Several processes may do so at once.
    pub async fn open(config: &StoreConfig) -> Result<Self, StoreError> {
        Ok(migration::open(config).await?.0)
    }

    /// Opens the database as it is, made when it is not there.
    pub(crate) async fn connect(config: &StoreConfig) -> Result<Self, StoreError> {
        if is_sqlite(config)? {
            let options = sqlite::options(config)?;
            let write = patiently(|| sqlite::pool(config, options.clone(), 1)).await?;
            let readers = config.max_connections.max(1);
            let read = sqlite::pool(config, options, readers).await?;
            let doubt = Doubt::default();
            let of = |connections| Pool::fixed(connections, doubt.clone());
            return Ok(Self::timed(config, of(read), of(write), &doubt));
        }
        let options = postgres::options(config)?;
        patiently(|| postgres::knock(&options)).await?;
        let doubt = Doubt::default();
        let make = {
            let (config, doubt) = (config.clone(), doubt.clone());
            move || postgres::pool(&config, options.clone(), doubt.clone())
        };
        let pool = Pool::renewed_by(make, doubt.clone());
        Ok(Self::timed(config, pool.clone(), pool, &doubt))
    }

    fn timed(config: &StoreConfig, read: Pool, write: Pool, doubt: &Doubt) -> Self {
        let within = config.deadline();
        let read = Timed { inner: read, within, doubt: doubt.clone(), metrics: Arc::default() };
        Self { write: read.around(write), read }
    }

    /// Opens the database for a look that changes nothing; none where an SQLite file is not there.
    pub(crate) async fn glance(config: &StoreConfig) -> Result<Option<Self>, StoreError> {
        if !is_sqlite(config)? {
            return Self::connect(config).await.map(Some);
        }
        let Some(options) = sqlite::to_look_at(config)? else { return Ok(None) };
        let read = patiently(|| sqlite::pool(config, options.clone(), 1)).await?;
        let doubt = Doubt::default();
        let pool = Pool::fixed(read, doubt.clone());
        Ok(Some(Self::timed(config, pool.clone(), pool, &doubt)))
    }

    /// Starts a transaction that will write.
    pub async fn begin(&self) -> Result<Tx, StoreError> {
        let options = TransactionOptions {
            // Taking SQLite's write lock at once avoids the upgrade of a read lock, which fails
            // when somebody else wrote in between. PostgreSQL does not look at this; there, what
            // is read to be written back is locked row by row.
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let begun = self.write.inner.begin_with_options(options);
        let begun = self.write.wait_for(Work::Begin, begun).await?;
        Ok(Tx { db: self.write.around(begun) })
    }

    /// What operators watch, with states as they are now.
    pub fn metrics(&self) -> &Metrics {
        let Self { read, write } = self;
        read.inner.show(metrics::READ, &read.metrics);
        if self.backend() == DbBackend::Sqlite {
            write.inner.show(metrics::WRITE, &read.metrics);
        }
        &read.metrics
    }

    /// Which database this is.
    pub fn backend(&self) -> DbBackend {
        self.read.get_database_backend()
    }

    /// The connection for reads.
    pub(crate) fn db(&self) -> &Timed<Pool> {
        &self.read
    }

    /// Closes all connections, after what is under way.
    pub async fn close(self) -> Result<(), StoreError> {
        self.write.inner.close().await?;
        // On PostgreSQL both are one pool, already closed; closing twice is allowed.
        self.read.inner.close().await?;
        Ok(())
    }

    /// Asks the database for a sign of life.
    pub async fn ping(&self) -> Result<(), StoreError> {
        Ok(self.read.wait(self.read.inner.ping()).await?)
    }
}

impl Tx {
    /// Makes everything in this transaction last.
    pub async fn commit(self) -> Result<(), StoreError> {
        let limits = self.db.around(());
        let inner = self.db.inner;
        let server = inner.get_database_backend() != DbBackend::Sqlite;
        limits.wait_for(Work::Commit, inner.commit()).await.map_err(|error| {
            match StoreError::from(error) {
                // Nobody has heard whether it was done.
                StoreError::Db(error) if server && is_broken(&error) => StoreError::Unclear(error),
                other => other,
            }
        })
    }

    /// Whether others may write beside this transaction, so that what it reads in order to write
    /// it back has to be locked. On SQLite it is the only one that writes.
    pub(crate) fn has_rivals(&self) -> bool {
        self.db.get_database_backend() != DbBackend::Sqlite
    }

    /// Keeps every other transaction that asks for the same `key` waiting until this one ends:
    /// for what has no row yet that could be locked.
    pub(crate) async fn hold(&self, key: i64) -> Result<(), StoreError> {
        if self.has_rivals() {
            let statement = Statement::from_sql_and_values(
                self.db.get_database_backend(),
                "SELECT pg_advisory_xact_lock($1)",
                [key.into()],
            );
            self.db.execute_raw(statement).await?;
        }
        Ok(())
    }
}

/// Whether the address is SQLite's; an error where it is nobody's we know.
pub(crate) fn is_sqlite(config: &StoreConfig) -> Result<bool, StoreError> {
    match config.scheme() {
        "sqlite" => Ok(true),
        "postgres" | "postgresql" if config.url.contains("://") => Ok(false),
        other => Err(StoreError::Url(format!(
            "DATABASE_URL is of the kind `{other}`; use sqlite://… or postgresql://…"
        ))),
    }
}

/// Tries for a while what time may heal: a server that is just starting; a new SQLite file that
/// another process is just setting up, which takes a lock that SQLite does not wait for.
pub(crate) async fn patiently<T, F>(mut attempt: impl FnMut() -> F) -> Result<T, StoreError>
where
    F: Future<Output = Result<T, StoreError>>,
{
    let until = Instant::now() + PATIENCE;
    loop {
        match attempt().await {
            Err(error) if error.is_temporary() && Instant::now() < until => {
                tokio::time::sleep(PAUSE).await;
            }
            done => return done,
        }
    }
}

/// Whether a connection that was given back may be used again. After a commit that failed, as on a
/// full disk, the driver may believe in a transaction that SQLite has ended: what comes next would
/// run inside one that nobody ever commits, and pass for written.
pub(crate) async fn is_at_rest<C: sqlx::Connection>(connection: &mut C) -> sqlx::Result<bool> {
    if connection.is_in_transaction() {
        // A rollback may be on its way still; the answer comes after it.
        connection.ping().await?;
    }
    Ok(!connection.is_in_transaction())
}

pub(crate) fn unreachable(error: sqlx::Error) -> StoreError {
    StoreError::Db(DbErr::Conn(RuntimeErr::SqlxError(error.into())))
}
