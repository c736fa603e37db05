//! The states of an application, by AMP's numbers.

/// What the game does. Bots must also live with numbers that are not listed here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AppState {
    Undefined = -1,
    Stopped = 0,
    PreStart = 5,
    Configuring = 7,
    Starting = 10,
    /// Running.
    Ready = 20,
    Restarting = 30,
    Stopping = 40,
    PreparingForSleep = 45,
    Sleeping = 50,
    Waiting = 60,
    Installing = 70,
    Updating = 75,
    AwaitingUserInput = 80,
    Failed = 100,
    Suspended = 200,
    Maintenance = 250,
    Indeterminate = 999,
}

impl AppState {
    /// The number on the wire.
    pub fn number(self) -> i32 {
        self as i32
    }

    /// Whether a process of the game is there.
    pub(crate) fn is_alive(self) -> bool {
        matches!(
            self,
            Self::PreStart
                | Self::Configuring
                | Self::Starting
                | Self::Ready
                | Self::Restarting
                | Self::Stopping
                | Self::PreparingForSleep
                | Self::AwaitingUserInput
        )
    }

    /// Whether Start has something to do.
    pub(crate) fn can_start(self) -> bool {
        matches!(self, Self::Undefined | Self::Stopped | Self::Failed | Self::Sleeping)
    }
}
