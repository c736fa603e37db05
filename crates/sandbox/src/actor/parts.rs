//! The controls of messages and modals, in a form tests can ask.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::components::{kind, text, walk};

fn flag(value: &Value, key: &str) -> bool {
    value.get(key).and_then(Value::as_bool).unwrap_or(false)
}

fn number(value: &Value, key: &str, default: u64) -> u64 {
    value.get(key).and_then(Value::as_u64).unwrap_or(default)
}

/// A button.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ButtonView {
    /// Label.
    pub label: String,
    /// Emoji, Unicode or a custom one's name; empty when there is none.
    pub emoji: String,
    /// Custom id; empty for links.
    pub custom_id: String,
    /// 1 primary, 2 secondary, 3 success, 4 danger, 5 link, 6 premium.
    pub style: u64,
    /// Greyed out.
    pub disabled: bool,
    /// Link.
    pub url: Option<String>,
}

/// An option of a select or group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct OptionView {
    /// Label.
    pub label: String,
    /// Value.
    pub value: String,
    /// Description; empty when there is none.
    pub description: String,
    /// Chosen from the start.
    pub default: bool,
}

/// A select of a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SelectView {
    /// Custom id.
    pub custom_id: String,
    /// 3 string, 5 user, 6 role, 7 mentionable, 8 channel.
    #[serde(rename = "type")]
    pub kind: u64,
    /// Placeholder.
    pub placeholder: String,
    /// Options of a string select.
    pub options: Vec<OptionView>,
    /// Fewest values.
    pub min: u64,
    /// Most values.
    pub max: u64,
    /// Greyed out.
    pub disabled: bool,
    /// Ids chosen from the start (selects of users, roles and channels).
    pub defaults: Vec<String>,
}

/// An input of a modal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct InputView {
    /// The caption above it.
    pub label: String,
    /// The hint under the caption.
    pub description: String,
    /// Custom id.
    pub custom_id: String,
    /// 3-8 selects and text input (4), 19 file upload, 21 radio group, 22 checkbox group, 23 checkbox.
    #[serde(rename = "type")]
    pub kind: u64,
    /// Must be filled in.
    pub required: bool,
    /// Prefilled text.
    pub value: String,
    /// Placeholder.
    pub placeholder: String,
    /// Options.
    pub options: Vec<OptionView>,
}

/// An autocomplete choice.
#[derive(Clone, Debug, PartialEq)]
pub struct ChoiceView {
    /// Name shown.
    pub name: String,
    /// Value sent.
    pub value: Value,
}

pub(super) fn buttons(components: &[Value]) -> Vec<ButtonView> {
    let mut list = Vec::new();
    walk(components, &mut |one| {
        if kind(one) == 2 {
            list.push(ButtonView {
                label: text(one, "label").to_owned(),
                emoji: one.get("emoji").map_or("", |emoji| text(emoji, "name")).to_owned(),
                custom_id: text(one, "custom_id").to_owned(),
                style: number(one, "style", 0),
                disabled: flag(one, "disabled"),
                url: one.get("url").and_then(Value::as_str).map(str::to_owned),
            });
        }
    });
    list
}

fn options(component: &Value) -> Vec<OptionView> {
    let list = component.get("options").and_then(Value::as_array).into_iter().flatten();
    list.map(|option| OptionView {
        label: text(option, "label").to_owned(),
        value: text(option, "value").to_owned(),
        description: text(option, "description").to_owned(),
        default: flag(option, "default"),
    })
    .collect()
}

pub(super) fn selects(components: &[Value]) -> Vec<SelectView> {
    let mut list = Vec::new();
    walk(components, &mut |one| {
        if matches!(kind(one), 3 | 5..=8) {
            let defaults =
                one.get("default_values").and_then(Value::as_array).into_iter().flatten();
            list.push(SelectView {
                custom_id: text(one, "custom_id").to_owned(),
                kind: kind(one),
                placeholder: text(one, "placeholder").to_owned(),
                options: options(one),
                min: number(one, "min_values", 1),
                max: number(one, "max_values", 1),
                disabled: flag(one, "disabled"),
                defaults: defaults.map(|value| text(value, "id").to_owned()).collect(),
            });
        }
    });
    list
}

/// The inputs of a modal: the children of its Labels, and those of old rows, which carry their own label.
pub(super) fn inputs(components: &[Value]) -> Vec<InputView> {
    let mut list = Vec::new();
    for top in components {
        let old_row = top.get("components").and_then(Value::as_array).into_iter().flatten();
        for input in top.get("component").into_iter().chain(old_row) {
            let holder = if kind(top) == 18 { top } else { input };
            list.push(InputView {
                label: text(holder, "label").to_owned(),
                description: text(top, "description").to_owned(),
                custom_id: text(input, "custom_id").to_owned(),
                kind: kind(input),
                required: input.get("required").and_then(Value::as_bool).unwrap_or(true),
                value: text(input, "value").to_owned(),
                placeholder: text(input, "placeholder").to_owned(),
                options: options(input),
            });
        }
    }
    list
}

pub(super) fn choices(choices: &[Value]) -> Vec<ChoiceView> {
    let view = |choice: &Value| ChoiceView {
        name: text(choice, "name").to_owned(),
        value: choice.get("value").cloned().unwrap_or_default(),
    };
    choices.iter().map(view).collect()
}
