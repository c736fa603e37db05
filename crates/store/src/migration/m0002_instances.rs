//! Several processes on one database: who is alive, and who holds which shard.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, integer, string},
};

/// See the module.
#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table(Alias::new("instance"))
                    .col(string("name").primary_key())
                    .col(big_integer("boot"))
                    .col(big_integer("seen_at"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table(Alias::new("shard"))
                    .col(integer("total"))
                    .col(integer("number"))
                    .col(string("owner"))
                    .col(big_integer("lease_until"))
                    .primary_key(Index::create().col("total").col("number"))
                    .to_owned(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for name in ["shard", "instance"] {
            manager.drop_table(Table::drop().table(Alias::new(name)).to_owned()).await?;
        }
        Ok(())
    }
}
