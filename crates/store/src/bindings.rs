//! Bindings: which Discord object fills which slot.

use domain::{
    ChannelId, GameId, GuildId, Slot,
    plan::{Binding, Bindings},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QuerySelect, RelationDef,
    sea_query::{Expr, OnConflict},
};

use crate::{
    Store, StoreError, Tx,
    entity::{binding, game},
    row,
};

fn slot(text: &str, game: i64) -> Result<Slot, StoreError> {
    text.parse().map_err(|error: domain::slot::UnknownSlot| StoreError::Corrupt {
        table: "binding",
        id: game.to_string(),
        what: error.to_string(),
    })
}

/// From a binding to its game; the table has no foreign key of its own to follow.
fn to_game() -> RelationDef {
    binding::Entity::belongs_to(game::Entity)
        .from(binding::Column::GameId)
        .to(game::Column::Id)
        .into()
}

async fn of_game(db: &impl ConnectionTrait, game: GameId) -> Result<Bindings, StoreError> {
    binding::Entity::find()
        .filter(binding::Column::GameId.eq(game.0))
        .all(db)
        .await?
        .into_iter()
        .map(|model| {
            let id = model.discord_id.cast_unsigned();
            Ok((slot(&model.slot, model.game_id)?, Binding { id, applied: model.applied }))
        })
        .collect()
}

impl Store {
    /// A game's bindings.
    pub async fn bindings(&self, game: GameId) -> Result<Bindings, StoreError> {
        of_game(self.db(), game).await
    }

    /// The game and slot that a Discord object fills, if it is one of ours.
    pub async fn bound(&self, discord_id: u64) -> Result<Option<(GameId, Slot)>, StoreError> {
        binding::Entity::find()
            .filter(binding::Column::DiscordId.eq(discord_id.cast_signed()))
            .one(self.db())
            .await?
            .map(|model| Ok((GameId(model.game_id), slot(&model.slot, model.game_id)?)))
            .transpose()
    }

    /// Everything bound in a guild.
    pub async fn bindings_of_guild(
        &self,
        guild: GuildId,
    ) -> Result<Vec<(GameId, Slot, u64)>, StoreError> {
        let rows: Vec<(i64, String, i64)> = binding::Entity::find()
            .select_only()
            .column(binding::Column::GameId)
            .column(binding::Column::Slot)
            .column(binding::Column::DiscordId)
            .join(JoinType::InnerJoin, to_game())
            .filter(game::Column::GuildId.eq(row::to_column(guild)))
            .into_tuple()
            .all(self.db())
            .await?;
        Ok(row::readable(rows.into_iter().map(|(id, text, discord_id)| {
            Ok((GameId(id), slot(&text, id)?, discord_id.cast_unsigned()))
        })))
    }

    /// Categories of the guild's archived games.
    pub async fn archived_categories(
        &self,
        guild: GuildId,
    ) -> Result<Vec<(GameId, ChannelId)>, StoreError> {
        let rows: Vec<(i64, i64)> = binding::Entity::find()
            .select_only()
            .column(binding::Column::GameId)
            .column(binding::Column::DiscordId)
            .join(JoinType::InnerJoin, to_game())
            .filter(game::Column::GuildId.eq(row::to_column(guild)))
            .filter(game::Column::Gone.eq(false))
            .filter(game::Column::Phase.eq("archived"))
            .filter(binding::Column::Slot.eq(Slot::Category.to_string()))
            .into_tuple()
            .all(self.db())
            .await?;
        let pairs = rows.into_iter();
        Ok(row::readable(pairs.map(|(id, channel)| Ok((GameId(id), row::id("binding", channel)?)))))
    }
}

impl Tx {
    /// A game's bindings, inside the transaction.
    pub async fn bindings(&self, game: GameId) -> Result<Bindings, StoreError> {
        of_game(&self.db, game).await
    }

    /// Binds an object to a slot, in place of what was there. A new role is on nobody yet, so
    /// what was last seen of its grants is forgotten.
    pub async fn bind(
        &self,
        game: GameId,
        slot: Slot,
        discord_id: u64,
        applied: Option<i64>,
        now: i64,
    ) -> Result<(), StoreError> {
        binding::Entity::insert(binding::ActiveModel {
            game_id: Set(game.0),
            slot: Set(slot.to_string()),
            discord_id: Set(discord_id.cast_signed()),
            applied: Set(applied),
            created_at: Set(now),
        })
        .on_conflict(
            OnConflict::columns([binding::Column::GameId, binding::Column::Slot])
                .update_columns([
                    binding::Column::DiscordId,
                    binding::Column::Applied,
                    binding::Column::CreatedAt,
                ])
                .to_owned(),
        )
        .exec_without_returning(&self.db)
        .await
        .map_err(|error| StoreError::or_taken(error, "discord_id"))?;
        self.forget_grants(game, slot).await
    }

    /// Frees a slot whose object is gone.
    pub async fn unbind(&self, game: GameId, slot: Slot) -> Result<(), StoreError> {
        binding::Entity::delete_many()
            .filter(binding::Column::GameId.eq(game.0))
            .filter(binding::Column::Slot.eq(slot.to_string()))
            .exec(&self.db)
            .await?;
        self.forget_grants(game, slot).await
    }

    /// Remembers which specification a slot's object shows.
    pub async fn set_applied(
        &self,
        game: GameId,
        slot: Slot,
        applied: i64,
    ) -> Result<(), StoreError> {
        binding::Entity::update_many()
            .col_expr(binding::Column::Applied, Expr::value(applied))
            .filter(binding::Column::GameId.eq(game.0))
            .filter(binding::Column::Slot.eq(slot.to_string()))
            .exec(&self.db)
            .await?;
        Ok(())
    }
}
