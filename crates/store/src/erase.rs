//! Guilds that the bot is no longer in: which they are, and forgetting them.

use std::collections::BTreeSet;

use domain::{GameId, GuildId, UserId};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Statement,
    sea_query::Query,
};

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

/// What was forgotten of a person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Forgotten {
    /// Seats whose rows are gone.
    pub seats: u64,
    /// Seats that were ended; their roles have to be taken away on Discord before the rows can go.
    pub ended: u64,
    /// Entries of the history that do not name the person any more.
    pub entries: u64,
    /// Other rows: steps taken, half-filled forms, games and servers.
    pub others: u64,
}

impl Store {
    /// Forgets a person, in one guild or everywhere. The history keeps what was done, without who.
    /// A seat that still has a role on Discord is ended and its game woken; once the role is gone,
    /// asking again removes the row.
    pub async fn erase_member(
        &self,
        user: UserId,
        only: Option<GuildId>,
        now: i64,
    ) -> Result<Forgotten, StoreError> {
        let tx = self.begin().await?;
        let (backend, id) = (tx.db.get_database_backend(), row::to_column(user));
        // Nothing but numbers of ours goes into these.
        let in_guild = only.map(|guild| format!(" AND guild_id = {}", row::to_column(guild)));
        let in_guild = in_guild.unwrap_or_default();
        let of_games = only.map(|guild| {
            let guild = row::to_column(guild);
            format!(" AND game_id IN (SELECT id FROM game WHERE guild_id = {guild})")
        });
        let of_games = of_games.unwrap_or_default();
        let run = async |sql: String| -> Result<u64, StoreError> {
            Ok(tx.db.execute_raw(Statement::from_string(backend, sql)).await?.rows_affected())
        };
        let mut forgotten = Forgotten::default();
        let wears = format!(
            "SELECT game_id, guild_id FROM seat WHERE user_id = {id}{in_guild} \
             AND (has_player_role OR has_admin_role)"
        );
        let woken = tx.db.query_all_raw(Statement::from_string(backend, wears)).await?;
        forgotten.ended = run(format!(
            "UPDATE seat SET state = 'left', is_admin = FALSE WHERE user_id = {id}{in_guild} \
             AND (has_player_role OR has_admin_role)"
        ))
        .await?;
        for row in woken {
            let (game, guild): (i64, i64) =
                (row.try_get("", "game_id")?, row.try_get("", "guild_id")?);
            tx.wake(GameId(game), row::id("seat", guild)?, now, false).await?;
        }
        forgotten.seats = run(format!(
            "DELETE FROM seat WHERE user_id = {id}{in_guild} \
             AND NOT has_player_role AND NOT has_admin_role"
        ))
        .await?;
        let told = ["state_before", "state_after", "plan"];
        let names: Vec<_> = told.iter().map(|it| format!("{it} LIKE '%{id}%'")).collect();
        let blank: Vec<_> =
            told.iter().map(|it| format!("{it} = REPLACE({it}, '{id}', 'erased')")).collect();
        forgotten.entries = run(format!(
            "UPDATE audit SET {}, \
             actor_id = CASE WHEN actor_id = {id} THEN NULL ELSE actor_id END, \
             subject_id = CASE WHEN subject_id = {id} THEN NULL ELSE subject_id END \
             WHERE (actor_id = {id} OR subject_id = {id} OR {}){in_guild}",
            blank.join(", "),
            names.join(" OR ")
        ))
        .await?;
        // Where a number has to stand, one that is nobody's.
        for sql in [
            format!("DELETE FROM draft WHERE user_id = {id}{in_guild}"),
            format!("UPDATE game SET created_by = 1 WHERE created_by = {id}{in_guild}"),
            format!(
                "UPDATE journal SET op = REPLACE(op, '{id}', '1') \
                 WHERE op LIKE '%{id}%' AND status <> 'intent'{of_games}"
            ),
            format!(
                "UPDATE server SET watch = REPLACE(watch, '{id}', '1') \
                 WHERE watch LIKE '%{id}%'{in_guild}"
            ),
        ] {
            forgotten.others += run(sql).await?;
        }
        tx.commit().await?;
        Ok(forgotten)
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
