//! Results to draw the list up with.

use std::{collections::BTreeMap, path::PathBuf};

use checklist::{Checksum, Facts, Finding, Results, Severity};

/// The repository.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

pub fn found(severity: Severity, finding: &str) -> Finding {
    let cure = (severity != Severity::Ok).then(|| "Do something about it.".to_owned());
    Finding { severity, finding: finding.to_owned(), cure }
}

/// Every check, all well.
pub fn good() -> Results {
    let fine = |name: &&str| ((*name).to_owned(), found(Severity::Ok, "as it should be"));
    Results { checks: checklist::CHECKS.iter().map(fine).collect(), ..Results::default() }
}

pub fn facts() -> Facts {
    Facts {
        name: "Ada Lovelace".to_owned(),
        date: "2026-11-27T10:00:00Z".to_owned(),
        version: "0.1.0".to_owned(),
        schema: "Sqlite, m0005_server_alerts".to_owned(),
        counts: BTreeMap::from([("servers".to_owned(), 1), ("games".to_owned(), 12)]),
        checksums: vec![
            Checksum { file: "/usr/bin/gamekeeper".to_owned(), sha256: Some("ab".repeat(32)) },
            Checksum { file: "/etc/gamekeeper.toml".to_owned(), sha256: None },
        ],
    }
}
