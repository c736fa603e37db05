//! What stands in the way for good, until a person changes something.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{Permissions, Slot, plan::step::permission_names};

/// A reason why a game can not be put right without a person. Shown on the game with a sentence
/// an admin can act on.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "what")]
pub enum Problem {
    /// The bot lacks guild-wide permissions.
    MissingPermissions {
        /// The bits missing.
        bits: Permissions,
    },
    /// The role in this slot was dragged above the bot's highest role.
    RoleAboveBot {
        /// The slot.
        slot: Slot,
    },
    /// Discord's limit of 250 roles in a guild.
    RolesFull {
        /// Roles the game still needs.
        needed: usize,
        /// Roles there is room for.
        left: usize,
    },
    /// Discord's limit of 500 channels in a guild.
    ChannelsFull {
        /// Channels the game still needs.
        needed: usize,
        /// Channels there is room for.
        left: usize,
    },
    /// Discord's limit of 50 channels in a category.
    CategoryFull {
        /// Channels the game still needs in its category.
        needed: usize,
        /// Channels there is room for.
        left: usize,
    },
    /// Somebody changed or deleted this by hand, and the guild wants to be asked.
    ChangedByHand {
        /// The slot.
        slot: Slot,
        /// Whether it is gone altogether.
        deleted: bool,
    },
    /// Discord said no to a step, for good.
    Refused {
        /// The step, as text.
        step: String,
        /// Discord's error code.
        code: u64,
        /// Discord's words.
        message: String,
    },
}

impl Problem {
    /// Whether it is one of Discord's limits, so that room helps.
    pub fn is_room(&self) -> bool {
        matches!(
            self,
            Self::RolesFull { .. } | Self::ChannelsFull { .. } | Self::CategoryFull { .. }
        )
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MissingPermissions { bits } => {
                write!(f, "the bot lacks permissions: {}", permission_names(*bits).join(", "))
            }
            Self::RoleAboveBot { slot } => {
                write!(f, "{slot} stands above the bot's own role; drag the bot's role higher")
            }
            Self::RolesFull { needed, left } => {
                write!(f, "{needed} roles needed, room for {left} of Discord's 250")
            }
            Self::ChannelsFull { needed, left } => {
                write!(f, "{needed} channels needed, room for {left} of Discord's 500")
            }
            Self::CategoryFull { needed, left } => {
                write!(f, "{needed} channels needed in the category, room for {left} of 50")
            }
            Self::ChangedByHand { slot, deleted: true } => {
                write!(f, "{slot} was deleted by hand; repair the game or edit its channels")
            }
            Self::ChangedByHand { slot, deleted: false } => {
                write!(f, "{slot} was changed by hand; repair the game or leave it")
            }
            Self::Refused { step, code, message } => {
                write!(f, "Discord refused to {step}: {message} ({code})")
            }
        }
    }
}
