//! What can go wrong with the database. Neither `Display` nor `Debug` holds a connection string.

use sea_orm::{
    ConnAcquireErr, DbErr, RuntimeErr, SqlErr,
    sqlx::{self, error::DatabaseError},
};

/// A database error, or stored data that this version cannot read.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database said no, or could not be reached.
    #[error("{0}")]
    Db(#[from] DbErr),
    /// The connection broke while a transaction was being committed: nobody can tell whether it
    /// was.
    #[error("it is not known whether it was written: {0}")]
    Unclear(DbErr),
    /// A row holds something this version does not know.
    #[error("{table} {id}: {what}")]
    Corrupt {
        /// The table.
        table: &'static str,
        /// The row.
        id: String,
        /// What is wrong with it.
        what: String,
    },
    /// A value that must be unique is taken.
    #[error("{0} is taken")]
    Taken(&'static str),
    /// `DATABASE_URL` is malformed or of a kind we do not speak.
    #[error("{0}")]
    Url(String),
    /// The server and `DATABASE_URL` do not agree on TLS.
    #[error("no TLS as DATABASE_URL asks for it: {0}")]
    Tls(String),
    /// The schema was made by a newer version. Nothing was changed.
    #[error(
        "the database has schema {found}, which this version does not know; the newest it knows \
         is {known}"
    )]
    Newer {
        /// The newest migration found.
        found: String,
        /// The newest migration known.
        known: String,
        /// How many migrations of the database are not known.
        steps: usize,
    },
    /// Tables named like ours, in a database that is not ours. Nothing was changed.
    #[error("the database has a `{0}` already that Gamekeeper did not make")]
    Stranger(String),
    /// Undoing so many migrations would undo the first one too, and everything remembered with it.
    #[error("that would undo the first migration too, and delete everything that is remembered")]
    Everything,
}

impl StoreError {
    /// Whether the same call may succeed later without anyone changing anything.
    pub fn is_temporary(&self) -> bool {
        match self {
            Self::Unclear(_) | Self::Db(DbErr::ConnectionAcquire(ConnAcquireErr::Timeout)) => true,
            Self::Db(
                DbErr::Conn(RuntimeErr::SqlxError(error))
                | DbErr::Exec(RuntimeErr::SqlxError(error))
                | DbErr::Query(RuntimeErr::SqlxError(error)),
            ) => match error.as_ref() {
                // A server that stops while it is being talked to leaves half a sentence.
                sqlx::Error::Io(_)
                | sqlx::Error::Protocol(_)
                | sqlx::Error::PoolTimedOut
                | sqlx::Error::WorkerCrashed => true,
                sqlx::Error::Database(error) => passes(error.as_ref()),
                _ => false,
            },
            _ => false,
        }
    }

    /// Whether the SQLite file is no database, or a damaged one.
    pub fn is_damage(&self) -> bool {
        self.sqlite_code().is_some_and(|code| matches!(code & 0xff, 11 | 26))
    }

    /// Whether there is no room for what SQLite was to write.
    pub fn is_no_room(&self) -> bool {
        // A full disk may show as either: full, or trouble with the disk.
        self.sqlite_code().is_some_and(|code| matches!(code & 0xff, 10 | 13))
    }

    /// SQLite's extended result code.
    fn sqlite_code(&self) -> Option<i32> {
        let Self::Db(
            DbErr::Conn(RuntimeErr::SqlxError(error))
            | DbErr::Exec(RuntimeErr::SqlxError(error))
            | DbErr::Query(RuntimeErr::SqlxError(error)),
        ) = self
        else {
            return None;
        };
        let sqlx::Error::Database(error) = error.as_ref() else { return None };
        error.try_downcast_ref::<sqlx::sqlite::SqliteError>()?.code()?.parse().ok()
    }

    /// Tells a broken uniqueness rule from other database errors.
    pub(crate) fn or_taken(error: DbErr, what: &'static str) -> Self {
        match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(_)) => Self::Taken(what),
            _ => Self::Db(error),
        }
    }
}

/// Whether the connection broke, or stayed silent.
pub(crate) fn is_broken(error: &DbErr) -> bool {
    let (DbErr::Conn(RuntimeErr::SqlxError(error))
    | DbErr::Exec(RuntimeErr::SqlxError(error))
    | DbErr::Query(RuntimeErr::SqlxError(error))) = error
    else {
        return false;
    };
    matches!(error.as_ref(), sqlx::Error::Io(_) | sqlx::Error::Protocol(_))
}

/// Whether the database itself says that its trouble passes.
fn passes(error: &dyn DatabaseError) -> bool {
    let Some(code) = error.code() else { return false };
    if error.try_downcast_ref::<sqlx::sqlite::SqliteError>().is_some() {
        // The low byte is the kind: busy, locked, no memory, trouble with the disk, disk full. A
        // full disk may show as either of the last two.
        return code.parse().is_ok_and(|code: i32| matches!(code & 0xff, 5 | 6 | 7 | 10 | 13));
    }
    // PostgreSQL's classes: connection, rollback to be tried again (deadlock, serialization),
    // resources, object in use, operator's intervention (restart, timeout), system; a standby that
    // is about to be promoted, and a transaction that rested too long.
    ["08", "40", "53", "55", "57", "58", "25006", "25P03"]
        .iter()
        .any(|class| code.starts_with(class))
}

/// An address that is none. The driver's reason does not repeat it.
pub(crate) fn unreadable(error: &sqlx::Error) -> StoreError {
    StoreError::Url(format!("DATABASE_URL cannot be read: {error}"))
}
