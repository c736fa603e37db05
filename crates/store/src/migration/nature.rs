//! What each migration means for whoever upgrades, and which schema each version of the program has.

/// Whether the version before goes on working while the new one has changed the schema already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nature {
    /// It only adds: processes of the version before that are running go on.
    Expand,
    /// It takes away or changes what the version before uses: stop everything first.
    Contract,
}

/// One migration, for whoever upgrades.
#[derive(Clone, Copy, Debug)]
pub struct Change {
    /// Its name.
    pub name: &'static str,
    /// Whether the version before goes on working.
    pub nature: Nature,
    /// What it does.
    pub does: &'static str,
    /// What going back loses; none where nothing.
    pub back_loses: Option<&'static str>,
}

const fn expand(
    name: &'static str,
    does: &'static str,
    back_loses: Option<&'static str>,
) -> Change {
    Change { name, nature: Nature::Expand, does, back_loses }
}

const CHANGES: [Change; 5] = [
    expand("m0001_first", "makes all tables", Some("everything")),
    expand(
        "m0002_instances",
        "adds tables for several processes on one database",
        Some("nothing that outlives a restart"),
    ),
    expand("m0003_audit_indexes", "exchanges indexes of the history", None),
    expand(
        "m0004_servers",
        "adds tables for game servers",
        Some("game servers with their rights, settings and history"),
    ),
    expand(
        "m0005_server_alerts",
        "adds a column: which alarms were told",
        Some("which alarms were told; those of the last days may be told again"),
    ),
];

/// Each version of the program with the newest migration it knows, oldest first.
pub const VERSIONS: [(&str, &str); 1] = [("0.1.0", "m0005_server_alerts")];

/// What a migration means; none where it is not one of ours.
pub fn nature(name: &str) -> Option<Change> {
    CHANGES.into_iter().find(|change| change.name == name)
}

/// The newest migration that a version knows, or the migration itself where it is named.
pub fn newest_of(version_or_migration: &str) -> Option<&'static str> {
    let asked = version_or_migration.trim_start_matches('v');
    let version = VERSIONS.into_iter().find(|(version, _)| *version == asked);
    let named = || CHANGES.into_iter().find(|change| change.name == version_or_migration);
    // `m0004` is enough.
    let short = || {
        let begins = |change: &Change| change.name.split('_').next() == Some(version_or_migration);
        CHANGES.into_iter().find(begins)
    };
    version.map(|(_, name)| name).or_else(|| named().or_else(short).map(|change| change.name))
}

#[cfg(test)]
mod tests {
    use super::{CHANGES, VERSIONS, nature, newest_of};
    use crate::migration::names;

    #[test]
    fn every_migration_is_told_of_and_the_newest_version_has_the_newest() {
        let told: Vec<_> = CHANGES.iter().map(|change| change.name.to_owned()).collect();
        assert_eq!(told, names());
        let (version, newest) = VERSIONS[VERSIONS.len() - 1];
        assert_eq!(version, env!("CARGO_PKG_VERSION"));
        assert_eq!(Some(newest.to_owned()), names().pop());
        assert!(VERSIONS.iter().all(|(_, name)| nature(name).is_some()));
    }

    #[test]
    fn a_schema_is_found_by_version_and_by_name() {
        assert_eq!(newest_of("0.1.0"), Some("m0005_server_alerts"));
        assert_eq!(newest_of("v0.1.0"), Some("m0005_server_alerts"));
        assert_eq!(newest_of("m0004_servers"), Some("m0004_servers"));
        assert_eq!(newest_of("m0004"), Some("m0004_servers"));
        assert_eq!(newest_of("9.9.9"), None);
    }
}
