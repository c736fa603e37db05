//! The schema's history. Applied migrations are never edited.

use sea_orm_migration::prelude::*;

use crate::{Store, StoreError};

mod m0001_first;
mod m0002_instances;

/// What processes that open one database at the same time wait for; any number that nothing else
/// uses. (Guild ids, the other such keys, are far larger.)
const LOCK: i64 = 0x6761_6d65;

/// All migrations, oldest first.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![Box::new(m0001_first::Migration), Box::new(m0002_instances::Migration)]
    }
}

/// Brings the schema up to date, all of it or nothing, one process at a time.
pub(crate) async fn up(store: &Store) -> Result<(), StoreError> {
    let tx = store.begin().await?;
    tx.hold(LOCK).await?;
    Migrator::up(&tx.db, None).await?;
    tx.commit().await
}
