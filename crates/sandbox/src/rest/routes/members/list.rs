//! Listing and searching.

use crate::error::ApiError;
use crate::id::UserId;
use crate::render;
use crate::rest::{Answer, ApiResult, Call};
use crate::world::{Intents, Member, World};

/// By user id, from `after` on. Needs the privileged intent GUILD_MEMBERS on the application.
pub(super) fn list(call: &Call) -> ApiResult {
    let limit = call.query.number("limit", 1, 1, 1_000)?;
    let after = call.query.id::<UserId>("after")?.unwrap_or_default();
    let world = call.world();
    let guild = world.bot_guild(call.guild_id()?)?;
    if world.application.privileged_intents & Intents::GUILD_MEMBERS == 0 {
        return Err(ApiError::missing_access());
    }
    let members = guild.members.values().filter(|member| member.user > after).take(limit);
    Answer::ok(members.map(|member| render::member(&world, member, true)).collect())
}

/// Members whose user name or nickname starts with the query.
pub(super) fn search(call: &Call) -> ApiResult {
    let limit = call.query.number("limit", 1, 1, 1_000)?;
    let query = call.query.get("query").unwrap_or_default().to_lowercase();
    if query.is_empty() {
        return Err(ApiError::field("query", "BASE_TYPE_REQUIRED", "This field is required"));
    }
    if query.chars().count() > 100 {
        let message = "Must be between 1 and 100 in length.";
        return Err(ApiError::field("query", "BASE_TYPE_BAD_LENGTH", message));
    }
    let world = call.world();
    let guild = world.bot_guild(call.guild_id()?)?;
    let members = guild.members.values().filter(|member| is_called(&world, member, &query));
    Answer::ok(members.take(limit).map(|member| render::member(&world, member, true)).collect())
}

fn is_called(world: &World, member: &Member, query: &str) -> bool {
    let user = world.users.get(&member.user);
    let names = [
        member.nick.as_deref(),
        user.map(|user| user.username.as_str()),
        user.and_then(|user| user.global_name.as_deref()),
    ];
    names.into_iter().flatten().any(|name| name.to_lowercase().starts_with(query))
}
