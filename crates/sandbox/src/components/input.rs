//! What modals are made of.

use std::collections::HashSet;

use crate::rest::{Field, Form};

use super::control::option_fields;
use super::scan::{Scan, bad_length};

/// Label: a caption and one input.
pub(super) fn label(scan: &mut Scan, form: &mut Form<'_>) {
    let label = form.text("label", 1..=45);
    form.required("label", label);
    form.text("description", 0..=100);
    let inputs = [3, 4, 5, 6, 7, 8, 19, 21, 22, 23];
    let child = form.object("component", |child| {
        if child.raw("type").value().and_then(|kind| kind.as_i64()) == Some(4) {
            // The caption is the Label's; one of its own is refused (the inner code is a guess).
            if child.has("label") && !matches!(child.raw("label"), Field::Null) {
                let message = "A text input inside a label cannot have a label";
                child.fail("label", "COMPONENT_VALIDATION_FAILED", message);
            }
        }
        scan.read(child, &inputs);
    });
    form.required("component", child);
}

/// Text input. In the deprecated row form it carries its own label.
pub(super) fn text_input(scan: &mut Scan, form: &mut Form<'_>) {
    scan.custom_id(form);
    let style = form.choice("style", &[1, 2]);
    form.required("style", style);
    form.text("label", 1..=45);
    form.text("placeholder", 0..=100);
    required(form);
    let min = form.int("min_length", 0..=4000).value().unwrap_or(0);
    let max = form.int("max_length", 1..=4000).value().unwrap_or(4000);
    if min > max {
        less_than(form, "max_length", min);
    }
    let limit = usize::try_from(max).unwrap_or(4000).clamp(1, 4000);
    form.text("value", 0..=limit);
}

/// File upload.
pub(super) fn file_upload(scan: &mut Scan, form: &mut Form<'_>) {
    scan.custom_id(form);
    let required = required(form);
    form.ignore(&["file_types"]);
    bounds(form, 10, required);
}

/// Radio group: 2-10 options, one of them may be the default.
pub(super) fn radio_group(scan: &mut Scan, form: &mut Form<'_>) {
    scan.custom_id(form);
    required(form);
    if options(form, 2) > 1 {
        many_defaults(form);
    }
}

/// Checkbox group: 1-10 options.
pub(super) fn checkbox_group(scan: &mut Scan, form: &mut Form<'_>) {
    scan.custom_id(form);
    let required = required(form);
    let most = form.raw("options").value().and_then(|list| list.as_array().map(Vec::len));
    let given = form.has("max_values");
    let max = bounds(form, 10, required);
    // Without `max_values` all may be ticked.
    let max = if given { max } else { most.unwrap_or(10) };
    if options(form, 1) > max {
        many_defaults(form);
    }
}

/// Checkbox: cannot be required.
pub(super) fn checkbox(scan: &mut Scan, form: &mut Form<'_>) {
    scan.custom_id(form);
    form.boolean("default");
}

/// `required`, true unless said otherwise.
pub(super) fn required(form: &mut Form<'_>) -> bool {
    form.boolean("required").value().unwrap_or(true)
}

/// `min_values` and `max_values`; answers the greater one. A required input in a modal wants at least one value.
pub(super) fn bounds(form: &mut Form<'_>, most: i64, required: bool) -> usize {
    let min = form.int("min_values", 0..=most).value();
    let max = form.int("max_values", 1..=most).value().unwrap_or(1);
    if required && min == Some(0) {
        less_than(form, "min_values", 1);
    }
    let min = min.unwrap_or(1);
    if form.has("max_values") && min > max {
        less_than(form, "max_values", min);
    }
    usize::try_from(max.max(min)).unwrap_or(1)
}

fn less_than(form: &mut Form<'_>, key: &str, min: i64) {
    let message = format!("int value should be greater than or equal to {min}.");
    form.fail(key, "NUMBER_TYPE_MIN", message);
}

/// The options of a group; answers how many are chosen from the start.
fn options(form: &mut Form<'_>, least: usize) -> usize {
    let mut values = HashSet::new();
    let mut chosen = 0;
    let list = form.list("options", usize::MAX, |option| {
        if option_fields(option) {
            chosen += 1;
        }
        let value = option.text("value", 1..=100);
        let value = option.required("value", value);
        if !value.is_empty() && !values.insert(value) {
            let message = "The specified option value is already used";
            option.fail("", "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", message);
        }
    });
    let given = matches!(list, Field::Value(_));
    let count = form.required("options", list).len();
    if given && !(least..=10).contains(&count) {
        bad_length(form, "options", &(least..=10));
    }
    chosen
}

fn many_defaults(form: &mut Form<'_>) {
    form.fail(
        "",
        "SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES",
        "The specified number of default values exceeds the specified maximum values",
    );
}
