//! Game servers, who may do what with them, and their history.

use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer, big_integer_null, boolean, integer, integer_null, string, string_null, text,
        text_null,
    },
};

/// See the module.
#[derive(DeriveMigrationName)]
pub(super) struct Migration;

fn table(name: &'static str) -> TableCreateStatement {
    Table::create().table(Alias::new(name)).to_owned()
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let server = table("server")
            .col(big_integer("id").auto_increment().primary_key())
            .col(big_integer("guild_id"))
            .col(string("source"))
            .col(string("place"))
            .col(string("name"))
            .col(string("module"))
            .col(string_null("address"))
            .col(big_integer_null("game_id"))
            .col(boolean("gone"))
            .col(text("watch"))
            .col(text_null("reading"))
            .col(big_integer_null("alert_channel_id"))
            .col(big_integer("muted_until"))
            .col(integer_null("crowd"))
            .col(big_integer("updated_at"))
            .to_owned();
        let grant = table("server_grant")
            .col(big_integer("server_id"))
            .col(big_integer("role_id"))
            .col(integer("actions"))
            .primary_key(Index::create().col("server_id").col("role_id"))
            .to_owned();
        let sample = table("server_sample")
            .col(big_integer("server_id"))
            .col(big_integer("at"))
            .col(string("state"))
            .col(integer("players"))
            .col(integer_null("cpu_percent"))
            .col(integer_null("memory_mib"))
            .primary_key(Index::create().col("server_id").col("at"))
            .to_owned();
        let hour = table("server_hour")
            .col(big_integer("server_id"))
            .col(big_integer("hour"))
            .col(integer("looks"))
            .col(integer("known"))
            .col(integer("up"))
            .col(integer("players_sum"))
            .col(integer("players_max"))
            .col(integer("cpu_max"))
            .col(integer("memory_max"))
            .primary_key(Index::create().col("server_id").col("hour"))
            .to_owned();
        for made in [server, grant, sample, hour] {
            manager.create_table(made).await?;
        }
        let db = manager.get_connection();
        for index in [
            "CREATE UNIQUE INDEX server_place ON server (guild_id, source, place)",
            "CREATE INDEX server_of_game ON server (game_id) WHERE game_id IS NOT NULL",
        ] {
            db.execute_unprepared(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for name in ["server_hour", "server_sample", "server_grant", "server"] {
            manager.drop_table(Table::drop().table(Alias::new(name)).to_owned()).await?;
        }
        Ok(())
    }
}
