//! Buttons and selects.

use std::collections::HashSet;

use crate::id::UserId;
use crate::rest::{Field, Form};

use super::scan::{Place, Scan, bad_length};
use super::{emoji, input};

/// Button: styles 1-4 act, 5 is a link, 6 sells something.
pub(super) fn button(scan: &mut Scan, form: &mut Form<'_>) {
    let style = form.choice("style", &[1, 2, 3, 4, 5, 6]);
    let style = form.required("style", style);
    let label = form.text("label", 0..=80).value().is_some_and(|label| !label.is_empty());
    let picture = emoji::read(form);
    form.boolean("disabled");
    let custom_id = form.text("custom_id", 1..=100);
    let url = form.text("url", 0..=512);
    let sku = form.id::<UserId>("sku_id");
    if let Field::Value(id) = &custom_id {
        scan.own(form, id);
    }
    match style {
        1..=4 => {
            if let Field::Value(_) = url {
                both(form);
            } else if !matches!(custom_id, Field::Value(_)) {
                let message = "A custom id is required";
                form.fail("custom_id", "BUTTON_COMPONENT_CUSTOM_ID_REQUIRED", message);
            }
        }
        5 => {
            if let Field::Value(_) = custom_id {
                both(form);
            }
            form.required("url", url);
        }
        6 => {
            form.required("sku_id", sku);
        }
        _ => {}
    }
    if (1..=5).contains(&style) && !label && !picture {
        // The inner code is a guess; the rule is documented.
        let message = "A label or emoji is required";
        form.fail("", "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED", message);
    }
}

fn both(form: &mut Form<'_>) {
    let message = "A custom id and url cannot both be specified";
    form.fail("", "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", message);
}

/// What all selects share; answers the greatest number of values.
fn select(scan: &mut Scan, form: &mut Form<'_>) -> usize {
    scan.custom_id(form);
    form.text("placeholder", 0..=150);
    let required = input::required(form);
    let disabled = form.boolean("disabled").value().unwrap_or(false);
    if scan.place == Place::Modal && disabled {
        // Documented as an error; the inner code is a guess.
        let message = "Components in modals cannot be disabled";
        form.fail("disabled", "COMPONENT_VALIDATION_FAILED", message);
    }
    input::bounds(form, 25, scan.place == Place::Modal && required)
}

/// String select.
pub(super) fn string_select(scan: &mut Scan, form: &mut Form<'_>) {
    let max = select(scan, form);
    let mut values = HashSet::new();
    let mut chosen = 0;
    let options = form.list("options", usize::MAX, |option| {
        if option_fields(option) {
            chosen += 1;
        }
        emoji::read(option);
        let value = option.text("value", 1..=100);
        let value = option.required("value", value);
        if !value.is_empty() && !values.insert(value) {
            let message = "The specified option value is already used";
            option.fail("", "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", message);
        }
    });
    let given = matches!(options, Field::Value(_));
    let count = form.required("options", options).len();
    // Seen in the wild: with fewer options than `max_values` the list counts as too short.
    let length = max.clamp(1, 25)..=25;
    if given && !length.contains(&count) {
        bad_length(form, "options", &length);
    }
    if chosen > max {
        too_many_defaults(form);
    }
}

/// Label, description and default of an option; answers whether it is chosen from the start.
pub(super) fn option_fields(option: &mut Form<'_>) -> bool {
    let label = option.text("label", 1..=100);
    option.required("label", label);
    option.text("description", 0..=100);
    option.boolean("default").value().unwrap_or(false)
}

/// User, role, mentionable and channel select (5-8).
pub(super) fn entity_select(scan: &mut Scan, form: &mut Form<'_>, kind: i64) {
    let max = select(scan, form);
    let names: &[&str] = match kind {
        5 => &["user"],
        6 => &["role"],
        7 => &["user", "role"],
        _ => &["channel"],
    };
    let defaults = form.list("default_values", 25, |default| {
        let id = default.id::<UserId>("id");
        default.required("id", id);
        let name = default.text("type", 1..=10);
        let name = default.required("type", name);
        if !name.is_empty() && !names.contains(&name.as_str()) {
            let list = names.join("', '");
            let message = format!("Value must be one of ('{list}').");
            default.fail("type", "BASE_TYPE_CHOICES", message);
        }
    });
    if defaults.value().is_some_and(|list| list.len() > max) {
        too_many_defaults(form);
    }
    if kind == 8 {
        form.raw("channel_types");
    }
}

fn too_many_defaults(form: &mut Form<'_>) {
    form.fail(
        "",
        "SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES",
        "The specified number of default values exceeds the specified maximum values",
    );
}
