//! Sign-off: who says that this installation is ready, when, and on what grounds.

mod memory;
mod record;

use std::collections::BTreeMap;

use serde::Serialize;

pub use memory::{Memory, remember};
pub use record::Record;

use crate::{
    item as by_id,
    item::{By, Item},
    items,
    results::{Results, Severity},
};

/// Longest name that is written down.
const MAX_NAME: usize = 80;

/// What was in place when somebody signed. The caller knows; nothing in here is looked up.
#[derive(Clone, Debug, Serialize)]
pub struct Facts {
    /// Who signs.
    pub name: String,
    /// When, as in RFC 3339.
    pub date: String,
    /// The program's version.
    pub version: String,
    /// The database's kind and schema.
    pub schema: String,
    /// What there is: servers, games, seats.
    pub counts: BTreeMap<String, u64>,
    /// Files that decide what runs: the program, its unit, its settings' template.
    pub checksums: Vec<Checksum>,
}

/// A file as it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Checksum {
    /// Where it is.
    pub file: String,
    /// SHA-256 in hexadecimal; none when it could not be read.
    pub sha256: Option<String>,
}

/// Why nothing was signed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Nobody's name.
    #[error("a sign-off needs a name of 1 to {MAX_NAME} characters in one line")]
    Name,
    /// No such box.
    #[error(
        "there is no box `{0}`; `gamekeeper checklist` shows the id of each behind its sentence"
    )]
    NoSuchBox(String),
    /// Not for a human to confirm.
    #[error(
        "`{0}` is answered by a {1}, not by you; only what is yours or a command can be --done"
    )]
    NotYours(String, &'static str),
    /// The doctor was not asked.
    #[error("no check was run, so there is nothing to sign; --force signs all the same")]
    NothingChecked,
    /// Something does not work.
    #[error(
        "{} found an error: {}. Repair it, or sign all the same with --force",
        if .0.len() == 1 { "a check" } else { "checks" },
        .0.join(", ")
    )]
    Errors(Vec<String>),
}

/// Makes the record, or says why not.
///
/// With `force`, errors are written down instead of being a reason to refuse. What is yours and not
/// among the boxes that are done is written down as not confirmed.
pub fn sign_off(facts: &Facts, results: &Results, force: bool) -> Result<Record, Refused> {
    let length = facts.name.trim().chars().count();
    if length == 0 || length > MAX_NAME || facts.name.chars().any(char::is_control) {
        return Err(Refused::Name);
    }
    for id in &results.done {
        match by_id(id).map(|item| item.by) {
            None => return Err(Refused::NoSuchBox(id.clone())),
            Some(By::Yours { .. } | By::Command(_)) => {}
            Some(by) => return Err(Refused::NotYours(id.clone(), by.kind())),
        }
    }
    if results.checks.is_empty() && !force {
        return Err(Refused::NothingChecked);
    }
    let errors: Vec<String> = results.errors().map(|(name, _)| name.to_owned()).collect();
    if !errors.is_empty() && !force {
        return Err(Refused::Errors(errors));
    }
    Ok(Record::new(facts, results, errors))
}

fn open_yours(results: &Results) -> impl Iterator<Item = &'static Item> {
    let open = |item: &Item| matches!(item.by, By::Yours { .. }) && !results.is_confirmed(item);
    items().filter(move |item| open(item))
}

fn with(results: &Results, severity: Severity) -> Vec<(String, String)> {
    let found = results.checks.iter().filter(|(_, found)| found.severity == severity);
    found.map(|(name, found)| (name.clone(), found.finding.clone())).collect()
}
