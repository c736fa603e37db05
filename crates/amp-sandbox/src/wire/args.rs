//! Parameters: what a method takes, and what was given.

use serde_json::{Map, Value, json};

use crate::amp::Inner;
use crate::observe::ViolationKind;

/// Types of parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Bool,
    Guid,
}

impl Kind {
    /// As the specification of AMP calls them.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Text => "String",
            Self::Bool => "Boolean",
            Self::Guid => "Guid",
        }
    }

    fn takes(self, value: &Value) -> bool {
        match self {
            Self::Text | Self::Guid => value.is_string(),
            Self::Bool => value.is_boolean(),
        }
    }
}

/// A parameter of a method.
#[derive(Clone, Copy, Debug)]
pub(super) struct Param {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    pub(super) optional: bool,
}

/// A parameter that has to be there.
pub(super) const fn needs(name: &'static str, kind: Kind) -> Param {
    Param { name, kind, optional: false }
}

/// A parameter that may be left out.
pub(super) const fn may(name: &'static str, kind: Kind) -> Param {
    Param { name, kind, optional: true }
}

/// The arguments of a call.
#[derive(Debug, Default)]
pub(super) struct Args(pub(super) Map<String, Value>);

/// Parameters whose values nobody else may see.
const SECRET: [&str; 3] = ["password", "token", "SESSIONID"];
/// Longer arguments are not kept in the log.
const LONGEST: usize = 2_048;

impl Args {
    /// Notes what is wrong with the arguments. What AMP could not go on without is answered.
    pub(super) fn check(&self, params: &[Param], method: &str, amp: &Inner) -> Result<(), String> {
        let mut missing = None;
        for param in params {
            match self.0.get(param.name) {
                Some(value) if param.kind.takes(value) => {}
                None if param.optional => {}
                found => {
                    let how = if found.is_some() { "is no" } else { "is missing, a" };
                    let detail = format!("{} {how} {}", param.name, param.kind.name());
                    amp.violations.note(ViolationKind::Parameter, method, detail.clone());
                    missing = missing.or(Some(detail));
                }
            }
        }
        let known =
            |name: &str| name == "SESSIONID" || params.iter().any(|param| param.name == name);
        for name in self.0.keys().filter(|name| !known(name)) {
            amp.violations.note(ViolationKind::Parameter, method, format!("{name} is not known"));
        }
        missing.map_or(Ok(()), Err)
    }

    pub(super) fn text(&self, name: &str) -> &str {
        self.0.get(name).and_then(Value::as_str).unwrap_or_default()
    }

    pub(super) fn flag(&self, name: &str) -> bool {
        self.0.get(name).and_then(Value::as_bool).unwrap_or_default()
    }

    /// What may be written into the log.
    pub(super) fn shown(&self) -> Value {
        let mut shown = self.0.clone();
        shown.retain(|name, _| !SECRET.contains(&name.as_str()));
        let shown = json!(shown);
        if shown.to_string().len() > LONGEST { Value::Null } else { shown }
    }
}
