//! Application commands as a person uses them.

use serde_json::{Value, json};

use super::allowed::offered;
use super::option::OptionValue;
use super::resolve::{Picker, Resolved, Wanted};
use super::{Actor, Reply};
use crate::components::text;
use crate::id::{MessageId, Snowflake, UserId};
use crate::interactions::Trigger;
use crate::world::{Command, CommandKind, World};

/// For commands without options.
pub const NO_OPTIONS: [(&str, OptionValue); 0] = [];

/// Named values, in the order typed.
type Typed = Vec<(String, OptionValue)>;

fn typed<N: Into<String>, V: Into<OptionValue>>(
    options: impl IntoIterator<Item = (N, V)>,
) -> Typed {
    options.into_iter().map(|(name, value)| (name.into(), value.into())).collect()
}

impl Actor {
    /// Types a slash command: `"ping"`, `"game create"` or `"game admin reset"`. The client refuses what Discord's
    /// client refuses: commands not offered here or to this person, missing required options, unknown choices.
    pub fn slash<N, V>(&self, path: &str, options: impl IntoIterator<Item = (N, V)>) -> Reply
    where
        N: Into<String>,
        V: Into<OptionValue>,
    {
        let options = typed(options);
        self.command(2, CommandKind::ChatInput, first_word(path), |picker, command| {
            slash_data(picker, command, path, &options, None)
        })
    }

    /// Types into an option; the bot is asked for choices. Other options may be missing or half typed.
    pub fn autocomplete<N, V>(
        &self,
        path: &str,
        options: impl IntoIterator<Item = (N, V)>,
        focused: &str,
    ) -> Reply
    where
        N: Into<String>,
        V: Into<OptionValue>,
    {
        let options = typed(options);
        self.command(4, CommandKind::ChatInput, first_word(path), |picker, command| {
            slash_data(picker, command, path, &options, Some(focused))
        })
    }

    /// Uses a command from a user's context menu.
    pub fn user_command(&self, name: &str, target: UserId) -> Reply {
        self.command(2, CommandKind::User, name, |picker, command| {
            let mut resolved = Resolved::default();
            if !resolved.user(picker, target) {
                return Err(format!("there is no user {target}"));
            }
            Ok(menu_data(command, target.get(), resolved))
        })
    }

    /// Uses a command from a message's context menu.
    pub fn message_command(&self, name: &str, target: MessageId) -> Reply {
        self.command(2, CommandKind::Message, name, |picker, command| {
            let mut resolved = Resolved::default();
            if !resolved.message(picker, target) {
                return Err(format!("there is no message {target} here"));
            }
            Ok(menu_data(command, target.get(), resolved))
        })
    }

    fn command(
        &self,
        kind: u8,
        command_kind: CommandKind,
        name: &str,
        data: impl FnOnce(Picker<'_>, &Command) -> Result<Value, String>,
    ) -> Reply {
        let Some(channel) = self.channel() else {
            return Reply::refused(&self.sandbox, "no channel to write in");
        };
        let mut world = self.sandbox.world();
        let made = (|world: &World| {
            let place = world.channels.get(&channel).ok_or("the channel is gone")?;
            let command = offered(world, self.user, place, command_kind, name)?;
            data(Picker { world, user: self.user, place }, command)
        })(&world);
        let data = match made {
            Ok(data) => data,
            Err(why) => return Reply::refused(&self.sandbox, &why),
        };
        let opened = world.interact(Trigger {
            kind,
            user: self.user,
            channel,
            source: None,
            opener: None,
            data,
        });
        drop(world);
        Reply::opened(&self.sandbox, opened)
    }
}

fn first_word(path: &str) -> &str {
    path.split(' ').next().unwrap_or_default()
}

fn start(command: &Command) -> Value {
    let mut data = json!({"id": command.id, "name": command.name, "type": command.kind as u8});
    if let Some(guild) = command.guild {
        data["guild_id"] = json!(guild);
    }
    data
}

fn menu_data(command: &Command, target: u64, resolved: Resolved) -> Value {
    let mut data = start(command);
    data["target_id"] = json!(target.to_string());
    data["resolved"] = resolved.into_value().unwrap_or_default();
    data
}

/// The `data` of a slash command ("Application Command Data Structure").
fn slash_data(
    picker: Picker<'_>,
    command: &Command,
    path: &str,
    options: &Typed,
    focused: Option<&str>,
) -> Result<Value, String> {
    let subs: Vec<_> = path.split(' ').skip(1).collect();
    let mut level = &command.definition;
    for sub in &subs {
        level = child(level, sub)
            .filter(|child| is_sub(child))
            .ok_or_else(|| format!("/{} has no subcommand {sub}", command.name))?;
    }
    if children(level).iter().any(is_sub) {
        return Err(format!("/{path} needs a subcommand"));
    }
    let mut resolved = Resolved::default();
    let mut list = Vec::new();
    for (at, (name, value)) in options.iter().enumerate() {
        let option = child(level, name).ok_or_else(|| format!("/{path} has no option {name}"))?;
        if options[..at].iter().any(|(other, _)| other == name) {
            return Err(format!("option {name} is there twice"));
        }
        list.push(answer(picker, option, value, focused, &mut resolved)?);
    }
    match focused {
        Some(focused) => focusable(level, &list, focused)?,
        None => complete(level, &list)?,
    }
    for (depth, sub) in subs.iter().enumerate().rev() {
        let kind = if depth + 1 < subs.len() { 2 } else { 1 };
        list = vec![json!({"name": sub, "type": kind, "options": list})];
    }
    let mut data = start(command);
    data["options"] = Value::Array(list);
    if let Some(resolved) = resolved.into_value() {
        data["resolved"] = resolved;
    }
    Ok(data)
}

/// One option as sent. What is being typed goes out raw; it is checked only when the command is sent.
fn answer(
    picker: Picker<'_>,
    option: &Value,
    value: &OptionValue,
    focused: Option<&str>,
    resolved: &mut Resolved,
) -> Result<Value, String> {
    let name = text(option, "name");
    let kind = option.get("type").and_then(Value::as_u64).unwrap_or(3);
    if focused == Some(name) {
        return Ok(json!({"name": name, "type": kind, "value": value.typed(), "focused": true}));
    }
    let sent = value.for_option(option)?;
    if let (Some(wanted), Some(id)) = (Wanted::of_option(kind), sent.as_str()) {
        resolved.add(picker, wanted, id.parse().unwrap_or_default(), option)?;
    }
    Ok(json!({"name": name, "type": kind, "value": sent}))
}

fn focusable(level: &Value, list: &[Value], focused: &str) -> Result<(), String> {
    let option = child(level, focused).ok_or_else(|| format!("there is no option {focused}"))?;
    if option.get("autocomplete").and_then(Value::as_bool) != Some(true) {
        return Err(format!("option {focused} has no autocomplete"));
    }
    if list.iter().any(|option| text(option, "name") == focused) {
        Ok(())
    } else {
        Err(format!("nothing is typed into option {focused}"))
    }
}

fn complete(level: &Value, list: &[Value]) -> Result<(), String> {
    for option in children(level) {
        let name = text(option, "name");
        let required = option.get("required").and_then(Value::as_bool) == Some(true);
        if required && !list.iter().any(|given| text(given, "name") == name) {
            return Err(format!("option {name} is required"));
        }
    }
    Ok(())
}

fn is_sub(option: &Value) -> bool {
    matches!(option.get("type").and_then(Value::as_u64), Some(1 | 2))
}

fn children(level: &Value) -> &[Value] {
    level.get("options").and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn child<'a>(level: &'a Value, name: &str) -> Option<&'a Value> {
    children(level).iter().find(|option| text(option, "name") == name)
}
