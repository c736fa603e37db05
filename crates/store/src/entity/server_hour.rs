//! Table `server_hour`: the looks of an hour together, for a year.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "server_hour")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub server_id: i64,
    /// When it began.
    #[sea_orm(primary_key, auto_increment = false)]
    pub hour: i64,
    pub looks: i32,
    /// Looks that somebody answered.
    pub known: i32,
    /// Looks that found people able to play.
    pub up: i32,
    pub players_sum: i32,
    pub players_max: i32,
    pub cpu_max: i32,
    pub memory_max: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
