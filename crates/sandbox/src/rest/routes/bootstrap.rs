//! What clients ask for before they connect.

use axum::http::Method;
use serde_json::json;

use crate::render;
use crate::rest::{Answer, ApiResult, Call, Major, Route};

pub(super) const ROUTES: &[Route] = &[
    Route::new(Method::GET, "/gateway", "get_gateway", Major::None, gateway).open(),
    Route::new(Method::GET, "/gateway/bot", "get_bot_gateway", Major::None, gateway_bot),
    Route::new(Method::GET, "/applications/@me", "get_my_application", Major::None, application),
    Route::new(
        Method::GET,
        "/oauth2/applications/@me",
        "get_my_oauth2_application",
        Major::None,
        application,
    ),
];

fn gateway(call: &Call) -> ApiResult {
    Answer::ok(json!({"url": call.sandbox.gateway_url()}))
}

/// Recommends one shard per 1000 guilds, as live Discord is said to do, unless configured.
fn gateway_bot(call: &Call) -> ApiResult {
    let config = call.sandbox.config();
    let guilds = call.world().guilds.len();
    let shards = config.shards.unwrap_or_else(|| u32::try_from(guilds / 1_000).unwrap_or(0) + 1);
    let (total, remaining, reset_after) =
        call.sandbox.limits().session_starts(call.sandbox.clock().now_ms());
    Answer::ok(json!({
        "url": call.sandbox.gateway_url(),
        "shards": shards,
        "session_start_limit": {
            "total": total, "remaining": remaining, "reset_after": reset_after,
            "max_concurrency": config.max_concurrency,
        },
    }))
}

fn application(call: &Call) -> ApiResult {
    Answer::ok(render::application(&call.world()))
}
