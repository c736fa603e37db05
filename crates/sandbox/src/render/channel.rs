//! Channels, threads and DMs (resources/channel).

use serde_json::{Value, json};

use super::user;
use crate::clock::iso;
use crate::world::{Channel, ChannelKind, Forum, Overwrite, Thread, ThreadMember, World};

/// A full channel, as REST and the gateway show it.
pub(crate) fn channel(world: &World, channel: &Channel) -> Value {
    if channel.kind == ChannelKind::Dm {
        let recipients: Vec<_> =
            channel.recipient.and_then(|id| world.users.get(&id)).map(user).into_iter().collect();
        return json!({
            "id": channel.id, "type": 1, "flags": channel.flags, "last_message_id": channel.last_message,
            "last_pin_timestamp": channel.last_pin_ms.map(iso), "recipients": recipients,
        });
    }
    let mut body = json!({
        "id": channel.id,
        "type": channel.kind.number(),
        "guild_id": channel.guild,
        "name": channel.name,
        "parent_id": channel.parent,
        "flags": channel.flags,
    });
    if channel.kind != ChannelKind::Category {
        body["last_message_id"] = json!(channel.last_message);
        body["rate_limit_per_user"] = json!(channel.slowmode);
    }
    if let Some(thread) = &channel.thread {
        add_thread(world, channel, thread, &mut body);
        return body;
    }
    body["position"] = json!(channel.position);
    body["permission_overwrites"] = overwrites(&channel.overwrites);
    body["nsfw"] = json!(channel.nsfw);
    match channel.kind {
        ChannelKind::Voice | ChannelKind::Stage => {
            body["bitrate"] = json!(channel.bitrate);
            body["user_limit"] = json!(channel.user_limit);
            body["rtc_region"] = json!(channel.rtc_region);
            if let Some(quality) = channel.video_quality {
                body["video_quality_mode"] = json!(quality);
            }
        }
        ChannelKind::Category => {}
        _ => {
            body["topic"] = json!(channel.topic);
            body["last_pin_timestamp"] = json!(channel.last_pin_ms.map(iso));
            if let Some(minutes) = channel.default_auto_archive {
                body["default_auto_archive_duration"] = json!(minutes);
            }
        }
    }
    if let Some(forum) = &channel.forum {
        add_forum(forum, &mut body);
    }
    body
}

fn add_thread(world: &World, channel: &Channel, thread: &Thread, body: &mut Value) {
    body["owner_id"] = json!(thread.owner);
    body["last_pin_timestamp"] = json!(channel.last_pin_ms.map(iso));
    body["message_count"] = json!(thread.message_count);
    body["member_count"] = json!(thread.members.len().min(50));
    body["total_message_sent"] = json!(thread.total_sent);
    body["applied_tags"] = json!(thread.applied_tags);
    body["thread_metadata"] = json!({
        "archived": thread.archived,
        "auto_archive_duration": thread.auto_archive_minutes,
        "archive_timestamp": iso(thread.archive_changed_ms),
        "locked": thread.locked,
        "create_timestamp": iso(thread.created_ms),
    });
    if channel.kind == ChannelKind::PrivateThread {
        body["thread_metadata"]["invitable"] = json!(thread.invitable);
    }
    if let Some(own) = thread.members.iter().find(|member| member.user == world.bot()) {
        body["member"] = thread_member(channel, own);
    }
}

fn add_forum(forum: &Forum, body: &mut Value) {
    let tags = forum.tags.iter().map(|tag| {
        json!({
            "id": tag.id, "name": tag.name, "moderated": tag.moderated, "emoji_id": null,
            "emoji_name": tag.emoji_name,
        })
    });
    body["available_tags"] = tags.collect();
    body["default_reaction_emoji"] = forum
        .default_reaction
        .as_ref()
        .map_or(Value::Null, |name| json!({"emoji_id": null, "emoji_name": name}));
    body["default_sort_order"] = json!(forum.default_sort_order);
    body["default_forum_layout"] = json!(forum.default_layout);
    body["default_thread_rate_limit_per_user"] = json!(forum.default_thread_slowmode);
}

/// A thread member object.
pub(crate) fn thread_member(thread: &Channel, member: &ThreadMember) -> Value {
    json!({"id": thread.id, "user_id": member.user, "join_timestamp": iso(member.joined_ms), "flags": 0})
}

/// The list of overwrites.
pub(crate) fn overwrites(list: &[Overwrite]) -> Value {
    list.iter()
        .map(|overwrite| {
            json!({
                "id": overwrite.target.id().to_string(), "type": overwrite.target.number(),
                "allow": overwrite.allow, "deny": overwrite.deny,
            })
        })
        .collect()
}

/// The channel inside an interaction: the full one plus what the user may do there.
pub(crate) fn partial_channel(world: &World, found: &Channel, by: crate::id::UserId) -> Value {
    let mut body = channel(world, found);
    body["permissions"] = json!(world.shown_permissions(by, found));
    body
}
