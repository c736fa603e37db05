//! Look-ups that answer with the error Discord gives.

use super::{Channel, ChannelKind, Guild, Message, Permissions, Role, World};
use crate::error::ApiError;
use crate::id::{ChannelId, GuildId, MessageId, RoleId, UserId};

impl World {
    /// A guild the bot is in. 10004 when it does not exist, 50001 when the bot is outside.
    pub fn bot_guild(&self, id: GuildId) -> Result<&Guild, ApiError> {
        let guild = self.guilds.get(&id).ok_or_else(ApiError::unknown_guild)?;
        if guild.members.contains_key(&self.bot()) {
            Ok(guild)
        } else {
            Err(ApiError::missing_access())
        }
    }

    /// A role of a guild the bot is in.
    pub fn bot_role(&self, guild: GuildId, role: RoleId) -> Result<(&Guild, &Role), ApiError> {
        let guild = self.bot_guild(guild)?;
        let role = guild.role(role).ok_or_else(ApiError::unknown_role)?;
        Ok((guild, role))
    }

    /// A channel the bot can see. 10003 when it does not exist, 50001 when it is hidden.
    pub fn bot_channel(&self, id: ChannelId) -> Result<&Channel, ApiError> {
        let channel = self.channels.get(&id).ok_or_else(ApiError::unknown_channel)?;
        if self.can_view(self.bot(), channel) {
            Ok(channel)
        } else {
            Err(ApiError::missing_access())
        }
    }

    /// A channel the bot can see and where it holds `needed`.
    pub fn bot_channel_with(
        &self,
        id: ChannelId,
        needed: Permissions,
    ) -> Result<&Channel, ApiError> {
        let channel = self.bot_channel(id)?;
        if channel.guild.is_none() || self.permissions_in(self.bot(), channel).contains(needed) {
            Ok(channel)
        } else {
            Err(ApiError::missing_permissions())
        }
    }

    /// A message of a channel that is not ephemeral.
    pub fn public_message(&self, channel: ChannelId, id: MessageId) -> Result<&Message, ApiError> {
        self.message(channel, id)
            .filter(|message| !message.is_ephemeral())
            .ok_or_else(ApiError::unknown_message)
    }

    /// Any message, ephemeral ones included.
    pub fn message(&self, channel: ChannelId, id: MessageId) -> Option<&Message> {
        self.messages.get(&channel)?.get(&id)
    }

    /// The channel whose overwrites count: a thread's parent, else the channel itself.
    pub fn overwrite_scope<'a>(&'a self, channel: &'a Channel) -> &'a Channel {
        if !channel.kind.is_thread() {
            return channel;
        }
        channel.parent.and_then(|parent| self.channels.get(&parent)).unwrap_or(channel)
    }

    /// What a user may really do in a channel. Everything in a DM of theirs.
    pub fn permissions_in(&self, user: UserId, channel: &Channel) -> Permissions {
        let Some(guild) = channel.guild else {
            let inside = user == self.bot() || channel.recipient == Some(user);
            return if inside { Permissions::ALL } else { Permissions::NONE };
        };
        let Some(guild) = self.guilds.get(&guild) else { return Permissions::NONE };
        let Some(member) = guild.members.get(&user) else { return Permissions::NONE };
        let scope = self.overwrite_scope(channel);
        let total =
            Permissions::in_channel(guild, scope, channel.kind, member, self.clock.now_ms());
        // A private thread shows itself to its members and to those who manage threads (topics/threads).
        let inside = channel.kind != ChannelKind::PrivateThread
            || channel.thread.as_ref().is_some_and(|thread| thread.has_member(user))
            || total.contains(Permissions::MANAGE_THREADS);
        if inside { total } else { Permissions::NONE }
    }

    /// The total shown in payloads, without implicit rules.
    pub fn shown_permissions(&self, user: UserId, channel: &Channel) -> Permissions {
        let found = channel.guild.and_then(|guild| self.guilds.get(&guild));
        let Some((guild, member)) =
            found.and_then(|guild| Some((guild, guild.members.get(&user)?)))
        else {
            return self.permissions_in(user, channel);
        };
        Permissions::shown(guild, self.overwrite_scope(channel), member)
    }

    /// Can the user see the channel?
    pub fn can_view(&self, user: UserId, channel: &Channel) -> bool {
        self.permissions_in(user, channel).contains(Permissions::VIEW_CHANNEL)
    }
}
