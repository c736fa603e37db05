//! Reactions (resources/message).

use axum::http::Method;

use super::messages::{readable, sees_history};
use crate::components::is_unicode_emoji;
use crate::error::ApiError;
use crate::id::{ChannelId, MessageId, UserId};
use crate::render;
use crate::rest::{Answer, ApiResult, Call, Major, Route};
use crate::world::{Permissions, World};

const ALL: &str = "/channels/{channel_id}/messages/{message_id}/reactions";
const EMOJI: &str = "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}";
const MINE: &str = "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me";
const THEIRS: &str =
    "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/{user_id}";

pub(super) const ROUTES: &[Route] = &[
    Route::new(Method::PUT, MINE, "add_my_message_reaction", Major::Channel, add),
    Route::new(Method::DELETE, MINE, "delete_my_message_reaction", Major::Channel, remove_own),
    Route::new(Method::DELETE, THEIRS, "delete_user_message_reaction", Major::Channel, remove),
    Route::new(Method::GET, EMOJI, "list_message_reactions_by_emoji", Major::Channel, list),
    Route::new(
        Method::DELETE,
        EMOJI,
        "delete_all_message_reactions_by_emoji",
        Major::Channel,
        |call| {
            let emoji = emoji(call)?.to_owned();
            clear(call, Some(&emoji))
        },
    ),
    Route::new(Method::DELETE, ALL, "delete_all_message_reactions", Major::Channel, |call| {
        clear(call, None)
    }),
];

/// 10014 for anything but an emoji of Unicode: no guild here has its own.
fn emoji<'a>(call: &'a Call<'_>) -> Result<&'a str, ApiError> {
    let name = call.params.get("emoji_name").unwrap_or_default();
    if is_unicode_emoji(name) { Ok(name) } else { Err(ApiError::unknown_emoji()) }
}

/// A message the bot can read, in a channel where it holds `needed`.
fn place(
    call: &Call,
    world: &World,
    needed: Permissions,
) -> Result<(ChannelId, MessageId), ApiError> {
    let (channel, message) = (call.channel_id()?, call.message_id()?);
    let found = readable(world, channel)?;
    if !sees_history(world, found) {
        return Err(ApiError::missing_permissions());
    }
    world.public_message(channel, message)?;
    world.bot_channel_with(channel, needed)?;
    Ok((channel, message))
}

/// ADD_REACTIONS only for an emoji that nobody has reacted with yet.
fn add(call: &Call) -> ApiResult {
    let emoji = emoji(call)?;
    let mut world = call.world();
    let (channel, message) = place(call, &world, Permissions::NONE)?;
    let there = world.message(channel, message);
    if !there.is_some_and(|one| one.reactions.iter().any(|one| one.emoji == emoji)) {
        world.bot_channel_with(channel, Permissions::ADD_REACTIONS)?;
    }
    let bot = world.bot();
    world.react(channel, message, bot, emoji)?;
    Answer::no_content()
}

fn remove_own(call: &Call) -> ApiResult {
    let emoji = emoji(call)?;
    let mut world = call.world();
    let (channel, message) = place(call, &world, Permissions::NONE)?;
    let bot = world.bot();
    world.unreact(channel, message, bot, emoji)?;
    Answer::no_content()
}

fn remove(call: &Call) -> ApiResult {
    let (emoji, user) = (emoji(call)?, call.user_id()?);
    let mut world = call.world();
    let (channel, message) = place(call, &world, Permissions::MANAGE_MESSAGES)?;
    if !world.users.contains_key(&user) {
        return Err(ApiError::unknown_user());
    }
    world.unreact(channel, message, user, emoji)?;
    Answer::no_content()
}

fn clear(call: &Call, emoji: Option<&str>) -> ApiResult {
    let mut world = call.world();
    let (channel, message) = place(call, &world, Permissions::MANAGE_MESSAGES)?;
    world.clear_reactions(channel, message, emoji)?;
    Answer::no_content()
}

/// Who reacted, by id from `after` on.
fn list(call: &Call) -> ApiResult {
    let emoji = emoji(call)?;
    let limit = call.query.number("limit", 25, 1, 100)?;
    let after = call.query.id::<UserId>("after")?.unwrap_or_default();
    let world = call.world();
    let (channel, message) = place(call, &world, Permissions::NONE)?;
    let found = world.message(channel, message).and_then(|one| {
        one.reactions.iter().find(|reaction| reaction.emoji == emoji).map(|one| one.users.clone())
    });
    let mut users = found.unwrap_or_default();
    users.sort();
    let page = users.into_iter().filter(|user| *user > after).take(limit);
    Answer::ok(page.filter_map(|id| world.users.get(&id)).map(render::user).collect())
}
