//! The audit of a large guild, by person, by kind and by game, without a look at all of it; and
//! the lines that are owed, without a look at those that are not.

use sea_orm_migration::prelude::*;

/// See the module.
#[derive(DeriveMigrationName)]
pub(super) struct Migration;

/// Partial where most rows are of no interest: an index of those alone costs hardly a write, and no
/// planner takes it for a list of everything.
const NEW: [&str; 5] = [
    "CREATE INDEX audit_of_actor ON audit (guild_id, actor_id, id)",
    "CREATE INDEX audit_of_subject ON audit (guild_id, subject_id, id) WHERE subject_id IS NOT NULL",
    "CREATE INDEX audit_of_kind ON audit (guild_id, kind, id)",
    "CREATE INDEX audit_of_game_in_guild ON audit (guild_id, game_id, id)",
    "CREATE INDEX audit_owed ON audit (guild_id, id) WHERE unlogged",
];
/// What the new ones do better.
const OLD: [&str; 2] = [
    "CREATE INDEX audit_of_game ON audit (game_id, id)",
    "CREATE INDEX audit_unlogged ON audit (unlogged, guild_id)",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        exchange(manager, &OLD, &NEW).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        exchange(manager, &NEW, &OLD).await
    }
}

async fn exchange(manager: &SchemaManager<'_>, old: &[&str], new: &[&str]) -> Result<(), DbErr> {
    let db = manager.get_connection();
    for index in old {
        let name = index.split(' ').nth(2).unwrap_or_default();
        db.execute_unprepared(&format!("DROP INDEX {name}")).await?;
    }
    for index in new {
        db.execute_unprepared(index).await?;
    }
    Ok(())
}
