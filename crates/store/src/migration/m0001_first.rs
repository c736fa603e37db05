//! The first schema.

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

/// All it makes, in the order in which they can be dropped.
pub(super) const TABLES: [&str; 12] = [
    "kv", "session", "guild", "draft", "waiter", "work", "panel", "audit", "journal", "seat",
    "binding", "game",
];

fn table(name: &'static str) -> TableCreateStatement {
    Table::create().table(Alias::new(name)).to_owned()
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        games(manager).await?;
        reconciler(manager).await?;
        people(manager).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for name in TABLES {
            let mut drop = Table::drop();
            manager.drop_table(drop.table(Alias::new(name)).if_exists().to_owned()).await?;
        }
        Ok(())
    }
}

async fn index(
    manager: &SchemaManager<'_>,
    name: &'static str,
    on: &'static str,
    columns: &[&'static str],
    unique: bool,
) -> Result<(), DbErr> {
    let mut index = Index::create();
    index.name(name).table(Alias::new(on));
    for column in columns {
        index.col(Alias::new(*column));
    }
    if unique {
        index.unique();
    }
    manager.create_index(index).await
}

async fn games(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            table("game")
                .col(big_integer("id").auto_increment().primary_key())
                .col(big_integer("guild_id"))
                .col(string("name"))
                .col(string("name_key"))
                .col(string_null("emoji"))
                .col(integer_null("colour"))
                .col(text("description"))
                .col(integer_null("capacity"))
                .col(string("admission"))
                .col(string("visibility"))
                .col(text("layout"))
                .col(string("phase"))
                .col(boolean("release_channels"))
                .col(boolean("gone"))
                .col(big_integer("generation"))
                .col(big_integer("settled_generation"))
                .col(text("problems"))
                .col(big_integer("created_by"))
                .col(big_integer("created_at"))
                .col(big_integer("updated_at"))
                .to_owned(),
        )
        .await?;
    index(manager, "game_name_in_guild", "game", &["guild_id", "name_key"], true).await?;
    index(manager, "game_of_guild", "game", &["guild_id", "gone"], false).await?;
    manager
        .create_table(
            table("binding")
                .col(big_integer("game_id"))
                .col(string("slot"))
                .col(big_integer("discord_id"))
                .col(big_integer_null("applied"))
                .col(big_integer("created_at"))
                .primary_key(Index::create().col("game_id").col("slot"))
                .to_owned(),
        )
        .await?;
    index(manager, "binding_once", "binding", &["discord_id"], true).await?;
    manager
        .create_table(
            table("seat")
                .col(big_integer("game_id"))
                .col(big_integer("user_id"))
                .col(big_integer("guild_id"))
                .col(string("state"))
                .col(boolean("is_admin"))
                .col(boolean("has_player_role"))
                .col(boolean("has_admin_role"))
                .col(boolean("present"))
                .col(big_integer("since"))
                .primary_key(Index::create().col("game_id").col("user_id"))
                .to_owned(),
        )
        .await?;
    index(manager, "seat_of_person", "seat", &["guild_id", "user_id"], false).await?;
    index(manager, "seat_by_state", "seat", &["game_id", "state"], false).await
}

async fn reconciler(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            table("journal")
                .col(big_integer("id").auto_increment().primary_key())
                .col(big_integer("game_id"))
                .col(big_integer("generation"))
                .col(text("op"))
                .col(string("status"))
                .col(big_integer_null("discord_id"))
                .col(text_null("error"))
                .col(big_integer("created_at"))
                .col(big_integer_null("finished_at"))
                .to_owned(),
        )
        .await?;
    index(manager, "journal_of_game", "journal", &["game_id", "status"], false).await?;
    index(manager, "journal_finished", "journal", &["finished_at"], false).await?;
    manager
        .create_table(
            table("work")
                .col(big_integer("game_id").primary_key())
                .col(big_integer("guild_id"))
                .col(big_integer("not_before"))
                .col(big_integer("ticket"))
                .col(integer("attempts"))
                .col(big_integer("claimed_at"))
                .col(string_null("lease_owner"))
                .col(big_integer_null("lease_until"))
                .col(boolean("repair"))
                .col(text_null("waiting_for"))
                .to_owned(),
        )
        .await?;
    index(manager, "work_due", "work", &["not_before"], false).await?;
    index(manager, "work_of_guild", "work", &["guild_id"], false).await?;
    manager
        .create_table(
            table("audit")
                .col(big_integer("id").auto_increment().primary_key())
                .col(big_integer("guild_id"))
                .col(big_integer_null("game_id"))
                .col(string_null("game_name"))
                .col(big_integer_null("actor_id"))
                .col(big_integer_null("subject_id"))
                .col(string("kind"))
                .col(string("outcome"))
                .col(text_null("state_before"))
                .col(text_null("state_after"))
                .col(text_null("plan"))
                .col(string("correlation"))
                .col(big_integer_null("generation"))
                .col(boolean("unlogged"))
                .col(big_integer("created_at"))
                .to_owned(),
        )
        .await?;
    index(manager, "audit_of_guild", "audit", &["guild_id", "id"], false).await?;
    index(manager, "audit_of_game", "audit", &["game_id", "id"], false).await?;
    index(manager, "audit_pending", "audit", &["game_id", "outcome"], false).await?;
    index(manager, "audit_unlogged", "audit", &["unlogged", "guild_id"], false).await
}

async fn people(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            table("panel")
                .col(big_integer("guild_id"))
                .col(string("kind"))
                .col(big_integer("channel_id"))
                .col(big_integer_null("message_id"))
                .col(string_null("stale"))
                .col(big_integer_null("content_hash"))
                .col(string("state"))
                .col(string("nonce"))
                .col(big_integer("updated_at"))
                .primary_key(Index::create().col("guild_id").col("kind"))
                .to_owned(),
        )
        .await?;
    manager
        .create_table(
            table("waiter")
                .col(big_integer("id").auto_increment().primary_key())
                .col(big_integer("game_id"))
                .col(big_integer("generation"))
                .col(string("audit_kind"))
                .col(big_integer("application_id"))
                .col(text("token"))
                .col(string("locale"))
                .col(string("correlation"))
                .col(big_integer("expires_at"))
                .to_owned(),
        )
        .await?;
    index(manager, "waiter_of_game", "waiter", &["game_id"], false).await?;
    manager
        .create_table(
            table("draft")
                .col(string("id").primary_key())
                .col(big_integer("guild_id"))
                .col(big_integer("user_id"))
                .col(text("body"))
                .col(big_integer("expires_at"))
                .to_owned(),
        )
        .await?;
    manager
        .create_table(
            table("guild")
                .col(big_integer("guild_id").primary_key())
                .col(text_null("settings"))
                .col(big_integer("updated_at"))
                .col(big_integer_null("left_at"))
                .to_owned(),
        )
        .await?;
    manager
        .create_table(
            table("session")
                .col(string("shard").primary_key())
                .col(text("session_id"))
                .col(big_integer("sequence"))
                .col(text("resume_url"))
                .col(big_integer("saved_at"))
                .to_owned(),
        )
        .await?;
    manager
        .create_table(table("kv").col(string("key").primary_key()).col(text("value")).to_owned())
        .await
}
