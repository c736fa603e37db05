//! Capacity forecast: how much a guild can still take under Discord's limits.

use crate::{Layout, plan::ObservedGuild};

/// Discord's limit of roles in a guild; `@everyone` is counted here to be on the safe side.
pub const MAX_ROLES: usize = 250;
/// Discord's limit of channels in a guild, categories included.
pub const MAX_CHANNELS: usize = 500;
/// Discord's limit of channels in a category.
pub const MAX_CHILDREN: usize = 50;
/// Roles each game has.
pub const ROLES_PER_GAME: usize = 2;

/// Room left in a guild.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// Roles that can still be made.
    pub roles: usize,
    /// Channels that can still be made, categories included.
    pub channels: usize,
}

impl Room {
    /// Counts what is left.
    pub fn of(guild: &ObservedGuild) -> Self {
        Self {
            roles: MAX_ROLES.saturating_sub(guild.roles.len()),
            channels: MAX_CHANNELS.saturating_sub(guild.channels.len()),
        }
    }

    /// How many more games of this layout fit.
    pub fn games(self, layout: &Layout) -> usize {
        (self.roles / ROLES_PER_GAME).min(self.channels / layout.channel_count())
    }
}
