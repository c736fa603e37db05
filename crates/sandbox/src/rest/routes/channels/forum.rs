//! The fields only forums have (resources/channel, "Forum Tag Object" and "Default Reaction Object").

use super::fields::{SLOWMODE, small};
use crate::id::TagId;
use crate::rest::Form;
use crate::world::{ForumPatch, ForumTag};

/// Tags of one forum.
const TAGS: usize = 20;

/// Longest tag name; the published schema says 50, the documentation 20.
const TAG_NAME: usize = 20;

pub(super) fn read(form: &mut Form<'_>) -> ForumPatch {
    let slowmode = form.int("default_thread_rate_limit_per_user", 0..=SLOWMODE);
    let reaction = form.object("default_reaction_emoji", |form| {
        form.ignore(&["emoji_id"]);
        form.text("emoji_name", 0..=100).value()
    });
    ForumPatch {
        tags: form.list("available_tags", TAGS, tag).value(),
        default_sort_order: form
            .choice("default_sort_order", &[0, 1])
            .patch()
            .map(|order| order.map(small)),
        default_layout: form.choice("default_forum_layout", &[0, 1, 2]).value().map(small),
        default_thread_slowmode: slowmode.value().map(small),
        default_reaction: reaction.patch().map(Option::flatten),
    }
}

/// A tag; without a known id it is a new one.
fn tag(form: &mut Form<'_>) -> ForumTag {
    form.ignore(&["emoji_id"]);
    let name = form.text("name", 1..=TAG_NAME);
    ForumTag {
        id: form.id::<TagId>("id").value().unwrap_or_default(),
        name: form.required("name", name),
        moderated: form.boolean("moderated").value().unwrap_or(false),
        emoji_name: form.text("emoji_name", 0..=100).value(),
    }
}
