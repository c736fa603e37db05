//! Webhooks.

use super::super::probe::{Probe, Trouble, delete, get, patch, post};
use super::super::stage::Stage;

/// Fifteen webhooks in a channel.
fn full(stage: &Stage) {
    let general = stage.guild.channel("general").unwrap().id;
    let cause = sandbox::world::Cause::user(stage.guild.owner().id());
    let mut world = stage.sandbox.world();
    for number in 1..15 {
        world.create_webhook(general, format!("hook {number}"), &cause).unwrap();
    }
}

/// The token in the path is wrong.
const fn wrong(path: &'static str) -> Trouble {
    Trouble::With { path: Some(path), body: None, status: 401, code: 50_027 }
}

const LONG_NAME: &str = r#"{"name": ""}"#;

pub const ALL: &[Probe] = &[
    get("list_channel_webhooks", "/channels/{general}/webhooks")
        .weak()
        .lost("/channels/1/webhooks", 10_003)
        .bucket(),
    post("create_webhook", "/channels/{general}/webhooks", r#"{"name": "Crier"}"#)
        .weak()
        .lost("/channels/1/webhooks", 10_003)
        .full(full, 30_007),
    get("get_guild_webhooks", "/guilds/{guild}/webhooks")
        .weak()
        .lost("/guilds/1/webhooks", 10_004)
        .bucket(),
    get("get_webhook", "/webhooks/{webhook}").weak().lost("/webhooks/1", 10_015).bucket(),
    patch("update_webhook", "/webhooks/{webhook}", r#"{"name": "Crier"}"#)
        .weak()
        .lost("/webhooks/1", 10_015)
        .bounds(LONG_NAME),
    delete("delete_webhook", "/webhooks/{webhook}").weak().lost("/webhooks/1", 10_015).bucket(),
    get("get_webhook_by_token", "/webhooks/{webhook}/{hook_token}")
        .permission(wrong("/webhooks/{webhook}/wrong"))
        .lost("/webhooks/1/{hook_token}", 10_015)
        .bucket(),
    patch("update_webhook_by_token", "/webhooks/{webhook}/{hook_token}", r#"{"name": "Crier"}"#)
        .permission(wrong("/webhooks/{webhook}/wrong"))
        .lost("/webhooks/1/{hook_token}", 10_015)
        .bounds(LONG_NAME),
    delete("delete_webhook_by_token", "/webhooks/{webhook}/{hook_token}")
        .permission(wrong("/webhooks/{webhook}/wrong"))
        .lost("/webhooks/1/{hook_token}", 10_015)
        .bucket(),
    post("execute_webhook", "/webhooks/{webhook}/{hook_token}?wait=true", r#"{"content": "hear"}"#)
        .permission(wrong("/webhooks/{webhook}/wrong"))
        .lost("/webhooks/1/{hook_token}", 10_015)
        .bounds(r#"{"embeds": [{"color": 99999999}]}"#),
];
