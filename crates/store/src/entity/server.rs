//! Table `server`: game servers, on a panel or by their address.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "server")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub guild_id: i64,
    /// `amp:` and the panel's name, or `direct:` and the way to ask.
    pub source: String,
    /// Which one there: an instance's id, or an address.
    pub place: String,
    pub name: String,
    /// The panel's word for what runs there.
    pub module: String,
    pub address: Option<String>,
    pub game_id: Option<i64>,
    /// Not on its panel any more.
    pub gone: bool,
    pub watch: String,
    pub reading: Option<String>,
    pub alert_channel_id: Option<i64>,
    pub muted_until: i64,
    pub crowd: Option<i32>,
    /// Up to which audit entry alarms were told in the channel for them.
    pub told: i64,
    pub updated_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
