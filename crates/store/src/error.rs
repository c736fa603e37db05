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
}

impl StoreError {
    /// Whether the same call may succeed later without anyone changing anything.
    pub fn is_temporary(&self) -> bool {
        match self {
            Self::Db(DbErr::ConnectionAcquire(error)) => *error == ConnAcquireErr::Timeout,
            Self::Db(
                DbErr::Conn(RuntimeErr::SqlxError(error))
                | DbErr::Exec(RuntimeErr::SqlxError(error))
                | DbErr::Query(RuntimeErr::SqlxError(error)),
            ) => match error.as_ref() {
                sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::WorkerCrashed => true,
                sqlx::Error::Database(error) => passes(error.as_ref()),
                _ => false,
            },
            _ => false,
        }
    }

    /// Tells a broken uniqueness rule from other database errors.
    pub(crate) fn or_taken(error: DbErr, what: &'static str) -> Self {
        match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(_)) => Self::Taken(what),
            _ => Self::Db(error),
        }
    }
}

/// Whether the database itself says that its trouble passes.
fn passes(error: &dyn DatabaseError) -> bool {
    let Some(code) = error.code() else { return false };
    if error.try_downcast_ref::<sqlx::sqlite::SqliteError>().is_some() {
        // The low byte is the kind: busy, locked, no memory, disk full.
        return code.parse().is_ok_and(|code: i32| matches!(code & 0xff, 5 | 6 | 7 | 13));
    }
    // PostgreSQL's classes: connection, rollback to be tried again (deadlock, serialization),
    // resources, object in use, operator's intervention (restart), system.
    ["08", "40", "53", "55", "57", "58"].iter().any(|class| code.starts_with(class))
}
