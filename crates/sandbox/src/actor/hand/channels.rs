//! Channels and messages by hand.

use super::super::Actor;
use crate::error::ApiError;
use crate::id::{ChannelId, MessageId};
use crate::world::{
    Channel, ChannelKind, ChannelPatch, MessageSpec, Overwrite, OverwriteTarget, Permissions,
};

impl Actor {
    /// Makes a channel, under a category if one is given.
    pub fn create_channel(
        &self,
        kind: ChannelKind,
        name: &str,
        parent: Option<ChannelId>,
    ) -> Result<ChannelId, ApiError> {
        let channel =
            Channel { parent, ..Channel::new(ChannelId::default(), Some(self.guild), kind, name) };
        let mut world = self.sandbox.world();
        world.create_channel(self.guild, channel, &self.cause()).map(|channel| channel.id)
    }

    /// Changes anything about a channel.
    pub fn edit_channel(
        &self,
        channel: ChannelId,
        patch: ChannelPatch,
    ) -> Result<Channel, ApiError> {
        self.sandbox.world().edit_channel(channel, patch, &self.cause())
    }

    /// Renames a channel.
    pub fn rename_channel(&self, channel: ChannelId, name: &str) -> Result<(), ApiError> {
        self.edit_channel(channel, ChannelPatch::name(name)).map(drop)
    }

    /// Moves a channel to another category, or out of any.
    pub fn move_channel(
        &self,
        channel: ChannelId,
        parent: Option<ChannelId>,
    ) -> Result<(), ApiError> {
        let patch = ChannelPatch { parent: Some(parent), ..ChannelPatch::default() };
        self.edit_channel(channel, patch).map(drop)
    }

    /// Drags a channel to a place in the list.
    pub fn place_channel(&self, channel: ChannelId, position: i32) -> Result<(), ApiError> {
        let patch = ChannelPatch { position: Some(position), ..ChannelPatch::default() };
        self.edit_channel(channel, patch).map(drop)
    }

    /// Deletes a channel.
    pub fn delete_channel(&self, channel: ChannelId) -> Result<(), ApiError> {
        self.sandbox.world().delete_channel(channel, &self.cause()).map(drop)
    }

    /// Sets what a role or member may do in a channel.
    pub fn set_overwrite(
        &self,
        channel: ChannelId,
        target: OverwriteTarget,
        allow: Permissions,
        deny: Permissions,
    ) -> Result<(), ApiError> {
        let overwrite = Overwrite { target, allow, deny };
        self.sandbox.world().put_overwrite(channel, overwrite, &self.cause())
    }

    /// Removes an overwrite.
    pub fn remove_overwrite(
        &self,
        channel: ChannelId,
        target: OverwriteTarget,
    ) -> Result<(), ApiError> {
        self.sandbox.world().delete_overwrite(channel, target.id(), &self.cause())
    }

    /// Hides a channel from everyone who has no overwrite of their own.
    pub fn hide_channel(&self, channel: ChannelId) -> Result<(), ApiError> {
        let everyone = OverwriteTarget::Role(self.guild.everyone());
        self.set_overwrite(channel, everyone, Permissions::NONE, Permissions::VIEW_CHANNEL)
    }

    /// Locks the bot out of a channel.
    pub fn hide_channel_from_bot(&self, channel: ChannelId) -> Result<(), ApiError> {
        let bot = OverwriteTarget::Member(self.sandbox.world().bot());
        self.set_overwrite(channel, bot, Permissions::NONE, Permissions::VIEW_CHANNEL)
    }

    /// Writes a message.
    pub fn say(&self, channel: ChannelId, text: &str) -> Result<MessageId, ApiError> {
        let spec = MessageSpec { content: text.to_owned(), ..MessageSpec::default() };
        self.sandbox.world().create_message(channel, self.user, spec).map(|message| message.id)
    }

    /// Deletes anyone's message.
    pub fn delete_message(&self, channel: ChannelId, message: MessageId) -> Result<(), ApiError> {
        self.sandbox.world().delete_message(channel, message, &self.cause()).map(drop)
    }

    /// Reacts to a message with an emoji of Unicode, or takes that back.
    pub fn react(
        &self,
        channel: ChannelId,
        message: MessageId,
        emoji: &str,
        on: bool,
    ) -> Result<(), ApiError> {
        if !crate::components::is_unicode_emoji(emoji) {
            return Err(ApiError::unknown_emoji());
        }
        let mut world = self.sandbox.world();
        if on {
            world.react(channel, message, self.user, emoji)
        } else {
            world.unreact(channel, message, self.user, emoji)
        }
    }

    /// Pins or unpins a message.
    pub fn pin(
        &self,
        channel: ChannelId,
        message: MessageId,
        pinned: bool,
    ) -> Result<(), ApiError> {
        self.sandbox.world().set_pinned(channel, message, pinned, &self.cause()).map(drop)
    }
}
