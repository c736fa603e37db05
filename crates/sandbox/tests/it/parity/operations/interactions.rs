//! Answers to interactions, by the token in the path.

use super::super::probe::{Probe, Trouble, delete, get, patch, post};

const LONG: &str = r#"{"embeds": [{"title": ""}, {"color": 99999999}]}"#;

pub const ALL: &[Probe] = &[
    post(
        "create_interaction_response",
        "/interactions/{interaction}/{itoken}/callback",
        r#"{"type": 4, "data": {"content": "pong"}}"#,
    )
    .gives(204)
    .permission(Trouble::Never("the token in the path is all there is; a wrong one is not found"))
    .lost("/interactions/{interaction}/wrong/callback", 10_062)
    .bounds(r#"{"type": 4, "data": {"embeds": [{"color": 99999999}]}}"#),
    get("get_original_webhook_message", "/webhooks/{app}/{atoken}/messages/@original")
        .expired()
        .lost("/webhooks/{app}/wrong/messages/@original", 10_015)
        .bucket(),
    patch(
        "update_original_webhook_message",
        "/webhooks/{app}/{atoken}/messages/@original",
        r#"{"content": "changed"}"#,
    )
    .expired()
    .lost("/webhooks/{app}/wrong/messages/@original", 10_015)
    .bounds(LONG),
    delete("delete_original_webhook_message", "/webhooks/{app}/{atoken}/messages/@original")
        .expired()
        .lost("/webhooks/{app}/wrong/messages/@original", 10_015)
        .bucket(),
    get("get_webhook_message", "/webhooks/{app}/{atoken}/messages/{followup}")
        .expired()
        .lost("/webhooks/{app}/{atoken}/messages/1", 10_008)
        .bucket(),
    patch(
        "update_webhook_message",
        "/webhooks/{app}/{atoken}/messages/{followup}",
        r#"{"content": "changed"}"#,
    )
    .expired()
    .lost("/webhooks/{app}/{atoken}/messages/1", 10_008)
    .bounds(LONG),
    delete("delete_webhook_message", "/webhooks/{app}/{atoken}/messages/{followup}")
        .expired()
        .lost("/webhooks/{app}/{atoken}/messages/1", 10_008)
        .bucket(),
];
