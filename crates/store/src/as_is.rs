//! The database as it is: opened without a change to its schema, and copied while others write.

use std::path::Path;

use sea_orm::{ConnectionTrait, DbBackend, Statement};

use crate::{Store, StoreConfig, StoreError, migration};

/// Lines of damage that are told.
const MOST_DAMAGE: usize = 5;

impl Store {
    /// Opens the database without bringing its schema up to date; none where there is none yet.
    /// Refuses what is not ours or newer than we are.
    pub async fn open_as_is(config: &StoreConfig) -> Result<Option<Self>, StoreError> {
        let Some(store) = Self::glance(config).await? else { return Ok(None) };
        match migration::ours(store.db()).await {
            Ok(applied) if applied.is_empty() => {
                store.close().await?;
                Ok(None)
            }
            Ok(_) => Ok(Some(store)),
            Err(error) => {
                // The first error is the one that tells.
                store.close().await.ok();
                Err(error)
            }
        }
    }

    /// Writes an SQLite database as it is at this moment into a new file, without its free pages.
    /// Writers are not kept waiting.
    pub async fn copy_sqlite(&self, file: &Path) -> Result<(), StoreError> {
        if self.backend() != DbBackend::Sqlite {
            return Err(StoreError::Url("only an SQLite database is a file".to_owned()));
        }
        let quoted = file.display().to_string().replace('\'', "''");
        // Without a deadline of ours: a big file takes its time, and nobody waits for it.
        self.db().inner.execute_unprepared(&format!("VACUUM INTO '{quoted}'")).await?;
        Ok(())
    }

    /// What is wrong with an SQLite file, as it says itself; nothing where it is whole.
    pub async fn sqlite_damage(&self) -> Result<Vec<String>, StoreError> {
        // Without a deadline of ours here, too: all of the file is read.
        let ask = format!("PRAGMA integrity_check({MOST_DAMAGE})");
        let ask = Statement::from_string(DbBackend::Sqlite, ask);
        let lines = self.db().inner.query_all_raw(ask).await?;
        let lines = lines.iter().map(|row| row.try_get_by_index::<String>(0));
        let lines = lines.collect::<Result<Vec<_>, _>>()?;
        Ok(lines.into_iter().filter(|line| line != "ok").collect())
    }
}
