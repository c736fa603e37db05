//! Forum posts: a thread and its first message in one request (topics/threads, "Forums").

use super::super::channels::{POST_TAGS, check_tags};
use super::super::messages;
use super::create::{start, thread};
use crate::error::ApiError;
use crate::id::{MessageId, Snowflake, TagId};
use crate::pulse::WorldGuard;
use crate::render;
use crate::rest::{Answer, ApiResult, Call};
use crate::world::{Channel, ChannelKind, Permissions};

/// Channel flag of forums whose posts need a tag.
const REQUIRE_TAG: u64 = 1 << 4;

/// Needs SEND_MESSAGES only. The answer is the thread with its `message`.
pub(super) fn create(call: &Call, mut world: WorldGuard<'_>, forum: &Channel) -> ApiResult {
    let (start, tags, mut spec) = call.form(|form| {
        let tags = form.ids::<TagId>("applied_tags", POST_TAGS).value().unwrap_or_default();
        let spec = form.object("message", messages::reader);
        // A body made for text channels.
        form.ignore(&["type", "invitable"]);
        (start(form), tags, form.required("message", spec))
    })?;
    world.bot_channel_with(forum.id, Permissions::SEND_MESSAGES)?;
    if tags.is_empty() && forum.flags & REQUIRE_TAG != 0 {
        return Err(ApiError::forum_needs_tag());
    }
    let mut thread = thread(&world, forum, ChannelKind::PublicThread, start);
    let manages = world.permissions_in(world.bot(), forum).contains(Permissions::MANAGE_THREADS);
    check_tags(&world, &thread, &tags, manages)?;
    let described = Some(std::mem::take(&mut spec.attachments));
    spec.attachments = messages::settle(call, &mut world, described, &[])?.unwrap_or_default();
    messages::require_content(&spec)?;
    if let Some(part) = thread.thread.as_deref_mut() {
        part.applied_tags = tags;
    }
    if let Some(forum) = forum.forum.as_deref().filter(|_| thread.slowmode == 0) {
        thread.slowmode = forum.default_thread_slowmode;
    }
    let (cause, bot) = (call.cause(&world), world.bot());
    let guild = forum.guild.ok_or_else(ApiError::wrong_channel_for_dm)?;
    let thread = world.create_thread(guild, thread, &cause)?;
    let message = world.insert_message(MessageId(thread.id.get()), thread.id, bot, spec)?;
    if let Some(forum) = world.channels.get_mut(&forum.id) {
        forum.last_message = Some(message.id);
    }
    let thread = world.channels.get(&thread.id).ok_or_else(ApiError::unknown_channel)?;
    let mut body = render::channel(&world, thread);
    body["message"] = render::message(&world, &message);
    Answer::created(body)
}
