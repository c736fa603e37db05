//! How much room the database takes.

use sea_orm::{ConnectionTrait, DbBackend, Statement};

use crate::{Store, StoreError};

impl Store {
    /// Bytes of the whole database, as it says itself. What SQLite has still beside its file (the
    /// write-ahead log) does not count.
    pub async fn size(&self) -> Result<u64, StoreError> {
        let sql = match self.backend() {
            DbBackend::Sqlite => {
                "SELECT page_count * page_size AS bytes FROM pragma_page_count(), pragma_page_size()"
            }
            _ => "SELECT pg_database_size(current_database()) AS bytes",
        };
        let statement = Statement::from_string(self.backend(), sql);
        let Some(row) = self.db().query_one_raw(statement).await? else { return Ok(0) };
        let bytes: i64 = row.try_get("", "bytes")?;
        Ok(u64::try_from(bytes).unwrap_or(0))
    }
}
