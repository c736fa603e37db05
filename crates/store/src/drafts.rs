//! Guided forms between their steps.

use domain::{GuildId, UserId};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::OnConflict};

use crate::{Store, StoreError, entity::draft, row};

impl Store {
    /// Writes a draft, new or changed, and sweeps out expired ones. [`StoreError::Taken`] when
    /// somebody else has a draft of this name.
    pub async fn save_draft(
        &self,
        id: &str,
        guild: GuildId,
        user: UserId,
        body: &serde_json::Value,
        now: i64,
        expires_at: i64,
    ) -> Result<(), StoreError> {
        let tx = self.begin().await?;
        draft::Entity::delete_many().filter(draft::Column::ExpiresAt.lt(now)).exec(&tx.db).await?;
        let (guild, user) = (row::to_column(guild), row::to_column(user));
        let written = draft::Entity::insert(draft::ActiveModel {
            id: Set(id.to_owned()),
            guild_id: Set(guild),
            user_id: Set(user),
            body: Set(body.to_string()),
            expires_at: Set(expires_at),
        })
        .on_conflict(
            OnConflict::column(draft::Column::Id)
                .update_columns([draft::Column::Body, draft::Column::ExpiresAt])
                .action_and_where(draft::Column::GuildId.eq(guild))
                .action_and_where(draft::Column::UserId.eq(user))
                .to_owned(),
        )
        .exec_without_returning(&tx.db)
        .await?;
        if written == 0 {
            return Err(StoreError::Taken("draft"));
        }
        tx.commit().await
    }

    /// A draft of this very person in this very guild, unless it has expired.
    pub async fn draft(
        &self,
        id: &str,
        guild: GuildId,
        user: UserId,
        now: i64,
    ) -> Result<Option<serde_json::Value>, StoreError> {
        draft::Entity::find_by_id(id)
            .filter(draft::Column::GuildId.eq(row::to_column(guild)))
            .filter(draft::Column::UserId.eq(row::to_column(user)))
            .filter(draft::Column::ExpiresAt.gte(now))
            .one(self.db())
            .await?
            .map(|model| row::from_json("draft", &model.id, &model.body))
            .transpose()
    }

    /// The form was sent or cancelled. Answers whether it was still there: the first of two
    /// clicks on Confirm wins.
    pub async fn drop_draft(&self, id: &str) -> Result<bool, StoreError> {
        let tx = self.begin().await?;
        let result = draft::Entity::delete_by_id(id).exec(&tx.db).await?;
        tx.commit().await?;
        Ok(result.rows_affected > 0)
    }
}
