//! A list of checks, as text or JSON.

use std::fmt::Write as _;

use serde_json::{Value, json};

/// How something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// As it should be.
    Good,
    /// Somebody should look at it; the process does its work.
    Warning,
    /// It does not do its work.
    Failed,
}

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// A short name, always the same.
    pub name: &'static str,
    /// How it stands.
    pub state: State,
    /// A few words; never a secret, nor text from outside.
    pub detail: String,
}

/// All of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// In the order they are shown.
    pub checks: Vec<Check>,
}

impl Report {
    /// One more line.
    pub fn add(&mut self, name: &'static str, state: State, detail: impl Into<String>) {
        self.checks.push(Check { name, state, detail: detail.into() });
    }

    /// Whether nothing failed. A warning is no failure: nobody is to be restarted for it.
    pub fn is_good(&self) -> bool {
        self.checks.iter().all(|check| check.state != State::Failed)
    }

    /// A line a check, and one for all.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for Check { name, state, detail } in &self.checks {
            let mark = match state {
                State::Good => "[+]",
                State::Warning => "[!]",
                State::Failed => "[-]",
            };
            // Writing into memory does not fail.
            let _ = writeln!(text, "{mark} {name}: {detail}");
        }
        text.push_str(if self.is_good() { "ok\n" } else { "failed\n" });
        text
    }

    /// The same for programs.
    pub fn json(&self) -> Value {
        let check = |check: &Check| {
            let state = match check.state {
                State::Good => "good",
                State::Warning => "warning",
                State::Failed => "failed",
            };
            json!({ "name": check.name, "state": state, "detail": check.detail })
        };
        let checks: Vec<Value> = self.checks.iter().map(check).collect();
        json!({ "ok": self.is_good(), "checks": checks })
    }
}
