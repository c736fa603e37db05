//! Opening the database, and the two ways in: reads, and transactions that write.

use std::time::Duration;

use sea_orm::{
    ConnectOptions, Database, DatabaseConnection, DatabaseTransaction, DbBackend,
    SqliteTransactionMode, TransactionOptions, TransactionTrait,
    sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous},
};
use sea_orm_migration::MigratorTrait;

use crate::{StoreError, migration::Migrator};

/// How long SQLite waits for another process's lock before it gives up.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// How long a call waits for a free connection.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(8);

/// Where the database is and how many connections to hold.
#[derive(Clone)]
pub struct StoreConfig {
    /// `sqlite://path` or `postgresql://…`. Holds a password: never log it.
    pub url: String,
    /// Most connections (PostgreSQL), or readers beside the one writer (SQLite).
    pub max_connections: u32,
}

impl StoreConfig {
    /// The file at `path` as an SQLite database, made when it is not there.
    pub fn sqlite_file(path: &std::path::Path) -> Self {
        Self { url: format!("sqlite://{}?mode=rwc", path.display()), max_connections: 4 }
    }
}

impl std::fmt::Debug for StoreConfig {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let kind = self.url.split(':').next().unwrap_or_default();
        write!(f, "StoreConfig({kind}, {} connections)", self.max_connections)
    }
}

/// The database. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {
    read: DatabaseConnection,
    /// SQLite takes one writer at a time; a pool of one makes writers queue up fairly instead of
    /// polling for the file's lock. On PostgreSQL this is the same pool as `read`.
    write: DatabaseConnection,
}

/// A transaction that writes. Dropped without [`Tx::commit`], it leaves no trace.
#[derive(Debug)]
pub struct Tx {
    pub(crate) db: DatabaseTransaction,
}

impl Store {
    /// Opens the database and brings its schema up to date.
    pub async fn open(config: &StoreConfig) -> Result<Self, StoreError> {
        let store = Self::connect(config).await?;
        Migrator::up(&store.write, None).await?;
        Ok(store)
    }

    async fn connect(config: &StoreConfig) -> Result<Self, StoreError> {
        let options = |max: u32| {
            let mut options = ConnectOptions::new(config.url.clone());
            options
                .max_connections(max)
                .min_connections(1)
                .acquire_timeout(ACQUIRE_TIMEOUT)
                .sqlx_logging(false)
                .map_sqlx_sqlite_opts(|sqlite| {
                    sqlite
                        .journal_mode(SqliteJournalMode::Wal)
                        // WAL with NORMAL survives a crash of the process at any point; a power
                        // cut may lose the last commits but never corrupts.
                        .synchronous(SqliteSynchronous::Normal)
                        .busy_timeout(BUSY_TIMEOUT)
                        .foreign_keys(true)
                });
            options
        };
        if config.url.starts_with("sqlite:") {
            let write = Database::connect(options(1)).await?;
            let read = Database::connect(options(config.max_connections.max(1))).await?;
            Ok(Self { read, write })
        } else if config.url.starts_with("postgres://") || config.url.starts_with("postgresql://") {
            let pool = Database::connect(options(config.max_connections.max(2))).await?;
            Ok(Self { read: pool.clone(), write: pool })
        } else {
            let kind = config.url.split(':').next().unwrap_or_default();
            Err(StoreError::Url(format!(
                "DATABASE_URL starts with `{kind}:`; use sqlite://… or postgresql://…"
            )))
        }
    }

    /// Starts a transaction that will write.
    pub async fn begin(&self) -> Result<Tx, StoreError> {
        let options = TransactionOptions {
            // Taking SQLite's write lock at once avoids the upgrade of a read lock, which fails
            // when somebody else wrote in between.
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        Ok(Tx { db: self.write.begin_with_options(options).await? })
    }

    /// Which database this is.
    pub fn backend(&self) -> DbBackend {
        self.read.get_database_backend()
    }

    /// The connection for reads.
    pub(crate) fn db(&self) -> &DatabaseConnection {
        &self.read
    }

    /// Closes all connections, after what is under way.
    pub async fn close(self) -> Result<(), StoreError> {
        self.write.close().await?;
        // On PostgreSQL both are one pool, already closed; closing twice is allowed.
        self.read.close().await?;
        Ok(())
    }

    /// Asks the database for a sign of life.
    pub async fn ping(&self) -> Result<(), StoreError> {
        Ok(self.read.ping().await?)
    }
}

impl Tx {
    /// Makes everything in this transaction last.
    pub async fn commit(self) -> Result<(), StoreError> {
        Ok(self.db.commit().await?)
    }
}
