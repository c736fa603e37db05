//! The one table of who may do what with a server.

use serde::{Deserialize, Serialize};

use crate::{RoleId, Standing};

/// Everything a person can ask of a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ServerAction {
    /// See what it does and who plays.
    Status,
    /// Start it.
    Start,
    /// Stop it in order.
    Stop,
    /// Stop and start it.
    Restart,
    /// End it at once, whatever it is doing.
    Kill,
    /// Update the game.
    Update,
    /// Read its console and type into it.
    Console,
    /// Make a backup.
    Backup,
    /// Tie it to a game, or untie it; grant rights; choose where its messages go.
    Manage,
}

impl ServerAction {
    /// All actions, for tests and documentation.
    pub const ALL: [Self; 9] = [
        Self::Status,
        Self::Start,
        Self::Stop,
        Self::Restart,
        Self::Kill,
        Self::Update,
        Self::Console,
        Self::Backup,
        Self::Manage,
    ];

    /// The stable text form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Status => "status",
            Self::Start => "start",
            Self::Stop => "stop",
            Self::Restart => "restart",
            Self::Kill => "kill",
            Self::Update => "update",
            Self::Console => "console",
            Self::Backup => "backup",
            Self::Manage => "manage",
        }
    }

    /// Reads the stable text form.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.as_str() == text)
    }

    /// Whether people who play there lose something by it, so that it is asked twice.
    pub fn is_destructive(self) -> bool {
        matches!(self, Self::Stop | Self::Restart | Self::Kill | Self::Update)
    }

    /// Whether a role can be granted it. Managing stays with the community's admins.
    pub fn can_be_granted(self) -> bool {
        self != Self::Manage
    }

    fn bit(self) -> u16 {
        1 << (self as u16)
    }
}

/// A set of actions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ServerActions(u16);

impl ServerActions {
    /// What the admins of a server's game may do, if nobody says otherwise.
    pub fn of_game_admins() -> Self {
        [ServerAction::Status, ServerAction::Start, ServerAction::Restart].into_iter().collect()
    }

    /// Whether it is in.
    pub fn has(self, action: ServerAction) -> bool {
        self.0 & action.bit() != 0
    }

    /// Those in, in the order of the table.
    pub fn iter(self) -> impl Iterator<Item = ServerAction> {
        ServerAction::ALL.into_iter().filter(move |action| self.has(*action))
    }

    /// As stored: a bit for each action, in the order of the table.
    pub fn bits(self) -> i32 {
        self.0.into()
    }

    /// Takes a set back from our own storage. Bits of actions that do not exist mean nothing.
    pub fn from_bits(bits: i32) -> Self {
        ServerAction::ALL.into_iter().filter(|action| bits & i32::from(action.bit()) != 0).collect()
    }

    /// Whether none is in.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
}

impl FromIterator<ServerAction> for ServerActions {
    fn from_iter<I: IntoIterator<Item = ServerAction>>(actions: I) -> Self {
        Self(actions.into_iter().fold(0, |bits, action| bits | action.bit()))
    }
}

/// What a role may do with one server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServerGrant {
    /// The role.
    pub role: RoleId,
    /// What it may do.
    pub actions: ServerActions,
}

/// A person asked for something that is not theirs to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{action:?} of a server was not granted")]
pub struct ServerRefusal {
    /// What was asked.
    pub action: ServerAction,
}

/// Everything that decides what a person may do with one server.
#[derive(Clone, Copy, Debug)]
pub struct ServerAccess<'a> {
    /// The person's standing towards the game that the server is tied to; towards none it is no
    /// more than a player's or a community admin's.
    pub standing: Standing,
    /// The person's roles right now.
    pub roles: &'a [RoleId],
    /// What roles were granted on this server.
    pub grants: &'a [ServerGrant],
    /// Whether it is tied to a game of this guild. Such a server is no secret.
    pub tied: bool,
}

/// Decides one action on one server.
pub fn authorize_server(
    access: &ServerAccess<'_>,
    action: ServerAction,
) -> Result<(), ServerRefusal> {
    let by_standing = match access.standing {
        Standing::CommunityAdmin => true,
        Standing::GameAdmin => ServerActions::of_game_admins().has(action),
        Standing::Player => action == ServerAction::Status && access.tied,
    };
    let granted = action.can_be_granted()
        && access
            .grants
            .iter()
            .any(|grant| access.roles.contains(&grant.role) && grant.actions.has(action));
    if by_standing || granted { Ok(()) } else { Err(ServerRefusal { action }) }
}
