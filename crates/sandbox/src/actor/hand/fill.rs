//! Guilds that are nearly full.

use super::super::Actor;
use crate::error::ApiError;
use crate::id::ChannelId;
use crate::world::{Channel, ChannelKind, Guild, Permissions};

impl Actor {
    /// Makes channels until only `left` more fit into the guild. Answers how many were made.
    pub fn fill_channels(&self, left: usize) -> Result<usize, ApiError> {
        let there = self.count(|guild| guild.channels.len())?;
        let wanted = Guild::MAX_CHANNELS.saturating_sub(left).saturating_sub(there);
        for number in 0..wanted {
            self.create_channel(ChannelKind::Text, &format!("filler-{number}"), None)?;
        }
        Ok(wanted)
    }

    /// Makes roles until only `left` more fit into the guild.
    pub fn fill_roles(&self, left: usize) -> Result<usize, ApiError> {
        let there = self.count(|guild| guild.roles.len())?;
        let wanted = Guild::MAX_ROLES.saturating_sub(left).saturating_sub(there);
        for number in 0..wanted {
            self.create_role(&format!("filler {number}"), Permissions::NONE)?;
        }
        Ok(wanted)
    }

    /// Makes channels in a category until only `left` more fit into it.
    pub fn fill_category(&self, category: ChannelId, left: usize) -> Result<usize, ApiError> {
        let there = {
            let world = self.sandbox.world();
            world.channels.values().filter(|one| one.parent == Some(category)).count()
        };
        let wanted = Channel::MAX_CHILDREN.saturating_sub(left).saturating_sub(there);
        for number in 0..wanted {
            self.create_channel(ChannelKind::Text, &format!("filler-{number}"), Some(category))?;
        }
        Ok(wanted)
    }

    fn count(&self, number: impl Fn(&Guild) -> usize) -> Result<usize, ApiError> {
        let world = self.sandbox.world();
        world.guilds.get(&self.guild).map(number).ok_or_else(ApiError::unknown_guild)
    }
}
