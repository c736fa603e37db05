//! Routes authorised by an interaction token. They are outside the global limit; the callback has no bucket.

use axum::http::Method;

use super::{followups, respond};
use crate::rest::{Major, Route};

pub(crate) const ROUTES: &[Route] = &[
    Route::new(
        Method::POST,
        "/interactions/{interaction_id}/{token}/callback",
        "create_interaction_response",
        Major::None,
        respond::callback,
    )
    .token_in_path()
    .unlimited(),
    Route::new(
        Method::POST,
        "/webhooks/{webhook_id}/{token}",
        "execute_webhook",
        Major::Webhook,
        followups::create,
    )
    .token_in_path(),
    Route::new(
        Method::GET,
        "/webhooks/{webhook_id}/{token}/messages/@original",
        "get_original_webhook_message",
        Major::Webhook,
        followups::get,
    )
    .token_in_path(),
    Route::new(
        Method::PATCH,
        "/webhooks/{webhook_id}/{token}/messages/@original",
        "update_original_webhook_message",
        Major::Webhook,
        followups::edit,
    )
    .token_in_path(),
    Route::new(
        Method::DELETE,
        "/webhooks/{webhook_id}/{token}/messages/@original",
        "delete_original_webhook_message",
        Major::Webhook,
        followups::delete,
    )
    .token_in_path(),
    Route::new(
        Method::GET,
        "/webhooks/{webhook_id}/{token}/messages/{message_id}",
        "get_webhook_message",
        Major::Webhook,
        followups::get,
    )
    .token_in_path(),
    Route::new(
        Method::PATCH,
        "/webhooks/{webhook_id}/{token}/messages/{message_id}",
        "update_webhook_message",
        Major::Webhook,
        followups::edit,
    )
    .token_in_path(),
    Route::new(
        Method::DELETE,
        "/webhooks/{webhook_id}/{token}/messages/{message_id}",
        "delete_webhook_message",
        Major::Webhook,
        followups::delete,
    )
    .token_in_path(),
];
