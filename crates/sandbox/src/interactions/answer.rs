//! Reading the body of a first answer (interactions/receiving-and-responding, "Interaction Callback").

use serde_json::Value;

use super::Modal;
use crate::components;
use crate::rest::routes::messages;
use crate::rest::{Field, Form};
use crate::world::{Allowed, AllowedMentions, Message, MessageFlags, MessagePatch, MessageSpec};

/// The `data` of a callback, by type.
pub(super) enum Data {
    /// Type 4.
    Message(MessageSpec),
    /// Type 5; `extra` holds flags that do not belong there.
    Deferred { ephemeral: bool, extra: u64 },
    /// Type 6.
    DeferredUpdate,
    /// Type 7.
    Update(Edit),
    /// Type 8.
    Choices(Vec<Value>),
    /// Type 9.
    Modal(Modal),
}

/// An edit and whom its text may ping.
pub(super) struct Edit {
    pub(super) patch: MessagePatch,
    pub(super) allowed: AllowedMentions,
}

/// Flags an interaction message may be created with.
const FLAGS: u64 = MessageFlags::SUPPRESS_EMBEDS
    | MessageFlags::EPHEMERAL
    | MessageFlags::SUPPRESS_NOTIFICATIONS
    | MessageFlags::IS_COMPONENTS_V2;

/// The interaction an answer is for.
pub(super) struct Asked<'a> {
    /// Its type.
    pub(super) kind: u8,
    /// The message clicked on, also for a modal opened from it.
    pub(super) source: Option<&'a Message>,
}

/// Reads type and data. `None` when the type does not exist or does not fit; the error is in the form then.
pub(super) fn body(form: &mut Form<'_>, asked: &Asked<'_>) -> Option<(i64, Data)> {
    let kind = form.choice("type", &[1, 4, 5, 6, 7, 8, 9, 10, 12]);
    let kind = form.required("type", kind);
    if !fits(kind, asked) {
        form.raw("data");
        // Discord documents no inner code for this.
        let message = "Invalid callback type for this interaction.";
        form.fail("type", "INTERACTION_CALLBACK_TYPE_INVALID", message);
        return None;
    }
    let data = match kind {
        4 => form.object("data", |form| Data::Message(message(form))),
        5 => form.object("data", deferred),
        7 => match asked.source {
            Some(source) => form.object("data", |form| Data::Update(update(form, source))),
            None => form.raw("data").map(|_| Data::DeferredUpdate),
        },
        8 => form.object("data", |form| Data::Choices(choices(form))),
        9 => form.object("data", |form| Data::Modal(components::read_modal(form))),
        _ => form.raw("data").map(|_| Data::DeferredUpdate),
    };
    let data = match (kind, data) {
        (_, Field::Value(data)) => data,
        (5, _) => Data::Deferred { ephemeral: false, extra: 0 },
        (6, _) => Data::DeferredUpdate,
        (7, _) => {
            Data::Update(Edit { patch: MessagePatch::default(), allowed: allowed_by_default() })
        }
        (_, missing) => {
            form.required("data", missing.map(|_| ()));
            return None;
        }
    };
    Some((kind, data))
}

/// Which answers fit which interaction.
fn fits(kind: i64, asked: &Asked<'_>) -> bool {
    match kind {
        4 | 5 => asked.kind != 4,
        6 | 7 => asked.kind == 3 || (asked.kind == 5 && asked.source.is_some()),
        8 => asked.kind == 4,
        9 => matches!(asked.kind, 2 | 3),
        _ => false,
    }
}

/// Only EPHEMERAL may be set on a deferred answer; all else comes with the later edit.
fn deferred(form: &mut Form<'_>) -> Data {
    let flags = form.int("flags", 0..=i64::MAX).value().unwrap_or_default();
    let flags = u64::try_from(flags).unwrap_or_default();
    form.ignore(&["tts", "content", "embeds", "components", "allowed_mentions", "attachments"]);
    Data::Deferred {
        ephemeral: flags & MessageFlags::EPHEMERAL != 0,
        extra: flags & !MessageFlags::EPHEMERAL,
    }
}

/// At most 25 choices of an autocomplete answer.
fn choices(form: &mut Form<'_>) -> Vec<Value> {
    let list = form.list("choices", 25, |choice| {
        let name = choice.text("name", 1..=100);
        choice.required("name", name);
        choice.raw("name_localizations");
        let value = choice.raw("value");
        match &value {
            Field::Value(Value::String(text)) if text.chars().count() > 100 => {
                choice.fail("value", "BASE_TYPE_MAX_LENGTH", "Must be 100 or fewer in length.");
            }
            Field::Value(Value::String(_) | Value::Number(_)) => {}
            Field::Value(_) => {
                let message = "Could not interpret value as string.";
                choice.fail("value", "STRING_TYPE_CONVERT", message);
            }
            _ => {
                choice.required("value", value.clone());
            }
        }
    });
    form.required("choices", list);
    form.raw("choices").value().and_then(|list| list.as_array().cloned()).unwrap_or_default()
}

/// A new message of an interaction.
pub(super) fn message(form: &mut Form<'_>) -> MessageSpec {
    let spec = messages::common(form);
    MessageSpec { flags: spec.flags & FLAGS, allowed: allowed(form), ..spec }
}

/// The body of an edit of `before`; a null list empties it.
pub(super) fn update(form: &mut Form<'_>, before: &Message) -> Edit {
    let mut patch = messages::patch(form, before);
    if let Some(flags) = patch.flags {
        let v2 = MessageFlags::IS_COMPONENTS_V2;
        if before.flags & v2 != 0 && flags & v2 == 0 {
            // The inner code is a guess.
            let message = "The IS_COMPONENTS_V2 flag cannot be removed";
            form.fail("flags", "MESSAGE_CANNOT_REMOVE_COMPONENTS_V2_FLAG", message);
        }
        let open = MessageFlags::SUPPRESS_EMBEDS | v2;
        // EPHEMERAL was decided by the first answer.
        patch.flags = Some(before.flags & !open | flags & open);
    }
    Edit { patch, allowed: allowed(form) }
}

/// Interactions and webhooks parse user mentions only, unless told otherwise (resources/message, "Allowed Mentions").
fn allowed(form: &mut Form<'_>) -> AllowedMentions {
    match form.raw("allowed_mentions") {
        Field::Value(_) => messages::allowed_mentions(form),
        _ => allowed_by_default(),
    }
}

fn allowed_by_default() -> AllowedMentions {
    AllowedMentions { everyone: false, roles: Allowed::Only(Vec::new()), ..Default::default() }
}
