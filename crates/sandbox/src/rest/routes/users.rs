//! Users and DMs (resources/user).

use axum::http::Method;
use serde_json::json;

use crate::error::ApiError;
use crate::id::{GuildId, UserId};
use crate::render;
use crate::rest::{Answer, ApiResult, Call, Major, Route};
use crate::world::{Guild, Permissions};

pub(super) const ROUTES: &[Route] = &[
    Route::new(Method::GET, "/users/@me", "get_my_user", Major::None, me).or_bearer("identify"),
    Route::new(Method::GET, "/users/{user_id}", "get_user", Major::None, get),
    Route::new(Method::GET, "/users/@me/guilds", "list_my_guilds", Major::None, guilds)
        .or_bearer("guilds"),
    Route::new(
        Method::GET,
        "/users/@me/guilds/{guild_id}/member",
        "get_my_guild_member",
        Major::Guild,
        my_member,
    )
    .bearer("guilds.members.read"),
    Route::new(Method::POST, "/users/@me/channels", "create_dm", Major::None, dm),
];

fn me(call: &Call) -> ApiResult {
    let world = call.world();
    let Some(access) = call.access() else { return Answer::ok(render::bot_user(&world)) };
    let user = world.users.get(&access.user).ok_or_else(ApiError::unknown_user)?;
    Answer::ok(render::own_user(user, access.has("email")))
}

/// The member behind a user's token; 10004 for a guild they are not in, whether it exists or not.
fn my_member(call: &Call) -> ApiResult {
    let access = call.access().ok_or_else(ApiError::unauthorized)?;
    let id = call.guild_id()?;
    let world = call.world();
    let guild = world.guilds.get(&id).ok_or_else(ApiError::unknown_guild)?;
    let member = guild.members.get(&access.user).ok_or_else(ApiError::unknown_guild)?;
    Answer::ok(render::member(&world, member, true))
}

fn get(call: &Call) -> ApiResult {
    let world = call.world();
    let user = world.users.get(&call.user_id()?).ok_or_else(ApiError::unknown_user)?;
    Answer::ok(render::user(user))
}

/// The guilds of the bot, or of the user behind the token, by id, 200 per page. `permissions` are the guild-wide totals, without overwrites.
fn guilds(call: &Call) -> ApiResult {
    let limit = call.query.number("limit", 200, 1, 200)?;
    let before = call.query.id::<GuildId>("before")?;
    let after = call.query.id::<GuildId>("after")?;
    let counts = call.query.flag("with_counts");
    let world = call.world();
    let own = call.access().map_or_else(|| world.bot(), |access| access.user);
    let inside = |guild: &&Guild| {
        guild.members.contains_key(&own)
            && before.is_none_or(|before| guild.id < before)
            && after.is_none_or(|after| guild.id > after)
    };
    let all: Vec<_> = world.guilds.values().filter(inside).collect();
    // With `before` alone the page is the one that ends there.
    let skip =
        if before.is_some() && after.is_none() { all.len().saturating_sub(limit) } else { 0 };
    let page = all.into_iter().skip(skip).take(limit).map(|guild| {
        let held = guild.members.get(&own).map(|member| Permissions::base(guild, member));
        let mut body = json!({
            "id": guild.id, "name": guild.name, "icon": guild.icon, "banner": null,
            "owner": guild.owner == own, "permissions": held.unwrap_or_default(), "features": guild.features,
        });
        if counts {
            body["approximate_member_count"] = json!(guild.members.len());
            body["approximate_presence_count"] = json!(guild.members.len());
        }
        body
    });
    Answer::ok(page.collect())
}

/// The DM with a user; 50007 only comes when something is sent.
fn dm(call: &Call) -> ApiResult {
    let user = call.form(|form| {
        let user = form.id::<UserId>("recipient_id");
        form.required("recipient_id", user)
    })?;
    let mut world = call.world();
    if user == world.bot() {
        return Err(ApiError::dm_refused());
    }
    let channel = world.open_dm(user)?;
    Answer::ok(render::channel(&world, &channel))
}
