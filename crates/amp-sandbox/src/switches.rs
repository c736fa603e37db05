//! Live switches: where AMP's versions and the reports about it differ.

use std::time::Duration;

use parking_lot::Mutex;

use crate::profile::Profile;

/// How a client says which session it has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SessionWay {
    /// Only `Authorization: Bearer`; a `SESSIONID` in the body is not looked at.
    Bearer,
    /// Only `SESSIONID` in the body, as before 2.6.2.
    Body,
    /// Either; Bearer first.
    #[default]
    Both,
}

/// The `AppState` that the roster shows of an instance whose daemon is down.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StateWhileDown {
    /// -1.
    #[default]
    Undefined,
    /// What it was when the daemon was last seen.
    Stale,
}

/// The body of an answer without a result.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Void {
    /// `null`.
    #[default]
    Null,
    /// Nothing at all.
    Empty,
}

/// What Restart answers when there is nothing to restart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Restarted {
    /// Accepted, and nothing happens.
    #[default]
    Ignored,
    /// `Status` false.
    Refused,
}

/// How AMP says that a session is gone or may not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unauthorized {
    /// An object with `Title`, `Message` and `StackTrace`.
    #[default]
    Fault,
    /// `Status` false with the same sentence in `Reason`, as some versions do.
    Status,
}

/// How uptimes of a day and more are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UptimeStyle {
    /// `d:hh:mm:ss`.
    #[default]
    Colons,
    /// `d.hh:mm:ss`.
    Dotted,
}

/// All switches. `Default` is what the most clients have seen.
#[derive(Clone, Debug)]
pub struct Switches {
    /// The version that is played.
    pub profile: Profile,
    /// How a session may be said. Profiles before 2.6.2 know the body only.
    pub session: SessionWay,
    /// Whether the controller's session is good at its instances too. Refused wherever it was measured.
    pub controller_session_at_instances: bool,
    /// What the roster shows of an instance that is down.
    pub state_while_down: StateWhileDown,
    /// How old the roster's `AppState` and `Metrics` may be; zero shows them live.
    pub roster_lag: Duration,
    /// The body of methods without a result.
    pub void: Void,
    /// Puts every result but Login's into an object `result`; profile 2.4 always does.
    pub wrap_results: bool,
    /// Whether permissions and visible instances are those of the moment of login.
    pub permissions_fixed_at_login: bool,
    /// Whether `StartInstance` starts the game as well.
    pub start_instance_starts_game: bool,
    /// Console lines that a new session is told again.
    pub replay_lines: usize,
    /// What Restart says of a stopped or failed application.
    pub restart_when_stopped: Restarted,
    /// Whether a suspended instance refuses logins with result 6.
    pub suspended_refuses_login: bool,
    /// A session not used for so long is gone.
    pub session_idle: Option<Duration>,
    /// How uptimes are written.
    pub uptime: UptimeStyle,
    /// How missing sessions and permissions are told.
    pub unauthorized: Unauthorized,
    /// Whether the reasons of refusals quote paths of the panel's machine, which are nobody's business.
    pub reasons_quote_paths: bool,
}

impl Default for Switches {
    fn default() -> Self {
        Self {
            profile: Profile::default(),
            session: SessionWay::default(),
            controller_session_at_instances: false,
            state_while_down: StateWhileDown::default(),
            roster_lag: Duration::from_secs(30),
            void: Void::default(),
            wrap_results: false,
            permissions_fixed_at_login: true,
            start_instance_starts_game: false,
            replay_lines: 40,
            restart_when_stopped: Restarted::default(),
            suspended_refuses_login: false,
            session_idle: None,
            uptime: UptimeStyle::default(),
            unauthorized: Unauthorized::default(),
            reasons_quote_paths: false,
        }
    }
}

impl Switches {
    pub(crate) fn session_way(&self) -> SessionWay {
        if self.profile.knows_bearer() { self.session } else { SessionWay::Body }
    }

    pub(crate) fn wraps(&self) -> bool {
        self.wrap_results || self.profile.wraps_results()
    }
}

/// Where the switches are; they may be turned while the panel runs.
#[derive(Debug, Default)]
pub struct Switchboard(Mutex<Switches>);

impl Switchboard {
    pub(crate) fn new(switches: Switches) -> Self {
        Self(Mutex::new(switches))
    }

    /// Turns some of them.
    pub fn set(&self, turn: impl FnOnce(&mut Switches)) {
        turn(&mut self.0.lock());
    }

    /// How they stand.
    pub fn get(&self) -> Switches {
        self.0.lock().clone()
    }
}
