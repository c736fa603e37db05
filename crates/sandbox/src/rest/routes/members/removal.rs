//! Kicks and bans (resources/guild).

use serde_json::{Value, json};

use super::require_member;
use crate::error::ApiError;
use crate::id::UserId;
use crate::render;
use crate::rest::{Answer, ApiResult, Call};
use crate::world::{Guild, Permissions, World};

/// One week, the most that is deleted with a ban.
const WEEK: i64 = 604_800;

/// 50013 for members the bot may not remove.
fn require_outranks(world: &World, guild: &Guild, user: UserId) -> Result<(), ApiError> {
    let inside = guild.members.contains_key(&user);
    if inside && !guild.outranks_member(world.bot(), user) {
        return Err(ApiError::missing_permissions());
    }
    Ok(())
}

pub(super) fn kick(call: &Call) -> ApiResult {
    let (guild, user) = (call.guild_id()?, call.user_id()?);
    let mut world = call.world();
    let place = world.bot_guild(guild)?;
    place.require(world.bot(), Permissions::KICK_MEMBERS, world.clock.now_ms())?;
    require_member(&world, place, user)?;
    require_outranks(&world, place, user)?;
    let cause = call.cause(&world);
    world.kick(guild, user, &cause)?;
    Answer::no_content()
}

/// The sandbox deletes no messages with a ban, whatever it is asked.
pub(super) fn ban(call: &Call) -> ApiResult {
    let (guild, user) = (call.guild_id()?, call.user_id()?);
    if !call.body.is_empty() {
        call.form(|form| {
            let _ = form.int("delete_message_seconds", 0..=WEEK);
            let _ = form.int("delete_message_days", 0..=7);
        })?;
    }
    let mut world = call.world();
    let place = world.bot_guild(guild)?;
    place.require(world.bot(), Permissions::BAN_MEMBERS, world.clock.now_ms())?;
    if !world.users.contains_key(&user) {
        return Err(ApiError::unknown_user());
    }
    require_outranks(&world, place, user)?;
    let cause = call.cause(&world);
    world.ban(guild, user, &cause)?;
    Answer::no_content()
}

pub(super) fn unban(call: &Call) -> ApiResult {
    let (guild, user) = (call.guild_id()?, call.user_id()?);
    let mut world = call.world();
    let place = world.bot_guild(guild)?;
    place.require(world.bot(), Permissions::BAN_MEMBERS, world.clock.now_ms())?;
    let cause = call.cause(&world);
    world.unban(guild, user, &cause)?;
    Answer::no_content()
}

pub(super) fn get(call: &Call) -> ApiResult {
    let user = call.user_id()?;
    let world = call.world();
    let guild = world.bot_guild(call.guild_id()?)?;
    guild.require(world.bot(), Permissions::BAN_MEMBERS, world.clock.now_ms())?;
    let reason = guild.bans.get(&user).ok_or_else(ApiError::unknown_ban)?;
    Answer::ok(shown(&world, user, reason.as_deref()))
}

/// By user id: from `after` on, or those just before `before`.
pub(super) fn list(call: &Call) -> ApiResult {
    let limit = call.query.number("limit", 1_000, 1, 1_000)?;
    let after = call.query.id::<UserId>("after")?.unwrap_or_default();
    let before = call.query.id::<UserId>("before")?;
    let world = call.world();
    let guild = world.bot_guild(call.guild_id()?)?;
    guild.require(world.bot(), Permissions::BAN_MEMBERS, world.clock.now_ms())?;
    let found = guild.bans.iter();
    let found = found.filter(|(user, _)| before.is_none_or(|end| **user < end));
    let found: Vec<_> = found.filter(|(user, _)| **user > after).collect();
    let skip = if before.is_some() { found.len().saturating_sub(limit) } else { 0 };
    let page = found.into_iter().skip(skip).take(limit);
    Answer::ok(page.map(|(user, reason)| shown(&world, *user, reason.as_deref())).collect())
}

fn shown(world: &World, user: UserId, reason: Option<&str>) -> Value {
    json!({"reason": reason, "user": world.users.get(&user).map(render::user)})
}
