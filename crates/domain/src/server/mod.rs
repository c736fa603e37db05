//! A real game server beside a game: what it does, who may do what with it, and what a look at it
//! means.
//!
//! Two facts make up a server on a panel: its daemon, and the game that the daemon runs. Not knowing
//! is a third thing and never the same as being offline.

mod console;
mod follow;
mod name;
mod reading;
mod rights;
mod state;
mod watch;

pub use console::{ConsoleInput, ConsoleInputError, MAX_CONSOLE_CHARS};
pub use follow::{LOOKS_BEFORE_ALERT, follow};
pub use name::{MAX_SERVER_NAME_CHARS, ServerName};
pub use reading::{App, Players, Reading, Usage};
pub use rights::{
    ServerAccess, ServerAction, ServerActions, ServerGrant, ServerRefusal, authorize_server,
};
pub use state::ServerState;
pub use watch::{Alarm, Alert, Asked, Cause, Change, Seen, Step, Watch};

use std::fmt;

use serde::{Deserialize, Serialize};

/// Our id of a server; never reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ServerId(pub i64);

impl fmt::Display for ServerId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
