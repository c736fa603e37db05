//! Channels (resources/channel, resources/guild).

mod create;
mod fields;
mod forum;
mod overwrites;
mod positions;
mod thread;
mod update;

pub(super) use fields::{ARCHIVE_MINUTES, SLOWMODE, small};
pub(super) use thread::{POST_TAGS, check_tags};

use axum::http::Method;

use crate::error::ApiError;
use crate::render;
use crate::rest::{Answer, ApiResult, Call, Major, Route};
use crate::world::Permissions;

pub(super) const ROUTES: &[Route] = &[
    Route::new(
        Method::POST,
        "/channels/{channel_id}/typing",
        "trigger_typing_indicator",
        Major::Channel,
        typing,
    ),
    Route::new(Method::GET, "/channels/{channel_id}", "get_channel", Major::Channel, get),
    Route::new(
        Method::PATCH,
        "/channels/{channel_id}",
        "update_channel",
        Major::Channel,
        update::update,
    ),
    Route::new(Method::DELETE, "/channels/{channel_id}", "delete_channel", Major::Channel, delete),
    Route::new(
        Method::GET,
        "/guilds/{guild_id}/channels",
        "list_guild_channels",
        Major::Guild,
        list,
    ),
    Route::new(
        Method::POST,
        "/guilds/{guild_id}/channels",
        "create_guild_channel",
        Major::Guild,
        create::create,
    ),
    Route::new(
        Method::PATCH,
        "/guilds/{guild_id}/channels",
        "bulk_update_guild_channels",
        Major::Guild,
        positions::update,
    ),
    Route::new(
        Method::PUT,
        "/channels/{channel_id}/permissions/{overwrite_id}",
        "set_channel_permission_overwrite",
        Major::Channel,
        overwrites::put,
    ),
    Route::new(
        Method::DELETE,
        "/channels/{channel_id}/permissions/{overwrite_id}",
        "delete_channel_permission_overwrite",
        Major::Channel,
        overwrites::delete,
    ),
];

fn get(call: &Call) -> ApiResult {
    let world = call.world();
    let channel = world.bot_channel(call.channel_id()?)?;
    Answer::ok(render::channel(&world, channel))
}

/// All channels, also those the bot cannot see; threads are not among them.
fn list(call: &Call) -> ApiResult {
    let world = call.world();
    let guild = world.bot_guild(call.guild_id()?)?;
    let channels = guild.channels.iter().filter_map(|id| world.channels.get(id));
    Answer::ok(channels.map(|channel| render::channel(&world, channel)).collect())
}

/// MANAGE_CHANNELS, for threads MANAGE_THREADS. A DM is only closed.
fn delete(call: &Call) -> ApiResult {
    let id = call.channel_id()?;
    let mut world = call.world();
    let needed = if world.bot_channel(id)?.kind.is_thread() {
        Permissions::MANAGE_THREADS
    } else {
        Permissions::MANAGE_CHANNELS
    };
    world.bot_channel_with(id, needed)?;
    let cause = call.cause(&world);
    let channel = world.delete_channel(id, &cause)?;
    Answer::ok(render::channel(&world, &channel))
}

/// Nobody in the sandbox looks at it, so it is only checked.
fn typing(call: &Call) -> ApiResult {
    let world = call.world();
    let channel = world.bot_channel_with(call.channel_id()?, Permissions::SEND_MESSAGES)?;
    if !channel.kind.takes_messages() {
        return Err(ApiError::non_text_channel());
    }
    Answer::no_content()
}
