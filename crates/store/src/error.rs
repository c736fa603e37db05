//! What can go wrong with the database. `Display` never holds a connection string.

/// A database error, or stored data that this version cannot read.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database said no, or could not be reached.
    #[error("{0}")]
    Db(#[from] sea_orm::DbErr),
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
    /// `DATABASE_URL` is of a kind we do not speak.
    #[error("{0}")]
    Url(String),
}

impl StoreError {
    /// Whether the same call may succeed later without anyone changing anything.
    pub fn is_temporary(&self) -> bool {
        matches!(self, Self::Db(error) if !matches!(error,
            sea_orm::DbErr::Type(_) | sea_orm::DbErr::Json(_) | sea_orm::DbErr::Migration(_)))
    }

    /// Tells a broken uniqueness rule from other database errors.
    pub(crate) fn or_taken(error: sea_orm::DbErr, what: &'static str) -> Self {
        match error.sql_err() {
            Some(sea_orm::SqlErr::UniqueConstraintViolation(_)) => Self::Taken(what),
            _ => Self::Db(error),
        }
    }
}
