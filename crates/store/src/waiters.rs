//! People who wait for an answer to long work, so that a restart does not leave them waiting.

use domain::{GameId, audit::AuditKind};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, NotSet, QueryFilter, QueryOrder};

use crate::{Store, StoreError, Tx, entity::waiter, row};

/// One person who waits.
#[derive(Clone)]
pub struct Waiter {
    /// Its number; 0 for a new one.
    pub id: i64,
    /// The game.
    pub game: GameId,
    /// The generation of the game the person waits for.
    pub generation: i64,
    /// What the person did.
    pub kind: AuditKind,
    /// The application the interaction was for.
    pub application: u64,
    /// The interaction's token.
    pub token: String,
    /// The person's language (`en`, `de`).
    pub locale: String,
    /// The reference the person was given.
    pub correlation: String,
    /// When the token dies, in milliseconds since the Unix epoch.
    pub expires_at: i64,
}

impl std::fmt::Debug for Waiter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Waiter({}, game {}, {})", self.id, self.game, self.correlation)
    }
}

fn parse(model: waiter::Model) -> Result<Waiter, StoreError> {
    Ok(Waiter {
        id: model.id,
        game: GameId(model.game_id),
        generation: model.generation,
        kind: model.audit_kind.parse().map_err(|error: domain::audit::UnknownAuditKind| {
            StoreError::Corrupt {
                table: "waiter",
                id: model.id.to_string(),
                what: error.to_string(),
            }
        })?,
        application: model.application_id.cast_unsigned(),
        token: model.token,
        locale: model.locale,
        correlation: model.correlation,
        expires_at: model.expires_at,
    })
}

impl Store {
    /// Those who wait for a game, longest first.
    pub async fn waiters(&self, game: GameId) -> Result<Vec<Waiter>, StoreError> {
        let rows = waiter::Entity::find()
            .filter(waiter::Column::GameId.eq(game.0))
            .order_by_asc(waiter::Column::Id)
            .all(self.db())
            .await?;
        Ok(row::readable(rows.into_iter().map(parse)))
    }

    /// Everyone who waits, longest first, for the start.
    pub async fn all_waiters(&self) -> Result<Vec<Waiter>, StoreError> {
        let rows = waiter::Entity::find().order_by_asc(waiter::Column::Id).all(self.db()).await?;
        Ok(row::readable(rows.into_iter().map(parse)))
    }

    /// These were answered, or their tokens died.
    pub async fn drop_waiters(&self, ids: &[i64]) -> Result<(), StoreError> {
        if ids.is_empty() {
            return Ok(());
        }
        let tx = self.begin().await?;
        waiter::Entity::delete_many()
            .filter(waiter::Column::Id.is_in(ids.iter().copied()))
            .exec(&tx.db)
            .await?;
        tx.commit().await
    }
}

impl Tx {
    /// Somebody waits.
    pub async fn add_waiter(&self, new: &Waiter) -> Result<(), StoreError> {
        waiter::Entity::insert(waiter::ActiveModel {
            id: NotSet,
            game_id: Set(new.game.0),
            generation: Set(new.generation),
            audit_kind: Set(new.kind.as_str().to_owned()),
            application_id: Set(new.application.cast_signed()),
            token: Set(new.token.clone()),
            locale: Set(new.locale.clone()),
            correlation: Set(new.correlation.clone()),
            expires_at: Set(new.expires_at),
        })
        .exec_without_returning(&self.db)
        .await?;
        Ok(())
    }
}
