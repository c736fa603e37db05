//! The guild itself (resources/guild).

use axum::http::Method;
use serde_json::json;

use crate::render;
use crate::rest::{Answer, ApiResult, Call, Major, Route};

pub(super) const ROUTES: &[Route] =
    &[Route::new(Method::GET, "/guilds/{guild_id}", "get_guild", Major::Guild, get)];

fn get(call: &Call) -> ApiResult {
    let world = call.world();
    let guild = world.bot_guild(call.guild_id()?)?;
    let mut body = render::guild(guild);
    if call.query.flag("with_counts") {
        body["approximate_member_count"] = json!(guild.members.len());
        body["approximate_presence_count"] = json!(guild.members.len());
    }
    Answer::ok(body)
}
