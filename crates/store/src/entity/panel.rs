//! Table `panel`: at most one of each kind in a guild.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "panel")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub guild_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: String,
    pub channel_id: i64,
    pub message_id: Option<i64>,
    /// The message to remove after a move, as `channel:message`.
    pub stale: Option<String>,
    pub content_hash: Option<i64>,
    /// `wanted`, `posted` or `lost`.
    pub state: String,
    /// Nonce of the post under way: Discord answers a repeated nonce with the first message.
    pub nonce: String,
    pub updated_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
