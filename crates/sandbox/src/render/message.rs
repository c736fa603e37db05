//! Messages (resources/message).

use serde_json::{Value, json};

use super::{channel, member, user};
use crate::clock::iso;
use crate::id::{ChannelId, Snowflake};
use crate::media;
use crate::world::{
    Attachment, InteractionMetadata, Message, MessageFlags, REPLY, Reaction, World,
};

/// The message object of REST answers.
pub(crate) fn message(world: &World, message: &Message) -> Value {
    let mut author = world.users.get(&message.author).map(user).unwrap_or_default();
    if let Some(name) = &message.webhook_name {
        author = json!({
            "id": message.webhook, "username": name, "discriminator": "0000", "global_name": null, "avatar": null,
            "bot": true, "public_flags": 0, "flags": 0, "primary_guild": null,
        });
    }
    let mentions: Vec<_> =
        message.mentions.iter().filter_map(|id| world.users.get(id)).map(user).collect();
    let file = |one| attachment(world, message, one);
    let attachments: Vec<_> = message.attachments.iter().map(file).collect();
    let mut body = json!({
        "id": message.id,
        "channel_id": message.channel,
        "author": author,
        "content": message.content,
        "timestamp": iso(message.id.created_ms()),
        "edited_timestamp": message.edited_ms.map(iso),
        "tts": message.tts,
        "mention_everyone": message.mention_everyone,
        "mentions": mentions,
        "mention_roles": message.mention_roles,
        "attachments": attachments,
        "embeds": message.embeds,
        "components": message.components,
        "pinned": message.pinned_ms.is_some(),
        "type": message.kind,
        "flags": message.flags,
    });
    if !message.reactions.is_empty() {
        body["reactions"] = message.reactions.iter().map(|one| reaction(world, one)).collect();
    }
    if let Some(nonce) = &message.nonce {
        body["nonce"] = json!(nonce);
    }
    if let Some(webhook) = message.webhook {
        body["webhook_id"] = json!(webhook);
        if webhook.get() == world.application.id.get() {
            body["application_id"] = json!(world.application.id);
        }
    }
    if let Some(reference) = message.reference {
        body["message_reference"] =
            json!({"type": 0, "message_id": reference, "channel_id": message.channel});
        if let Some(guild) = message.guild {
            body["message_reference"]["guild_id"] = json!(guild);
        }
        if message.kind == REPLY {
            let target = world.message(message.channel, reference);
            body["referenced_message"] =
                target.map(|target| referenced(world, target)).unwrap_or_default();
        }
    }
    if message.flags & MessageFlags::HAS_THREAD != 0
        && let Some(thread) = world.channels.get(&ChannelId(message.id.get()))
    {
        body["thread"] = channel(world, thread);
    }
    if let Some(origin) = &message.interaction {
        body["interaction_metadata"] = interaction_metadata(world, message, origin);
    }
    body
}

/// "Message Interaction Metadata Object": what the message answers and, for a modal, what opened that.
fn interaction_metadata(world: &World, message: &Message, origin: &InteractionMetadata) -> Value {
    let by = world.users.get(&origin.user).map(user);
    let owner = message.guild.map_or_else(|| String::from("0"), |id| id.to_string());
    let owners = json!({"0": owner});
    let mut body = json!({
        "id": origin.id, "type": origin.kind, "user": by, "authorizing_integration_owners": owners,
    });
    if let Some(id) = origin.interacted_message {
        body["interacted_message_id"] = json!(id);
    }
    if let Some(id) = origin.original_response {
        body["original_response_message_id"] = json!(id);
    }
    if let Some(opener) = origin.opener {
        let mut trigger = json!({
            "id": opener.id, "type": opener.kind, "user": by, "authorizing_integration_owners": owners,
        });
        if let Some(id) = opener.interacted_message {
            trigger["interacted_message_id"] = json!(id);
        }
        body["triggering_interaction_metadata"] = trigger;
    }
    body
}

fn reaction(world: &World, reaction: &Reaction) -> Value {
    let count = reaction.users.len();
    json!({
        "emoji": {"id": null, "name": reaction.emoji}, "count": count, "count_details": {"burst": 0, "normal": count},
        "burst_colors": [], "me": reaction.users.contains(&world.bot()), "me_burst": false,
    })
}

/// A message inside a reply: one level deep, whatever it answers itself.
fn referenced(world: &World, target: &Message) -> Value {
    let flat = Message { kind: 0, ..target.clone() };
    let mut body = message(world, &flat);
    body["type"] = json!(target.kind);
    body
}

fn attachment(world: &World, message: &Message, file: &Attachment) -> Value {
    let url = media::url(&world.origin, message.channel, file);
    let mut body = json!({
        "id": file.id, "filename": file.filename, "size": file.size, "url": url, "proxy_url": url, "flags": 0,
    });
    if let Some(text) = &file.description {
        body["description"] = json!(text);
    }
    if let Some(kind) = &file.content_type {
        body["content_type"] = json!(kind);
    }
    if let Some((width, height)) = media::png_size(&file.content) {
        (body["width"], body["height"]) = (json!(width), json!(height));
    }
    body
}

/// The message of MESSAGE_CREATE / _UPDATE: with `guild_id` and `member`, unless ephemeral.
pub(crate) fn message_event(world: &World, found: &Message) -> Value {
    let mut body = message(world, found);
    let Some(guild) = found.guild.filter(|_| !found.is_ephemeral()) else { return body };
    body["guild_id"] = json!(guild);
    if let Some(author) =
        world.guilds.get(&guild).and_then(|guild| guild.members.get(&found.author))
    {
        body["member"] = member(world, author, false);
    }
    body
}

/// What a session without MESSAGE_CONTENT gets (events/gateway, "Message Content Intent").
pub(crate) fn without_content(body: &Value) -> Value {
    let mut body = body.clone();
    body["content"] = json!("");
    for key in ["embeds", "attachments", "components"] {
        body[key] = json!([]);
    }
    body
}
