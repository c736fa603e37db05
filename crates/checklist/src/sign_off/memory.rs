//! What an earlier record says, so that nobody has to confirm the same thing again and again.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::{By, item as by_id};

/// Boxes that were confirmed: who, and when.
pub type Memory = BTreeMap<String, String>;

/// About the record that they stand in, not about the installation.
const OF_A_RECORD: &str = "sign-off.";

#[derive(Deserialize)]
struct Earlier {
    name: String,
    date: String,
    version: String,
    boxes: Vec<BoxThen>,
}

#[derive(Deserialize)]
struct BoxThen {
    id: String,
    state: String,
    confirmed: Option<String>,
}

/// What still counts of a record, as JSON. What is yours is; what a command does only for the version
/// that it was done with.
pub fn remember(record: &str, version: &str) -> Result<Memory, serde_json::Error> {
    let earlier: Earlier = serde_json::from_str(record)?;
    let signed = format!("{}, {}", earlier.name.trim(), earlier.date);
    let counts = |id: &str| match by_id(id).map(|item| item.by) {
        _ if id.starts_with(OF_A_RECORD) => false,
        Some(By::Yours { .. }) => true,
        Some(By::Command(_)) => earlier.version == version,
        _ => false,
    };
    let confirmed = earlier.boxes.into_iter().filter(|one| one.state == "confirmed");
    let counting = confirmed.filter(|one| counts(&one.id));
    Ok(counting.map(|one| (one.id, one.confirmed.unwrap_or_else(|| signed.clone()))).collect())
}
