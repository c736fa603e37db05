//! Who of several processes does what only one shall do.

use sea_orm::{ActiveValue::Set, EntityTrait, QuerySelect, sea_query::OnConflict};
use serde::{Deserialize, Serialize};

use crate::{Store, StoreError, entity::kv, row};

/// What processes wait for that ask at once; any number that nothing else uses.
const LOCK: i64 = 0x6c65_6173;

#[derive(Serialize, Deserialize)]
struct Lease {
    owner: String,
    until: i64,
}

impl Store {
    /// Takes a duty for so long, or takes it for longer; answers whether it is this owner's now. It
    /// goes by the database's own time.
    pub async fn take_duty(
        &self,
        duty: &str,
        owner: &str,
        own_now: i64,
        for_ms: i64,
    ) -> Result<bool, StoreError> {
        let tx = self.begin().await?;
        tx.hold(LOCK).await?;
        let now = tx.time(own_now).await?;
        let known = kv::Entity::find_by_id(duty).lock_exclusive().one(&tx.db).await?;
        // One that cannot be read is nobody's.
        let known = known.and_then(|fact| serde_json::from_str::<Lease>(&fact.value).ok());
        if known.is_some_and(|lease| lease.owner != owner && lease.until > now) {
            return Ok(false);
        }
        let lease = Lease { owner: owner.to_owned(), until: now.saturating_add(for_ms) };
        kv::Entity::insert(kv::ActiveModel {
            key: Set(duty.to_owned()),
            value: Set(row::json("kv", &lease)?),
        })
        .on_conflict(
            OnConflict::column(kv::Column::Key).update_column(kv::Column::Value).to_owned(),
        )
        .exec_without_returning(&tx.db)
        .await?;
        tx.commit().await?;
        Ok(true)
    }
}
