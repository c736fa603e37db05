//! Editing. The limit on edits of old messages (30046) is one of the rate limits.

use super::{allowed_mentions, patch, require_left, settle};
use crate::error::ApiError;
use crate::render;
use crate::rest::{Answer, ApiResult, Call};
use crate::world::{Message, MessageFlags, MessagePatch, Permissions, World};

/// Flags an edit may set.
const FLAGS: u64 = MessageFlags::SUPPRESS_EMBEDS | MessageFlags::IS_COMPONENTS_V2;

pub(super) fn edit(call: &Call) -> ApiResult {
    let (channel, id) = (call.channel_id()?, call.message_id()?);
    let mut world = call.world();
    world.bot_channel(channel)?;
    let before = world.public_message(channel, id)?.clone();
    let (mut patch, allowed) = call.form(|form| (patch(form, &before), allowed_mentions(form)))?;
    if before.author != world.bot() {
        require_only_flags(&world, &before, &patch)?;
    }
    if archived(&world, &before) {
        return Err(ApiError::archived_thread());
    }
    patch.flags = flags(&before, patch.flags)?;
    let described = patch.attachments.take();
    patch.attachments = settle(call, &mut world, described, &before.attachments)?;
    require_left(&before, &patch)?;
    let message = world.edit_message_allowing(channel, id, patch, &allowed)?;
    Answer::ok(render::message(&world, &message))
}

/// Of foreign messages only the flags can change, with MANAGE_MESSAGES (resources/message, "Edit Message"): 50005.
fn require_only_flags(
    world: &World,
    before: &Message,
    patch: &MessagePatch,
) -> Result<(), ApiError> {
    let MessagePatch { content, embeds, components, attachments, flags } = patch;
    let more =
        content.is_some() || embeds.is_some() || components.is_some() || attachments.is_some();
    if more || flags.is_none() {
        return Err(ApiError::foreign_message());
    }
    world.bot_channel_with(before.channel, Permissions::MANAGE_MESSAGES).map(drop)
}

fn archived(world: &World, message: &Message) -> bool {
    let place = world.channels.get(&message.channel);
    place.and_then(|place| place.thread.as_ref()).is_some_and(|thread| thread.archived)
}

/// New flags over old ones; the V2 flag cannot be taken off. The inner code is a guess.
fn flags(before: &Message, asked: Option<u64>) -> Result<Option<u64>, ApiError> {
    let Some(asked) = asked else { return Ok(None) };
    let v2 = MessageFlags::IS_COMPONENTS_V2;
    if before.flags & v2 != 0 && asked & v2 == 0 {
        let message = "The IS_COMPONENTS_V2 flag cannot be removed";
        return Err(ApiError::field("flags", "MESSAGE_CANNOT_REMOVE_COMPONENTS_V2_FLAG", message));
    }
    Ok(Some(before.flags & !FLAGS | asked & FLAGS))
}
