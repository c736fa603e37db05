//! What people are told that a server is doing.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A server's state as people see it.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum ServerState {
    /// Running; people can play.
    Online,
    /// On its way up.
    Starting,
    /// On its way down.
    Stopping,
    /// Asleep, and wakes when somebody connects.
    Sleeping,
    /// Being installed or updated.
    Updating,
    /// Not running, and nothing is wrong with it.
    Offline,
    /// Not running, because it failed.
    Crashed,
    /// Switched off by whoever runs the panel; cannot be started.
    Suspended,
    /// Nobody answers, so nobody knows.
    #[default]
    Unknown,
}

impl ServerState {
    /// All states, for tests and documentation.
    pub const ALL: [Self; 9] = [
        Self::Online,
        Self::Starting,
        Self::Stopping,
        Self::Sleeping,
        Self::Updating,
        Self::Offline,
        Self::Crashed,
        Self::Suspended,
        Self::Unknown,
    ];

    /// The stable text form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Online => "online",
            Self::Starting => "starting",
            Self::Stopping => "stopping",
            Self::Sleeping => "sleeping",
            Self::Updating => "updating",
            Self::Offline => "offline",
            Self::Crashed => "crashed",
            Self::Suspended => "suspended",
            Self::Unknown => "unknown",
        }
    }

    /// Reads the stable text form.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// Whether it is on its way to somewhere else, and worth a closer look.
    pub fn is_passing(self) -> bool {
        matches!(self, Self::Starting | Self::Stopping | Self::Updating)
    }

    /// Whether people can play, if only by waking it.
    pub fn is_up(self) -> bool {
        matches!(self, Self::Online | Self::Sleeping)
    }

    /// Whether it is known not to run.
    pub fn is_down(self) -> bool {
        matches!(self, Self::Offline | Self::Crashed)
    }
}

impl fmt::Display for ServerState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
