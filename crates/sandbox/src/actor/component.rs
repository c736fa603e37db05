//! Buttons and selects as a person uses them.

use serde_json::{Value, json};

use super::resolve::{Picker, Resolved, Wanted};
use super::view::MessageView;
use super::{Actor, Reply};
use crate::components::{find, kind, text};
use crate::interactions::Trigger;
use crate::world::{Channel, Message, World};

impl Actor {
    /// Clicks a button, named by its custom id or its label. Refused when the message is gone or hidden from this
    /// person, or when the button is not there, greyed out or a link.
    pub fn click(&self, message: &MessageView, button: &str) -> Reply {
        self.component(message, |_, now| {
            let buttons = |one: &Value| kind(one) == 2;
            let found =
                find(&now.components, |one| buttons(one) && text(one, "custom_id") == button)
                    .or_else(|| {
                        find(&now.components, |one| buttons(one) && text(one, "label") == button)
                    });
            let found = found.ok_or_else(|| format!("the message has no button {button}"))?;
            if text(found, "custom_id").is_empty() {
                return Err(format!("{button} opens a link"));
            }
            data(found, button)
        })
    }

    /// Picks in a select, named by its custom id or its placeholder. Values are option values for string selects and
    /// ids for the others; the client offers only what exists and wants as many as the select says.
    pub fn select<V: ToString>(&self, message: &MessageView, select: &str, values: &[V]) -> Reply {
        let values: Vec<_> = values.iter().map(ToString::to_string).collect();
        self.component(message, |picker, now| {
            let selects = |one: &Value| matches!(kind(one), 3 | 5..=8);
            let found =
                find(&now.components, |one| selects(one) && text(one, "custom_id") == select)
                    .or_else(|| {
                        find(&now.components, |one| {
                            selects(one) && text(one, "placeholder") == select
                        })
                    });
            let found = found.ok_or_else(|| format!("the message has no select {select}"))?;
            let mut data = data(found, select)?;
            let mut resolved = Resolved::default();
            check_values(picker, found, &values, &mut resolved)?;
            data["values"] = json!(values);
            if let Some(resolved) = resolved.into_value() {
                data["resolved"] = resolved;
            }
            Ok(data)
        })
    }

    fn component(
        &self,
        message: &MessageView,
        data: impl FnOnce(Picker<'_>, &Message) -> Result<Value, String>,
    ) -> Reply {
        let mut world = self.sandbox.world();
        let made = (|world: &World| {
            let place = world.channels.get(&message.channel).ok_or("the channel is gone")?;
            let now = seen_by(world, self, place, message).ok_or("the message is gone")?;
            data(Picker { world, user: self.user, place }, now)
        })(&world);
        let data = match made {
            Ok(data) => data,
            Err(why) => return Reply::refused(&self.sandbox, &why),
        };
        let opened = world.interact(Trigger {
            kind: 3,
            user: self.user,
            channel: message.channel,
            source: Some(message.id),
            opener: None,
            data,
        });
        drop(world);
        Reply::opened(&self.sandbox, opened)
    }
}

/// The message as it is now, if this person sees it: the channel is visible and an ephemeral one is theirs.
fn seen_by<'a>(
    world: &'a World,
    actor: &Actor,
    place: &Channel,
    message: &MessageView,
) -> Option<&'a Message> {
    let found = world.message(message.channel, message.id)?;
    let mine = found.only_for.is_none_or(|only| only == actor.user);
    (mine && world.can_view(actor.user, place)).then_some(found)
}

fn data(component: &Value, name: &str) -> Result<Value, String> {
    if component.get("disabled").and_then(Value::as_bool) == Some(true) {
        return Err(format!("{name} is disabled"));
    }
    Ok(json!({
        "custom_id": component.get("custom_id"), "component_type": component.get("type"),
        "id": component.get("id"),
    }))
}

/// Checks picked values against a select in a message or modal and resolves ids.
pub(super) fn check_values(
    picker: Picker<'_>,
    select: &Value,
    values: &[String],
    resolved: &mut Resolved,
) -> Result<(), String> {
    let bound = |key: &str, default: usize| {
        let given = select.get(key).and_then(Value::as_u64);
        given.and_then(|bound| usize::try_from(bound).ok()).unwrap_or(default)
    };
    let (min, max) = (bound("min_values", 1), bound("max_values", 1));
    if values.len() < min || values.len() > max {
        return Err(format!("the select takes {min} to {max} values, not {}", values.len()));
    }
    for (at, value) in values.iter().enumerate() {
        if values[..at].contains(value) {
            return Err(format!("{value} is picked twice"));
        }
        match Wanted::of_select(kind(select)) {
            Some(wanted) => {
                let id = value.parse().map_err(|_| format!("{value} is not an id"))?;
                resolved.add(picker, wanted, id, select)?;
            }
            None if !has_option(select, value) => {
                return Err(format!("the select has no option {value}"));
            }
            None => {}
        }
    }
    Ok(())
}

/// True when a string select or a group offers that value.
pub(super) fn has_option(select: &Value, value: &str) -> bool {
    let options = select.get("options").and_then(Value::as_array);
    options.is_some_and(|list| list.iter().any(|option| text(option, "value") == value))
}
