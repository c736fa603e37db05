//! The vocabulary of the audit log.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// What an audit entry says happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AuditKind {
    /// A panel was posted, moved or refreshed by request.
    DashboardSet,
    /// Settings were changed.
    SettingsChanged,
    /// A game was made.
    GameCreated,
    /// A game was changed.
    GameEdited,
    /// A game was archived.
    GameArchived,
    /// A game was restored.
    GameRestored,
    /// A game was deleted.
    GameDeleted,
    /// A repair was ordered by a person.
    GameRepaired,
    /// A change by hand was put right by the bot.
    DriftRepaired,
    /// A change by hand was taken over.
    DriftAccepted,
    /// Something looks like the bot's own work, cannot be proven to be, and was left alone.
    LeftAlone,
    /// A seat was asked for.
    SeatRequested,
    /// A seat was taken.
    SeatTaken,
    /// A seat was given up.
    SeatLeft,
    /// A request was approved.
    SeatApproved,
    /// A request was declined.
    SeatDeclined,
    /// A player was removed by an admin.
    SeatRemoved,
    /// Somebody became a game admin.
    AdminAppointed,
    /// Somebody is no longer a game admin.
    AdminDismissed,
    /// A game server was started, stopped or otherwise dealt with.
    ServerControlled,
    /// A game server was tied to a game, or untied.
    ServerTied,
    /// A game server was entered by its address, or taken off the list.
    ServerListed,
    /// A game server went down, or came back, or is full of people, and nobody asked for it.
    ServerAlert,
    /// An action was refused for lack of standing.
    ActionRefused,
}

impl AuditKind {
    /// All kinds.
    pub const ALL: [Self; 24] = [
        Self::DashboardSet,
        Self::SettingsChanged,
        Self::GameCreated,
        Self::GameEdited,
        Self::GameArchived,
        Self::GameRestored,
        Self::GameDeleted,
        Self::GameRepaired,
        Self::DriftRepaired,
        Self::DriftAccepted,
        Self::LeftAlone,
        Self::SeatRequested,
        Self::SeatTaken,
        Self::SeatLeft,
        Self::SeatApproved,
        Self::SeatDeclined,
        Self::SeatRemoved,
        Self::AdminAppointed,
        Self::AdminDismissed,
        Self::ServerControlled,
        Self::ServerTied,
        Self::ServerListed,
        Self::ServerAlert,
        Self::ActionRefused,
    ];

    /// The stable text form, used in the database and as a filter value.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::DashboardSet => "dashboard_set",
            Self::SettingsChanged => "settings_changed",
            Self::GameCreated => "game_created",
            Self::GameEdited => "game_edited",
            Self::GameArchived => "game_archived",
            Self::GameRestored => "game_restored",
            Self::GameDeleted => "game_deleted",
            Self::GameRepaired => "game_repaired",
            Self::DriftRepaired => "drift_repaired",
            Self::DriftAccepted => "drift_accepted",
            Self::LeftAlone => "left_alone",
            Self::SeatRequested => "seat_requested",
            Self::SeatTaken => "seat_taken",
            Self::SeatLeft => "seat_left",
            Self::SeatApproved => "seat_approved",
            Self::SeatDeclined => "seat_declined",
            Self::SeatRemoved => "seat_removed",
            Self::AdminAppointed => "admin_appointed",
            Self::AdminDismissed => "admin_dismissed",
            Self::ServerControlled => "server_controlled",
            Self::ServerTied => "server_tied",
            Self::ServerListed => "server_listed",
            Self::ServerAlert => "server_alert",
            Self::ActionRefused => "action_refused",
        }
    }
}

impl fmt::Display for AuditKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A text that names no audit kind.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not an audit action")]
pub struct UnknownAuditKind(pub String);

impl FromStr for AuditKind {
    type Err = UnknownAuditKind;

    fn from_str(text: &str) -> Result<Self, UnknownAuditKind> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.as_str() == text)
            .ok_or_else(|| UnknownAuditKind(text.to_owned()))
    }
}

/// How the audited action stands. Admin actions start as `Pending` and are settled by the
/// reconciler, so that one action is one row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Written to the desired state; Discord follows.
    Pending,
    /// Done, on Discord too.
    Done,
    /// Discord refused for good; the game carries the problem.
    Failed,
    /// The actor was not allowed.
    Refused,
}

impl Outcome {
    /// The stable text form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Refused => "refused",
        }
    }
}

impl FromStr for Outcome {
    type Err = UnknownAuditKind;

    fn from_str(text: &str) -> Result<Self, UnknownAuditKind> {
        [Self::Pending, Self::Done, Self::Failed, Self::Refused]
            .into_iter()
            .find(|outcome| outcome.as_str() == text)
            .ok_or_else(|| UnknownAuditKind(text.to_owned()))
    }
}
