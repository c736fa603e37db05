//! Table `waiter`: people who wait for an answer to long work.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "waiter")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub game_id: i64,
    pub generation: i64,
    pub audit_kind: String,
    pub application_id: i64,
    /// The interaction's token; worthless after 15 minutes.
    pub token: String,
    pub locale: String,
    pub correlation: String,
    pub expires_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
