//! Posting through webhooks.

use super::super::messages;
use super::manage::found;
use crate::error::ApiError;
use crate::id::{ChannelId, MessageId};
use crate::render;
use crate::rest::{Answer, ApiResult, Call};
use crate::world::{Cause, Message, MessageFlags, MessageSpec, Webhook, World};

/// Flags a webhook message may have.
const FLAGS: u64 = MessageFlags::SUPPRESS_EMBEDS
    | MessageFlags::SUPPRESS_NOTIFICATIONS
    | MessageFlags::IS_COMPONENTS_V2;

/// execute_webhook with a real webhook: 204, with `wait` the message. Forums need `thread_id`; starting posts through
/// `thread_name` is not simulated.
pub(crate) fn execute(call: &Call) -> ApiResult {
    let (mut spec, username) = call.form(|form| {
        form.ignore(&["avatar_url", "thread_name", "applied_tags"]);
        let username = form.text("username", 1..=80).value();
        (messages::common(form), username)
    })?;
    let mut world = call.world();
    let webhook = found(call, &world)?.clone();
    let channel = target(call, &world, &webhook)?;
    let described = Some(std::mem::take(&mut spec.attachments));
    spec.attachments = messages::settle(call, &mut world, described, &[])?.unwrap_or_default();
    messages::require_content(&spec)?;
    let spec = MessageSpec {
        flags: spec.flags & FLAGS,
        webhook: Some(webhook.id),
        webhook_name: Some(username.unwrap_or(webhook.name)),
        ..spec
    };
    let message = world.create_message(channel, webhook.creator, spec)?;
    if call.query.flag("wait") {
        Answer::ok(render::message(&world, &message))
    } else {
        Answer::no_content()
    }
}

/// The webhook's channel, or a thread under it.
fn target(call: &Call, world: &World, webhook: &Webhook) -> Result<ChannelId, ApiError> {
    let channel = world.channels.get(&webhook.channel).ok_or_else(ApiError::unknown_channel)?;
    if let Some(thread) = call.query.id::<ChannelId>("thread_id")? {
        let found = world.channels.get(&thread).filter(|one| one.parent == Some(channel.id));
        return found.map(|one| one.id).ok_or_else(ApiError::unknown_channel);
    }
    if channel.kind.is_forum() {
        return Err(ApiError::new(
            400,
            220_001,
            "Webhooks posted to forum channels must have a thread_name or thread_id",
        ));
    }
    Ok(channel.id)
}

/// A message this webhook wrote.
fn own(call: &Call, world: &World) -> Result<Message, ApiError> {
    let webhook = found(call, world)?;
    let channel = target(call, world, webhook)?;
    let id: MessageId = call.message_id()?;
    let message = world.message(channel, id).filter(|one| one.webhook == Some(webhook.id));
    message.cloned().ok_or_else(ApiError::unknown_message)
}

/// get_webhook_message.
pub(crate) fn get_message(call: &Call) -> ApiResult {
    let world = call.world();
    let message = own(call, &world)?;
    Answer::ok(render::message(&world, &message))
}

/// update_webhook_message.
pub(crate) fn edit_message(call: &Call) -> ApiResult {
    let mut world = call.world();
    let before = own(call, &world)?;
    let (mut patch, allowed) =
        call.form(|form| (messages::patch(form, &before), messages::allowed_mentions(form)))?;
    let described = patch.attachments.take();
    patch.attachments = messages::settle(call, &mut world, described, &before.attachments)?;
    let kept = before.flags & MessageFlags::IS_COMPONENTS_V2;
    patch.flags = patch.flags.map(|flags| flags & FLAGS | kept);
    messages::require_left(&before, &patch)?;
    let message = world.edit_message_allowing(before.channel, before.id, patch, &allowed)?;
    Answer::ok(render::message(&world, &message))
}

/// delete_webhook_message.
pub(crate) fn delete_message(call: &Call) -> ApiResult {
    let mut world = call.world();
    let message = own(call, &world)?;
    let cause = Cause::user(message.author);
    world.delete_message(message.channel, message.id, &cause)?;
    Answer::no_content()
}
