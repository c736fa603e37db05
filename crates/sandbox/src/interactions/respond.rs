//! The first answer: `POST /interactions/{id}/{token}/callback`.

use serde_json::{Value, json};

use super::answer::{Asked, Data, Edit, body};
use super::{ANSWER_MS, Answered};
use crate::error::ApiError;
use crate::id::{InteractionId, MessageId, Snowflake, WebhookId};
use crate::observe::ViolationKind;
use crate::render;
use crate::rest::routes::messages;
use crate::rest::{Answer, ApiResult, Call};
use crate::world::{InteractionMetadata, Message, MessageFlags, MessageSpec, Opener, World};

/// create_interaction_response.
pub(super) fn callback(call: &Call) -> ApiResult {
    let id = call.id::<InteractionId>("interaction_id")?;
    let token = call.params.get("token").unwrap_or_default();
    let sent = call.json()?;
    let mut world = call.world();
    let found = world.interactions.get(id).filter(|found| found.token == token);
    let Some(found) = found else { return Err(ApiError::unknown_interaction()) };
    let late = world.clock.now_ms() - found.created_ms > ANSWER_MS;
    if found.is_answered() || late {
        // Repeating an answer that seems lost is right, and so is one on its way for long.
        let (error, what, excused) = if found.is_answered() {
            (ApiError::already_acknowledged(), "answered twice", found.unheard)
        } else {
            (ApiError::unknown_interaction(), "answered after 3 seconds", found.held_up)
        };
        if !excused {
            call.sandbox.note(ViolationKind::Interaction, call.route.operation, what);
        }
        return Err(error);
    }
    let source = found.source.and_then(|source| world.message(found.channel, source));
    let asked = Asked { kind: found.kind, source };
    let read = call.read(&sent, |form| body(form, &asked))?;
    let Some((kind, data)) = read else { return Err(ApiError::unknown_interaction()) };
    if let Data::Deferred { extra, .. } = data
        && extra != 0
    {
        let what = format!("flags {extra} on a deferred answer; only EPHEMERAL belongs there");
        call.sandbox.note(ViolationKind::Interaction, call.route.operation, what);
    }
    let message = apply(call, &mut world, id, data)?;
    if !call.query.flag("with_response") {
        return Answer::no_content();
    }
    Answer::ok(response(&world, id, kind, message.as_ref()))
}

fn apply(
    call: &Call,
    world: &mut World,
    id: InteractionId,
    data: Data,
) -> Result<Option<Message>, ApiError> {
    let unknown = ApiError::unknown_interaction;
    let found = world.interactions.get(id).ok_or_else(unknown)?;
    let (channel, source) = (found.channel, found.source);
    let (answered, message) = match data {
        Data::Deferred { ephemeral, .. } => {
            let hidden = if ephemeral { MessageFlags::EPHEMERAL } else { 0 };
            let flags = MessageFlags::LOADING | hidden;
            let spec = MessageSpec { flags, ..MessageSpec::default() };
            (Answered::Deferred { ephemeral }, Some(post(world, id, spec, None)?))
        }
        Data::Message(spec) => {
            let spec = with_files(call, world, spec)?;
            (Answered::Message, Some(post(world, id, spec, None)?))
        }
        Data::Update(edited) => {
            let source = source.and_then(|source| world.message(channel, source));
            let source = source.ok_or_else(ApiError::unknown_message)?.clone();
            (Answered::Updated, Some(edit(call, world, &source, edited)?))
        }
        Data::Choices(choices) => (Answered::Choices(choices), None),
        Data::Modal(modal) => (Answered::Modal(modal), None),
        Data::DeferredUpdate => (Answered::DeferredUpdate, None),
    };
    let original = match &answered {
        Answered::DeferredUpdate => source,
        _ => message.as_ref().map(|message| message.id),
    };
    let found = world.interactions.get_mut(id).ok_or_else(unknown)?;
    found.answered = answered;
    found.original = original;
    found.touch();
    Ok(message)
}

/// Joins a new message with its uploaded files; 50006 when there is nothing to show.
pub(super) fn with_files(
    call: &Call,
    world: &mut World,
    mut spec: MessageSpec,
) -> Result<MessageSpec, ApiError> {
    let described = Some(std::mem::take(&mut spec.attachments));
    spec.attachments = messages::settle(call, world, described, &[])?.unwrap_or_default();
    messages::require_content(&spec)?;
    Ok(spec)
}

/// Edits a message of an interaction.
pub(super) fn edit(
    call: &Call,
    world: &mut World,
    before: &Message,
    edited: Edit,
) -> Result<Message, ApiError> {
    let Edit { mut patch, allowed } = edited;
    let described = patch.attachments.take();
    patch.attachments = messages::settle(call, world, described, &before.attachments)?;
    messages::require_left(before, &patch)?;
    world.edit_message_allowing(before.channel, before.id, patch, &allowed)
}

/// Posts a message of an interaction: the first answer, or a follow-up to `original`.
pub(super) fn post(
    world: &mut World,
    id: InteractionId,
    spec: MessageSpec,
    original: Option<MessageId>,
) -> Result<Message, ApiError> {
    let found = world.interactions.get(id).ok_or_else(ApiError::unknown_interaction)?;
    let (channel, user) = (found.channel, found.user);
    let opener = found.opener.and_then(|opener| world.interactions.get(opener));
    let opener = opener.map(|opener| Opener {
        id: opener.id,
        kind: opener.kind,
        interacted_message: opener.source,
    });
    let interaction = InteractionMetadata {
        id,
        kind: found.kind,
        user,
        // A modal has not been clicked on itself.
        interacted_message: found.source.filter(|_| found.kind == 3),
        original_response: original,
        opener,
    };
    let kind = if found.kind == 2 && original.is_none() { 20 } else { 0 };
    let ephemeral = spec.flags & MessageFlags::EPHEMERAL != 0;
    let spec = MessageSpec {
        kind,
        webhook: Some(WebhookId(world.application.id.get())),
        interaction: Some(interaction),
        only_for: ephemeral.then_some(user),
        reference: found.source.filter(|_| original.is_none()),
        ..spec
    };
    let bot = world.bot();
    world.create_message(channel, bot, spec)
}

/// The body for `with_response` ("Interaction Callback Response Object").
fn response(world: &World, id: InteractionId, kind: i64, message: Option<&Message>) -> Value {
    let mut interaction =
        json!({"id": id, "type": world.interactions.get(id).map_or(0, |found| found.kind)});
    let mut body = json!({});
    if let Some(message) = message {
        interaction["response_message_id"] = json!(message.id);
        interaction["response_message_loading"] = json!(message.is_loading());
        interaction["response_message_ephemeral"] = json!(message.is_ephemeral());
        interaction["channel_id"] = json!(message.channel);
        body["resource"] = json!({"type": kind, "message": render::message(world, message)});
    }
    body["interaction"] = interaction;
    body
}
