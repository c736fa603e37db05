//! What one check has to say.

use std::fmt;

use serde::Serialize;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// As it should be, or not needed here.
    Ok,
    /// Not looked at, for a reason that is told.
    Skipped,
    /// Works, but should be different.
    Warning,
    /// Does not work, or is dangerous.
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Ok => "ok",
            Self::Skipped => "skipped",
            Self::Warning => "warning",
            Self::Error => "ERROR",
        })
    }
}

/// What one check found about one thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The check's name, one of [`crate::CATALOGUE`].
    pub check: &'static str,
    /// What was looked at, where there are several: a guild, a panel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// How bad it is.
    pub severity: Severity,
    /// What was found, in one sentence.
    pub finding: String,
    /// What to do about it; there whenever something is to be done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cure: Option<String>,
}

impl Finding {
    fn new(check: &'static str, severity: Severity, finding: impl fmt::Display) -> Self {
        Self { check, subject: None, severity, finding: finding.to_string(), cure: None }
    }

    /// All is well.
    pub fn ok(check: &'static str, finding: impl fmt::Display) -> Self {
        Self::new(check, Severity::Ok, finding)
    }

    /// It was not possible, or not wanted, to look.
    pub fn skipped(check: &'static str, why: impl fmt::Display) -> Self {
        Self::new(check, Severity::Skipped, why)
    }

    /// It works, but should be different.
    pub fn warning(
        check: &'static str,
        finding: impl fmt::Display,
        cure: impl Into<String>,
    ) -> Self {
        Self { cure: Some(cure.into()), ..Self::new(check, Severity::Warning, finding) }
    }

    /// It does not work, or is dangerous.
    pub fn error(check: &'static str, finding: impl fmt::Display, cure: impl Into<String>) -> Self {
        Self { cure: Some(cure.into()), ..Self::new(check, Severity::Error, finding) }
    }

    /// About this one of several.
    #[must_use]
    pub fn of(self, subject: impl Into<String>) -> Self {
        Self { subject: Some(subject.into()), ..self }
    }
}
