//! Table `game`.

use sea_orm::entity::prelude::*;

/// One game: what should be.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "game")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub guild_id: i64,
    pub name: String,
    /// What look-alikes share; unique in the guild until the game is deleted.
    pub name_key: String,
    /// JSON of `domain::Emoji`.
    pub emoji: Option<String>,
    pub colour: Option<i32>,
    pub description: String,
    pub capacity: Option<i32>,
    pub admission: String,
    pub visibility: String,
    /// JSON of `domain::Layout`.
    pub layout: String,
    /// `active`, `archived` or `deleted`.
    pub phase: String,
    pub release_channels: bool,
    /// Deleted, and Discord is clean.
    pub gone: bool,
    pub generation: i64,
    /// The generation Discord was last seen to show in full.
    pub settled_generation: i64,
    /// JSON list of `domain::plan::Problem`.
    pub problems: String,
    pub created_by: i64,
    pub created_at: i64,
    pub updated_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
