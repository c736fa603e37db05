//! Slots: the named places in a game that a Discord object fills.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// One place in a game. A slot is bound to at most one Discord object, by id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Slot {
    /// The role every player of the game has.
    PlayerRole,
    /// The role the game's admins have.
    AdminRole,
    /// The category around the game's channels.
    Category,
    /// Where only game admins write.
    Announcements,
    /// The text channel.
    Chat,
    /// The text channel to find company.
    LookingForGroup,
    /// The forum.
    Forum,
    /// A voice channel, numbered from one.
    Voice(u8),
}

impl Slot {
    /// Whether a role fills this slot.
    pub fn is_role(self) -> bool {
        matches!(self, Self::PlayerRole | Self::AdminRole)
    }

    /// Whether a channel below the category fills this slot.
    pub fn is_leaf_channel(self) -> bool {
        !self.is_role() && self != Self::Category
    }
}

/// The stable text form, used in the database and in button ids.
impl fmt::Display for Slot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PlayerRole => f.write_str("role:player"),
            Self::AdminRole => f.write_str("role:admin"),
            Self::Category => f.write_str("category"),
            Self::Announcements => f.write_str("channel:announcements"),
            Self::Chat => f.write_str("channel:chat"),
            Self::LookingForGroup => f.write_str("channel:lfg"),
            Self::Forum => f.write_str("channel:forum"),
            Self::Voice(n) => write!(f, "channel:voice-{n}"),
        }
    }
}

/// A text that names no slot.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a slot")]
pub struct UnknownSlot(pub String);

impl FromStr for Slot {
    type Err = UnknownSlot;

    fn from_str(text: &str) -> Result<Self, UnknownSlot> {
        Ok(match text {
            "role:player" => Self::PlayerRole,
            "role:admin" => Self::AdminRole,
            "category" => Self::Category,
            "channel:announcements" => Self::Announcements,
            "channel:chat" => Self::Chat,
            "channel:lfg" => Self::LookingForGroup,
            "channel:forum" => Self::Forum,
            other => other
                .strip_prefix("channel:voice-")
                .and_then(|n| n.parse().ok())
                .map(Self::Voice)
                // One text for one slot: no `+1`, no `01`; and voice channels start at one.
                .filter(|slot| *slot != Self::Voice(0) && slot.to_string() == text)
                .ok_or_else(|| UnknownSlot(other.to_owned()))?,
        })
    }
}

impl TryFrom<String> for Slot {
    type Error = UnknownSlot;

    fn try_from(text: String) -> Result<Self, UnknownSlot> {
        text.parse()
    }
}

impl From<Slot> for String {
    fn from(slot: Slot) -> Self {
        slot.to_string()
    }
}
