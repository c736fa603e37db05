//! Table `work`: games the reconciler owes a look.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "work")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub game_id: i64,
    pub guild_id: i64,
    pub not_before: i64,
    /// Counts wake-ups, so that one that arrives during the work is not lost.
    pub ticket: i64,
    /// Failed tries in a row.
    pub attempts: i32,
    /// When it was claimed last, so that who lost a lease does not end the work of who got it.
    pub claimed_at: i64,
    pub lease_owner: Option<String>,
    pub lease_until: Option<i64>,
    /// A person asked for a repair.
    pub repair: bool,
    /// Why it waits.
    pub waiting_for: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
