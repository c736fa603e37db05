//! Table `session`: gateway sessions to resume.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "session")]
pub struct Model {
    /// `index/total`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub shard: String,
    pub session_id: String,
    pub sequence: i64,
    pub resume_url: String,
    pub saved_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
