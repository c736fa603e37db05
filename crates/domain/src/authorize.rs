//! The one table of who may do what.

use serde::{Deserialize, Serialize};

use crate::Standing;

/// Everything a person can ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Post, move or refresh a panel.
    SetUpDashboard,
    /// Change the guild's settings.
    ChangeSettings,
    /// Look at the guild's settings.
    ViewSettings,
    /// Make a game.
    CreateGame,
    /// Change a game's name, emoji, colour, description, capacity or channels.
    EditGame,
    /// Appoint or dismiss a game's admins.
    AppointAdmins,
    /// Archive a game.
    ArchiveGame,
    /// Bring an archived game back.
    RestoreGame,
    /// Delete a game.
    DeleteGame,
    /// Compare a game with Discord and put it right.
    RepairGame,
    /// Approve or decline a request, remove a player.
    ManageSeats,
    /// Take a seat.
    JoinGame,
    /// Give a seat up.
    LeaveGame,
    /// See games, their facts and their members.
    ViewGames,
    /// Read the whole guild's audit.
    ViewAudit,
    /// Read one game's audit.
    ViewGameAudit,
}

impl Action {
    /// All actions, for tests and documentation.
    pub const ALL: [Self; 16] = [
        Self::SetUpDashboard,
        Self::ChangeSettings,
        Self::ViewSettings,
        Self::CreateGame,
        Self::EditGame,
        Self::AppointAdmins,
        Self::ArchiveGame,
        Self::RestoreGame,
        Self::DeleteGame,
        Self::RepairGame,
        Self::ManageSeats,
        Self::JoinGame,
        Self::LeaveGame,
        Self::ViewGames,
        Self::ViewAudit,
        Self::ViewGameAudit,
    ];

    /// The least standing that may do it.
    pub fn requires(self) -> Standing {
        match self {
            Self::SetUpDashboard
            | Self::ChangeSettings
            | Self::ViewSettings
            | Self::CreateGame
            | Self::AppointAdmins
            | Self::ArchiveGame
            | Self::RestoreGame
            | Self::DeleteGame
            | Self::RepairGame
            | Self::ViewAudit => Standing::CommunityAdmin,
            Self::EditGame | Self::ManageSeats | Self::ViewGameAudit => Standing::GameAdmin,
            Self::JoinGame | Self::LeaveGame | Self::ViewGames => Standing::Player,
        }
    }
}

/// A person asked for something that is not theirs to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{action:?} needs {needs:?}, the actor is {is:?}")]
pub struct Refusal {
    /// What was asked.
    pub action: Action,
    /// The standing it takes.
    pub needs: Standing,
    /// The standing the person has.
    pub is: Standing,
}

/// Decides one action for one standing.
pub fn authorize(standing: Standing, action: Action) -> Result<(), Refusal> {
    let needs = action.requires();
    if standing >= needs { Ok(()) } else { Err(Refusal { action, needs, is: standing }) }
}
