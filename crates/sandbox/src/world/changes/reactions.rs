//! Reactions (resources/message, "Reaction Object"). Unicode emojis only: the sandbox's guilds have none of their own.

use serde_json::{Value, json};

use crate::error::ApiError;
use crate::id::{ChannelId, MessageId, UserId};
use crate::render;
use crate::world::{Intents, Message, Reaction, World};

/// Different emojis on one message.
const MAX_REACTIONS: usize = 20;

impl World {
    fn message_mut(&mut self, channel: ChannelId, id: MessageId) -> Result<&mut Message, ApiError> {
        let found = self.messages.get_mut(&channel).and_then(|all| all.get_mut(&id));
        found.filter(|one| !one.is_ephemeral()).ok_or_else(ApiError::unknown_message)
    }

    /// Reacts; doing so again changes nothing. 30010 at 20 different emojis.
    pub fn react(
        &mut self,
        channel: ChannelId,
        id: MessageId,
        user: UserId,
        emoji: &str,
    ) -> Result<(), ApiError> {
        let message = self.message_mut(channel, id)?;
        let full = message.reactions.len() >= MAX_REACTIONS;
        match message.reactions.iter_mut().find(|one| one.emoji == emoji) {
            Some(reaction) if reaction.users.contains(&user) => return Ok(()),
            Some(reaction) => reaction.users.push(user),
            None if full => return Err(ApiError::reactions_full()),
            None => message.reactions.push(Reaction { emoji: emoji.to_owned(), users: vec![user] }),
        }
        let author = message.author;
        let mut body =
            json!({"user_id": user, "message_author_id": author, "burst": false, "type": 0});
        if let Some(guild) = self.channels.get(&channel).and_then(|one| one.guild)
            && let Some(member) = self.guilds.get(&guild).and_then(|one| one.members.get(&user))
        {
            body["member"] = render::member(self, member, true);
        }
        self.emit_reaction("MESSAGE_REACTION_ADD", channel, id, Some(emoji), body);
        Ok(())
    }

    /// Takes somebody's reaction back, if there is one.
    pub fn unreact(
        &mut self,
        channel: ChannelId,
        id: MessageId,
        user: UserId,
        emoji: &str,
    ) -> Result<(), ApiError> {
        let message = self.message_mut(channel, id)?;
        let found = message.reactions.iter_mut().find(|one| one.emoji == emoji);
        let Some(reaction) = found.filter(|one| one.users.contains(&user)) else { return Ok(()) };
        reaction.users.retain(|one| *one != user);
        message.reactions.retain(|one| !one.users.is_empty());
        let body = json!({"user_id": user, "burst": false, "type": 0});
        self.emit_reaction("MESSAGE_REACTION_REMOVE", channel, id, Some(emoji), body);
        Ok(())
    }

    /// Takes all reactions back, or all with one emoji.
    pub fn clear_reactions(
        &mut self,
        channel: ChannelId,
        id: MessageId,
        emoji: Option<&str>,
    ) -> Result<(), ApiError> {
        let message = self.message_mut(channel, id)?;
        let before = message.reactions.len();
        message.reactions.retain(|one| emoji.is_some_and(|emoji| one.emoji != emoji));
        if message.reactions.len() == before {
            return Ok(());
        }
        let name = match emoji {
            Some(_) => "MESSAGE_REACTION_REMOVE_EMOJI",
            None => "MESSAGE_REACTION_REMOVE_ALL",
        };
        self.emit_reaction(name, channel, id, emoji, json!({}));
        Ok(())
    }

    fn emit_reaction(
        &self,
        name: &'static str,
        channel: ChannelId,
        id: MessageId,
        emoji: Option<&str>,
        mut body: Value,
    ) {
        let Some(place) = self.channels.get(&channel) else { return };
        body["channel_id"] = json!(channel);
        body["message_id"] = json!(id);
        if let Some(emoji) = emoji {
            body["emoji"] = json!({"id": null, "name": emoji});
        }
        let intent = match place.guild {
            Some(guild) => {
                body["guild_id"] = json!(guild);
                Intents::GUILD_MESSAGE_REACTIONS
            }
            None => Intents::DIRECT_MESSAGE_REACTIONS,
        };
        self.emit_in_channel(name, place, intent, || body);
    }
}
