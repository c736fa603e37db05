//! Guilds whose members nobody has looked at since the database was restored: what it says about their
//! roles is older than they are.

use std::collections::BTreeSet;

use domain::GuildId;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::{Store, StoreError, entity::kv};

/// Facts about guilds that wait begin so.
pub(crate) const FACT: &str = "restored.";

impl Store {
    /// Guilds that wait for a look at their members.
    pub async fn restored_guilds(&self) -> Result<BTreeSet<GuildId>, StoreError> {
        let facts = self.facts_of(FACT).await?;
        let guild = |key: &str| key.strip_prefix(FACT)?.parse::<u64>().ok();
        let ids = facts.iter().filter_map(|(key, _)| GuildId::new_checked(guild(key)?));
        Ok(ids.collect())
    }

    /// The members of a guild were looked at.
    pub async fn seen_since_restore(&self, guild: GuildId) -> Result<(), StoreError> {
        let tx = self.begin().await?;
        kv::Entity::delete_many()
            .filter(kv::Column::Key.eq(format!("{FACT}{guild}")))
            .exec(&tx.db)
            .await?;
        tx.commit().await
    }
}
