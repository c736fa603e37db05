//! The rail of guilds, and the open one.

use serde_json::{Value, json};

use super::super::place::{Place, directs};
use crate::world::World;

/// Guilds on the rail.
const MOST: usize = 100;

/// The guilds a person is in, and some they could join.
pub(super) fn list(world: &World, place: &Place) -> Value {
    let show = |guild: &&crate::world::Guild| {
        json!({
            "id": guild.id, "name": guild.name, "size": guild.members.len(),
            "unavailable": guild.unavailable,
        })
    };
    let inside = |guild: &&crate::world::Guild| guild.members.contains_key(&place.user);
    let own: Vec<_> = world.guilds.values().filter(inside).take(MOST).collect();
    let open = place.guild.and_then(|id| world.guilds.get(&id));
    let more = open.filter(|open| inside(open) && !own.iter().any(|one| one.id == open.id));
    let others = world.guilds.values().filter(|guild| !inside(guild)).take(MOST);
    json!({
        "own": own.iter().copied().chain(more).map(|guild| show(&guild)).collect::<Vec<_>>(),
        "others": others.map(|guild| show(&guild)).collect::<Vec<_>>(),
        "directs": directs(world, place.user).len(),
    })
}

/// The open guild with its roles, highest first.
pub(super) fn open(world: &World, place: &Place) -> Value {
    let Some(guild) = place.guild.and_then(|id| world.guilds.get(&id)) else { return Value::Null };
    let mut roles: Vec<_> = guild.roles.iter().collect();
    roles.sort_by_key(|role| std::cmp::Reverse(role.rank()));
    let roles = roles.iter().map(|role| {
        json!({
            "id": role.id, "name": role.name, "color": role.colors.primary, "hoist": role.hoist,
            "managed": role.managed, "everyone": role.id == guild.id.everyone(),
        })
    });
    json!({
        "id": guild.id, "name": guild.name, "owner": guild.owner, "size": guild.members.len(),
        "unavailable": guild.unavailable, "bot": guild.members.contains_key(&world.bot()),
        "roles": roles.collect::<Vec<_>>(),
    })
}
