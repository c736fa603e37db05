//! What is kept of a server between two looks, and what a look can bring about.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Reading, ServerAction, ServerState};
use crate::UserId;

/// Somebody asked for something. Times are milliseconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// What.
    pub action: ServerAction,
    /// Who.
    pub by: UserId,
    /// When.
    pub at: i64,
    /// When it was last seen to be on its way.
    pub moved: i64,
    /// The entry in the audit that is to be settled with it.
    #[serde(default)]
    pub audit: Option<i64>,
}

impl Asked {
    /// Somebody asks for something now.
    pub fn new(action: ServerAction, by: UserId, now: i64) -> Self {
        Self { action, by, at: now, moved: now, audit: None }
    }
}

/// What is known of a server over time. All times are milliseconds since 1970.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Watch {
    /// What it does.
    pub state: ServerState,
    /// Since when it does.
    pub since: i64,
    /// When somebody last answered.
    pub fresh: Option<i64>,
    /// Looks in a row that nobody answered.
    pub misses: u8,
    /// Looks in a row that found this state.
    pub looks: u8,
    /// What was asked for and is not over yet.
    pub asked: Option<Asked>,
    /// Whether it was up and nobody has stopped it in order since. Only such a server can be missed.
    pub meant_up: bool,
    /// The alarm that was raised and not yet called off.
    pub alarm: Option<Alarm>,
    /// Whether the number of players was announced and has not fallen since.
    pub crowded: bool,
}

/// An alarm that was raised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alarm {
    /// The state that was bad.
    pub state: ServerState,
    /// Since when it was.
    pub since: i64,
}

/// What a look brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seen {
    /// An answer.
    Reading(Reading),
    /// Nobody answered.
    Missed,
}

/// Why a state changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// Somebody asked the bot for it.
    Asked {
        /// Who.
        by: UserId,
        /// For what.
        action: ServerAction,
    },
    /// It went in order, so somebody did it on the panel or in the game, or a schedule did.
    Elsewhere,
    /// By itself.
    Itself,
    /// Nobody answers any more, or somebody does again.
    Silence,
}

/// A state became another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// From this.
    pub from: ServerState,
    /// When it had begun.
    pub since: i64,
    /// To this.
    pub to: ServerState,
    /// Why.
    pub cause: Cause,
}

/// Something people want to be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Alert {
    /// It failed.
    Crashed,
    /// It is down, and nobody asked for that.
    Offline,
    /// Nobody answers.
    Unreachable,
    /// It is back.
    Back {
        /// For how long it was away, in milliseconds.
        after_ms: i64,
    },
    /// So many play.
    Crowded {
        /// How many.
        online: u32,
    },
}

/// As the history has it.
impl fmt::Display for Alert {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Crashed => f.write_str("crashed"),
            Self::Offline => f.write_str("offline"),
            Self::Unreachable => f.write_str("unreachable"),
            Self::Back { after_ms } => write!(f, "back after {} s", after_ms / 1_000),
            Self::Crowded { online } => write!(f, "{online} players"),
        }
    }
}

impl Alert {
    /// Reads what the history has; times are whole seconds there.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "crashed" => return Some(Self::Crashed),
            "offline" => return Some(Self::Offline),
            "unreachable" => return Some(Self::Unreachable),
            _ => {}
        }
        if let Some(online) = text.strip_suffix(" players") {
            return Some(Self::Crowded { online: online.parse().ok()? });
        }
        let seconds = text.strip_prefix("back after ")?.strip_suffix(" s")?;
        Some(Self::Back { after_ms: seconds.parse::<i64>().ok()?.checked_mul(1_000)? })
    }
}

/// What follows from a look.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Step {
    /// What is known now.
    pub watch: Watch,
    /// The state changed.
    pub change: Option<Change>,
    /// What to tell.
    pub alerts: Vec<Alert>,
    /// What was asked for is over: it came about, or it did not.
    pub settled: Option<(Asked, bool)>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_history_has_of_an_alert_is_read_again() {
        for alert in [
            Alert::Crashed,
            Alert::Offline,
            Alert::Unreachable,
            Alert::Back { after_ms: 90_000 },
            Alert::Crowded { online: 7 },
        ] {
            assert_eq!(Alert::parse(&alert.to_string()), Some(alert));
        }
        for other in ["", "back", "back after x s", "players", "many players"] {
            assert_eq!(Alert::parse(other), None, "{other}");
        }
    }
}
