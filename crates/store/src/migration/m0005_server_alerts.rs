//! Up to which entry of the history alarms of a server were told where its people want them.

use sea_orm_migration::{prelude::*, schema::big_integer};

/// See the module.
#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let change = Table::alter()
            .table(Alias::new("server"))
            .add_column(big_integer("told").default(0))
            .to_owned();
        manager.alter_table(change).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let change =
            Table::alter().table(Alias::new("server")).drop_column(Alias::new("told")).to_owned();
        manager.alter_table(change).await
    }
}
