//! A game: what should be, independent of what Discord has right now.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{Colour, Description, Emoji, GameName, GuildId, Layout, UserId};

/// Our id of a game; never reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct GameId(pub i64);

impl fmt::Display for GameId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Where a game is in its life. `Deleted` is a finalizer: the row stays until Discord is clean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Open for business.
    Active,
    /// Read-only and out of the way; seats are kept.
    Archived {
        /// Whether the channels are given back to the guild's budget; roles and seats stay.
        release_channels: bool,
    },
    /// On its way out, or gone.
    Deleted,
}

impl Phase {
    /// The stable text form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Archived { .. } => "archived",
            Self::Deleted => "deleted",
        }
    }
}

/// Who may take a seat.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Admission {
    /// Anyone, at once.
    #[default]
    Open,
    /// A game admin approves each request.
    Approval,
}

/// Who sees the game's channels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Visibility {
    /// Everyone may look; players take part.
    Everyone,
    /// Only players and game admins.
    #[default]
    Members,
}

/// Most players a game can take, 1 to 10,000.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Capacity(u32);

/// A number of seats that makes no sense.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the number of seats is a whole number from 1 to 10000, or empty for no limit")]
pub struct CapacityError;

impl Capacity {
    /// The largest capacity.
    pub const MAX: u32 = 10_000;

    /// A capacity in range.
    pub fn new(seats: u32) -> Result<Self, CapacityError> {
        if (1..=Self::MAX).contains(&seats) { Ok(Self(seats)) } else { Err(CapacityError) }
    }

    /// Parses a form field: empty is "no limit".
    pub fn parse(raw: &str) -> Result<Option<Self>, CapacityError> {
        let raw = raw.trim();
        if raw.is_empty() {
            return Ok(None);
        }
        raw.parse().map_err(|_| CapacityError).and_then(Self::new).map(Some)
    }

    /// Seats.
    pub fn seats(self) -> u32 {
        self.0
    }
}

/// The desired state of one game.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Game {
    /// Our id.
    pub id: GameId,
    /// The guild it belongs to.
    pub guild: GuildId,
    /// Its name.
    pub name: GameName,
    /// Its emoji.
    pub emoji: Option<Emoji>,
    /// The colour of its player role.
    pub colour: Option<Colour>,
    /// What it is about.
    pub description: Description,
    /// Seats; none is no limit.
    pub capacity: Option<Capacity>,
    /// Who may take a seat.
    pub admission: Admission,
    /// Who sees it.
    pub visibility: Visibility,
    /// Its channels.
    pub layout: Layout,
    /// Where it is in its life.
    pub phase: Phase,
    /// Counts every change of the desired state.
    pub generation: i64,
    /// Who made it.
    pub created_by: UserId,
    /// When, in milliseconds since the Unix epoch.
    pub created_at: i64,
}

impl Game {
    /// The name as roles and categories carry it: the emoji first, where it is a Unicode one.
    pub fn plain_title(&self) -> String {
        match self.emoji.as_ref().and_then(Emoji::in_plain_name) {
            Some(emoji) => format!("{emoji} {}", self.name),
            None => self.name.to_string(),
        }
    }

    /// The name as messages carry it, custom emoji included.
    pub fn title(&self) -> String {
        match &self.emoji {
            Some(emoji) => format!("{emoji} {}", self.name),
            None => self.name.to_string(),
        }
    }
}
