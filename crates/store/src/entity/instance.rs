//! Table `instance`: processes on this database.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "instance")]
pub struct Model {
    /// Unique among processes, and the same after a restart.
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    /// Differs with each start, so that a process notices that another took its name.
    pub boot: i64,
    /// Its last sign of life, in the database's time.
    pub seen_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
