//! Opening the database, and the two ways in: reads, and transactions that write.

use std::{str::FromStr, time::Duration};

use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, RuntimeErr,
    SqliteTransactionMode, SqlxPostgresConnector, SqlxSqliteConnector, Statement,
    TransactionOptions, TransactionTrait,
    sqlx::{
        self, ConnectOptions, Connection,
        pool::PoolOptions,
        postgres::PgConnectOptions,
        sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
    },
};

use tokio::time::Instant;

use crate::{StoreError, migration};

/// How long SQLite waits for another process's lock before it gives up.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// How long opening tries what time may heal.
const PATIENCE: Duration = Duration::from_secs(5);
/// Between two such tries.
const PAUSE: Duration = Duration::from_millis(50);
/// How long a call waits for a free connection.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(8);
/// A PostgreSQL connection that was unused for longer is asked for a sign of life first: the
/// server may have gone since. Asking every time would cost each call a round trip.
const TRUSTED_FOR: Duration = Duration::from_secs(1);

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
        // A path may hold what means something else in a URL.
        let path = path.display().to_string().replace('%', "%25").replace('?', "%3F");
        Self { url: format!("sqlite://{path}?mode=rwc"), max_connections: 4 }
    }
}

impl std::fmt::Debug for StoreConfig {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "StoreConfig({}, {} connections)", scheme(&self.url), self.max_connections)
    }
}

/// What stands before the first colon; nothing where there is none, because then it could be
/// anything, a password too.
fn scheme(url: &str) -> &str {
    url.split_once(':').map_or("", |(scheme, _)| scheme)
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
    /// Opens the database and brings its schema up to date. Several processes may do so at once.
    pub async fn open(config: &StoreConfig) -> Result<Self, StoreError> {
        let store = Self::connect(config).await?;
        migration::up(&store).await?;
        Ok(store)
    }

    async fn connect(config: &StoreConfig) -> Result<Self, StoreError> {
        match scheme(&config.url) {
            "sqlite" => {
                let options = sqlite(&config.url)?;
                let write = patiently(|| sqlite_pool(&options, 1)).await?;
                let read = sqlite_pool(&options, config.max_connections.max(1)).await?;
                Ok(Self { read, write })
            }
            "postgres" | "postgresql" if config.url.contains("://") => {
                let options = PgConnectOptions::from_str(&config.url)
                    .map_err(|error| unreadable(&error))?
                    .application_name("gamekeeper");
                patiently(|| knock(&options)).await?;
                let pool = postgres_pool(options, config.max_connections.max(2));
                Ok(Self { read: pool.clone(), write: pool })
            }
            other => Err(StoreError::Url(format!(
                "DATABASE_URL is of the kind `{other}`; use sqlite://… or postgresql://…"
            ))),
        }
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

fn sqlite(url: &str) -> Result<SqliteConnectOptions, StoreError> {
    let options = SqliteConnectOptions::from_str(url).map_err(|error| unreadable(&error))?;
    let (path, parameters) = url.split_once('?').unwrap_or((url, ""));
    let nowhere = options.get_filename().as_os_str().is_empty();
    if nowhere || path.ends_with(":memory:") || parameters.contains("mode=memory") {
        // Each connection would have a database of its own there, and none would keep anything.
        return Err(StoreError::Url("DATABASE_URL has to name a file: sqlite://path".to_owned()));
    }
    Ok(options
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        // WAL with NORMAL survives a crash of the process at any point; a power cut may lose the
        // last commits but never corrupts.
        .synchronous(SqliteSynchronous::Normal)
        .busy_timeout(BUSY_TIMEOUT)
        .foreign_keys(true))
}

// The pools are built here and not by SeaORM, whose message for a malformed URL, and whose trace
// of a connect, hold the URL with its password.

async fn sqlite_pool(
    options: &SqliteConnectOptions,
    max: u32,
) -> Result<DatabaseConnection, StoreError> {
    let pool = PoolOptions::new()
        .max_connections(max)
        .min_connections(1)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        // There is no server that could have gone away.
        .test_before_acquire(false)
        .connect_with(options.clone())
        .await
        .map_err(unreachable)?;
    Ok(SqlxSqliteConnector::from_sqlx_sqlite_pool(pool))
}

fn postgres_pool(options: PgConnectOptions, max: u32) -> DatabaseConnection {
    let pool = PoolOptions::<sqlx::Postgres>::new()
        .max_connections(max)
        .min_connections(1)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .test_before_acquire(false)
        .before_acquire(|connection, seen| {
            Box::pin(async move {
                if seen.idle_for > TRUSTED_FOR {
                    connection.ping().await?;
                }
                Ok(true)
            })
        })
        .connect_lazy_with(options);
    SqlxPostgresConnector::from_sqlx_postgres_pool(pool)
}

/// Whether the server lets us in. A pool would try as long, but could only say that it took long.
async fn knock(options: &PgConnectOptions) -> Result<(), StoreError> {
    let late = |_| sqlx::Error::Io(std::io::ErrorKind::TimedOut.into());
    let connection = tokio::time::timeout(PATIENCE, options.connect()).await.map_err(late);
    let connection = connection.flatten().map_err(unreachable)?;
    connection.close().await.map_err(unreachable)
}

/// Tries for a while what time may heal: a server that is just starting; a new SQLite file that
/// another process is just setting up, which takes a lock that SQLite does not wait for.
async fn patiently<T, F>(mut attempt: impl FnMut() -> F) -> Result<T, StoreError>
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

pub(crate) fn unreadable(error: &sqlx::Error) -> StoreError {
    StoreError::Url(format!("DATABASE_URL cannot be read: {error}"))
}

pub(crate) fn unreachable(error: sqlx::Error) -> StoreError {
    StoreError::Db(DbErr::Conn(RuntimeErr::SqlxError(error.into())))
}
