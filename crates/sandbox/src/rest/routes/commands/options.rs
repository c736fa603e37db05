//! Options and choices of slash commands (interactions/application-commands, "Application Command Option Structure").

use std::collections::HashSet;

use serde_json::Value;

use super::definition::{check_name, localizations};
use crate::rest::{Field, Form};

/// Integers stay within what a double can hold exactly.
const MAX_INTEGER: i64 = (1 << 53) - 1;

/// What the rules over a whole list need to know of one option.
#[derive(Clone, Debug, Default)]
struct Seen {
    kind: i64,
    name: String,
    required: bool,
}

/// Reads a list of options. `depth` counts the subcommands around it: command, group, subcommand and no further.
pub(super) fn read(form: &mut Form<'_>, key: &'static str, depth: u8) {
    let list = form.list(key, 25, |option| one(option, depth)).value().unwrap_or_default();
    let mut names = HashSet::new();
    let mut optional_before = false;
    for (at, option) in list.iter().enumerate() {
        let path = format!("{key}.{at}");
        if !option.name.is_empty() && !names.insert(option.name.as_str()) {
            // The inner code is a guess; that names are unique is documented.
            let message = "Option names must be unique";
            form.fail(&path, "APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATED", message);
        }
        if option.required && optional_before {
            let message = "Required options must be placed before non-required options";
            form.fail(&path, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", message);
        }
        optional_before |= !option.required;
        // Subcommands and plain options never share a list.
        if (option.kind <= 2) != (list[0].kind <= 2) {
            let message = "Sub-command and sub-command group option types are mutually exclusive to all other types";
            form.fail(&path, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", message);
        }
    }
}

fn one(form: &mut Form<'_>, depth: u8) -> Seen {
    let allowed: &[i64] = match depth {
        0 => &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
        1 => &[1],
        _ => &[3, 4, 5, 6, 7, 8, 9, 10, 11],
    };
    let kind = form.choice("type", allowed);
    let kind = form.required("type", kind);
    let name = form.text("name", 1..=32);
    let name = form.required("name", name);
    check_name(form);
    let description = form.text("description", 1..=100);
    form.required("description", description);
    localizations(form, "name_localizations", 32);
    localizations(form, "description_localizations", 100);
    let required = form.boolean("required").value().unwrap_or(false);
    match kind {
        // A group holds subcommands only, a subcommand plain options only.
        1 => read(form, "options", 2),
        2 => read(form, "options", 1),
        _ => {
            form.ignore(&["options"]);
            value_rules(form, kind);
        }
    }
    Seen { kind, name, required }
}

fn value_rules(form: &mut Form<'_>, kind: i64) {
    let autocomplete = form.boolean("autocomplete").value().unwrap_or(false);
    if autocomplete && !matches!(kind, 3 | 4 | 10) {
        let message = "Autocomplete is only for string, integer and number options";
        form.fail("autocomplete", "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID", message);
    }
    let choices = choices(form, kind);
    if autocomplete && choices > 0 {
        let message = "Autocomplete and choices are mutually exclusive";
        form.fail("autocomplete", "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID", message);
    }
    let min = form.int("min_length", 0..=6000).value();
    let max = form.int("max_length", 1..=6000).value();
    if let (Some(min), Some(max)) = (min, max)
        && min > max
    {
        let message = format!("int value should be greater than or equal to {min}.");
        form.fail("max_length", "NUMBER_TYPE_MIN", message);
    }
    for key in ["min_value", "max_value"] {
        if let Field::Value(value) = form.raw(key) {
            let fits = match kind {
                4 => value.as_i64().is_some_and(|number| number.abs() <= MAX_INTEGER),
                10 => value.is_number(),
                _ => true,
            };
            if !fits {
                form.fail(key, "NUMBER_TYPE_COERCE", "Value is not int.");
            }
        }
    }
    if kind == 7 {
        form.raw("channel_types");
    } else {
        form.ignore(&["channel_types"]);
    }
    form.ignore(&["file_types"]);
}

/// Choices, at most 25; answers how many there are.
fn choices(form: &mut Form<'_>, kind: i64) -> usize {
    let mut names = HashSet::new();
    let list = form.list("choices", 25, |choice| {
        let name = choice.text("name", 1..=100);
        let name = choice.required("name", name);
        localizations(choice, "name_localizations", 100);
        if !name.is_empty() && !names.insert(name) {
            let message = "Option choice names must be unique";
            choice.fail("", "APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_DUPLICATED", message);
        }
        let value = choice.raw("value");
        check_choice(choice, kind, &value);
        choice.required("value", value);
    });
    list.value().map_or(0, |list| list.len())
}

/// A choice's value must be of the option's type; text at most 100 characters.
fn check_choice(choice: &mut Form<'_>, kind: i64, value: &Field<Value>) {
    let Field::Value(value) = value else { return };
    match kind {
        3 => match value.as_str() {
            Some(text) if text.chars().count() <= 100 => {}
            Some(_) => {
                choice.fail("value", "BASE_TYPE_MAX_LENGTH", "Must be 100 or fewer in length.");
            }
            None => {
                choice.fail("value", "STRING_TYPE_CONVERT", "Could not interpret value as string.");
            }
        },
        4 if value.as_i64().is_none_or(|number| number.abs() > MAX_INTEGER) => {
            choice.fail("value", "NUMBER_TYPE_COERCE", "Value is not int.");
        }
        10 if !value.is_number() => {
            choice.fail("value", "NUMBER_TYPE_COERCE", "Value is not float.");
        }
        _ => {}
    }
}
