//! The person who looks, and everybody else.

use serde_json::{Value, json};

use super::super::place::Place;
use super::{can, name_of};
use crate::id::{RoleId, UserId};
use crate::world::{Guild, Member, Permissions, Role, World};

/// Members shown of a guild.
const MOST: usize = 300;

/// Accounts shown that are not in the guild.
const OUTSIDE: usize = 50;

/// The chosen person.
pub(super) fn me(world: &World, place: &Place) -> Value {
    let Some(user) = world.users.get(&place.user) else { return Value::Null };
    let guild = place.guild.and_then(|id| world.guilds.get(&id));
    let member = guild.and_then(|guild| guild.members.get(&user.id));
    let held = guild
        .map_or(Permissions::NONE, |guild| guild.permissions_of(user.id, world.clock.now_ms()));
    json!({
        "id": user.id, "name": name_of(user, member), "username": user.username, "locale": user.locale,
        "member": member.is_some() || guild.is_none(), "owner": guild.is_some_and(|guild| guild.owner == user.id),
        "color": guild.zip(member).and_then(|(guild, member)| color(guild, member)), "can": can(held),
    })
}

/// Members and, apart, some accounts outside of the guild.
pub(super) fn people(world: &World, place: &Place) -> Value {
    let guild = place.guild.and_then(|id| world.guilds.get(&id));
    let inside = |id: &UserId| guild.is_some_and(|guild| guild.members.contains_key(id));
    let mut others: Vec<_> =
        world.users.values().filter(|user| !user.bot && !inside(&user.id)).take(OUTSIDE).collect();
    others.sort_by_key(|user| user.id);
    let others = others.iter().map(|user| json!({"id": user.id, "name": name_of(user, None)}));
    let mut members: Vec<_> = Vec::new();
    let mut size = 0;
    if let Some(guild) = guild {
        size = guild.members.len();
        // These must not fall off the end of a long list.
        let first = [place.user, guild.owner, world.bot()];
        let first = first.iter().filter_map(|id| guild.members.get(id));
        let mut seen: Vec<&Member> = Vec::new();
        for member in first.chain(guild.members.values()).take(MOST + 3) {
            if seen.len() < MOST && !seen.iter().take(3).any(|known| known.user == member.user) {
                seen.push(member);
            }
        }
        members.extend(seen.into_iter().map(|member| show(world, guild, member)));
    }
    json!({"members": members, "size": size, "others": others.collect::<Vec<_>>()})
}

fn show(world: &World, guild: &Guild, member: &Member) -> Value {
    let user = world.users.get(&member.user);
    let until = member.timed_out_until.filter(|until| *until > world.clock.now_ms());
    json!({
        "id": member.user, "name": user.map(|user| name_of(user, Some(member))),
        "username": user.map(|user| user.username.as_str()), "bot": user.is_some_and(|user| user.bot),
        "owner": guild.owner == member.user, "color": color(guild, member), "roles": member.roles,
        "group": group(guild, member), "until": until,
    })
}

fn highest<'a>(
    guild: &'a Guild,
    member: &Member,
    wanted: impl Fn(&Role) -> bool,
) -> Option<&'a Role> {
    let own = guild.roles.iter().filter(|role| member.roles.contains(&role.id) && wanted(role));
    own.max_by_key(|role| role.rank())
}

/// The colour of the highest role that has one.
pub(super) fn color(guild: &Guild, member: &Member) -> Option<u32> {
    highest(guild, member, |role| role.colors.primary != 0).map(|role| role.colors.primary)
}

/// The highest role shown apart.
fn group(guild: &Guild, member: &Member) -> Option<RoleId> {
    highest(guild, member, |role| role.hoist).map(|role| role.id)
}
