//! Editing threads (resources/channel, "Modify Channel", table "Thread"; topics/threads).

use super::fields::{ARCHIVE_MINUTES, SLOWMODE, small};
use crate::error::ApiError;
use crate::id::TagId;
use crate::pulse::WorldGuard;
use crate::render;
use crate::rest::{Answer, ApiResult, Call, Form};
use crate::world::{Channel, ChannelPatch, Permissions, Thread, ThreadPatch, World};

/// Tags of one post.
pub(in crate::rest::routes) const POST_TAGS: usize = 5;

/// Channel flag of a pinned forum post.
const PINNED: u64 = 1 << 1;

fn read(form: &mut Form<'_>) -> ChannelPatch {
    form.ignore(&["bitrate", "user_limit", "rtc_region", "video_quality_mode"]);
    ChannelPatch {
        name: form.text("name", 1..=100).value(),
        slowmode: form.int("rate_limit_per_user", 0..=SLOWMODE).value().map(small),
        flags: form.int("flags", 0..=i64::MAX).value().map(small),
        thread: ThreadPatch {
            archived: form.boolean("archived").value(),
            locked: form.boolean("locked").value(),
            invitable: form.boolean("invitable").value(),
            auto_archive_minutes: form
                .choice("auto_archive_duration", &ARCHIVE_MINUTES)
                .value()
                .map(small),
            applied_tags: form.ids::<TagId>("applied_tags", POST_TAGS).value(),
        },
        ..ChannelPatch::default()
    }
}

/// MANAGE_THREADS or ownership; opening an unlocked thread takes only the right to write in it. While archived, nothing
/// but `archived` and `locked` can change (50083).
pub(super) fn update(call: &Call, mut world: WorldGuard<'_>, channel: &Channel) -> ApiResult {
    let patch = call.form(read)?;
    let Some(thread) = channel.thread.as_deref() else {
        return Err(ApiError::wrong_channel_type());
    };
    let bot = world.bot();
    let held = world.permissions_in(bot, channel);
    let manages = held.contains(Permissions::MANAGE_THREADS);
    let opens = patch.thread.archived == Some(false) && !thread.locked && is_only_opening(&patch);
    let writes = held.contains(Permissions::SEND_MESSAGES_IN_THREADS);
    let owns = thread.owner == bot && !needs_moderator(&patch, thread);
    if !(manages || owns || opens && writes) {
        return Err(ApiError::missing_permissions());
    }
    let stays_archived = patch.thread.archived.unwrap_or(thread.archived) && thread.archived;
    if stays_archived && !is_only_state(&patch) {
        return Err(ApiError::archived_thread());
    }
    if let Some(tags) = &patch.thread.applied_tags {
        check_tags(&world, channel, tags, manages)?;
    }
    let cause = call.cause(&world);
    let channel = world.edit_channel(channel.id, patch, &cause)?;
    Answer::ok(render::channel(&world, &channel))
}

/// Nothing but "open this thread".
fn is_only_opening(patch: &ChannelPatch) -> bool {
    is_only_state(patch) && patch.thread.locked.is_none()
}

/// Nothing but `archived` and `locked`.
fn is_only_state(patch: &ChannelPatch) -> bool {
    let ThreadPatch { invitable, auto_archive_minutes, applied_tags, .. } = &patch.thread;
    patch.name.is_none()
        && patch.slowmode.is_none()
        && patch.flags.is_none()
        && invitable.is_none()
        && auto_archive_minutes.is_none()
        && applied_tags.is_none()
}

/// Locking, slowmode and pinning are for moderators, and so is everything in a locked thread.
fn needs_moderator(patch: &ChannelPatch, thread: &Thread) -> bool {
    let locks = patch.thread.locked.is_some_and(|locked| locked != thread.locked);
    let pins = patch.flags.is_some_and(|flags| flags & PINNED != 0);
    locks || pins || patch.slowmode.is_some() || thread.locked
}

/// Tags must be the forum's; moderated ones need MANAGE_THREADS. The inner code is a guess.
pub(in crate::rest::routes) fn check_tags(
    world: &World,
    post: &Channel,
    tags: &[TagId],
    manages: bool,
) -> Result<(), ApiError> {
    let parent = post.parent.and_then(|parent| world.channels.get(&parent));
    let known = parent
        .and_then(|parent| parent.forum.as_deref())
        .map_or(&[][..], |forum| forum.tags.as_slice());
    for wanted in tags {
        let Some(tag) = known.iter().find(|tag| tag.id == *wanted) else {
            return Err(ApiError::field("applied_tags", "FORUM_TAG_UNKNOWN", "Unknown tag"));
        };
        if tag.moderated && !manages {
            return Err(ApiError::missing_permissions());
        }
    }
    Ok(())
}
