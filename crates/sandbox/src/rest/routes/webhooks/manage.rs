//! Managing webhooks.

use crate::error::ApiError;
use crate::id::{ChannelId, WebhookId};
use crate::render;
use crate::rest::{Answer, ApiResult, Call, Form};
use crate::world::{Cause, ChannelKind, Permissions, Webhook, World};

/// The webhook of the path. With a token in the path nothing else is asked, else MANAGE_WEBHOOKS in its channel.
pub(super) fn found<'a>(call: &Call, world: &'a World) -> Result<&'a Webhook, ApiError> {
    let id = call.id::<WebhookId>("webhook_id")?;
    let webhook = world.webhooks.get(&id).ok_or_else(ApiError::unknown_webhook)?;
    match call.params.get("token") {
        Some(token) if token == webhook.token => Ok(webhook),
        Some(_) => Err(ApiError::invalid_webhook_token()),
        None => {
            let needed = Permissions::MANAGE_WEBHOOKS;
            world.bot_channel_with(webhook.channel, needed).map(|_| webhook)
        }
    }
}

/// 1-80 characters, without the names Discord keeps for itself.
fn name(form: &mut Form<'_>) -> Option<String> {
    form.ignore(&["avatar"]);
    let name = form.text("name", 1..=80).value()?;
    let lower = name.to_lowercase();
    if let Some(word) = ["discord", "clyde"].into_iter().find(|word| lower.contains(word)) {
        let message = format!("Username cannot contain \"{word}\"");
        form.fail("name", "USERNAME_INVALID_CONTAINS", message);
    }
    Some(name.trim().to_owned())
}

/// Channels webhooks can post in.
fn hosts(kind: ChannelKind) -> bool {
    !kind.is_thread() && (kind.takes_messages() || kind.is_forum())
}

pub(super) fn create(call: &Call) -> ApiResult {
    let name = call.form(|form| {
        let name = name(form);
        if name.is_none() && !form.has("name") {
            form.fail("name", "BASE_TYPE_REQUIRED", "This field is required");
        }
        name.unwrap_or_default()
    })?;
    let id = call.channel_id()?;
    let mut world = call.world();
    let channel = world.bot_channel_with(id, Permissions::MANAGE_WEBHOOKS)?;
    if !hosts(channel.kind) {
        return Err(ApiError::wrong_channel_type());
    }
    let cause = call.cause(&world);
    let webhook = world.create_webhook(id, name, &cause)?;
    Answer::ok(render::webhook(&world, &webhook, true))
}

pub(super) fn of_channel(call: &Call) -> ApiResult {
    let id = call.channel_id()?;
    let world = call.world();
    world.bot_channel_with(id, Permissions::MANAGE_WEBHOOKS)?;
    let found = world.webhooks_where(|one| one.channel == id);
    Answer::ok(found.into_iter().map(|one| shown(&world, one)).collect())
}

pub(super) fn of_guild(call: &Call) -> ApiResult {
    let id = call.guild_id()?;
    let world = call.world();
    let needed = Permissions::MANAGE_WEBHOOKS;
    world.bot_guild(id)?.require(world.bot(), needed, world.clock.now_ms())?;
    let found = world.webhooks_where(|one| one.guild == id);
    Answer::ok(found.into_iter().map(|one| shown(&world, one)).collect())
}

/// Tokens of other applications' webhooks stay hidden.
fn shown(world: &World, webhook: &Webhook) -> serde_json::Value {
    let creator = world.users.get(&webhook.creator);
    let foreign = webhook.creator != world.bot() && creator.is_some_and(|user| user.bot);
    render::webhook(world, webhook, !foreign)
}

pub(super) fn get(call: &Call) -> ApiResult {
    let world = call.world();
    let webhook = found(call, &world)?;
    let mut body = shown(&world, webhook);
    if call.params.get("token").is_some()
        && let Some(map) = body.as_object_mut()
    {
        map.remove("user");
    }
    Answer::ok(body)
}

/// Renames or moves; with a token the channel cannot change.
pub(super) fn update(call: &Call) -> ApiResult {
    let (name, channel) =
        call.form(|form| (name(form), form.id::<ChannelId>("channel_id").value()))?;
    let mut world = call.world();
    let webhook = found(call, &world)?.clone();
    let channel = channel.filter(|_| call.params.get("token").is_none());
    if let Some(channel) = channel {
        let target = world.bot_channel_with(channel, Permissions::MANAGE_WEBHOOKS)?;
        if target.guild != Some(webhook.guild) || !hosts(target.kind) {
            return Err(ApiError::wrong_channel_type());
        }
    }
    let cause = cause(call, &world, &webhook);
    let webhook = world.edit_webhook(webhook.id, name, channel, &cause)?;
    Answer::ok(shown(&world, &webhook))
}

pub(super) fn delete(call: &Call) -> ApiResult {
    let mut world = call.world();
    let webhook = found(call, &world)?.clone();
    let cause = cause(call, &world, &webhook);
    world.delete_webhook(webhook.id, &cause)?;
    Answer::no_content()
}

/// With only a token nobody is known to have done it; the creator stands for them.
fn cause(call: &Call, world: &World, webhook: &Webhook) -> Cause {
    if call.params.get("token").is_some() {
        Cause { by: webhook.creator, reason: call.reason.clone() }
    } else {
        call.cause(world)
    }
}
