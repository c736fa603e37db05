//! Posting.

use super::{common, require_content, settle};
use crate::error::ApiError;
use crate::id::{ChannelId, MessageId, UserId};
use crate::render;
use crate::rest::{Answer, ApiResult, Call, Field, Form};
use crate::world::{Channel, ChannelPatch, MessageFlags, MessageSpec, Permissions, REPLY, World};

/// Flags a bot may set on a channel message (resources/message, "Create Message"); others are dropped.
const FLAGS: u64 = MessageFlags::SUPPRESS_EMBEDS
    | MessageFlags::SUPPRESS_NOTIFICATIONS
    | MessageFlags::IS_COMPONENTS_V2;

/// A message body without the fields that only channel messages have; forum posts use it too.
pub(in crate::rest::routes) fn reader(form: &mut Form<'_>) -> MessageSpec {
    form.ignore(&["sticker_ids", "shared_client_theme"]);
    let spec = common(form);
    MessageSpec { flags: spec.flags & FLAGS, ..spec }
}

/// The message replied to; a missing one is an error unless `fail_if_not_exists` is false.
#[derive(Clone, Copy)]
struct Reference {
    message: MessageId,
    strict: bool,
}

fn reference(form: &mut Form<'_>) -> Reference {
    form.ignore(&["guild_id", "channel_id"]);
    form.choice("type", &[0]);
    let message = form.id("message_id");
    Reference {
        message: form.required("message_id", message),
        strict: form.boolean("fail_if_not_exists").value().unwrap_or(true),
    }
}

pub(super) fn create(call: &Call) -> ApiResult {
    let id = call.channel_id()?;
    let (mut spec, unique, reply) = call.form(|form| {
        let nonce = match form.raw("nonce") {
            Field::Value(serde_json::Value::Number(number)) => Some(number.to_string()),
            _ => form.text("nonce", 0..=25).value(),
        };
        let unique = form.boolean("enforce_nonce").value().unwrap_or(false);
        let reply = form.object("message_reference", reference).value();
        (MessageSpec { nonce, ..reader(form) }, unique, reply)
    })?;
    let mut world = call.world();
    let bot = world.bot();
    let channel = world.bot_channel(id)?.clone();
    if channel.kind.is_forum() {
        return Err(ApiError::forum_needs_thread());
    }
    if !channel.kind.takes_messages() {
        return Err(ApiError::non_text_channel());
    }
    require_can_send(&world, &channel, bot)?;
    let described = Some(std::mem::take(&mut spec.attachments));
    spec.attachments = settle(call, &mut world, described, &[])?.unwrap_or_default();
    require_content(&spec)?;
    require_extras(&world, &channel, &spec)?;
    if let Some(reply) = reply {
        answer_to(&world, &channel, reply, &mut spec)?;
    }
    if let Some(known) = spec.nonce.as_deref().filter(|_| unique)
        && let Some(earlier) = world.message_by_nonce(id, bot, known)
    {
        return Answer::ok(render::message(&world, earlier));
    }
    wake(&mut world, &channel)?;
    let message = world.create_message(id, bot, spec)?;
    Answer::ok(render::message(&world, &message))
}

/// SEND_MESSAGES, in threads SEND_MESSAGES_IN_THREADS; in DMs the other side must take them. A locked thread takes
/// messages only from those who manage threads (160005).
pub(in crate::rest::routes) fn require_can_send(
    world: &World,
    channel: &Channel,
    bot: UserId,
) -> Result<(), ApiError> {
    if let Some(user) = channel.recipient {
        return world.check_dm(user);
    }
    let held = world.permissions_in(bot, channel);
    let needed = if channel.kind.is_thread() {
        Permissions::SEND_MESSAGES_IN_THREADS
    } else {
        Permissions::SEND_MESSAGES
    };
    if !held.contains(needed) {
        return Err(ApiError::missing_permissions());
    }
    let locked = channel.thread.as_ref().is_some_and(|thread| thread.locked);
    if locked && !held.contains(Permissions::MANAGE_THREADS) {
        return Err(ApiError::locked_thread());
    }
    Ok(())
}

/// What a message contains may need more permissions.
fn require_extras(world: &World, channel: &Channel, spec: &MessageSpec) -> Result<(), ApiError> {
    let held = world.permissions_in(world.bot(), channel);
    let needs = [
        (!spec.embeds.is_empty(), Permissions::EMBED_LINKS),
        (!spec.attachments.is_empty(), Permissions::ATTACH_FILES),
        (spec.tts, Permissions::SEND_TTS_MESSAGES),
    ];
    if needs.iter().any(|(used, bit)| *used && !held.contains(*bit)) {
        return Err(ApiError::missing_permissions());
    }
    Ok(())
}

/// Turns the message into a reply: type 19. Needs READ_MESSAGE_HISTORY.
fn answer_to(
    world: &World,
    channel: &Channel,
    reply: Reference,
    spec: &mut MessageSpec,
) -> Result<(), ApiError> {
    if !super::sees_history(world, channel) {
        return Err(ApiError::no_reply_without_history());
    }
    let found = world.public_message(channel.id, reply.message).is_ok();
    if !found && reply.strict {
        let path = "message_reference";
        return Err(ApiError::field(path, "REPLIES_UNKNOWN_MESSAGE", "Unknown message"));
    }
    if found {
        spec.kind = REPLY;
        spec.reference = Some(reply.message);
    }
    Ok(())
}

/// A message in an archived thread opens it again (topics/threads, "Active & Archived Threads").
fn wake(world: &mut World, channel: &Channel) -> Result<(), ApiError> {
    if !channel.thread.as_ref().is_some_and(|thread| thread.archived) {
        return Ok(());
    }
    let mut patch = ChannelPatch::default();
    patch.thread.archived = Some(false);
    let cause = world.by_bot(None);
    let id: ChannelId = channel.id;
    world.edit_channel(id, patch, &cause).map(drop)
}
