//! The judge against a very small description, and against the published one where it is at hand.

#![allow(clippy::unwrap_used, reason = "a test binary: a panic is a failure")]

mod answers;
mod anything;
mod frames;
mod operations;
mod published;
mod requests;

use contract::{Contract, Finding, Rule};

/// The small description.
fn small() -> Contract {
    Contract::uncorrected(include_bytes!("fixture.json")).unwrap()
}

/// Rule and place of each finding.
fn places(findings: &[Finding]) -> Vec<(Rule, &str)> {
    findings.iter().map(|finding| (finding.rule, finding.at.as_str())).collect()
}
