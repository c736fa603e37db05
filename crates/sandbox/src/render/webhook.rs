//! Webhooks (resources/webhook).

use serde_json::{Value, json};

use super::user;
use crate::world::{Webhook, World};

/// A webhook; `with_token` only for those who may use it. Without a token in the request the creator is shown.
pub(crate) fn webhook(world: &World, found: &Webhook, with_token: bool) -> Value {
    let own = found.creator == world.bot();
    let mut body = json!({
        "id": found.id,
        "type": 1,
        "guild_id": found.guild,
        "channel_id": found.channel,
        "name": found.name,
        "avatar": null,
        "application_id": own.then_some(world.application.id),
    });
    if let Some(creator) = world.users.get(&found.creator) {
        body["user"] = user(creator);
    }
    if with_token {
        body["token"] = json!(found.token);
        body["url"] =
            json!(format!("https://discord.com/api/webhooks/{}/{}", found.id, found.token));
    }
    body
}
