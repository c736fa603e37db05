//! One pass over a tree of components, with what must be counted over the whole of it.

use std::collections::HashSet;
use std::ops::RangeInclusive;

use crate::rest::{Field, Form};

use super::{control, input, layout};

/// Where the components are going to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Beside content and embeds: rows only.
    Legacy,
    /// A message with the flag `IS_COMPONENTS_V2`.
    Layout,
    /// A modal.
    Modal,
}

impl Place {
    /// The types allowed at the top.
    pub(super) fn top_level(self) -> &'static [i64] {
        match self {
            Self::Legacy => &[1],
            Self::Layout => &[1, 9, 10, 12, 13, 14, 17],
            Self::Modal => &[1, 10, 18],
        }
    }
}

/// Rows of a legacy message.
const MAX_ROWS: usize = 5;

/// Components of a V2 message, nested ones included.
const MAX_COMPONENTS: usize = 40;

/// Characters over all text displays of a message.
const MAX_TEXT: usize = 4_000;

/// Keys a component may have; named when its type is wrong, so that they do not count as unknown keys as well.
const ANY_KEY: [&str; 12] = [
    "components",
    "component",
    "custom_id",
    "style",
    "label",
    "content",
    "options",
    "placeholder",
    "min_values",
    "max_values",
    "emoji",
    "accessory",
];

/// The state of a pass.
#[derive(Debug)]
pub(super) struct Scan {
    pub(super) place: Place,
    custom_ids: HashSet<String>,
    ids: HashSet<i64>,
    count: usize,
    text: usize,
}

impl Scan {
    pub(super) fn new(place: Place) -> Self {
        Self { place, custom_ids: HashSet::new(), ids: HashSet::new(), count: 0, text: 0 }
    }

    /// Reads one component of one of the allowed types; answers its type.
    pub(super) fn read(&mut self, form: &mut Form<'_>, allowed: &[i64]) -> i64 {
        self.count += 1;
        self.id(form);
        let kind = form.int("type", 0..=i64::MAX);
        let given = matches!(kind, Field::Value(_));
        let kind = form.required("type", kind);
        if !allowed.contains(&kind) {
            if given {
                let list: Vec<_> = allowed.iter().map(ToString::to_string).collect();
                let comma = if list.len() == 1 { "," } else { "" };
                let message =
                    format!("Value of field \"type\" must be one of ({}{comma}).", list.join(", "));
                form.fail("", "UNION_TYPE_CHOICES", message);
            }
            form.ignore(&ANY_KEY);
            return kind;
        }
        match kind {
            1 => layout::row(self, form),
            2 => control::button(self, form),
            3 => control::string_select(self, form),
            4 => input::text_input(self, form),
            5..=8 => control::entity_select(self, form, kind),
            9 => layout::section(self, form),
            10 => layout::text_display(self, form),
            11 => layout::thumbnail(form),
            12 => layout::gallery(form),
            13 => layout::file(form),
            14 => layout::separator(form),
            17 => layout::container(self, form),
            18 => input::label(self, form),
            19 => input::file_upload(self, form),
            21 => input::radio_group(self, form),
            22 => input::checkbox_group(self, form),
            23 => input::checkbox(self, form),
            _ => {}
        }
        kind
    }

    /// The component's number: 32 bits, unique, 0 for "number it for me".
    fn id(&mut self, form: &mut Form<'_>) {
        if let Field::Value(id) = form.int("id", 0..=i64::from(i32::MAX))
            && id != 0
            && !self.ids.insert(id)
        {
            // The inner code is a guess by analogy with custom ids.
            form.fail("id", "COMPONENT_ID_DUPLICATED", "Component id cannot be duplicated");
        }
    }

    /// A list of components under `key`, within a length. Answers their types.
    pub(super) fn children(
        &mut self,
        form: &mut Form<'_>,
        key: &'static str,
        length: RangeInclusive<usize>,
        allowed: &[i64],
    ) -> Vec<i64> {
        let list = form.list(key, usize::MAX, |child| self.read(child, allowed));
        let given = matches!(list, Field::Value(_));
        let list = form.required(key, list);
        if given && !length.contains(&list.len()) {
            bad_length(form, key, &length);
        }
        list
    }

    /// The one required component under `key`.
    pub(super) fn child(&mut self, form: &mut Form<'_>, key: &'static str, allowed: &[i64]) {
        let child = form.object(key, |child| self.read(child, allowed));
        form.required(key, child);
    }

    /// A required custom id, unique in the tree, disabled components included.
    pub(super) fn custom_id(&mut self, form: &mut Form<'_>) {
        let id = form.text("custom_id", 1..=100);
        if let Field::Value(id) = &id {
            self.own(form, id);
        }
        form.required("custom_id", id);
    }

    /// Notes a custom id; a second one alike is an error.
    pub(super) fn own(&mut self, form: &mut Form<'_>, id: &str) {
        if !self.custom_ids.insert(id.to_owned()) {
            let message = "Component custom id cannot be duplicated";
            form.fail("custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED", message);
        }
    }

    /// Counts displayed text.
    pub(super) fn add_text(&mut self, text: &str) {
        self.text += text.chars().count();
    }

    /// The limits over the whole message.
    pub(super) fn check_totals(&self, form: &mut Form<'_>, top_level: usize) {
        if self.place == Place::Legacy && top_level > MAX_ROWS {
            bad_length(form, "components", &(0..=MAX_ROWS));
        }
        if self.place == Place::Layout && self.count > MAX_COMPONENTS {
            form.fail(
                "components",
                "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED",
                format!("Total number of components cannot exceed {MAX_COMPONENTS}"),
            );
        }
        if self.text > MAX_TEXT {
            form.fail(
                "components",
                "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
                format!("Components displayable text size exceeds maximum size of {MAX_TEXT}"),
            );
        }
    }
}

/// A list of the wrong length.
pub(super) fn bad_length(form: &mut Form<'_>, key: &str, length: &RangeInclusive<usize>) {
    let (min, max) = (length.start(), length.end());
    if *min == 0 {
        form.fail(key, "BASE_TYPE_MAX_LENGTH", format!("Must be {max} or fewer in length."));
    } else {
        let message = format!("Must be between {min} and {max} in length.");
        form.fail(key, "BASE_TYPE_BAD_LENGTH", message);
    }
}
