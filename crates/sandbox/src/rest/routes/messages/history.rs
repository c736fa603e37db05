//! Reading.

use super::{readable, sees_history};
use crate::error::ApiError;
use crate::id::MessageId;
use crate::render;
use crate::rest::{Answer, ApiResult, Call};
use crate::world::{Message, Permissions};

/// Newest first. `around`, `before` and `after` exclude each other; `after` gives the oldest ones behind that point.
pub(super) fn list(call: &Call) -> ApiResult {
    let limit = call.query.number("limit", 50, 1, 100)?;
    let around = call.query.id::<MessageId>("around")?;
    let before = call.query.id::<MessageId>("before")?;
    let after = call.query.id::<MessageId>("after")?;
    let world = call.world();
    let channel = readable(&world, call.channel_id()?)?;
    if !sees_history(&world, channel) {
        return Answer::ok(serde_json::json!([]));
    }
    let all = world.messages.get(&channel.id).into_iter().flat_map(|all| all.values());
    let all = all.filter(|message| !message.is_ephemeral());
    let newest = |keep: &dyn Fn(&Message) -> bool, count: usize| -> Vec<_> {
        all.clone().rev().filter(|message| keep(message)).take(count).collect()
    };
    let found: Vec<&Message> = if let Some(around) = around {
        let mut near: Vec<_> =
            all.clone().filter(|message| message.id >= around).take(limit / 2 + 1).collect();
        near.reverse();
        near.extend(newest(&|message| message.id < around, limit.saturating_sub(near.len())));
        near
    } else if let Some(after) = after {
        let mut found: Vec<_> =
            all.clone().filter(|message| message.id > after).take(limit).collect();
        found.reverse();
        found
    } else {
        newest(&|message| before.is_none_or(|before| message.id < before), limit)
    };
    Answer::ok(found.into_iter().map(|message| render::message(&world, message)).collect())
}

pub(super) fn get(call: &Call) -> ApiResult {
    let world = call.world();
    let channel = readable(&world, call.channel_id()?)?;
    if channel.guild.is_some() {
        world.bot_channel_with(channel.id, Permissions::READ_MESSAGE_HISTORY)?;
    }
    let message = world
        .public_message(channel.id, call.message_id()?)
        .map_err(|_| ApiError::unknown_message())?;
    Answer::ok(render::message(&world, message))
}
