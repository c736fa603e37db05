//! Views as JSON.

use serde_json::{Value, json};

use crate::actor::{First, MessageView, ModalView, OptionView, Reply};

/// A message: its text flattened, its controls listed, and everything raw.
pub(super) fn message(view: &MessageView) -> Value {
    let buttons: Vec<_> = view
        .buttons()
        .into_iter()
        .map(|one| {
            json!({
                "label": one.label, "emoji": one.emoji, "custom_id": one.custom_id, "style": one.style,
                "disabled": one.disabled, "url": one.url,
            })
        })
        .collect();
    let selects: Vec<_> = view
        .selects()
        .into_iter()
        .map(|one| {
            json!({
                "custom_id": one.custom_id, "type": one.kind, "placeholder": one.placeholder, "min": one.min,
                "max": one.max, "disabled": one.disabled, "options": options(&one.options),
            })
        })
        .collect();
    json!({
        "id": view.id, "channel": view.channel, "author": view.author, "text": view.text(), "content": view.content,
        "embeds": view.embeds, "components": view.components, "buttons": buttons, "selects": selects,
        "flags": view.flags, "ephemeral": view.ephemeral, "loading": view.loading, "pinned": view.pinned,
        "edited": view.edited,
    })
}

fn options(list: &[OptionView]) -> Vec<Value> {
    let show = |one: &OptionView| {
        json!({
            "label": one.label, "value": one.value, "description": one.description, "default": one.default,
        })
    };
    list.iter().map(show).collect()
}

fn modal(view: &ModalView) -> Value {
    let inputs: Vec<_> = view
        .inputs()
        .into_iter()
        .map(|one| {
            json!({
                "label": one.label, "description": one.description, "custom_id": one.custom_id, "type": one.kind,
                "required": one.required, "value": one.value, "placeholder": one.placeholder,
                "options": options(&one.options),
            })
        })
        .collect();
    json!({
        "interaction": view.interaction, "custom_id": view.custom_id, "title": view.title, "inputs": inputs,
        "components": view.components,
    })
}

fn first(first: &First) -> Value {
    match first {
        First::Message(view) => json!({"kind": "message", "message": message(view)}),
        First::Deferred(view) => json!({"kind": "deferred", "message": message(view)}),
        First::DeferredUpdate => json!({"kind": "deferred_update"}),
        First::Updated(view) => json!({"kind": "updated", "message": message(view)}),
        First::Choices(choices) => json!({"kind": "choices", "choices": choices}),
        First::Modal(view) => json!({"kind": "modal", "modal": modal(view)}),
        First::Failed(why) => json!({"kind": "failed", "error": why}),
    }
}

/// A reply as it stands: the first answer, the message now, the follow-ups so far.
pub(super) fn reply(reply: &Reply, seen: Option<&First>) -> Value {
    let followups: Vec<_> = reply.followups().iter().map(message).collect();
    json!({
        "interaction": reply.id(), "first": seen.map(first), "message": reply.message().as_ref().map(message),
        "followups": followups,
    })
}
