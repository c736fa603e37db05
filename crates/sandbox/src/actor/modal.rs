//! Filling in modals.

use serde_json::{Map, Value, json};

use super::component::{check_values, has_option};
use super::resolve::{Picker, Resolved};
use super::view::ModalView;
use super::{Actor, Reply};
use crate::components::{kind, text};
use crate::id::{ChannelId, RoleId, UserId};
use crate::interactions::Trigger;
use crate::world::World;

/// What a person puts into one input of a modal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filled {
    /// Text, or the one value picked.
    Text(String),
    /// Several values picked.
    Values(Vec<String>),
    /// A checkbox.
    Ticked(bool),
}

macro_rules! filled_from {
    ($($from:ty),+) => {$(
        impl From<$from> for Filled {
            fn from(value: $from) -> Self { Self::Text(value.to_string()) }
        }
    )+};
}

filled_from!(&str, String, &String, UserId, RoleId, ChannelId);

impl From<bool> for Filled {
    fn from(value: bool) -> Self {
        Self::Ticked(value)
    }
}

impl<V: ToString> From<&[V]> for Filled {
    fn from(values: &[V]) -> Self {
        Self::Values(values.iter().map(ToString::to_string).collect())
    }
}

impl<V: ToString, const N: usize> From<[V; N]> for Filled {
    fn from(values: [V; N]) -> Self {
        Self::from(&values[..])
    }
}

impl<V: ToString> From<Vec<V>> for Filled {
    fn from(values: Vec<V>) -> Self {
        Self::from(&values[..])
    }
}

impl Actor {
    /// Fills in a modal and sends it. Inputs are named by their custom id or by the label above them; those not named
    /// are sent as the bot prefilled them. The client refuses what breaks the input's own rules.
    pub fn submit<N: AsRef<str>, V: Into<Filled>>(
        &self,
        modal: &ModalView,
        values: impl IntoIterator<Item = (N, V)>,
    ) -> Reply {
        let mut values: Vec<(String, Filled)> = values
            .into_iter()
            .map(|(name, value)| (name.as_ref().to_owned(), value.into()))
            .collect();
        let mut world = self.sandbox.world();
        let made = (|world: &World| {
            let place = world.channels.get(&modal.channel).ok_or("the channel is gone")?;
            let picker = Picker { world, user: self.user, place };
            let mut resolved = Resolved::default();
            let components: Result<Vec<_>, String> = modal
                .components
                .iter()
                .map(|top| top_level(picker, top, &mut values, &mut resolved))
                .collect();
            let components = components?;
            if let Some((name, _)) = values.first() {
                return Err(format!("the modal has no input {name}"));
            }
            let mut data = json!({"custom_id": modal.custom_id, "components": components});
            if let Some(resolved) = resolved.into_value() {
                data["resolved"] = resolved;
            }
            Ok(data)
        })(&world);
        let data = match made {
            Ok(data) => data,
            Err(why) => return Reply::refused(&self.sandbox, &why),
        };
        let opened = world.interact(Trigger {
            kind: 5,
            user: self.user,
            channel: modal.channel,
            source: modal.source,
            opener: Some(modal.interaction),
            data,
        });
        drop(world);
        Reply::opened(&self.sandbox, opened)
    }
}

/// The answer to one top-level component: a Label with its child, an old row with a text input, or plain text.
fn top_level(
    picker: Picker<'_>,
    top: &Value,
    values: &mut Vec<(String, Filled)>,
    resolved: &mut Resolved,
) -> Result<Value, String> {
    let mut body = json!({"type": top.get("type"), "id": top.get("id")});
    if let Some(child) = top.get("component") {
        body["component"] = answer(picker, child, text(top, "label"), values, resolved)?;
    } else if let Some(Value::Array(children)) = top.get("components") {
        let list: Result<Vec<_>, String> = children
            .iter()
            .map(|child| answer(picker, child, text(child, "label"), values, resolved))
            .collect();
        body["components"] = Value::Array(list?);
    }
    Ok(body)
}

fn answer(
    picker: Picker<'_>,
    input: &Value,
    label: &str,
    values: &mut Vec<(String, Filled)>,
    resolved: &mut Resolved,
) -> Result<Value, String> {
    let id = text(input, "custom_id");
    let at = values
        .iter()
        .position(|(name, _)| name == id)
        .or_else(|| values.iter().position(|(name, _)| name == label));
    let given = at.map(|at| values.remove(at).1);
    let required = input.get("required").and_then(Value::as_bool).unwrap_or(true);
    let mut body = Map::new();
    for key in ["type", "id", "custom_id"] {
        body.insert(key.to_owned(), input.get(key).cloned().unwrap_or_default());
    }
    let missing = || format!("input {id} is required");
    match kind(input) {
        3 | 5..=8 | 22 => {
            let picked = given.map_or_else(|| prefilled(input), many);
            if picked.is_empty() && required {
                return Err(missing());
            }
            if !picked.is_empty() && kind(input) != 22 {
                check_values(picker, input, &picked, resolved)?;
            }
            if kind(input) == 22
                && let Some(value) = picked.iter().find(|value| !has_option(input, value))
            {
                return Err(format!("input {id} has no option {value}"));
            }
            body.insert(String::from("values"), json!(picked));
        }
        19 => {
            if required {
                return Err(format!("input {id} wants a file, which cannot be uploaded here"));
            }
            body.insert(String::from("values"), json!([]));
        }
        21 => {
            let picked = given.map_or_else(|| prefilled(input), many).into_iter().next();
            if picked.is_none() && required {
                return Err(missing());
            }
            if let Some(value) = picked.as_ref().filter(|value| !has_option(input, value)) {
                return Err(format!("input {id} has no option {value}"));
            }
            body.insert(String::from("value"), json!(picked));
        }
        23 => {
            let default = input.get("default").and_then(Value::as_bool).unwrap_or(false);
            let ticked = match given {
                Some(Filled::Ticked(ticked)) => ticked,
                Some(other) => many(other).first().is_some_and(|text| text == "true"),
                None => default,
            };
            body.insert(String::from("value"), json!(ticked));
        }
        _ => {
            let default = text(input, "value").to_owned();
            let typed = given.map_or(default, |given| many(given).join(" "));
            if typed.is_empty() && required {
                return Err(missing());
            }
            check_length(input, id, &typed)?;
            body.insert(String::from("value"), json!(typed));
        }
    }
    Ok(Value::Object(body))
}

fn many(given: Filled) -> Vec<String> {
    match given {
        Filled::Text(text) => vec![text],
        Filled::Values(values) => values,
        Filled::Ticked(ticked) => vec![ticked.to_string()],
    }
}

/// What the bot chose from the start.
fn prefilled(input: &Value) -> Vec<String> {
    let list = |key: &str| input.get(key).and_then(Value::as_array).into_iter().flatten();
    let options = list("options")
        .filter(|option| option.get("default").and_then(Value::as_bool) == Some(true))
        .map(|option| text(option, "value").to_owned());
    options.chain(list("default_values").map(|value| text(value, "id").to_owned())).collect()
}

fn check_length(input: &Value, id: &str, typed: &str) -> Result<(), String> {
    let length = u64::try_from(typed.chars().count()).unwrap_or(u64::MAX);
    let bound = |key: &str| input.get(key).and_then(Value::as_u64);
    let (min, max) = (bound("min_length").unwrap_or(0), bound("max_length").unwrap_or(4000));
    // An optional input may stay empty whatever its least length.
    if length > max || (length > 0 && length < min) {
        return Err(format!("input {id} takes {min} to {max} characters, not {length}"));
    }
    Ok(())
}
