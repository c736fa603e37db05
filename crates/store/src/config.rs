//! Where the database is, and how much is asked of it.

use std::{path::Path, time::Duration};

use crate::{StoreError, connect, postgres, sqlite};

/// How long a call waits for a connection, a free one or a new one, unless told otherwise.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(8);
/// How long PostgreSQL works on one statement, unless told otherwise. Ours take milliseconds.
const STATEMENT_TIMEOUT: Duration = Duration::from_secs(10);
/// See [`StoreConfig::deadline`].
const SERVER_SPEAKS_FIRST: Duration = Duration::from_secs(2);

/// Where the database is, how many connections to hold, and how long to wait.
#[derive(Clone)]
pub struct StoreConfig {
    /// `sqlite://path` or `postgresql://…`. Holds a password: never log it.
    pub url: String,
    /// Most connections (PostgreSQL), or readers beside the one writer (SQLite).
    pub max_connections: u32,
    /// How long a call waits for a connection.
    pub acquire_timeout: Duration,
    /// How long PostgreSQL works on one statement before it gives up; none leaves this and the
    /// timeouts that go with it to the server. SQLite has nothing like it.
    pub statement_timeout: Option<Duration>,
}

impl StoreConfig {
    /// The database at `url`, with the usual timeouts.
    pub fn new(url: impl Into<String>, max_connections: u32) -> Self {
        Self {
            url: url.into(),
            max_connections,
            acquire_timeout: ACQUIRE_TIMEOUT,
            statement_timeout: Some(STATEMENT_TIMEOUT),
        }
    }

    /// The file at `path` as an SQLite database, made when it is not there.
    pub fn sqlite_file(path: &Path) -> Self {
        // A path may hold what means something else in a URL.
        let path = path.display().to_string().replace('%', "%25").replace('?', "%3F");
        Self::new(format!("sqlite://{path}?mode=rwc"), 4)
    }

    /// Whether the address can be understood, and what it names is where it says. Nobody is asked for
    /// anything.
    pub fn check(&self) -> Result<(), StoreError> {
        if connect::is_sqlite(self)? {
            sqlite::options(self).map(drop)
        } else {
            postgres::options(self).map(drop)
        }
    }

    /// The file, where it is SQLite's.
    pub fn file(&self) -> Option<std::path::PathBuf> {
        sqlite::path(self)
    }

    /// How long a statement is waited for here, whatever the server does: a little longer than the
    /// server's own timeout, which says more.
    pub(crate) fn deadline(&self) -> Duration {
        self.statement_timeout.unwrap_or(STATEMENT_TIMEOUT) + SERVER_SPEAKS_FIRST
    }

    /// What stands before the first colon; nothing where there is none, because then it could be
    /// anything, a password too.
    pub(crate) fn scheme(&self) -> &str {
        self.url.split_once(':').map_or("", |(scheme, _)| scheme)
    }
}

impl std::fmt::Debug for StoreConfig {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "StoreConfig({}, {} connections)", self.scheme(), self.max_connections)
    }
}
