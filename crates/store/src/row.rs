//! Between rows and domain types. Ids are Discord's unsigned 64 bits in signed columns; real ones
//! fit into 63 bits.

use serde::{Serialize, de::DeserializeOwned};
use twilight_model::id::Id;

use crate::StoreError;

pub(crate) fn to_column<T>(id: Id<T>) -> i64 {
    id.get().cast_signed()
}

pub(crate) fn id<T>(table: &'static str, column: i64) -> Result<Id<T>, StoreError> {
    Id::new_checked(column.cast_unsigned()).ok_or_else(|| StoreError::Corrupt {
        table,
        id: column.to_string(),
        what: "not an id of Discord's".to_owned(),
    })
}

pub(crate) fn json<T: Serialize>(table: &'static str, value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::Corrupt {
        table,
        id: "new".to_owned(),
        what: error.to_string(),
    })
}

pub(crate) fn from_json<T: DeserializeOwned>(
    table: &'static str,
    id: &impl ToString,
    text: &str,
) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|error| StoreError::Corrupt {
        table,
        id: id.to_string(),
        what: error.to_string(),
    })
}
