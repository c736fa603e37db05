//! Members (resources/guild).

mod list;
mod removal;
mod roles;
mod update;

use axum::http::Method;

use crate::error::ApiError;
use crate::id::{GuildId, UserId};
use crate::render;
use crate::rest::{Answer, ApiResult, Call, Major, Route};
use crate::world::{Guild, World};

const MEMBER: &str = "/guilds/{guild_id}/members/{user_id}";
const ROLE: &str = "/guilds/{guild_id}/members/{user_id}/roles/{role_id}";

const BANS: &str = "/guilds/{guild_id}/bans";
const BAN: &str = "/guilds/{guild_id}/bans/{user_id}";

pub(super) const ROUTES: &[Route] = &[
    Route::new(
        Method::GET,
        "/guilds/{guild_id}/members",
        "list_guild_members",
        Major::Guild,
        list::list,
    ),
    Route::new(
        Method::GET,
        "/guilds/{guild_id}/members/search",
        "search_guild_members",
        Major::Guild,
        list::search,
    ),
    Route::new(Method::GET, MEMBER, "get_guild_member", Major::Guild, get),
    Route::new(Method::PATCH, MEMBER, "update_guild_member", Major::Guild, update::update),
    Route::new(
        Method::PATCH,
        "/guilds/{guild_id}/members/@me",
        "update_my_guild_member",
        Major::Guild,
        update::update_own,
    ),
    Route::new(Method::DELETE, MEMBER, "delete_guild_member", Major::Guild, removal::kick),
    Route::new(Method::GET, BANS, "list_guild_bans", Major::Guild, removal::list),
    Route::new(Method::GET, BAN, "get_guild_ban", Major::Guild, removal::get),
    Route::new(Method::PUT, BAN, "ban_user_from_guild", Major::Guild, removal::ban),
    Route::new(Method::DELETE, BAN, "unban_user_from_guild", Major::Guild, removal::unban),
    Route::new(Method::PUT, ROLE, "add_guild_member_role", Major::Guild, |call| {
        roles::set(call, true)
    }),
    Route::new(Method::DELETE, ROLE, "delete_guild_member_role", Major::Guild, |call| {
        roles::set(call, false)
    }),
];

fn get(call: &Call) -> ApiResult {
    let world = call.world();
    answer(&world, call.guild_id()?, call.user_id()?)
}

/// The member object.
fn answer(world: &World, guild: GuildId, user: UserId) -> ApiResult {
    let guild = world.bot_guild(guild)?;
    require_member(world, guild, user)?;
    Answer::ok(
        guild.members.get(&user).map(|one| render::member(world, one, true)).unwrap_or_default(),
    )
}

/// 10013 for a user nobody knows, 10007 for one who is not in the guild.
fn require_member(world: &World, guild: &Guild, user: UserId) -> Result<(), ApiError> {
    if guild.members.contains_key(&user) {
        Ok(())
    } else if world.users.contains_key(&user) {
        Err(ApiError::unknown_member())
    } else {
        Err(ApiError::unknown_user())
    }
}
