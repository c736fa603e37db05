//! Between rows and domain types. Ids are Discord's unsigned 64 bits in signed columns; real ones
//! fit into 63 bits.

use std::{
    collections::BTreeSet,
    sync::{Mutex, PoisonError},
};

use serde::{Serialize, de::DeserializeOwned};
use twilight_model::id::Id;

use crate::StoreError;

/// Complaints that are remembered, so as not to be repeated.
const MOST_SAID: usize = 1_000;

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

/// The rows that this version can read. One that it cannot read, because a newer version wrote it
/// or somebody's hand, must not hide all the others from a list.
pub(crate) fn readable<T, C: FromIterator<T>>(
    rows: impl Iterator<Item = Result<T, StoreError>>,
) -> C {
    rows.filter_map(|row| row.map_err(|error| complain(&error)).ok()).collect()
}

/// Once for each row: lists are read again and again.
pub(crate) fn complain(error: &StoreError) {
    static SAID: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());
    let text = error.to_string();
    let mut said = SAID.lock().unwrap_or_else(PoisonError::into_inner);
    if said.len() >= MOST_SAID {
        said.clear();
    }
    if !said.contains(&text) {
        tracing::error!(row = text, "a row that this version cannot read is left out");
        said.insert(text);
    }
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
