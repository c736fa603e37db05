//! The journal: every change to Discord is written here before it is asked for.

use domain::{GameId, plan::Op};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, NotSet, QueryFilter, QueryOrder, sea_query::Expr,
};

use crate::{Store, StoreError, Tx, entity::journal, row};

/// How a journaled change stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JournalStatus {
    /// Asked for, or about to be; whether Discord did it is not known.
    Intent,
    /// Discord said yes.
    Done,
    /// The answer was lost; the object was found by our mark and taken over.
    Adopted,
    /// Discord said no.
    Failed,
    /// Nothing was found by our mark: it did not happen.
    Void,
}

impl JournalStatus {
    /// The stable text form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Intent => "intent",
            Self::Done => "done",
            Self::Adopted => "adopted",
            Self::Failed => "failed",
            Self::Void => "void",
        }
    }

    fn parse(text: &str) -> Option<Self> {
        [Self::Intent, Self::Done, Self::Adopted, Self::Failed, Self::Void]
            .into_iter()
            .find(|status| status.as_str() == text)
    }
}

/// One journaled change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalEntry {
    /// Its number; the mark in Discord's audit log is made of it.
    pub id: i64,
    /// The game.
    pub game: GameId,
    /// The game's generation it served.
    pub generation: i64,
    /// What was asked for.
    pub op: Op,
    /// How it stands.
    pub status: JournalStatus,
    /// What it made or changed.
    pub discord_id: Option<u64>,
    /// Why it failed.
    pub error: Option<String>,
    /// When it was written, in milliseconds since the Unix epoch.
    pub created_at: i64,
}

fn entry(model: journal::Model) -> Result<JournalEntry, StoreError> {
    let status = JournalStatus::parse(&model.status).ok_or_else(|| StoreError::Corrupt {
        table: "journal",
        id: model.id.to_string(),
        what: format!("unknown status `{}`", model.status),
    })?;
    Ok(JournalEntry {
        id: model.id,
        game: GameId(model.game_id),
        generation: model.generation,
        op: row::from_json("journal", &model.id, &model.op)?,
        status,
        discord_id: model.discord_id.map(i64::cast_unsigned),
        error: model.error,
        created_at: model.created_at,
    })
}

impl Store {
    /// Changes of a game whose outcome is not known, oldest first.
    pub async fn open_intents(&self, game: GameId) -> Result<Vec<JournalEntry>, StoreError> {
        journal::Entity::find()
            .filter(journal::Column::GameId.eq(game.0))
            .filter(journal::Column::Status.eq(JournalStatus::Intent.as_str()))
            .order_by_asc(journal::Column::Id)
            .all(self.db())
            .await?
            .into_iter()
            .map(entry)
            .collect()
    }

    /// Everything ever asked of Discord for a game, oldest first.
    pub async fn journal(&self, game: GameId) -> Result<Vec<JournalEntry>, StoreError> {
        journal::Entity::find()
            .filter(journal::Column::GameId.eq(game.0))
            .order_by_asc(journal::Column::Id)
            .all(self.db())
            .await?
            .into_iter()
            .map(entry)
            .collect()
    }

    /// Forgets finished entries older than `before`.
    pub async fn prune_journal(&self, before: i64) -> Result<u64, StoreError> {
        let tx = self.begin().await?;
        let result = journal::Entity::delete_many()
            .filter(journal::Column::FinishedAt.lt(before))
            .exec(&tx.db)
            .await?;
        tx.commit().await?;
        Ok(result.rows_affected)
    }
}

impl Tx {
    /// Writes the intention to make a change; answers its number.
    pub async fn journal_intent(
        &self,
        game: GameId,
        generation: i64,
        op: &Op,
        now: i64,
    ) -> Result<i64, StoreError> {
        let inserted = journal::Entity::insert(journal::ActiveModel {
            id: NotSet,
            game_id: Set(game.0),
            generation: Set(generation),
            op: Set(row::json("journal", op)?),
            status: Set(JournalStatus::Intent.as_str().to_owned()),
            discord_id: Set(None),
            error: Set(None),
            created_at: Set(now),
            finished_at: Set(None),
        })
        .exec(&self.db)
        .await?;
        Ok(inserted.last_insert_id)
    }

    /// Writes what became of it.
    pub async fn journal_outcome(
        &self,
        id: i64,
        status: JournalStatus,
        discord_id: Option<u64>,
        error: Option<String>,
        now: i64,
    ) -> Result<(), StoreError> {
        journal::Entity::update_many()
            .col_expr(journal::Column::Status, Expr::value(status.as_str()))
            .col_expr(journal::Column::DiscordId, Expr::value(discord_id.map(u64::cast_signed)))
            .col_expr(journal::Column::Error, Expr::value(error))
            .col_expr(journal::Column::FinishedAt, Expr::value(now))
            .filter(journal::Column::Id.eq(id))
            .exec(&self.db)
            .await?;
        Ok(())
    }
}
