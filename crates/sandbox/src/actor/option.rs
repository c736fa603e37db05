//! Option values as typed, and what the client makes of them.

use serde_json::{Value, json};

use crate::components::text;
use crate::id::{ChannelId, RoleId, UserId};

/// A typed option value. Text is converted to what the option wants, so ids and numbers may be given as text too.
#[derive(Clone, Debug, PartialEq)]
pub enum OptionValue {
    /// Text; for options with choices a choice's name or value.
    Text(String),
    /// Integer.
    Integer(i64),
    /// Number.
    Number(f64),
    /// Boolean.
    Boolean(bool),
    /// User.
    User(UserId),
    /// Channel.
    Channel(ChannelId),
    /// Role.
    Role(RoleId),
}

macro_rules! option_from {
    ($($from:ty => $variant:ident),+ $(,)?) => {$(
        impl From<$from> for OptionValue {
            fn from(value: $from) -> Self { Self::$variant(value.into()) }
        }
    )+};
}

option_from! {
    &str => Text, String => Text, &String => Text, i64 => Integer, i32 => Integer, u32 => Integer, f64 => Number,
    bool => Boolean, UserId => User, ChannelId => Channel, RoleId => Role,
}

impl OptionValue {
    /// What was typed, as plain text.
    pub(super) fn typed(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Integer(number) => number.to_string(),
            Self::Number(number) => number.to_string(),
            Self::Boolean(value) => value.to_string(),
            Self::User(id) => id.to_string(),
            Self::Channel(id) => id.to_string(),
            Self::Role(id) => id.to_string(),
        }
    }

    /// The value on the wire for an option, or why the client does not take it.
    pub(super) fn for_option(&self, option: &Value) -> Result<Value, String> {
        let name = text(option, "name");
        let kind = option.get("type").and_then(Value::as_u64).unwrap_or(3);
        let chosen = self.choice(option)?;
        let typed = self.typed();
        let wrong = |wanted: &str| format!("option {name} wants {wanted}, not \"{typed}\"");
        let value = match (kind, chosen) {
            (_, Some(value)) => value,
            (3, None) => json!(typed),
            (4, None) => {
                json!(typed.parse::<i64>().map_err(|_| wrong("an integer"))?)
            }
            (5, None) => json!(typed.parse::<bool>().map_err(|_| wrong("true or false"))?),
            (6..=9, None) => json!(typed.parse::<UserId>().map_err(|_| wrong("an id"))?),
            (10, None) => json!(typed.parse::<f64>().map_err(|_| wrong("a number"))?),
            _ => return Err(format!("option {name} has a type people cannot type here")),
        };
        in_bounds(option, &value).map_err(|bound| wrong(&bound))?;
        Ok(value)
    }

    /// With choices only those can be picked, by name or value.
    fn choice(&self, option: &Value) -> Result<Option<Value>, String> {
        let Some(choices) = option.get("choices").and_then(Value::as_array) else {
            return Ok(None);
        };
        if choices.is_empty() {
            return Ok(None);
        }
        let typed = self.typed();
        let fits = |choice: &&Value| {
            text(choice, "name") == typed
                || choice.get("value").is_some_and(|value| {
                    value.as_str().map_or_else(|| value.to_string(), str::to_owned) == typed
                })
        };
        let found = choices.iter().find(fits).and_then(|choice| choice.get("value"));
        found
            .cloned()
            .map(Some)
            .ok_or_else(|| format!("option {} has no choice \"{typed}\"", text(option, "name")))
    }
}

/// Lengths and bounds the client checks.
fn in_bounds(option: &Value, value: &Value) -> Result<(), String> {
    let bound = |key: &str| option.get(key).and_then(Value::as_f64);
    let (size, min, max, what) = match value {
        Value::String(text) if option.get("type").and_then(Value::as_u64) == Some(3) => {
            let length = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
            (
                f64::from(length),
                bound("min_length"),
                bound("max_length").or(Some(6000.0)),
                "a length",
            )
        }
        Value::Number(number) => {
            (number.as_f64().unwrap_or_default(), bound("min_value"), bound("max_value"), "a value")
        }
        _ => return Ok(()),
    };
    if min.is_some_and(|min| size < min) {
        return Err(format!("{what} of at least {}", min.unwrap_or_default()));
    }
    if max.is_some_and(|max| size > max) {
        return Err(format!("{what} of at most {}", max.unwrap_or_default()));
    }
    Ok(())
}
