//! What is wrong with a setting, in one sentence.

use std::{borrow::Cow, fmt};

/// A variable that is missing or wrong: one sentence that names it and the cure.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{variable} {what}. {cure}")]
pub struct SettingError {
    /// The variable.
    pub variable: Cow<'static, str>,
    /// What is wrong; never the value of a secret.
    pub what: String,
    /// What to do.
    pub cure: String,
}

impl SettingError {
    /// All three.
    pub fn new(
        variable: impl Into<Cow<'static, str>>,
        what: impl fmt::Display,
        cure: impl Into<String>,
    ) -> Self {
        Self { variable: variable.into(), what: what.to_string(), cure: cure.into() }
    }
}
