//! What an archive says of itself. Beside the archive for people and lists, and inside it for whoever
//! has nothing but the archive. Holds no secrets.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The format of archives that this version writes, and the newest that it reads.
pub const FORMAT: u32 = 1;
/// What names of archives end with.
pub(crate) const ENDING: &str = ".gkb";
/// What names of manifests end with, in place of that.
pub(crate) const BESIDE: &str = ".json";

/// What is known before the first row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// See [`FORMAT`].
    pub format: u32,
    /// The version of the program that made it.
    pub app: String,
    /// The newest migration of the schema.
    pub schema: String,
    /// `sqlite` or `postgres`.
    pub database: String,
    /// The database's own version.
    pub database_version: String,
    /// When the rows were as they are in here.
    pub created_at: Timestamp,
    /// The process that made it.
    pub instance: String,
    /// The one guild whose rows these are; none for everything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guild: Option<String>,
}

/// One table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableSum {
    /// Its name.
    pub name: String,
    /// Its rows.
    pub rows: u64,
    /// SHA-256 of its lines.
    pub sha256: String,
}

/// The database's own copy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Native {
    /// The name inside the archive.
    pub file: String,
    /// The tool that made it, with its version.
    pub by: String,
    /// Its bytes.
    pub bytes: u64,
    /// SHA-256 of it.
    pub sha256: String,
}

/// The archive as a file. Beside it only: nothing can hold its own sum.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sealed {
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub bytes: u64,
    /// SHA-256 of it.
    pub sha256: String,
    /// Whether it is encrypted.
    pub encrypted: bool,
}

/// Everything.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// What was known first.
    #[serde(flatten)]
    pub header: Header,
    /// The tables.
    pub tables: Vec<TableSum>,
    /// The database's own copy.
    pub native: Option<Native>,
    /// Why there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub without_native: Option<String>,
    /// The file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub archive: Option<Sealed>,
}

impl Manifest {
    /// Rows of all tables.
    pub fn rows(&self) -> u64 {
        self.tables.iter().map(|table| table.rows).sum()
    }
}

/// The name of an archive: sorted by name is sorted by time.
pub(crate) fn name_of(at: Timestamp, instance: &str) -> String {
    let stamp = at.strftime("%Y%m%dT%H%M%SZ");
    let safe = |c: char| if c.is_ascii_alphanumeric() || "-_.".contains(c) { c } else { '-' };
    let instance: String = instance.chars().map(safe).take(64).collect();
    format!("gamekeeper-{stamp}-{instance}{ENDING}")
}

/// When an archive was made, by its name; none where it is not one of ours.
pub(crate) fn made_at(name: &str) -> Option<Timestamp> {
    let stamp = name.strip_suffix(ENDING)?.strip_prefix("gamekeeper-")?.split('-').next()?;
    let parts = jiff::civil::DateTime::strptime("%Y%m%dT%H%M%SZ", stamp).ok()?;
    parts.to_zoned(jiff::tz::TimeZone::UTC).ok().map(|zoned| zoned.timestamp())
}

/// What archives are sorted by. The ending would put the second of one second before the first.
pub(crate) fn order(name: &str) -> &str {
    name.strip_suffix(ENDING).unwrap_or(name)
}

/// The name of the manifest beside an archive.
pub(crate) fn beside(name: &str) -> String {
    format!("{}{BESIDE}", name.strip_suffix(ENDING).unwrap_or(name))
}

#[cfg(test)]
mod tests {
    use super::{beside, made_at, name_of};

    #[test]
    fn a_name_tells_when_it_was_made() {
        let at: jiff::Timestamp = "2026-11-27T03:30:05Z".parse().expect("a time");
        let name = name_of(at, "host 1/x-y");
        assert_eq!(name, "gamekeeper-20261127T033005Z-host-1-x-y.gkb");
        assert_eq!(made_at(&name), Some(at));
        assert_eq!(beside(&name), "gamekeeper-20261127T033005Z-host-1-x-y.json");
        assert_eq!(made_at("gamekeeper-yesterday-x.gkb"), None);
        assert_eq!(made_at("other.gkb"), None);
    }
}
