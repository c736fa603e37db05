//! Webhook management and execution (resources/webhook). The routes with a token in their path for messages are
//! declared by the interactions module, because an interaction token is a webhook token of the application; requests
//! for any other webhook id arrive in the functions of [`execute`].

mod execute;
mod manage;

use axum::http::Method;

use crate::rest::{Major, Route};

pub(crate) use execute::{delete_message, edit_message, execute, get_message};

const ONE: &str = "/webhooks/{webhook_id}";
const WITH_TOKEN: &str = "/webhooks/{webhook_id}/{token}";
const OF_CHANNEL: &str = "/channels/{channel_id}/webhooks";

pub(super) const ROUTES: &[Route] = &[
    Route::new(
        Method::GET,
        OF_CHANNEL,
        "list_channel_webhooks",
        Major::Channel,
        manage::of_channel,
    ),
    Route::new(Method::POST, OF_CHANNEL, "create_webhook", Major::Channel, manage::create),
    Route::new(
        Method::GET,
        "/guilds/{guild_id}/webhooks",
        "get_guild_webhooks",
        Major::Guild,
        manage::of_guild,
    ),
    Route::new(Method::GET, ONE, "get_webhook", Major::Webhook, manage::get),
    Route::new(Method::PATCH, ONE, "update_webhook", Major::Webhook, manage::update),
    Route::new(Method::DELETE, ONE, "delete_webhook", Major::Webhook, manage::delete),
    Route::new(Method::GET, WITH_TOKEN, "get_webhook_by_token", Major::Webhook, manage::get)
        .token_in_path(),
    Route::new(
        Method::PATCH,
        WITH_TOKEN,
        "update_webhook_by_token",
        Major::Webhook,
        manage::update,
    )
    .token_in_path(),
    Route::new(
        Method::DELETE,
        WITH_TOKEN,
        "delete_webhook_by_token",
        Major::Webhook,
        manage::delete,
    )
    .token_in_path(),
];
