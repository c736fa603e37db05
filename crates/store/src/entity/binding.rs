//! Table `binding`: which Discord object fills which slot.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "binding")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub game_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub slot: String,
    /// Unique: no object fills two slots.
    pub discord_id: i64,
    pub applied: Option<i64>,
    pub created_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
