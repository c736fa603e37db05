//! Gateway sessions, to be resumed after a restart.

use sea_orm::{ActiveValue::Set, EntityTrait, sea_query::OnConflict};

use crate::{Store, StoreError, entity::session};

/// What resuming takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedSession {
    /// Discord's id of the session.
    pub session_id: String,
    /// The last sequence number that was worked on.
    pub sequence: u64,
    /// Where to resume.
    pub resume_url: String,
    /// When it was saved, in milliseconds since the Unix epoch.
    pub saved_at: i64,
}

impl Store {
    /// The session of a shard (`index/total`).
    pub async fn session(&self, shard: &str) -> Result<Option<SavedSession>, StoreError> {
        let found = session::Entity::find_by_id(shard).one(self.db()).await?;
        Ok(found.map(|model| SavedSession {
            session_id: model.session_id,
            sequence: model.sequence.cast_unsigned(),
            resume_url: model.resume_url,
            saved_at: model.saved_at,
        }))
    }

    /// Writes the session of a shard.
    pub async fn save_session(&self, shard: &str, saved: &SavedSession) -> Result<(), StoreError> {
        let tx = self.begin().await?;
        session::Entity::insert(session::ActiveModel {
            shard: Set(shard.to_owned()),
            session_id: Set(saved.session_id.clone()),
            sequence: Set(saved.sequence.cast_signed()),
            resume_url: Set(saved.resume_url.clone()),
            saved_at: Set(saved.saved_at),
        })
        .on_conflict(
            OnConflict::column(session::Column::Shard)
                .update_columns([
                    session::Column::SessionId,
                    session::Column::Sequence,
                    session::Column::ResumeUrl,
                    session::Column::SavedAt,
                ])
                .to_owned(),
        )
        .exec_without_returning(&tx.db)
        .await?;
        tx.commit().await
    }

    /// Forgets the session of a shard.
    pub async fn drop_session(&self, shard: &str) -> Result<(), StoreError> {
        let tx = self.begin().await?;
        session::Entity::delete_by_id(shard).exec(&tx.db).await?;
        tx.commit().await
    }
}
