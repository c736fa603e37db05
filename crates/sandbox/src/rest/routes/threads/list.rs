//! Listing threads.

use serde_json::{Value, json};

use super::super::messages::sees_history;
use crate::clock::parse_iso;
use crate::error::ApiError;
use crate::render;
use crate::rest::{Answer, ApiResult, Call};
use crate::world::{Channel, ChannelKind, Permissions, World};

/// All active threads the bot can see, newest first.
pub(super) fn active(call: &Call) -> ApiResult {
    let world = call.world();
    let guild = world.bot_guild(call.guild_id()?)?;
    let threads = guild.threads.iter().rev().filter_map(|id| world.channels.get(id));
    let threads = threads.filter(|one| one.is_active_thread());
    let threads: Vec<_> = threads.filter(|one| world.can_view(world.bot(), one)).collect();
    Answer::ok(page(&world, &threads))
}

/// Archived threads of a channel, latest archived first. Needs READ_MESSAGE_HISTORY, for private ones MANAGE_THREADS
/// too.
pub(super) fn archived(call: &Call, private: bool) -> ApiResult {
    let limit = call.query.number("limit", 50, 2, 100)?;
    let before = match call.query.get("before") {
        None => None,
        Some(text) => Some(parse_iso(text).ok_or_else(|| {
            let message = "Could not parse value as a timestamp.";
            ApiError::field("before", "DATE_TIME_TYPE_PARSE", message)
        })?),
    };
    let world = call.world();
    let parent = world.bot_channel(call.channel_id()?)?;
    if !sees_history(&world, parent) {
        return Err(ApiError::missing_permissions());
    }
    if private {
        world.bot_channel_with(parent.id, Permissions::MANAGE_THREADS)?;
    }
    let guild = parent.guild.and_then(|guild| world.guilds.get(&guild));
    let guild = guild.ok_or_else(ApiError::wrong_channel_for_dm)?;
    let mut found: Vec<_> = guild
        .threads
        .iter()
        .filter_map(|id| world.channels.get(id))
        .filter(|one| one.parent == Some(parent.id) && !one.is_active_thread())
        .filter(|one| (one.kind == ChannelKind::PrivateThread) == private)
        .filter(|one| before.is_none_or(|before| archived_at(one) < before))
        .collect();
    found.sort_by_key(|one| std::cmp::Reverse(archived_at(one)));
    let more = found.len() > limit;
    found.truncate(limit);
    let mut body = page(&world, &found);
    body["has_more"] = json!(more);
    Answer::ok(body)
}

fn archived_at(thread: &Channel) -> i64 {
    thread.thread.as_ref().map_or(0, |thread| thread.archive_changed_ms)
}

/// The threads and the bot's memberships in them.
fn page(world: &World, threads: &[&Channel]) -> Value {
    let bot = world.bot();
    let own = threads.iter().filter_map(|one| {
        let part = one.thread.as_deref()?;
        let member = part.members.iter().find(|member| member.user == bot)?;
        Some(render::thread_member(one, member))
    });
    json!({
        "threads": threads.iter().map(|one| render::channel(world, one)).collect::<Vec<_>>(),
        "members": own.collect::<Vec<_>>(),
        "has_more": false,
    })
}
