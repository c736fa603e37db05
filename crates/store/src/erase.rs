//! Guilds that the bot is no longer in: which they are, and forgetting them.

use std::collections::BTreeSet;

use domain::GuildId;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Query};

use crate::{
    Store, StoreError, Tx,
    entity::{
        audit, binding, draft, game, guild, journal, panel, seat, server, server_grant,
        server_hour, server_sample, waiter, work,
    },
    row,
};

impl Store {
    /// Guilds that something is remembered of, and that are not remembered as left.
    pub async fn remembered_guilds(&self) -> Result<BTreeSet<GuildId>, StoreError> {
        let mut found: BTreeSet<i64> = BTreeSet::new();
        let games = game::Entity::find().select_only().column(game::Column::GuildId).distinct();
        found.extend(games.into_tuple::<i64>().all(self.db()).await?);
        let panels = panel::Entity::find().select_only().column(panel::Column::GuildId).distinct();
        found.extend(panels.into_tuple::<i64>().all(self.db()).await?);
        // A refusal is written down also where nothing was ever made or set.
        let told = audit::Entity::find().select_only().column(audit::Column::GuildId).distinct();
        found.extend(told.into_tuple::<i64>().all(self.db()).await?);
        let served =
            server::Entity::find().select_only().column(server::Column::GuildId).distinct();
        found.extend(served.into_tuple::<i64>().all(self.db()).await?);
        for known in guild::Entity::find().all(self.db()).await? {
            if known.left_at.is_some() {
                found.remove(&known.guild_id);
            } else {
                found.insert(known.guild_id);
            }
        }
        Ok(row::readable(found.into_iter().map(|id| row::id("guild", id))))
    }

    /// Guilds that were left, with the time they were.
    pub async fn left_guilds(&self) -> Result<Vec<(GuildId, i64)>, StoreError> {
        let left = guild::Entity::find().filter(guild::Column::LeftAt.is_not_null());
        let left = left.all(self.db()).await?;
        let left = left.into_iter().filter_map(|model| Some((model.guild_id, model.left_at?)));
        Ok(row::readable(left.map(|(id, at)| Ok((row::id("guild", id)?, at)))))
    }
}

impl Tx {
    /// Forgets a guild: its games with all that hangs on them, its history, panels, settings.
    pub async fn erase_guild(&self, erased: GuildId) -> Result<(), StoreError> {
        let id = row::to_column(erased);
        let games = || {
            Query::select()
                .column(game::Column::Id)
                .from(game::Entity)
                .and_where(game::Column::GuildId.eq(id))
                .to_owned()
        };
        let db = &self.db;
        // What knows only its game, or its server, goes before those do.
        binding::Entity::delete_many()
            .filter(binding::Column::GameId.in_subquery(games()))
            .exec(db)
            .await?;
        journal::Entity::delete_many()
            .filter(journal::Column::GameId.in_subquery(games()))
            .exec(db)
            .await?;
        waiter::Entity::delete_many()
            .filter(waiter::Column::GameId.in_subquery(games()))
            .exec(db)
            .await?;
        let servers = || {
            Query::select()
                .column(server::Column::Id)
                .from(server::Entity)
                .and_where(server::Column::GuildId.eq(id))
                .to_owned()
        };
        // Whoever looks at a server has its row first, and then writes what hangs on it.
        server::Entity::find()
            .filter(server::Column::GuildId.eq(id))
            .order_by_asc(server::Column::Id)
            .lock_exclusive()
            .all(db)
            .await?;
        server_grant::Entity::delete_many()
            .filter(server_grant::Column::ServerId.in_subquery(servers()))
            .exec(db)
            .await?;
        server_sample::Entity::delete_many()
            .filter(server_sample::Column::ServerId.in_subquery(servers()))
            .exec(db)
            .await?;
        server_hour::Entity::delete_many()
            .filter(server_hour::Column::ServerId.in_subquery(servers()))
            .exec(db)
            .await?;
        server::Entity::delete_many().filter(server::Column::GuildId.eq(id)).exec(db).await?;
        work::Entity::delete_many().filter(work::Column::GuildId.eq(id)).exec(db).await?;
        seat::Entity::delete_many().filter(seat::Column::GuildId.eq(id)).exec(db).await?;
        game::Entity::delete_many().filter(game::Column::GuildId.eq(id)).exec(db).await?;
        audit::Entity::delete_many().filter(audit::Column::GuildId.eq(id)).exec(db).await?;
        panel::Entity::delete_many().filter(panel::Column::GuildId.eq(id)).exec(db).await?;
        draft::Entity::delete_many().filter(draft::Column::GuildId.eq(id)).exec(db).await?;
        guild::Entity::delete_many().filter(guild::Column::GuildId.eq(id)).exec(db).await?;
        Ok(())
    }
}
