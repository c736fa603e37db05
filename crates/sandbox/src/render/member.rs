//! Users and members.

use serde_json::{Value, json};

use crate::clock::iso;
use crate::world::{Channel, Member, User, World};

/// A user as everyone sees it (resources/user).
pub(crate) fn user(user: &User) -> Value {
    let mut body = json!({
        "id": user.id,
        "username": user.username,
        "discriminator": "0",
        "global_name": user.global_name,
        "avatar": user.avatar,
        "banner": null,
        "accent_color": null,
        "avatar_decoration_data": null,
        "collectibles": null,
        "primary_guild": null,
        "public_flags": 0,
        "flags": 0,
    });
    if user.bot {
        body["bot"] = json!(true);
        body["discriminator"] = json!("0000");
    }
    body
}

/// A guild member; `with_user` is false inside message events.
pub(crate) fn member(world: &World, member: &Member, with_user: bool) -> Value {
    let mut body = json!({
        "nick": member.nick,
        "avatar": null,
        "banner": null,
        "avatar_decoration_data": null,
        "collectibles": null,
        "roles": member.roles,
        "joined_at": iso(member.joined_ms),
        "premium_since": null,
        "deaf": member.deaf,
        "mute": member.mute,
        "flags": member.flags,
        "pending": member.pending,
        "communication_disabled_until": member.timed_out_until.map(iso),
    });
    if with_user {
        body["user"] = world.users.get(&member.user).map(user).unwrap_or_default();
    }
    body
}

/// The member of an interaction: with the total permissions in the channel.
pub(crate) fn interaction_member(world: &World, found: &Member, channel: &Channel) -> Value {
    let mut body = member(world, found, true);
    body["permissions"] = json!(world.shown_permissions(found.user, channel));
    body
}
