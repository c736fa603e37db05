//! What is wrong with a plan, and where.

use std::fmt;

/// A step into a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Key(&'static str),
    Index(usize),
}

/// Something in a plan that Discord would not have, or that cannot be meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    pub(super) path: Vec<Step>,
    what: String,
}

impl Flaw {
    /// About a key.
    pub(super) fn at(key: &'static str, what: impl Into<String>) -> Self {
        Self { path: vec![Step::Key(key)], what: what.into() }
    }

    /// About an entry of a list.
    pub(super) fn item(key: &'static str, index: usize, what: impl Into<String>) -> Self {
        Self { path: vec![Step::Key(key), Step::Index(index)], what: what.into() }
    }

    /// The same, seen from where the plan is an entry of a list.
    pub(super) fn within(mut self, key: &'static str, index: usize) -> Self {
        self.path.splice(0..0, [Step::Key(key), Step::Index(index)]);
        self
    }

    /// The same, seen from where the plan is a part.
    pub(super) fn inside(mut self, key: &'static str) -> Self {
        self.path.insert(0, Step::Key(key));
        self
    }

    /// What is wrong, without the place.
    pub fn what(&self) -> &str {
        &self.what
    }
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, step) in self.path.iter().enumerate() {
            match step {
                Step::Key(key) if at == 0 => write!(f, "{key}")?,
                Step::Key(key) => write!(f, ".{key}")?,
                Step::Index(index) => write!(f, "[{index}]")?,
            }
        }
        write!(f, ": {}", self.what)
    }
}

impl std::error::Error for Flaw {}
