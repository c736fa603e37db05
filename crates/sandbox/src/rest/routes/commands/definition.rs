//! The body of a command (interactions/application-commands, "Application Command Object").

use std::sync::LazyLock;

use regex::Regex;
use serde_json::{Map, Value};

use super::options;
use crate::rest::{Field, Form};
use crate::world::{Command, CommandKind, LOCALES};

/// Names of slash commands and options, as documented; upper case is refused on top.
static NAME: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$").ok());

/// Name, description and value of the command, its options and choices together.
const MAX_SIZE: usize = 8_000;

/// A checked definition.
#[derive(Debug)]
pub(super) struct Definition {
    pub(super) kind: CommandKind,
    pub(super) name: String,
    /// All fields but name and type, as registered.
    pub(super) body: Map<String, Value>,
}

impl Definition {
    /// True when registering this changes `old`.
    pub(super) fn differs(&self, old: &Command) -> bool {
        self.name != old.name || old.definition.as_object() != Some(&self.body)
    }
}

/// A new command.
pub(super) fn definition(form: &mut Form<'_>) -> Definition {
    let kind = form.choice("type", &[1, 2, 3]).value().unwrap_or(1);
    let kind = CommandKind::from_number(kind).unwrap_or(CommandKind::ChatInput);
    let body = fields(form, kind, true, Map::new());
    let given = form.text("name", 1..=32);
    let name = form.required("name", given);
    check_size(form, &name, &body);
    Definition { kind, name, body }
}

/// A change: what is absent stays.
pub(super) fn patch(form: &mut Form<'_>, old: &Command) -> Definition {
    let kept = old.definition.as_object().cloned().unwrap_or_default();
    let body = fields(form, old.kind, false, kept);
    let name = form.text("name", 1..=32).value().unwrap_or_else(|| old.name.clone());
    check_size(form, &name, &body);
    Definition { kind: old.kind, name, body }
}

fn fields(
    form: &mut Form<'_>,
    kind: CommandKind,
    new: bool,
    mut body: Map<String, Value>,
) -> Map<String, Value> {
    // Sent by clients, decided by Discord.
    form.ignore(&[
        "id",
        "type",
        "application_id",
        "guild_id",
        "version",
        "dm_permission",
        "default_permission",
    ]);
    if kind == CommandKind::ChatInput {
        check_name(form);
        let text = form.text("description", 1..=100);
        if new {
            form.required("description", text);
        }
        options::read(form, "options", 0);
    } else {
        if let Field::Value(Value::String(text)) = form.raw("description")
            && !text.is_empty()
        {
            let message = "Context menu commands cannot have description";
            form.fail("description", "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION", message);
        }
        if form
            .raw("options")
            .value()
            .is_some_and(|list| list.as_array().is_none_or(|list| !list.is_empty()))
        {
            let message = "Context menu commands cannot have options";
            form.fail("options", "APPLICATION_COMMAND_CONTEXT_MENU_OPTIONS", message);
        }
    }
    localizations(form, "name_localizations", 32);
    localizations(form, "description_localizations", 100);
    form.permissions("default_member_permissions");
    form.boolean("nsfw");
    for key in [
        "description",
        "options",
        "name_localizations",
        "description_localizations",
        "default_member_permissions",
        "contexts",
        "integration_types",
        "nsfw",
        "handler",
    ] {
        match form.raw(key) {
            Field::Absent => {}
            Field::Null => {
                body.remove(key);
            }
            Field::Value(value) => {
                body.insert(key.to_owned(), value);
            }
        }
    }
    spell_out(&mut body);
    body
}

/// The name of a slash command or of an option.
pub(super) fn check_name(form: &mut Form<'_>) {
    let Some(Value::String(name)) = form.raw("name").value() else { return };
    if name.is_empty() || name.chars().count() > 32 {
        return;
    }
    if !NAME.as_ref().is_some_and(|pattern| pattern.is_match(&name)) {
        form.fail("name", "STRING_TYPE_REGEX", "String value did not match validation regex.");
    } else if name.to_lowercase() != name {
        form.fail("name", "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid");
    }
}

/// A dictionary from locale to text.
pub(super) fn localizations(form: &mut Form<'_>, key: &'static str, max: usize) {
    let Field::Value(value) = form.raw(key) else { return };
    let Some(map) = value.as_object() else {
        form.fail(key, "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType");
        return;
    };
    for (locale, text) in map {
        let path = format!("{key}.{locale}");
        let known = [&LOCALES[..], &MORE_LOCALES].concat();
        if !known.contains(&locale.as_str()) {
            let message = format!("Value must be one of {{'{}'}}.", known.join("', '"));
            form.fail(&path, "BASE_TYPE_CHOICES", message);
        }
        let length = text.as_str().map_or(0, |text| text.chars().count());
        if !text.is_null() && !(1..=max).contains(&length) {
            let message = format!("Must be between 1 and {max} in length.");
            form.fail(&path, "BASE_TYPE_BAD_LENGTH", message);
        }
    }
}

/// Texts and permissions are shown as text, also when they were sent as numbers.
fn spell_out(map: &mut Map<String, Value>) {
    for key in ["name", "description", "default_member_permissions"] {
        if let Some(value @ Value::Number(_)) = map.get_mut(key) {
            *value = Value::String(value.to_string());
        }
    }
    for key in ["options", "choices"] {
        let list = map.get_mut(key).and_then(Value::as_array_mut);
        list.into_iter().flatten().filter_map(Value::as_object_mut).for_each(spell_out);
    }
}

/// Besides the client's own, these two, which only the published schema has.
const MORE_LOCALES: [&str; 2] = ["ar", "he"];

fn check_size(form: &mut Form<'_>, name: &str, body: &Map<String, Value>) {
    let mut size = longest(name, body.get("name_localizations"));
    size += map_size(body);
    if size > MAX_SIZE {
        let message = format!("Command exceeds maximum size ({MAX_SIZE})");
        form.fail("", "APPLICATION_COMMAND_TOO_LARGE", message);
    }
}

/// Of a text and its translations the longest counts.
fn longest(text: &str, translations: Option<&Value>) -> usize {
    let others = translations.and_then(Value::as_object).into_iter().flat_map(Map::values);
    let others = others.filter_map(Value::as_str).map(|text| text.chars().count());
    others.chain([text.chars().count()]).max().unwrap_or_default()
}

fn map_size(map: &Map<String, Value>) -> usize {
    let text = |key: &str| map.get(key).and_then(Value::as_str).unwrap_or_default();
    let mut size = longest(text("description"), map.get("description_localizations"));
    for key in ["options", "choices"] {
        for child in map.get(key).and_then(Value::as_array).into_iter().flatten() {
            let Some(child) = child.as_object() else { continue };
            let name = child.get("name").and_then(Value::as_str).unwrap_or_default();
            size += longest(name, child.get("name_localizations")) + map_size(child);
            size +=
                child.get("value").and_then(Value::as_str).map_or(0, |text| text.chars().count());
        }
    }
    size
}
