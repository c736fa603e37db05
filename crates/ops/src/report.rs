//! All findings on one page.

use std::{collections::BTreeMap, fmt::Write as _};

use serde::Serialize;

use crate::{CATALOGUE, Finding, Severity, about};

/// Checks that an operator does not want, each with a reason.
#[derive(Clone, Debug, Default)]
pub struct Skips(BTreeMap<&'static str, String>);

/// A check that does not exist, or a skip without a reason.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnknownCheck {
    /// Nothing is called that.
    #[error("there is no check `{0}`; gamekeeper doctor --list names all")]
    Name(String),
    /// Nobody will remember why.
    #[error("`{0}` is skipped without a reason: write --skip {0}=REASON")]
    Reason(String),
}

impl Skips {
    /// Parses `NAME=REASON`, each once.
    pub fn parse<'a>(texts: impl IntoIterator<Item = &'a str>) -> Result<Self, UnknownCheck> {
        let mut skips = BTreeMap::new();
        for text in texts {
            let (name, reason) = text.split_once('=').unwrap_or((text, ""));
            let check = about(name.trim()).ok_or_else(|| UnknownCheck::Name(name.to_owned()))?;
            if reason.trim().is_empty() {
                return Err(UnknownCheck::Reason(name.to_owned()));
            }
            skips.insert(check.name, reason.trim().to_owned());
        }
        Ok(Self(skips))
    }

    /// Names of checks, and why they are left out.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, reason)| (*name, reason.as_str()))
    }
}

/// What all checks found, in the catalogue's order.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// The version that looked.
    pub version: &'static str,
    /// What was found.
    pub findings: Vec<Finding>,
}

impl Report {
    /// Puts findings in order. A check that said nothing is told as skipped, so that none is
    /// forgotten silently.
    pub fn new(version: &'static str, found: &[Finding], skips: &Skips) -> Self {
        let mut findings = Vec::new();
        for check in CATALOGUE {
            if let Some(reason) = skips.0.get(check.name) {
                findings.push(Finding::skipped(check.name, reason));
                continue;
            }
            let before = findings.len();
            findings.extend(found.iter().filter(|finding| finding.check == check.name).cloned());
            if findings.len() == before {
                findings.push(Finding::skipped(check.name, "could not be looked at, see above"));
            }
        }
        Self { version, findings }
    }

    /// The worst of it.
    pub fn worst(&self) -> Severity {
        self.findings.iter().map(|finding| finding.severity).max().unwrap_or(Severity::Ok)
    }

    /// The worst finding of one check.
    pub fn worst_of(&self, check: &str) -> Option<&Finding> {
        let of_it = self.findings.iter().filter(|finding| finding.check == check);
        of_it.max_by_key(|finding| finding.severity)
    }

    /// How many findings are of this severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }

    /// A table for people: one line a finding, its cure below where there is one.
    pub fn table(&self) -> String {
        let width = CATALOGUE.iter().map(|check| check.name.len()).max().unwrap_or_default();
        let mut text = String::new();
        for Finding { check, subject, severity, finding, cure } in &self.findings {
            let subject =
                subject.as_ref().map(|subject| format!("{subject}: ")).unwrap_or_default();
            let _ = writeln!(text, "{severity:<8} {check:<width$}  {subject}{finding}");
            if let Some(cure) = cure {
                let _ = writeln!(text, "{:8} {:width$}  → {cure}", "", "");
            }
        }
        let _ = writeln!(
            text,
            "\n{} in order, {} skipped, {} to look at, {} to put right.",
            self.count(Severity::Ok),
            self.count(Severity::Skipped),
            self.count(Severity::Warning),
            self.count(Severity::Error)
        );
        text
    }
}

#[cfg(test)]
mod tests {
    use super::{Report, Skips, UnknownCheck};
    use crate::{CATALOGUE, Finding, Severity};

    #[test]
    fn every_check_is_told_and_skips_have_reasons() {
        let skips = Skips::parse(["host.root=a container"]).expect("a check and a reason");
        let found = vec![
            Finding::error("host.root", "is root", "do not"),
            Finding::warning("host.disk", "is nearly full", "make room"),
        ];
        let report = Report::new("1.0.0", &found, &skips);
        assert_eq!(report.findings.len(), CATALOGUE.len());
        assert_eq!(report.worst(), Severity::Warning);
        let table = report.table();
        assert!(table.contains("skipped  host.root            a container"), "{table}");
        assert!(table.contains("→ make room"), "{table}");
        let unknown = Skips::parse(["host.roof=x"]).expect_err("no such check");
        assert_eq!(unknown, UnknownCheck::Name("host.roof".to_owned()));
        let silent = Skips::parse(["host.root= "]).expect_err("no reason");
        assert_eq!(silent, UnknownCheck::Reason("host.root".to_owned()));
    }
}
