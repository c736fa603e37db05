//! The interaction payload (interactions/receiving-and-responding, "Interaction Object").

use serde_json::{Value, json};

use super::{interaction_member, message, partial_channel, user};
use crate::id::{ChannelId, GuildId, InteractionId, MessageId, UserId};
use crate::world::World;

/// What an interaction payload is made from.
#[derive(Debug)]
pub(crate) struct InteractionView<'a> {
    pub(crate) id: InteractionId,
    pub(crate) token: &'a str,
    pub(crate) kind: u8,
    pub(crate) user: UserId,
    pub(crate) guild: Option<GuildId>,
    pub(crate) channel: ChannelId,
    pub(crate) message: Option<MessageId>,
    pub(crate) data: &'a Value,
}

/// Body of INTERACTION_CREATE, also of the HTTP endpoint variant.
pub(crate) fn interaction(world: &World, view: &InteractionView<'_>) -> Value {
    let bot = world.bot();
    let locale = world.users.get(&view.user).map_or("en-US", |user| user.locale);
    let owner = view.guild.map_or_else(|| String::from("0"), |guild| guild.to_string());
    let mut body = json!({
        "id": view.id,
        "application_id": world.application.id,
        "type": view.kind,
        "data": view.data,
        "channel_id": view.channel,
        "token": view.token,
        "version": 1,
        "locale": locale,
        "entitlements": [],
        "authorizing_integration_owners": {"0": owner},
        "context": u8::from(view.guild.is_none()),
        "attachment_size_limit": 10_485_760,
    });
    if let Some(channel) = world.channels.get(&view.channel) {
        body["channel"] = partial_channel(world, channel, view.user);
        body["app_permissions"] = json!(world.shown_permissions(bot, channel));
        if let Some(guild) = view.guild.and_then(|guild| world.guilds.get(&guild)) {
            body["guild_id"] = json!(guild.id);
            body["guild"] = json!({"id": guild.id, "locale": guild.preferred_locale, "features": guild.features});
            body["guild_locale"] = json!(guild.preferred_locale);
            if let Some(member) = guild.members.get(&view.user) {
                body["member"] = interaction_member(world, member, channel);
            }
        }
    }
    if view.guild.is_none() {
        body["user"] = world.users.get(&view.user).map(user).unwrap_or_default();
    }
    if let Some(found) = view.message.and_then(|id| world.message(view.channel, id)) {
        body["message"] = message(world, found);
    }
    body
}
