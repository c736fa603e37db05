//! Guilds and their settings.

use domain::{GuildId, GuildSettings};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, OnConflict},
};

use crate::{Store, StoreError, Tx, entity::guild, row};

async fn settings(db: &impl ConnectionTrait, guild: GuildId) -> Result<GuildSettings, StoreError> {
    let found = guild::Entity::find_by_id(row::to_column(guild)).one(db).await?;
    match found.and_then(|model| model.settings) {
        Some(json) => row::from_json("guild", &guild, &json),
        None => Ok(GuildSettings::new(guild)),
    }
}

impl Store {
    /// A guild's settings; the defaults where nobody changed any.
    pub async fn settings(&self, guild: GuildId) -> Result<GuildSettings, StoreError> {
        settings(self.db(), guild).await
    }

    /// When the bot was removed from a guild, if it is remembered as removed.
    pub async fn left_at(&self, guild: GuildId) -> Result<Option<i64>, StoreError> {
        let found = guild::Entity::find_by_id(row::to_column(guild)).one(self.db()).await?;
        Ok(found.and_then(|model| model.left_at))
    }

    /// Remembers that the bot was removed from a guild (or is back: `None`).
    pub async fn set_left(&self, guild: GuildId, at: Option<i64>) -> Result<(), StoreError> {
        let tx = self.begin().await?;
        let id = row::to_column(guild);
        if let Some(at) = at {
            guild::Entity::insert(guild::ActiveModel {
                guild_id: Set(id),
                settings: Set(None),
                updated_at: Set(at),
                left_at: Set(Some(at)),
            })
            .on_conflict(
                OnConflict::column(guild::Column::GuildId)
                    .update_column(guild::Column::LeftAt)
                    .to_owned(),
            )
            .exec_without_returning(&tx.db)
            .await?;
        } else {
            guild::Entity::update_many()
                .col_expr(guild::Column::LeftAt, Expr::value(None::<i64>))
                .filter(guild::Column::GuildId.eq(id))
                .exec(&tx.db)
                .await?;
        }
        tx.commit().await
    }
}

impl Tx {
    /// A guild's settings. They stay as they are until the transaction ends, so that of two
    /// people who change different settings at once neither undoes the other.
    pub async fn settings(&self, guild: GuildId) -> Result<GuildSettings, StoreError> {
        // Not the row: a guild that never changed a setting has none.
        self.hold(row::to_column(guild)).await?;
        settings(&self.db, guild).await
    }

    /// Writes a guild's settings.
    pub async fn put_settings(&self, settings: &GuildSettings, now: i64) -> Result<(), StoreError> {
        guild::Entity::insert(guild::ActiveModel {
            guild_id: Set(row::to_column(settings.guild)),
            settings: Set(Some(row::json("guild", settings)?)),
            updated_at: Set(now),
            left_at: Set(None),
        })
        .on_conflict(
            OnConflict::column(guild::Column::GuildId)
                .update_columns([guild::Column::Settings, guild::Column::UpdatedAt])
                .to_owned(),
        )
        .exec_without_returning(&self.db)
        .await?;
        Ok(())
    }
}
