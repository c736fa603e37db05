//! SQLite's side of opening.

use std::{io, path::PathBuf, str::FromStr, time::Duration};

use rustix::fs::Access;
use sea_orm::{
    DatabaseConnection, SqlxSqliteConnector,
    sqlx::{
        pool::PoolOptions,
        sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
    },
};

use crate::{
    StoreConfig, StoreError,
    connect::{self, unreachable},
    error::unreadable,
};

/// How long SQLite waits for another process's lock before it gives up.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// The file that `config` names, if it names one.
pub(crate) fn path(config: &StoreConfig) -> Option<PathBuf> {
    if config.scheme() != "sqlite" {
        return None;
    }
    let options = SqliteConnectOptions::from_str(&config.url).ok()?;
    Some(options.get_filename().to_owned())
}

/// The file that `config` names, as it is: without the settings that change it.
fn file(config: &StoreConfig) -> Result<SqliteConnectOptions, StoreError> {
    let url = &config.url;
    let options = SqliteConnectOptions::from_str(url).map_err(|error| unreadable(&error))?;
    let (path, parameters) = url.split_once('?').unwrap_or((url, ""));
    let nowhere = options.get_filename().as_os_str().is_empty();
    if nowhere || path.ends_with(":memory:") || parameters.contains("mode=memory") {
        // Each connection would have a database of its own there, and none would keep anything.
        return Err(StoreError::Url("DATABASE_URL has to name a file: sqlite://path".to_owned()));
    }
    if options.get_filename().is_dir() {
        return Err(StoreError::Url(
            "DATABASE_URL names a directory where an SQLite file belongs".to_owned(),
        ));
    }
    if options.get_filename().is_file() {
        // SQLite would open it all the same, to read, and leave files beside it that nobody may
        // write to either. Asked, not tried: to close a file is to lose every lock that this
        // process holds on it, also those of connections that are open.
        rustix::fs::access(options.get_filename(), Access::WRITE_OK)
            .map_err(|error| unreachable(io::Error::from(error).into()))?;
    }
    Ok(options.busy_timeout(BUSY_TIMEOUT).foreign_keys(true))
}

/// The file with our settings, made when it is not there.
pub(crate) fn options(config: &StoreConfig) -> Result<SqliteConnectOptions, StoreError> {
    Ok(file(config)?
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        // WAL with NORMAL survives a crash of the process at any point; a power cut may lose the
        // last commits but never corrupts.
        .synchronous(SqliteSynchronous::Normal))
}

/// The file for a look that changes nothing: not even the mode of its journal, which is a byte
/// of the file and may be another program's. None where there is no file.
pub(crate) fn to_look_at(config: &StoreConfig) -> Result<Option<SqliteConnectOptions>, StoreError> {
    let options = file(config)?.create_if_missing(false);
    Ok(options.get_filename().exists().then_some(options))
}

// The pools are built here and not by SeaORM, whose message for a malformed URL, and whose trace
// of a connect, hold the URL with its password.

pub(crate) async fn pool(
    config: &StoreConfig,
    options: SqliteConnectOptions,
    max: u32,
) -> Result<DatabaseConnection, StoreError> {
    let pool = PoolOptions::new()
        .max_connections(max)
        .min_connections(1)
        .acquire_timeout(config.acquire_timeout)
        // There is no server that could have gone away.
        .test_before_acquire(false)
        .after_release(|connection, _| Box::pin(connect::is_at_rest(connection)))
        .connect_with(options)
        .await
        .map_err(unreachable)?;
    Ok(SqlxSqliteConnector::from_sqlx_sqlite_pool(pool))
}
