//! Components of messages and modals (components/reference): what Discord takes, and the form errors it gives
//! otherwise. Inner codes and texts are the observed ones where an observation is public; see the single rules.

mod control;
mod emoji;
mod fill;
mod input;
mod layout;
mod modal;
mod scan;
mod tree;

use serde_json::Value;

pub(crate) use emoji::is_unicode_emoji;
pub(crate) use modal::read_modal;
pub(crate) use tree::{find, kind, text, walk};

use crate::rest::{Field, Form};
use crate::world::{Message, MessageFlags};
use scan::{Place, Scan};

/// A type of component and where it may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ComponentType {
    /// The number in `type`.
    pub number: i64,
    /// Its documented name.
    pub name: &'static str,
    /// In messages.
    pub in_messages: bool,
    /// In modals.
    pub in_modals: bool,
}

const fn component(
    number: i64,
    name: &'static str,
    in_messages: bool,
    in_modals: bool,
) -> ComponentType {
    ComponentType { number, name, in_messages, in_modals }
}

/// Every documented type (components/reference). 15, 16 and 20 are not public.
pub const COMPONENT_TYPES: &[ComponentType] = &[
    component(1, "Action Row", true, true),
    component(2, "Button", true, false),
    component(3, "String Select", true, true),
    component(4, "Text Input", false, true),
    component(5, "User Select", true, true),
    component(6, "Role Select", true, true),
    component(7, "Mentionable Select", true, true),
    component(8, "Channel Select", true, true),
    component(9, "Section", true, false),
    component(10, "Text Display", true, true),
    component(11, "Thumbnail", true, false),
    component(12, "Media Gallery", true, false),
    component(13, "File", true, false),
    component(14, "Separator", true, false),
    component(17, "Container", true, false),
    component(18, "Label", false, true),
    component(19, "File Upload", false, true),
    component(21, "Radio Group", false, true),
    component(22, "Checkbox Group", false, true),
    component(23, "Checkbox", false, true),
];

/// Fields that a message made of components cannot have (resources/message, "Components V2").
const LEGACY_FIELDS: [&str; 4] = ["content", "embeds", "poll", "sticker_ids"];

/// Reads and checks the field `components` of a message body: channel messages, webhook messages, interaction
/// answers, follow-ups and edits all go through this one function.
///
/// `before` is the message that is edited, `None` when one is created. Whether the Components V2 rules hold is read
/// from `flags` in the same body and, for edits, from the message: the flag cannot be taken off again. With V2 this
/// also refuses `content`, `embeds`, `poll` and `sticker_ids`. Errors pile up in `form`; the list that comes back has
/// every component's `id` and documented defaults filled in, as answers and events show them.
pub(crate) fn read_components(form: &mut Form<'_>, before: Option<&Message>) -> Field<Vec<Value>> {
    let flags = form.raw("flags").value().and_then(|flags| flags.as_u64()).unwrap_or_default();
    let old_flags = before.map_or(0, |message| message.flags);
    let place = if (flags | old_flags) & MessageFlags::IS_COMPONENTS_V2 == 0 {
        Place::Legacy
    } else {
        refuse_legacy_fields(form, before);
        Place::Layout
    };
    let mut scan = Scan::new(place);
    let allowed = place.top_level();
    let read = form.list("components", usize::MAX, |child| scan.read(child, allowed));
    if let Field::Value(kinds) = &read {
        scan.check_totals(form, kinds.len());
    }
    form.raw("components").map(|list| {
        let mut list = list.as_array().cloned().unwrap_or_default();
        fill::defaults(&mut list);
        list
    })
}

/// A V2 message has nothing but components; an upgrade by edit must null what the message still has.
fn refuse_legacy_fields(form: &mut Form<'_>, before: Option<&Message>) {
    for key in LEGACY_FIELDS {
        if !form.has(key) {
            let left = before.is_some_and(|message| match key {
                "content" => !message.content.is_empty(),
                "embeds" => !message.embeds.is_empty(),
                _ => false,
            });
            if !left {
                continue;
            }
        } else if is_empty(&form.raw(key)) {
            continue;
        }
        let message =
            format!("The '{key}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2");
        form.fail(key, "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", message);
    }
}

fn is_empty(field: &Field<Value>) -> bool {
    match field {
        Field::Absent | Field::Null => true,
        Field::Value(Value::String(text)) => text.is_empty(),
        Field::Value(Value::Array(list)) => list.is_empty(),
        Field::Value(_) => false,
    }
}
