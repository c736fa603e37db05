//! The messages of the open channel as the person sees them.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use super::super::live::hash;
use super::super::place::Place;
use super::members::color;
use super::name_of;
use crate::components;
use crate::id::{ChannelId, Snowflake, UserId};
use crate::media;
use crate::world::{Guild, Message, MessageFlags, Permissions, World};

/// Messages shown of a channel, the newest ones.
const MOST: usize = 60;

/// Pins shown, the newest ones.
const PINS: usize = 50;

/// Characters shown of the message that is answered.
const QUOTED: usize = 120;

/// The order of all messages, and those in full that are new or not as they were told.
pub(super) fn list(world: &World, place: &Place, told: &mut HashMap<String, u64>) -> Value {
    let mut known = HashMap::new();
    let (mut order, mut fresh) = (Vec::new(), Map::new());
    for message in readable(world, place).rev().take(MOST) {
        let (id, shown) = (message.id.to_string(), show(world, place, message));
        let hash = hash(&shown);
        if told.get(&id) != Some(&hash) {
            fresh.insert(id.clone(), shown);
        }
        known.insert(id.clone(), hash);
        order.push(id);
    }
    *told = known;
    order.reverse();
    json!({"channel": place.channel, "order": order, "fresh": fresh})
}

/// The pinned messages, newest pin first.
pub(super) fn pins(world: &World, place: &Place) -> Value {
    let mut pinned: Vec<_> = readable(world, place).filter(|one| one.pinned_ms.is_some()).collect();
    pinned.sort_by_key(|one| std::cmp::Reverse(one.pinned_ms));
    pinned.into_iter().take(PINS).map(|one| show(world, place, one)).collect()
}

fn readable<'a>(
    world: &'a World,
    place: &Place,
) -> impl DoubleEndedIterator<Item = &'a Message> + use<'a> {
    let user = place.user;
    let channel = place.channel.and_then(|id| world.channels.get(&id));
    let needed = Permissions::VIEW_CHANNEL | Permissions::READ_MESSAGE_HISTORY;
    let open = channel.filter(|one| world.permissions_in(user, one).contains(needed));
    let all =
        open.and_then(|one| world.messages.get(&one.id)).into_iter().flat_map(|all| all.values());
    all.filter(move |message| message.only_for.is_none_or(|only| only == user))
}

fn show(world: &World, place: &Place, message: &Message) -> Value {
    let guild = message.guild.and_then(|id| world.guilds.get(&id));
    let mut body = json!({
        "id": message.id, "at": message.id.created_ms(), "author": author(world, guild, message),
        "kind": message.kind, "content": message.content, "embeds": message.embeds,
        "components": media::below(&world.origin, &message.components), "edited": message.edited_ms, "pinned": message.pinned_ms.is_some(),
        "ephemeral": message.is_ephemeral(), "loading": message.is_loading(),
        "quiet": message.flags & MessageFlags::SUPPRESS_EMBEDS != 0,
    });
    let file = |one: &crate::world::Attachment| {
        let url = media::url("", message.channel, one);
        let picture = media::png_size(&one.content).map(|_| url);
        json!({"name": one.filename, "size": one.size, "picture": picture, "text": one.description})
    };
    // A message made of components shows its files nowhere else.
    if !message.attachments.is_empty() && message.flags & MessageFlags::IS_COMPONENTS_V2 == 0 {
        body["files"] = message.attachments.iter().map(file).collect();
    }
    let reaction = |one: &crate::world::Reaction| json!({"emoji": one.emoji, "count": one.users.len(), "mine": one.users.contains(&place.user)});
    if !message.reactions.is_empty() {
        body["reactions"] = message.reactions.iter().map(reaction).collect();
    }
    if let Some(answered) = message.reference.and_then(|id| world.message(message.channel, id)) {
        let text: String = first_words(answered).chars().take(QUOTED).collect();
        body["reply"] = json!({
            "id": answered.id, "author": author(world, guild, answered), "text": text,
        });
    }
    if let Some(origin) = message.interaction.filter(|origin| origin.kind == 2) {
        let command = world.interactions.get(origin.id).map(|found| found.command.as_str());
        body["used"] = json!({"by": person(world, guild, origin.user), "command": command});
    }
    if message.flags & MessageFlags::HAS_THREAD != 0
        && let Some(thread) = world.channels.get(&ChannelId(message.id.get()))
    {
        body["thread"] = json!({"id": thread.id, "name": thread.name});
    }
    let names = names(world, place, guild, &body);
    body["names"] = Value::Object(names);
    body
}

/// The first line of a message, whatever it is made of.
fn first_words(message: &Message) -> &str {
    let shown = components::find(&message.components, |one| components::kind(one) == 10);
    let shown = shown.map_or("", |one| components::text(one, "content"));
    let all = if message.content.is_empty() { shown } else { &message.content };
    all.lines().next().unwrap_or_default()
}

fn author(world: &World, guild: Option<&Guild>, message: &Message) -> Value {
    match &message.webhook_name {
        Some(name) => json!({"id": message.webhook, "name": name, "bot": true, "color": null}),
        None => person(world, guild, message.author),
    }
}

fn person(world: &World, guild: Option<&Guild>, id: UserId) -> Value {
    let member = guild.and_then(|guild| guild.members.get(&id));
    let user = world.users.get(&id);
    json!({
        "id": id, "name": user.map_or_else(|| String::from("Unknown"), |user| name_of(user, member)),
        "bot": user.is_some_and(|user| user.bot),
        "color": guild.zip(member).and_then(|(guild, member)| color(guild, member)),
    })
}

/// The names behind the mentions in a message. A channel the person cannot see has a null in place of one.
fn names(world: &World, place: &Place, guild: Option<&Guild>, body: &Value) -> Map<String, Value> {
    let mut names = Map::new();
    let text = body.to_string();
    for inner in text.split('<').skip(1).filter_map(|rest| rest.split('>').next()) {
        if let Some(id) = inner.strip_prefix('#').and_then(|id| id.parse().ok()) {
            let Some(channel) = world.channels.get(&id) else { continue };
            let seen = world.can_view(place.user, channel);
            names.insert(id.to_string(), json!(seen.then_some(&channel.name)));
        } else if let Some(id) = inner.strip_prefix('@') {
            let Ok(id) = id.trim_start_matches('!').parse::<UserId>() else { continue };
            names.insert(id.to_string(), person(world, guild, id)["name"].take());
        }
    }
    names
}
