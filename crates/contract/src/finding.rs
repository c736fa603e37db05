//! What is wrong with something.

use std::fmt;

/// Which part of the contract was broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rule {
    /// No operation has this method and path.
    Operation,
    /// A request that breaks the description as published, with the reviewed corrections.
    Open,
    /// A request with something the description does not know: a misspelt key, most often.
    Closed,
    /// An answer with a status the operation does not list.
    Status,
    /// An answer with missing or malformed headers.
    Header,
    /// An answer whose body breaks the description.
    Body,
    /// An id or a set of permissions that is no string.
    Strings,
    /// A gateway frame that breaks the description of its parts.
    Frame,
    /// A gateway frame that a strict client library cannot read, or reads as something unknown.
    Client,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule.
    pub rule: Rule,
    /// Where in the body, as a JSON pointer; or the parameter or header.
    pub at: String,
    /// What is wrong there.
    pub detail: String,
}

impl Finding {
    /// A finding.
    pub fn new(rule: Rule, at: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { rule, at: at.into(), detail: detail.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rule = match self.rule {
            Rule::Operation => "operation",
            Rule::Open => "request",
            Rule::Closed => "request, unknown to the description",
            Rule::Status => "status",
            Rule::Header => "header",
            Rule::Body => "answer",
            Rule::Strings => "must be a string",
            Rule::Frame => "frame",
            Rule::Client => "client library",
        };
        let at = if self.at.is_empty() { "the whole" } else { &self.at };
        write!(f, "{rule}: at {at}: {}", self.detail)
    }
}
