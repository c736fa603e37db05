//! The channel list, and the open channel.

use serde_json::{Value, json};

use super::super::place::{Place, directs, visible};
use super::can;
use crate::world::{Channel, ChannelKind, Permissions, World};

/// Guilds hold at most 500 channels; threads come on top.
const MOST: usize = 700;

/// The channels a person sees. A category shows when something in it does, or to those who fill it.
pub(super) fn list(world: &World, place: &Place) -> Value {
    let Some(guild) = place.guild.and_then(|id| world.guilds.get(&id)) else {
        return directs(world, place.user).into_iter().map(|one| show(world, one)).collect();
    };
    let seen = visible(world, guild, place.user);
    let filled = |id| seen.iter().any(|one| one.parent == Some(id));
    let manages = guild
        .permissions_of(place.user, world.clock.now_ms())
        .contains(Permissions::MANAGE_CHANNELS);
    // A category may be hidden while a channel in it is not.
    let kept = |one: &&Channel| one.kind != ChannelKind::Category || manages || filled(one.id);
    let parents = guild.channels.iter().filter_map(|id| world.channels.get(id));
    let hidden = parents.filter(|one| {
        one.kind == ChannelKind::Category && filled(one.id) && !world.can_view(place.user, one)
    });
    let all = hidden.chain(seen.iter().copied().filter(kept));
    all.take(MOST).map(|one| show(world, one)).collect()
}

fn show(world: &World, channel: &Channel) -> Value {
    let guild = channel.guild.and_then(|id| world.guilds.get(&id));
    let voice = guild.into_iter().flat_map(|guild| &guild.voice);
    let inside: Vec<_> =
        voice.filter(|one| one.channel == channel.id).map(|one| one.user).take(20).collect();
    json!({
        "id": channel.id, "name": name(world, channel), "kind": channel.kind.number(), "parent": channel.parent,
        "position": channel.position, "last": channel.last_message, "voice": inside,
    })
}

fn name(world: &World, channel: &Channel) -> String {
    if channel.kind == ChannelKind::Dm {
        world.application.name.clone()
    } else {
        channel.name.clone()
    }
}

/// The open channel and what the person may do in it.
pub(super) fn open(world: &World, place: &Place) -> Value {
    let Some(channel) = place.channel.and_then(|id| world.channels.get(&id)) else {
        return Value::Null;
    };
    let held = world.permissions_in(place.user, channel);
    let send = if channel.kind.is_thread() {
        Permissions::SEND_MESSAGES_IN_THREADS
    } else {
        Permissions::SEND_MESSAGES
    };
    json!({
        "id": channel.id, "name": name(world, channel), "kind": channel.kind.number(), "topic": channel.topic,
        "parent": channel.parent.and_then(|id| world.channels.get(&id)).map(|parent| &parent.name),
        "send": held.contains(send) && channel.kind.takes_messages(),
        "read": held.contains(Permissions::READ_MESSAGE_HISTORY), "nsfw": channel.nsfw,
        "archived": channel.thread.as_ref().is_some_and(|thread| thread.archived), "can": can(held),
    })
}
