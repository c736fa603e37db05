//! The token routes: follow-ups and `@original`. An interaction token is a webhook token of the application.

use crate::error::ApiError;
use crate::id::{ApplicationId, InteractionId, MessageId};
use crate::render;
use crate::rest::routes::webhooks;
use crate::rest::{Answer, ApiResult, Call};
use crate::world::{Cause, Message, MessageFlags, MessagePatch, MessageSpec, World};

use super::{Answered, TOKEN_MS, answer, respond};

/// True when the webhook id is the application's: the token is then an interaction token.
fn is_ours(call: &Call) -> bool {
    call.id::<ApplicationId>("webhook_id").is_ok_and(|id| id == call.sandbox.application_id())
}

/// The interaction behind a token: 10015 for an unknown token or before any answer, 50027 after 15 minutes.
fn interaction(call: &Call, world: &World) -> Result<InteractionId, ApiError> {
    let token = call.params.get("token").unwrap_or_default();
    let found = world.interactions.by_token(token).ok_or_else(ApiError::unknown_webhook)?;
    if world.clock.now_ms() - found.created_ms > TOKEN_MS {
        return Err(ApiError::invalid_webhook_token());
    }
    if found.is_answered() { Ok(found.id) } else { Err(ApiError::unknown_webhook()) }
}

/// The message named in the path: `@original` or an id that belongs to this interaction.
fn target(call: &Call, world: &World, id: InteractionId) -> Result<Message, ApiError> {
    let found = world.interactions.get(id).ok_or_else(ApiError::unknown_webhook)?;
    let message = match call.params.get("message_id") {
        None | Some("@original") => found.original,
        Some(_) => {
            let asked: MessageId = call.message_id()?;
            (found.followups.contains(&asked) || found.original == Some(asked)).then_some(asked)
        }
    };
    let message = message.and_then(|message| world.message(found.channel, message));
    message.cloned().ok_or_else(ApiError::unknown_message)
}

/// execute_webhook with an interaction token. Straight after type 5 it edits the loading message instead.
pub(super) fn create(call: &Call) -> ApiResult {
    if !is_ours(call) {
        return webhooks::execute(call);
    }
    let spec = call.form(answer::message)?;
    let mut world = call.world();
    let id = interaction(call, &world)?;
    let spec = respond::with_files(call, &mut world, spec)?;
    let found = world.interactions.get(id).ok_or_else(ApiError::unknown_webhook)?;
    let original = found.original;
    let loading = original
        .and_then(|original| world.message(found.channel, original))
        .filter(|one| one.is_loading());
    if let Some(loading) = loading.filter(|_| matches!(found.answered, Answered::Deferred { .. })) {
        let (channel, message) = (loading.channel, loading.id);
        let kept = loading.flags & MessageFlags::EPHEMERAL;
        let patch = MessagePatch {
            content: Some(spec.content),
            embeds: Some(spec.embeds),
            components: Some(spec.components),
            attachments: Some(spec.attachments),
            flags: Some(spec.flags & !MessageFlags::EPHEMERAL | kept),
        };
        let message = world.edit_message_allowing(channel, message, patch, &spec.allowed)?;
        return Answer::ok(render::message(&world, &message));
    }
    let message = respond::post(&mut world, id, MessageSpec { reference: None, ..spec }, original)?;
    if let Some(found) = world.interactions.get_mut(id) {
        found.followups.push(message.id);
        found.touch();
    }
    Answer::ok(render::message(&world, &message))
}

pub(super) fn get(call: &Call) -> ApiResult {
    if !is_ours(call) {
        return webhooks::get_message(call);
    }
    let world = call.world();
    let id = interaction(call, &world)?;
    let message = target(call, &world, id)?;
    Answer::ok(render::message(&world, &message))
}

pub(super) fn edit(call: &Call) -> ApiResult {
    if !is_ours(call) {
        return webhooks::edit_message(call);
    }
    let sent = call.json()?;
    let mut world = call.world();
    let id = interaction(call, &world)?;
    let message = target(call, &world, id)?;
    let edited = call.read(&sent, |form| answer::update(form, &message))?;
    let message = respond::edit(call, &mut world, &message, edited)?;
    if let Some(found) = world.interactions.get(id) {
        found.touch();
    }
    Answer::ok(render::message(&world, &message))
}

pub(super) fn delete(call: &Call) -> ApiResult {
    if !is_ours(call) {
        return webhooks::delete_message(call);
    }
    let mut world = call.world();
    let id = interaction(call, &world)?;
    let message = target(call, &world, id)?;
    let cause = Cause::user(message.author);
    world.delete_message(message.channel, message.id, &cause)?;
    Answer::no_content()
}
