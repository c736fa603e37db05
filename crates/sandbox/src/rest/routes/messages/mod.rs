//! Messages (resources/message).

mod attachments;
mod body;
mod create;
mod edit;
mod embeds;
mod history;
mod mentions;
mod remove;

use axum::http::Method;

use crate::error::ApiError;
use crate::id::ChannelId;
use crate::rest::{Major, Route};
use crate::world::{Channel, Permissions, World};

pub(crate) use attachments::settle;
pub(crate) use body::{common, patch, require_content, require_left};
pub(super) use create::reader;
pub(crate) use mentions::allowed_mentions;

pub(super) const ROUTES: &[Route] = &[
    Route::new(
        Method::GET,
        "/channels/{channel_id}/messages",
        "list_messages",
        Major::Channel,
        history::list,
    ),
    Route::new(
        Method::GET,
        "/channels/{channel_id}/messages/{message_id}",
        "get_message",
        Major::Channel,
        history::get,
    ),
    Route::new(
        Method::POST,
        "/channels/{channel_id}/messages",
        "create_message",
        Major::Channel,
        create::create,
    ),
    Route::new(
        Method::PATCH,
        "/channels/{channel_id}/messages/{message_id}",
        "update_message",
        Major::Channel,
        edit::edit,
    ),
    Route::new(
        Method::DELETE,
        "/channels/{channel_id}/messages/{message_id}",
        "delete_message",
        Major::Channel,
        remove::delete,
    ),
    Route::new(
        Method::POST,
        "/channels/{channel_id}/messages/bulk-delete",
        "bulk_delete_messages",
        Major::Channel,
        remove::bulk,
    ),
];

/// A channel the bot may read messages in at all: 50008 for categories and the like.
pub(super) fn readable(world: &World, id: ChannelId) -> Result<&Channel, ApiError> {
    let channel = world.bot_channel(id)?;
    if channel.kind.takes_messages() { Ok(channel) } else { Err(ApiError::non_text_channel()) }
}

/// May the bot see what was written before? Without READ_MESSAGE_HISTORY lists are empty.
pub(super) fn sees_history(world: &World, channel: &Channel) -> bool {
    world.permissions_in(world.bot(), channel).contains(Permissions::READ_MESSAGE_HISTORY)
}
