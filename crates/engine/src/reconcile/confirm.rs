//! "Gone" is believed only when Discord says so.
//!
//! The cache can be behind: an event may be late, or a snapshot older than our own last call.
//! Before the planner is told that something of ours is missing, Discord is asked for it.

use domain::{ChannelId, Game, RoleId, UserId};
use twilight_model::{channel::Channel, guild::Role};

use crate::{Engine, Fault, observe::convert};

impl Engine {
    /// Asks Discord for every bound object that the cache does not have, and for the bot's own
    /// roles where the guild came without them.
    pub(crate) async fn confirm_missing(&self, game: &Game) -> Result<(), Fault> {
        let guild = self.guild(game.guild)?;
        if guild.bot.roles.is_empty() {
            self.confirm_own_roles(game, guild.bot.user).await?;
        }
        for (slot, binding) in self.store().bindings(game.id).await? {
            if slot.is_role() {
                let Some(id) = RoleId::new_checked(binding.id) else { continue };
                if !guild.roles.contains_key(&id) {
                    self.confirm_role(game, id).await?;
                }
            } else {
                let Some(id) = ChannelId::new_checked(binding.id) else { continue };
                if !guild.channels.contains_key(&id) {
                    self.confirm_channel(game, id).await?;
                }
            }
        }
        Ok(())
    }

    async fn confirm_role(&self, game: &Game, id: RoleId) -> Result<(), Fault> {
        let request = self.rest().factory().role(game.guild, id);
        match self.rest().send::<Role>(request, discord::Call::background()).await {
            Ok(role) => self.cache().update(game.guild, |known| {
                known.roles.insert(id, convert::role(&role));
            }),
            Err(discord::CallError::NotFound { .. }) => {}
            Err(error) => return Err(error.into()),
        }
        Ok(())
    }

    async fn confirm_channel(&self, game: &Game, id: ChannelId) -> Result<(), Fault> {
        let request = self.rest().factory().channel(id);
        match self.rest().send::<Channel>(request, discord::Call::background()).await {
            Ok(channel) => self.cache().update(game.guild, |known| {
                if let Some(seen) = convert::channel(&channel) {
                    known.channels.insert(id, seen);
                }
            }),
            // Without access to it (somebody locked us out) we can not say that it is gone; but
            // the gateway does not show it either, and it must not be made twice.
            Err(discord::CallError::NotFound { .. }) => {}
            Err(error) => return Err(error.into()),
        }
        Ok(())
    }

    async fn confirm_own_roles(&self, game: &Game, bot: UserId) -> Result<(), Fault> {
        let request = self.rest().factory().guild_member(game.guild, bot);
        let member: twilight_model::guild::Member =
            self.rest().send(request, discord::Call::background()).await?;
        self.cache().update(game.guild, |known| known.bot.roles.clone_from(&member.roles));
        Ok(())
    }
}
