//! Pins (resources/message; the routes under messages/pins, and the deprecated ones under pins).

use axum::http::Method;
use serde_json::json;

use super::messages::{readable, sees_history};
use crate::clock::{iso, parse_iso};
use crate::error::ApiError;
use crate::render;
use crate::rest::{Answer, ApiResult, Call, Major, Route};
use crate::world::Permissions;

const PIN: &str = "/channels/{channel_id}/messages/pins/{message_id}";
const OLD_PIN: &str = "/channels/{channel_id}/pins/{message_id}";

pub(super) const ROUTES: &[Route] = &[
    Route::new(
        Method::GET,
        "/channels/{channel_id}/messages/pins",
        "list_pins",
        Major::Channel,
        list,
    ),
    Route::new(Method::PUT, PIN, "create_pin", Major::Channel, |call| set(call, true)),
    Route::new(Method::DELETE, PIN, "delete_pin", Major::Channel, |call| set(call, false)),
    Route::new(
        Method::GET,
        "/channels/{channel_id}/pins",
        "deprecated_list_pins",
        Major::Channel,
        old_list,
    ),
    Route::new(Method::PUT, OLD_PIN, "deprecated_create_pin", Major::Channel, |call| {
        set(call, true)
    }),
    Route::new(Method::DELETE, OLD_PIN, "deprecated_delete_pin", Major::Channel, |call| {
        set(call, false)
    }),
];

/// Newest pin first, 50 per page.
fn list(call: &Call) -> ApiResult {
    let limit = call.query.number("limit", 50, 1, 50)?;
    let before = match call.query.get("before") {
        None => None,
        Some(text) => Some(parse_iso(text).ok_or_else(|| {
            let message = "Could not parse value as a timestamp.";
            ApiError::field("before", "DATE_TIME_TYPE_PARSE", message)
        })?),
    };
    let world = call.world();
    let channel = readable(&world, call.channel_id()?)?;
    if !sees_history(&world, channel) {
        return Answer::ok(json!({"items": [], "has_more": false}));
    }
    let older = |pinned: Option<i64>| before.is_none_or(|before| pinned < Some(before));
    let pins: Vec<_> =
        world.pins(channel.id).into_iter().filter(|pin| older(pin.pinned_ms)).collect();
    let page = pins.iter().take(limit);
    let items: Vec<_> = page
        .map(|pin| json!({"pinned_at": pin.pinned_ms.map(iso), "message": render::message(&world, pin)}))
        .collect();
    Answer::ok(json!({"items": items, "has_more": pins.len() > limit}))
}

/// The first 50 messages without dates.
fn old_list(call: &Call) -> ApiResult {
    let world = call.world();
    let channel = readable(&world, call.channel_id()?)?;
    if !sees_history(&world, channel) {
        return Answer::ok(json!([]));
    }
    let pins = world.pins(channel.id).into_iter().take(50);
    Answer::ok(pins.map(|pin| render::message(&world, pin)).collect())
}

/// PIN_MESSAGES; MANAGE_MESSAGES no longer does (change log, February 2026). Pinning twice is fine.
fn set(call: &Call, pinned: bool) -> ApiResult {
    let (channel, id) = (call.channel_id()?, call.message_id()?);
    let mut world = call.world();
    let place = readable(&world, channel)?;
    let archived = place.thread.as_ref().is_some_and(|thread| thread.archived);
    world.bot_channel_with(channel, Permissions::PIN_MESSAGES)?;
    world.public_message(channel, id)?;
    if archived {
        return Err(ApiError::archived_thread());
    }
    let cause = call.cause(&world);
    world.set_pinned(channel, id, pinned, &cause)?;
    Answer::no_content()
}
