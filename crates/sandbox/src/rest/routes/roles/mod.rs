//! Roles (resources/guild). The exemplary route file: look up, check, change, render.

mod body;
mod bulk;

use axum::http::Method;

use crate::error::ApiError;
use crate::render;
use crate::rest::{Answer, ApiResult, Call, Major, Route};
use crate::world::{Permissions, Role};
use body::{check_features, patch};

pub(super) const ROUTES: &[Route] = &[
    Route::new(Method::GET, "/guilds/{guild_id}/roles", "list_guild_roles", Major::Guild, list),
    Route::new(Method::POST, "/guilds/{guild_id}/roles", "create_guild_role", Major::Guild, create),
    Route::new(
        Method::PATCH,
        "/guilds/{guild_id}/roles",
        "bulk_update_guild_roles",
        Major::Guild,
        bulk::positions,
    ),
    Route::new(
        Method::GET,
        "/guilds/{guild_id}/roles/member-counts",
        "guild_role_member_counts",
        Major::Guild,
        bulk::member_counts,
    ),
    Route::new(
        Method::GET,
        "/guilds/{guild_id}/roles/{role_id}",
        "get_guild_role",
        Major::Guild,
        get,
    ),
    Route::new(
        Method::PATCH,
        "/guilds/{guild_id}/roles/{role_id}",
        "update_guild_role",
        Major::Guild,
        update,
    ),
    Route::new(
        Method::DELETE,
        "/guilds/{guild_id}/roles/{role_id}",
        "delete_guild_role",
        Major::Guild,
        delete,
    ),
];

fn list(call: &Call) -> ApiResult {
    let world = call.world();
    let guild = world.bot_guild(call.guild_id()?)?;
    Answer::ok(guild.roles.iter().map(render::role).collect())
}

fn get(call: &Call) -> ApiResult {
    let world = call.world();
    let (_, role) = world.bot_role(call.guild_id()?, call.role_id()?)?;
    Answer::ok(render::role(role))
}

/// Without `permissions` the new role gets those of @everyone (resources/guild).
fn create(call: &Call) -> ApiResult {
    let body = call.form(patch)?;
    let id = call.guild_id()?;
    let mut world = call.world();
    let (bot, now) = (world.bot(), world.clock.now_ms());
    let guild = world.bot_guild(id)?;
    guild.require(bot, Permissions::MANAGE_ROLES, now)?;
    check_features(&body, guild)?;
    let inherited = guild.role(id.everyone()).map_or(Permissions::NONE, |role| role.permissions);
    if let Some(asked) = body.permissions {
        guild.require_holds(bot, asked, now)?;
    }
    let name = body.name.unwrap_or_else(|| String::from("new role"));
    let role = Role {
        colors: body.colors.unwrap_or_default(),
        hoist: body.hoist.unwrap_or(false),
        mentionable: body.mentionable.unwrap_or(false),
        unicode_emoji: body.unicode_emoji.flatten(),
        ..Role::new(crate::id::RoleId::default(), name, body.permissions.unwrap_or(inherited))
    };
    let cause = call.cause(&world);
    let role = world.create_role(id, role, &cause)?;
    Answer::ok(render::role(&role))
}

fn update(call: &Call) -> ApiResult {
    let body = call.form(patch)?;
    let (guild_id, role_id) = (call.guild_id()?, call.role_id()?);
    let mut world = call.world();
    let (bot, now) = (world.bot(), world.clock.now_ms());
    let (guild, role) = world.bot_role(guild_id, role_id)?;
    guild.require_manages_role(bot, role, now)?;
    check_features(&body, guild)?;
    if let Some(asked) = body.permissions {
        // Bits the role has already may stay; whether Discord checks them again is unknown.
        guild.require_holds(bot, asked.without(role.permissions), now)?;
    }
    let cause = call.cause(&world);
    let role = world.edit_role(guild_id, role_id, body, &cause)?;
    Answer::ok(render::role(&role))
}

fn delete(call: &Call) -> ApiResult {
    let (guild_id, role_id) = (call.guild_id()?, call.role_id()?);
    let mut world = call.world();
    let (guild, role) = world.bot_role(guild_id, role_id)?;
    guild.require_manages_role(world.bot(), role, world.clock.now_ms())?;
    if role.managed || role.id == guild_id.everyone() {
        return Err(ApiError::invalid_role());
    }
    let cause = call.cause(&world);
    world.delete_role(guild_id, role_id, &cause)?;
    Answer::no_content()
}
