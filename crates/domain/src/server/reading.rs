//! What one look at a server found.

use serde::{Deserialize, Serialize};

use super::ServerState;

/// What the game itself does, as its panel or the game says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum App {
    /// It runs.
    Running,
    /// It is on its way up, again or for the first time.
    Starting,
    /// It is on its way down, or to sleep.
    Stopping,
    /// It sleeps until somebody connects.
    Sleeping,
    /// It is being installed, updated or maintained.
    Updating,
    /// It does not run.
    Stopped,
    /// It ended by itself, and not as it should.
    Failed,
    /// It may not run.
    Suspended,
    /// It said something that nobody here knows.
    Unclear,
}

/// Who plays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Players {
    /// How many.
    pub online: u32,
    /// Places; none if unlimited or not told.
    pub max: Option<u32>,
    /// Their names, as far as they are told.
    pub names: Vec<String>,
}

/// What it costs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Usage {
    /// Processor, in percent.
    pub cpu_percent: Option<u32>,
    /// Memory, in MiB.
    pub memory_mib: Option<u32>,
}

/// Everything one look found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// Whether the daemon that runs the game is up. A server without a panel has none; there the
    /// game's own answer stands for it.
    pub daemon: bool,
    /// The game. With the daemon down this is old news at best.
    pub app: App,
    /// Who plays.
    pub players: Players,
    /// What it costs.
    pub usage: Usage,
    /// The map or world, where told.
    pub map: Option<String>,
    /// The game's version, where told.
    pub version: Option<String>,
    /// For how many seconds it has been running, where told.
    pub uptime_s: Option<u64>,
}

impl Reading {
    /// A look that found this and nothing else.
    pub fn of(app: App) -> Self {
        Self {
            daemon: true,
            app,
            players: Players::default(),
            usage: Usage::default(),
            map: None,
            version: None,
            uptime_s: None,
        }
    }

    /// A look that found the daemon down: whatever is said about the game is from before.
    pub fn daemon_down() -> Self {
        Self { daemon: false, ..Self::of(App::Stopped) }
    }

    /// What it does, without any history. `None` where the look did not tell.
    pub fn state(&self) -> Option<ServerState> {
        if self.app == App::Suspended {
            return Some(ServerState::Suspended);
        }
        if !self.daemon {
            return Some(ServerState::Offline);
        }
        match self.app {
            App::Running => Some(ServerState::Online),
            App::Starting => Some(ServerState::Starting),
            App::Stopping => Some(ServerState::Stopping),
            App::Sleeping => Some(ServerState::Sleeping),
            App::Updating => Some(ServerState::Updating),
            App::Stopped => Some(ServerState::Offline),
            App::Failed => Some(ServerState::Crashed),
            App::Suspended => Some(ServerState::Suspended),
            App::Unclear => None,
        }
    }
}
