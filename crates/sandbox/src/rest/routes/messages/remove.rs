//! Deleting.

use crate::error::ApiError;
use crate::id::{MessageId, Snowflake};
use crate::rest::{Answer, ApiResult, Call};
use crate::world::Permissions;

/// Age beyond which bulk delete refuses: 14 days.
const MAX_AGE_MS: i64 = 14 * 24 * 60 * 60 * 1_000;

pub(super) fn delete(call: &Call) -> ApiResult {
    let (channel, id) = (call.channel_id()?, call.message_id()?);
    let mut world = call.world();
    let place = world.bot_channel(channel)?;
    let private = place.guild.is_none();
    if world.public_message(channel, id)?.author != world.bot() {
        if private {
            return Err(ApiError::wrong_channel_for_dm());
        }
        world.bot_channel_with(channel, Permissions::MANAGE_MESSAGES)?;
    }
    let cause = call.cause(&world);
    world.delete_message(channel, id, &cause)?;
    Answer::no_content()
}

/// 2-100 ids (50016), none twice, none older than 14 days (50034). Ids of no message do not matter.
pub(super) fn bulk(call: &Call) -> ApiResult {
    let ids = call.form(|form| {
        let ids = form.ids::<MessageId>("messages", usize::MAX);
        form.required("messages", ids)
    })?;
    let channel = call.channel_id()?;
    let mut world = call.world();
    if world.bot_channel(channel)?.guild.is_none() {
        return Err(ApiError::wrong_channel_for_dm());
    }
    world.bot_channel_with(channel, Permissions::MANAGE_MESSAGES)?;
    if !(2..=100).contains(&ids.len()) {
        return Err(ApiError::bulk_delete_count());
    }
    let mut sorted = ids.clone();
    sorted.sort_unstable();
    sorted.dedup();
    if sorted.len() != ids.len() {
        let message = "The set already contains this value";
        return Err(ApiError::field("messages", "SET_TYPE_ALREADY_CONTAINS_VALUE", message));
    }
    let oldest = world.clock.now_ms() - MAX_AGE_MS;
    if ids.iter().any(|id| id.created_ms() < oldest) {
        return Err(ApiError::bulk_delete_age());
    }
    let cause = call.cause(&world);
    world.delete_messages(channel, &ids, &cause)?;
    Answer::no_content()
}
