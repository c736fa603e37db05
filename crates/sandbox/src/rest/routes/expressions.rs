//! Emojis, stickers and sounds: the sandbox has none, but clients ask for them when they start.

use axum::http::Method;
use serde_json::json;

use crate::error::ApiError;
use crate::rest::{Answer, ApiResult, Call, Major, Route};

pub(super) const ROUTES: &[Route] = &[
    Route::new(
        Method::GET,
        "/guilds/{guild_id}/emojis",
        "list_guild_emojis",
        Major::Guild,
        of_guild,
    ),
    Route::new(
        Method::GET,
        "/guilds/{guild_id}/stickers",
        "list_guild_stickers",
        Major::Guild,
        of_guild,
    ),
    Route::new(
        Method::GET,
        "/applications/{application_id}/emojis",
        "list_application_emojis",
        Major::None,
        of_application,
    ),
    Route::new(
        Method::GET,
        "/soundboard-default-sounds",
        "get_soundboard_default_sounds",
        Major::None,
        |_| Answer::ok(json!([])),
    ),
];

fn of_guild(call: &Call) -> ApiResult {
    call.world().bot_guild(call.guild_id()?)?;
    Answer::ok(json!([]))
}

fn of_application(call: &Call) -> ApiResult {
    if call.id::<crate::id::ApplicationId>("application_id")? != call.sandbox.application_id() {
        return Err(ApiError::unknown_application());
    }
    Answer::ok(json!({"items": []}))
}
