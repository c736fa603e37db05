//! Threads and forum posts (topics/threads).

mod create;
mod list;
mod members;
mod post;

use axum::http::Method;

use crate::rest::{Major, Route};

const MEMBERS: &str = "/channels/{channel_id}/thread-members";
const OWN: &str = "/channels/{channel_id}/thread-members/@me";
const ONE: &str = "/channels/{channel_id}/thread-members/{user_id}";

pub(super) const ROUTES: &[Route] = &[
    Route::new(
        Method::POST,
        "/channels/{channel_id}/threads",
        "create_thread",
        Major::Channel,
        create::create,
    ),
    Route::new(
        Method::POST,
        "/channels/{channel_id}/messages/{message_id}/threads",
        "create_thread_from_message",
        Major::Channel,
        create::from_message,
    ),
    Route::new(
        Method::GET,
        "/guilds/{guild_id}/threads/active",
        "get_active_guild_threads",
        Major::Guild,
        list::active,
    ),
    Route::new(
        Method::GET,
        "/channels/{channel_id}/threads/archived/public",
        "list_public_archived_threads",
        Major::Channel,
        |call| list::archived(call, false),
    ),
    Route::new(
        Method::GET,
        "/channels/{channel_id}/threads/archived/private",
        "list_private_archived_threads",
        Major::Channel,
        |call| list::archived(call, true),
    ),
    Route::new(Method::GET, MEMBERS, "list_thread_members", Major::Channel, members::list),
    Route::new(Method::PUT, OWN, "join_thread", Major::Channel, members::join),
    Route::new(Method::DELETE, OWN, "leave_thread", Major::Channel, members::leave),
    Route::new(Method::GET, ONE, "get_thread_member", Major::Channel, members::get),
    Route::new(Method::PUT, ONE, "add_thread_member", Major::Channel, members::add),
    Route::new(Method::DELETE, ONE, "delete_thread_member", Major::Channel, members::remove),
];
