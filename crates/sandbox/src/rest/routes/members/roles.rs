//! Giving and taking roles.

use super::require_member;
use crate::error::ApiError;
use crate::id::{RoleId, UserId};
use crate::rest::{Answer, ApiResult, Call};
use crate::world::{Guild, World};

/// Only the role's rank counts; the member's own roles do not matter (topics/permissions).
pub(super) fn set(call: &Call, give: bool) -> ApiResult {
    let (guild, user, role) = (call.guild_id()?, call.user_id()?, call.role_id()?);
    let mut world = call.world();
    let place = world.bot_guild(guild)?;
    require_member(&world, place, user)?;
    let (place, found) = world.bot_role(guild, role)?;
    place.require_assigns_role(world.bot(), found, world.clock.now_ms())?;
    let cause = call.cause(&world);
    if give {
        world.add_role(guild, user, role, &cause)?;
    } else {
        world.remove_role(guild, user, role, &cause)?;
    }
    Answer::no_content()
}

/// A full list of roles: whatever is added or taken away must be the bot's to give.
pub(super) fn check_replacement(
    world: &World,
    guild: &Guild,
    user: UserId,
    roles: &[RoleId],
) -> Result<(), ApiError> {
    let Some(member) = guild.members.get(&user) else { return Err(ApiError::unknown_member()) };
    let added = roles.iter().filter(|role| !member.roles.contains(role));
    let taken = member.roles.iter().filter(|role| !roles.contains(role));
    for role in added.chain(taken) {
        let role = guild.role(*role).ok_or_else(ApiError::unknown_role)?;
        guild.require_assigns_role(world.bot(), role, world.clock.now_ms())?;
    }
    Ok(())
}
