//! Small facts about the installation, such as the hash of the registered commands.

use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::OnConflict,
};

use crate::{Store, StoreError, entity::kv};

impl Store {
    /// A fact.
    pub async fn fact(&self, key: &str) -> Result<Option<String>, StoreError> {
        Ok(kv::Entity::find_by_id(key).one(self.db()).await?.map(|model| model.value))
    }

    /// Facts whose names begin so.
    pub async fn facts_of(&self, beginning: &str) -> Result<Vec<(String, String)>, StoreError> {
        let found = kv::Entity::find().filter(kv::Column::Key.starts_with(beginning));
        let found = found.order_by_asc(kv::Column::Key).all(self.db()).await?;
        Ok(found.into_iter().map(|model| (model.key, model.value)).collect())
    }

    /// Writes a fact.
    pub async fn set_fact(&self, key: &str, value: &str) -> Result<(), StoreError> {
        let tx = self.begin().await?;
        kv::Entity::insert(kv::ActiveModel {
            key: Set(key.to_owned()),
            value: Set(value.to_owned()),
        })
        .on_conflict(
            OnConflict::column(kv::Column::Key).update_column(kv::Column::Value).to_owned(),
        )
        .exec_without_returning(&tx.db)
        .await?;
        tx.commit().await
    }
}
