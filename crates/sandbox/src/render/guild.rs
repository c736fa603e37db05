//! Guilds and roles (resources/guild, topics/permissions).

use serde_json::{Value, json};

use super::{channel, member};
use crate::clock::iso;
use crate::id::{ChannelId, UserId};
use crate::world::{Guild, Intents, Role, World};

/// A role.
pub(crate) fn role(role: &Role) -> Value {
    let mut body = json!({
        "id": role.id,
        "name": role.name,
        "description": null,
        "permissions": role.permissions,
        "position": role.position,
        "color": role.colors.primary,
        "colors": {
            "primary_color": role.colors.primary,
            "secondary_color": role.colors.secondary,
            "tertiary_color": role.colors.tertiary,
        },
        "hoist": role.hoist,
        "managed": role.managed,
        "mentionable": role.mentionable,
        "icon": role.icon,
        "unicode_emoji": role.unicode_emoji,
        "flags": 0,
    });
    // Tag fields are present as null when true, absent when false.
    if let Some(bot) = role.tags.bot {
        body["tags"] = json!({"bot_id": bot});
    } else if role.tags.booster {
        body["tags"] = json!({"premium_subscriber": null});
    }
    body
}

/// The guild object of REST and GUILD_UPDATE.
pub(crate) fn guild(guild: &Guild) -> Value {
    json!({
        "id": guild.id,
        "name": guild.name,
        "icon": guild.icon,
        "icon_hash": null,
        "description": null,
        "home_header": null,
        "splash": null,
        "discovery_splash": null,
        "banner": null,
        "owner_id": guild.owner,
        "application_id": null,
        "region": "deprecated",
        "afk_channel_id": null,
        "afk_timeout": 300,
        "system_channel_id": guild.system_channel,
        "system_channel_flags": 0,
        "widget_enabled": false,
        "widget_channel_id": null,
        "verification_level": guild.verification_level,
        "roles": guild.roles.iter().map(role).collect::<Vec<_>>(),
        "default_message_notifications": 0,
        "mfa_level": guild.mfa_level,
        "explicit_content_filter": 0,
        "max_presences": null,
        "max_members": 500_000,
        "max_stage_video_channel_users": 50,
        "max_video_channel_users": 25,
        "vanity_url_code": null,
        "premium_tier": guild.premium_tier,
        "premium_subscription_count": 0,
        "premium_progress_bar_enabled": false,
        "preferred_locale": guild.preferred_locale,
        "rules_channel_id": guild.rules_channel,
        "safety_alerts_channel_id": null,
        "public_updates_channel_id": guild.updates_channel,
        "hub_type": null,
        "latest_onboarding_question_id": null,
        "nsfw": false,
        "nsfw_level": 0,
        "emojis": [],
        "stickers": [],
        "features": guild.features,
        "incidents_data": null,
        "inventory_settings": null,
        "embed_enabled": false,
        "embed_channel_id": null,
    })
}

/// GUILD_CREATE (events/gateway-events). Without GUILD_PRESENCES `members` holds only the bot and people in voice.
pub(crate) fn guild_create(world: &World, found: &Guild, intents: u64) -> Value {
    if found.unavailable {
        return json!({"id": found.id, "unavailable": true});
    }
    let bot = world.bot();
    let all = intents & Intents::GUILD_PRESENCES != 0;
    let shown = |id| all || id == bot || found.voice.iter().any(|voice| voice.user == id);
    let members: Vec<_> = found
        .members
        .values()
        .filter(|one| shown(one.user))
        .map(|one| member(world, one, true))
        .collect();
    let channels = found
        .channels
        .iter()
        .filter_map(|id| world.channels.get(id))
        .map(|one| channel(world, one));
    let threads = found.threads.iter().filter_map(|id| world.channels.get(id));
    let threads = threads.filter(|one| one.thread.as_ref().is_some_and(|thread| !thread.archived));
    let threads = threads.filter(|one| world.can_view(bot, one)).map(|one| channel(world, one));
    let voice = found.voice.iter().map(|voice| voice_state(voice.user, Some(voice.channel)));
    let mut body = guild(found);
    body["joined_at"] = json!(found.members.get(&bot).map(|own| iso(own.joined_ms)));
    body["large"] = json!(found.members.len() > 250);
    body["unavailable"] = json!(false);
    body["member_count"] = json!(found.members.len());
    body["voice_states"] = voice.collect();
    body["members"] = json!(members);
    body["channels"] = channels.collect();
    body["threads"] = threads.collect();
    body["presences"] = json!([]);
    body["stage_instances"] = json!([]);
    body["guild_scheduled_events"] = json!([]);
    body["soundboard_sounds"] = json!([]);
    body
}

/// A voice state (resources/voice); no channel means disconnected.
pub(crate) fn voice_state(user: UserId, channel: Option<ChannelId>) -> Value {
    json!({
        "user_id": user, "channel_id": channel, "session_id": format!("voice{user}"),
        "deaf": false, "mute": false, "self_deaf": false, "self_mute": false, "self_video": false,
        "suppress": false, "request_to_speak_timestamp": null,
    })
}
