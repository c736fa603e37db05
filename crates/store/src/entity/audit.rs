//! Table `audit`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub guild_id: i64,
    pub game_id: Option<i64>,
    pub game_name: Option<String>,
    /// None is the bot itself.
    pub actor_id: Option<i64>,
    pub subject_id: Option<i64>,
    pub kind: String,
    pub outcome: String,
    #[sea_orm(column_name = "state_before")]
    pub before: Option<String>,
    #[sea_orm(column_name = "state_after")]
    pub after: Option<String>,
    pub plan: Option<String>,
    pub correlation: String,
    /// The game's generation that this entry brought about; settled with it.
    pub generation: Option<i64>,
    /// Whether the line in the log channel is still owed.
    pub unlogged: bool,
    pub created_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
