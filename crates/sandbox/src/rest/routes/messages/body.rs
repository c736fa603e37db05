//! The body that channel messages, webhook messages, forum posts and interaction answers share.

use super::{allowed_mentions, attachments, embeds};
use crate::components::read_components;
use crate::error::ApiError;
use crate::rest::Form;
use crate::world::{Message, MessagePatch, MessageSpec};

/// Longest content; the published schema says 4000, which only premium users have.
const CONTENT: usize = 2_000;

/// Documented for new channel messages only, but discord.js sends it with answers and edits too.
const NOISE: &str = "enforce_nonce";

/// A new message. Attachments are only described here; [`super::settle`] joins them with the uploaded files.
pub(crate) fn common(form: &mut Form<'_>) -> MessageSpec {
    form.ignore(&["poll", NOISE]);
    let flags = flags(form).unwrap_or_default();
    MessageSpec {
        content: form.text("content", 0..=CONTENT).value().unwrap_or_default(),
        embeds: embeds::read(form).value().unwrap_or_default(),
        components: read_components(form, None).value().unwrap_or_default(),
        attachments: attachments::read(form).value().unwrap_or_default(),
        flags,
        allowed: allowed_mentions(form),
        tts: form.boolean("tts").value().unwrap_or(false),
        ..MessageSpec::default()
    }
}

/// An edit of `before`; null empties a field.
pub(crate) fn patch(form: &mut Form<'_>, before: &Message) -> MessagePatch {
    form.ignore(&["poll", "tts", "sticker_ids", NOISE]);
    MessagePatch {
        content: form.text("content", 0..=CONTENT).patch().map(Option::unwrap_or_default),
        embeds: embeds::read(form).patch().map(Option::unwrap_or_default),
        components: read_components(form, Some(before)).patch().map(Option::unwrap_or_default),
        attachments: attachments::read(form).patch().map(Option::unwrap_or_default),
        flags: flags(form),
    }
}

fn flags(form: &mut Form<'_>) -> Option<u64> {
    form.int("flags", 0..=i64::MAX).value().and_then(|flags| u64::try_from(flags).ok())
}

/// 50006 when there is nothing to show.
pub(crate) fn require_content(spec: &MessageSpec) -> Result<(), ApiError> {
    let empty = spec.content.is_empty()
        && spec.embeds.is_empty()
        && spec.components.is_empty()
        && spec.attachments.is_empty();
    if empty { Err(ApiError::empty_message()) } else { Ok(()) }
}

/// 50006 when an edit would leave nothing to show.
pub(crate) fn require_left(before: &Message, patch: &MessagePatch) -> Result<(), ApiError> {
    let gone = |new: Option<bool>, old: bool| new.unwrap_or(old);
    let empty = gone(patch.content.as_ref().map(String::is_empty), before.content.is_empty())
        && gone(patch.embeds.as_ref().map(Vec::is_empty), before.embeds.is_empty())
        && gone(patch.components.as_ref().map(Vec::is_empty), before.components.is_empty())
        && gone(patch.attachments.as_ref().map(Vec::is_empty), before.attachments.is_empty());
    if empty { Err(ApiError::empty_message()) } else { Ok(()) }
}
