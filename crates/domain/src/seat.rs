//! Seats: who is in a game, and what Discord is known to show of it.

use serde::{Deserialize, Serialize};

use crate::{GameId, UserId};

/// Where a person stands with a game.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SeatState {
    /// Asked to join, waits for a game admin.
    Requested,
    /// Is in.
    Seated,
    /// Was in, asked and was declined, or was removed. Kept until the roles are off.
    Left,
}

impl SeatState {
    /// The stable text form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::Seated => "seated",
            Self::Left => "left",
        }
    }
}

/// One person's place in one game: desired (`state`, `is_admin`) and last observed (`has_…`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seat {
    /// The game.
    pub game: GameId,
    /// The person.
    pub user: UserId,
    /// Where the person stands.
    pub state: SeatState,
    /// Whether the person is an admin of this game.
    pub is_admin: bool,
    /// Whether Discord was last seen to give the person the player role.
    pub has_player_role: bool,
    /// Whether Discord was last seen to give the person the game-admin role.
    pub has_admin_role: bool,
    /// Whether the person is in the guild at all, as far as we know.
    pub present: bool,
    /// When the seat was taken, in milliseconds since the Unix epoch.
    pub since: i64,
}

impl Seat {
    /// The seat of somebody who never had one.
    pub fn nobody(game: GameId, user: UserId) -> Self {
        Self {
            game,
            user,
            state: SeatState::Left,
            is_admin: false,
            has_player_role: false,
            has_admin_role: false,
            present: true,
            since: 0,
        }
    }
}
