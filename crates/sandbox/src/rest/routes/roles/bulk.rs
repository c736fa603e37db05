//! All roles of a guild at once.

use std::cmp::Reverse;

use serde_json::{Map, json};

use crate::error::ApiError;
use crate::id::RoleId;
use crate::render;
use crate::rest::{Answer, ApiResult, Call, Form};
use crate::world::Permissions;

fn line(form: &mut Form<'_>) -> (RoleId, Option<i32>) {
    let id = form.id("id");
    let position = form.int("position", 0..=i64::from(i32::MAX)).value();
    (form.required("id", id), position.and_then(|position| i32::try_from(position).ok()))
}

/// Moves roles: only those below the bot's top role, and only to places below it. @everyone stays. Answers with all
/// roles (resources/guild, "Modify Guild Role Positions").
pub(super) fn positions(call: &Call) -> ApiResult {
    let lines = call.forms(usize::MAX, line)?;
    let id = call.guild_id()?;
    let mut world = call.world();
    let (bot, now) = (world.bot(), world.clock.now_ms());
    let guild = world.bot_guild(id)?;
    guild.require(bot, Permissions::MANAGE_ROLES, now)?;
    let top = guild.top_role(bot).map(crate::world::Role::rank);
    let mut moves = Vec::with_capacity(lines.len());
    for (role, position) in lines {
        let found = guild.role(role).ok_or_else(ApiError::unknown_role)?;
        let Some(position) = position.filter(|position| *position != found.position) else {
            continue;
        };
        let below = guild.owner == bot || top.is_some_and(|top| (position, Reverse(role)) < top);
        if role == id.everyone() || !below || !guild.outranks_role(bot, found) {
            return Err(ApiError::missing_permissions());
        }
        moves.push((role, position));
    }
    let cause = call.cause(&world);
    world.move_roles(id, &moves, &cause)?;
    let guild = world.bot_guild(id)?;
    Answer::ok(guild.roles.iter().map(render::role).collect())
}

/// How many members hold each role, @everyone left out (resources/guild, "Get Guild Role Member Counts").
pub(super) fn member_counts(call: &Call) -> ApiResult {
    let id = call.guild_id()?;
    let world = call.world();
    let guild = world.bot_guild(id)?;
    let roles = guild.roles.iter().filter(|role| role.id != id.everyone());
    let counts: Map<_, _> = roles
        .map(|role| {
            let holders = guild.members.values().filter(|member| member.roles.contains(&role.id));
            (role.id.to_string(), json!(holders.count()))
        })
        .collect();
    Answer::ok(json!(counts))
}
