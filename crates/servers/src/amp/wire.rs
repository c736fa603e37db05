//! AMP's answers as our values.

use std::fmt;

use domain::server::{App, Players, Reading, Usage};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    loose::{int, text, uptime, yes},
    state::app_of,
};

/// An instance on a panel; names are not unique, this is.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct InstanceId(String);

impl InstanceId {
    /// The id of the only instance, where there is no controller that could give one.
    pub fn single() -> Self {
        Self("single".to_owned())
    }

    /// Reads an id as AMP writes it. Nothing else may come into a path.
    pub fn parse(raw: &str) -> Option<Self> {
        let fits = |c: char| c.is_ascii_alphanumeric() || c == '-';
        let ok = !raw.is_empty() && raw.len() <= 64 && raw.chars().all(fits);
        ok.then(|| Self(raw.to_ascii_lowercase()))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for InstanceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An instance as the panel's roster lists it. The roster may be half a minute old: it says what
/// there is, not what it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instance {
    /// Its id.
    pub id: InstanceId,
    /// Its short name, which the calls about its daemon want.
    pub short_name: String,
    /// What people call it.
    pub name: String,
    /// AMP's module for it, such as `Minecraft` or `GenericModule`.
    pub module: String,
    /// Whether its daemon runs.
    pub running: bool,
    /// Whether it may not run.
    pub suspended: bool,
    /// Where players connect, as far as the panel says: `host:port`.
    pub address: Option<String>,
}

/// Instances taken from one roster.
const MOST_INSTANCES: usize = 1_000;
/// Characters kept of the texts of a panel.
const MODULE: usize = 64;
const ADDRESS: usize = 100;
const PLAYER: usize = 40;
/// More than any game has places for.
const MOST_PLAYERS: u32 = 100_000;

/// A text as it can be shown and stored: one line, nothing invisible, not too long.
fn tidy(text: &str, most: usize) -> String {
    let seen = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    let line: String = seen.take(most).collect();
    line.trim().to_owned()
}

/// Everything on a panel that is a game, from the list of targets.
pub(super) fn roster(answer: &Value) -> Option<Vec<Instance>> {
    let targets = answer.as_array()?;
    let lists = targets.iter().filter_map(|target| target.get("AvailableInstances"));
    let all = lists.filter_map(Value::as_array).flatten();
    Some(all.filter_map(instance).take(MOST_INSTANCES).collect())
}

pub(super) fn instance(value: &Value) -> Option<Instance> {
    let module = text(value, "Module").unwrap_or_default();
    // The controller lists itself; stopping that would take the panel down.
    if module.eq_ignore_ascii_case("ADS") {
        return None;
    }
    let id = InstanceId::parse(&text(value, "InstanceID")?)?;
    let short_name = text(value, "InstanceName").unwrap_or_default();
    let name = text(value, "FriendlyName").unwrap_or_else(|| short_name.clone());
    let endpoints = value.get("ApplicationEndpoints").and_then(Value::as_array);
    let endpoint = endpoints.and_then(|all| all.iter().find_map(|one| text(one, "Endpoint")));
    // Where it listens on its own machine is nothing that a player could connect to.
    let endpoint =
        endpoint.filter(|at| !["0.0.0.0:", "127.", "[::]:"].iter().any(|own| at.starts_with(own)));
    Some(Instance {
        id,
        short_name,
        name,
        module: tidy(&module, MODULE),
        running: yes(value, "Running"),
        suspended: yes(value, "Suspended"),
        address: endpoint.map(|at| tidy(&at, ADDRESS)).filter(|at| !at.is_empty()),
    })
}

/// What an instance says of its game.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// What the game does.
    pub app: App,
    /// AMP's number for it.
    pub number: i64,
    /// Players and cost, without names.
    pub reading: Reading,
}

pub(super) fn status(answer: &Value) -> Option<Status> {
    let number = int(answer, "State")?;
    let app = app_of(number);
    let metric = |name: &str| answer.get("Metrics").and_then(|metrics| metrics.get(name));
    let value = |name: &str, what: &str| {
        metric(name).and_then(|metric| int(metric, what)).and_then(|n| u32::try_from(n).ok())
    };
    let running = matches!(app, App::Running | App::Sleeping);
    let reading = Reading {
        players: Players {
            // A stopped game may still show the last count.
            online: value("Active Users", "RawValue")
                .filter(|_| running)
                .unwrap_or(0)
                .min(MOST_PLAYERS),
            max: value("Active Users", "MaxValue").filter(|max| *max > 0),
            names: Vec::new(),
        },
        usage: Usage {
            cpu_percent: value("CPU Usage", "RawValue"),
            memory_mib: value("Memory Usage", "RawValue"),
        },
        uptime_s: text(answer, "Uptime").and_then(|said| uptime(&said)).filter(|_| running),
        ..Reading::of(app)
    };
    Some(Status { app, number, reading })
}

/// Names of those who play: a map of ids to names, or a list of names.
pub(super) fn users(answer: &Value) -> Vec<String> {
    let name =
        |value: &Value| value.as_str().map(ToOwned::to_owned).or_else(|| text(value, "Name"));
    let mut names: Vec<String> = match answer {
        Value::Object(users) => users.values().filter_map(name).collect(),
        Value::Array(users) => users.iter().filter_map(name).collect(),
        _ => Vec::new(),
    };
    for name in &mut names {
        *name = tidy(name, PLAYER);
    }
    names.retain(|name| !name.is_empty());
    names.sort();
    names.truncate(MOST_NAMES);
    names
}

/// Names kept of those who play.
const MOST_NAMES: usize = 200;

/// One line of an instance's console.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsoleLine {
    /// When, as the panel writes it.
    pub at: Option<String>,
    /// Who said it.
    pub source: String,
    /// What.
    pub text: String,
    /// AMP's word for what kind of line it is.
    pub kind: String,
}

/// Lines kept of one answer: the last ones are those that somebody reads.
const MOST_LINES: usize = 200;

pub(super) fn console(answer: &Value) -> Vec<ConsoleLine> {
    let entries = answer.get("ConsoleEntries").and_then(Value::as_array);
    let entries = entries.map(Vec::as_slice).unwrap_or_default();
    let from = entries.len().saturating_sub(MOST_LINES);
    let line = |entry: &Value| ConsoleLine {
        at: text(entry, "Timestamp"),
        source: text(entry, "Source").unwrap_or_default(),
        text: text(entry, "Contents").unwrap_or_default(),
        kind: text(entry, "Type").unwrap_or_default(),
    };
    entries[from..].iter().map(line).collect()
}
