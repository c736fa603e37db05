//! What the checks said, and what that makes of the boxes.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::{
    checks::TO_DO,
    item::{By, Item},
    items,
};

/// How a check ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// As it should be.
    Ok,
    /// It works, but somebody should look.
    Warn,
    /// It does not work, or must not stay so.
    Error,
    /// Not looked at, for a reason.
    Skipped,
}

/// What a check found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// How it ended.
    pub severity: Severity,
    /// What was found, in a sentence.
    pub finding: String,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cure: Option<String>,
}

/// What is known when the list is drawn up.
#[derive(Clone, Debug, Default)]
pub struct Results {
    /// Findings by the name of the check; a check that is not in here was not run.
    pub checks: BTreeMap<String, Finding>,
    /// Boxes that a human confirms now.
    pub done: BTreeSet<String>,
    /// Boxes that a human has confirmed before: who, and when.
    pub remembered: BTreeMap<String, String>,
    /// Checks that a human leaves out, and why.
    pub skips: BTreeMap<String, String>,
}

/// What a box looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State<'a> {
    /// A test or a file answers for it, in every copy of this version.
    Proven,
    /// Its check was run.
    Checked(&'a Finding),
    /// Its check was not run.
    NotRun,
    /// A command does it; whether somebody ran it is not known.
    OnDemand,
    /// A human has to do it.
    Yours,
    /// A human says that it is done.
    Confirmed,
}

impl Results {
    /// What a box looks like with these results.
    pub fn state(&self, item: &Item) -> State<'_> {
        match item.by {
            By::Test(_) | By::File(_) => State::Proven,
            By::Check(name) => self.checks.get(name).map_or(State::NotRun, State::Checked),
            _ if self.is_confirmed(item) => State::Confirmed,
            By::Command(_) => State::OnDemand,
            By::Yours { .. } => State::Yours,
        }
    }

    /// Whether a human says, or said, that it is done.
    pub(crate) fn is_confirmed(&self, item: &Item) -> bool {
        self.done.contains(item.id) || self.remembered.contains_key(item.id)
    }

    /// What is still to do for a check that could not look, where somebody can do something.
    pub(crate) fn to_do(&self, check: &str) -> Option<&str> {
        let found = self.checks.get(check).filter(|found| found.severity == Severity::Skipped)?;
        if self.skips.contains_key(check) {
            return None;
        }
        let usual = || TO_DO.iter().find(|(name, _)| *name == check).map(|(_, what)| *what);
        found.cure.as_deref().or_else(usual)
    }

    /// Checks that found an error, in the order of their names.
    pub fn errors(&self) -> impl Iterator<Item = (&str, &Finding)> {
        let wrong = |finding: &Finding| finding.severity == Severity::Error;
        self.checks.iter().filter(move |(_, f)| wrong(f)).map(|(name, f)| (name.as_str(), f))
    }
}

impl State<'_> {
    /// Whether the box is ticked. Not where its check warns, or was skipped: somebody has to look.
    pub fn is_done(&self) -> bool {
        match self {
            Self::Proven | Self::Confirmed => true,
            Self::Checked(found) => found.severity == Severity::Ok,
            Self::NotRun | Self::OnDemand | Self::Yours => false,
        }
    }

    /// The word for it, as in JSON.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Proven => "proven",
            Self::Checked(found) => match found.severity {
                Severity::Ok => "ok",
                Severity::Warn => "warn",
                Severity::Error => "error",
                Severity::Skipped => "skipped",
            },
            Self::NotRun => "not-run",
            Self::OnDemand => "on-demand",
            Self::Yours => "yours",
            Self::Confirmed => "confirmed",
        }
    }
}

/// How many boxes there are, and who answers for them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// All of them.
    pub boxes: usize,
    /// Answered by a check of the doctor.
    pub checks: usize,
    /// Answered by a test.
    pub tests: usize,
    /// Answered by a file.
    pub files: usize,
    /// Done by a command.
    pub commands: usize,
    /// Only a human can do it.
    pub yours: usize,
    /// Ticked now.
    pub done: usize,
    /// Whose check warned.
    pub warnings: usize,
    /// Whose check found an error.
    pub errors: usize,
}

impl Summary {
    /// Counts them.
    pub fn of(results: &Results) -> Self {
        let mut sum = Self::default();
        for item in items() {
            sum.boxes += 1;
            match item.by {
                By::Check(_) => sum.checks += 1,
                By::Test(_) => sum.tests += 1,
                By::File(_) => sum.files += 1,
                By::Command(_) => sum.commands += 1,
                By::Yours { .. } => sum.yours += 1,
            }
            let state = results.state(item);
            sum.done += usize::from(state.is_done());
            sum.warnings += usize::from(state.word() == "warn");
            sum.errors += usize::from(state.word() == "error");
        }
        sum
    }

    /// The same in a sentence.
    pub fn sentence(&self) -> String {
        let Self { boxes, checks, tests, files, commands, yours, .. } = self;
        format!(
            "{boxes} boxes: {checks} by checks, {tests} by tests, {files} by files, {commands} by \
             commands, {yours} yours."
        )
    }
}
