//! One line at a time: who acts, where, on which message.

use std::time::Duration;

use sandbox::actor::{Actor, First, MessageView, ModalView, OptionValue, Reply};

use super::screen;
use crate::stage::Stage;

/// How long an answer is watched for its end before it is printed.
const WATCH: Duration = Duration::from_millis(900);

const HELP: &str = "\
as NAME                  be somebody: olga, adam, gus, mia, ben, kim, sid
channels                 the channels this person sees
look [CHANNEL]           the last message with controls in a channel, or the last answer again
press LABEL              press a button of the message shown last
pick LABEL[; LABEL]      choose in a select of the message shown last
fill FIELD=TEXT; …       fill in the open form and send it
/command OPTION=TEXT …   a slash command, such as /game create name=Chess; write people as @mia,
                         channels as #log, roles as &Keepers
type /command OPTION=…   ask for suggestions for the last option
delete CHANNEL           delete a channel by hand (as an admin would, behind the bot's back)
quit                     end";

/// The people of the guild.
const PEOPLE: [&str; 7] = ["Olga", "Adam", "Gus", "Mia", "Ben", "Kim", "Sid"];

/// The person at the terminal.
pub(super) struct Prompt<'a> {
    stage: &'a Stage,
    name: String,
    who: Actor,
    last: Option<MessageView>,
    form: Option<ModalView>,
}

impl<'a> Prompt<'a> {
    pub(super) fn new(stage: &'a Stage) -> Self {
        let who = stage.person("Adam");
        Self { stage, name: "adam".to_owned(), who, last: None, form: None }
    }

    /// What stands before the cursor.
    pub(super) fn sign(&self) -> String {
        format!("{}> ", self.name)
    }

    /// Does what a line says; answers what there is to see.
    pub(super) async fn obey(&mut self, line: &str) -> String {
        let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
        let rest = rest.trim();
        match verb {
            "help" => HELP.to_owned(),
            "as" => self.become_person(rest),
            "channels" => self.channels(),
            "look" => self.look(rest),
            "press" => self.press(rest).await,
            "pick" => self.pick(rest).await,
            "fill" => self.fill(rest).await,
            "type" => self.typing(rest).await,
            "delete" => self.delete(rest),
            _ if verb.starts_with('/') => {
                let (path, options) = command(line);
                let reply = self.who.slash(&path, self.named(options));
                self.show(reply).await
            }
            _ => format!("“{verb}” is not known here; try help"),
        }
    }

    /// People, channels and roles written by name become what Discord's client sends: their ids.
    fn named(&self, options: Vec<(String, OptionValue)>) -> Vec<(String, OptionValue)> {
        let read = |value: OptionValue| {
            let OptionValue::Text(text) = &value else { return value };
            let found = if let Some(name) = text.strip_prefix('@') {
                is_person(name)
                    .then(|| self.stage.person(&capital(&name.to_lowercase())).id().into())
            } else if let Some(name) = text.strip_prefix('#') {
                let named = |c: &sandbox::world::Channel| c.name.eq_ignore_ascii_case(name);
                self.stage.guild.channels().into_iter().find(named).map(|c| c.id.into())
            } else if let Some(name) = text.strip_prefix('&') {
                self.stage.guild.role(name).map(|role| role.id.into())
            } else {
                None
            };
            found.unwrap_or(value)
        };
        options.into_iter().map(|(name, value)| (name, read(value))).collect()
    }

    fn become_person(&mut self, name: &str) -> String {
        match PEOPLE.iter().find(|known| known.eq_ignore_ascii_case(name)) {
            Some(known) => {
                self.who = self.stage.person(known);
                self.name = known.to_lowercase();
                self.last = None;
                self.form = None;
                format!("You are {known} now.")
            }
            None => format!("There is nobody called “{name}”."),
        }
    }

    fn channels(&self) -> String {
        let lines: Vec<String> =
            self.who.visible_names().iter().map(|name| format!("  {name}")).collect();
        lines.join("\n")
    }

    fn look(&mut self, channel: &str) -> String {
        if channel.is_empty() {
            // The message as it is now, not as it was.
            let now = self.last.as_ref().and_then(|last| {
                self.who.read(last.channel).into_iter().find(|seen| seen.id == last.id)
            });
            if let Some(now) = now {
                self.last = Some(now);
            }
            return self.last.as_ref().map_or_else(|| "Look where?".to_owned(), screen::message);
        }
        let found = self
            .who
            .visible_channels()
            .into_iter()
            .filter_map(|id| self.stage.guild.channels().into_iter().find(|c| c.id == id))
            .find(|c| c.name.eq_ignore_ascii_case(channel.trim_start_matches('#')));
        let Some(found) = found else {
            return format!("{} sees no channel “{channel}”.", self.name);
        };
        let messages = self.who.read(found.id);
        // What everybody sees; an answer to this person is shown by `look` alone.
        let with_controls =
            messages.iter().rev().find(|m| !m.ephemeral && !m.component_kinds().is_empty());
        match with_controls.or(messages.last()) {
            Some(seen) => {
                self.last = Some(seen.clone());
                screen::message(seen)
            }
            None => "The channel is empty.".to_owned(),
        }
    }

    async fn press(&mut self, label: &str) -> String {
        let Some(on) = self.last.clone() else { return "Look at a message first.".to_owned() };
        let wanted = label.to_lowercase();
        let button =
            on.buttons().into_iter().find(|button| button.label.to_lowercase().contains(&wanted));
        match button {
            Some(button) => {
                let reply = self.who.click(&on, &button.custom_id);
                self.show(reply).await
            }
            None => format!("There is no button “{label}” on it."),
        }
    }

    async fn pick(&mut self, labels: &str) -> String {
        let Some(on) = self.last.clone() else { return "Look at a message first.".to_owned() };
        let wanted: Vec<String> =
            labels.split(';').map(|label| label.trim().to_lowercase()).collect();
        for select in on.selects() {
            let values: Vec<String> = wanted
                .iter()
                .filter_map(|label| {
                    let option = select
                        .options
                        .iter()
                        .find(|option| option.label.to_lowercase().contains(label))?;
                    Some(option.value.clone())
                })
                .collect();
            if values.len() == wanted.len() {
                let reply = self.who.select(&on, &select.custom_id, &values);
                return self.show(reply).await;
            }
            if select.kind == 5 && wanted.iter().all(|name| is_person(name)) {
                let ids: Vec<String> = wanted
                    .iter()
                    .map(|name| self.stage.person(&capital(name)).id().to_string())
                    .collect();
                let reply = self.who.select(&on, &select.custom_id, &ids);
                return self.show(reply).await;
            }
        }
        format!("No select on it has “{labels}”.")
    }

    async fn fill(&mut self, fields: &str) -> String {
        let Some(form) = self.form.take() else { return "No form is open.".to_owned() };
        let values: Vec<(String, String)> = fields
            .split(';')
            .filter_map(|pair| pair.split_once('='))
            .map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()))
            .collect();
        let reply = self.who.submit(&form, values.iter().map(|(n, v)| (n.as_str(), v.as_str())));
        self.show(reply).await
    }

    async fn typing(&mut self, line: &str) -> String {
        let (path, options) = command(line);
        let Some((last, _)) = options.last().cloned() else {
            return "Name an option to type into.".to_owned();
        };
        let reply = self.who.autocomplete(&path, options, &last);
        screen::first(&reply.first().await)
    }

    fn delete(&mut self, name: &str) -> String {
        let found = self
            .stage
            .guild
            .channels()
            .into_iter()
            .find(|c| c.name.eq_ignore_ascii_case(name.trim_start_matches('#')));
        match found.map(|channel| self.stage.guild.owner().delete_channel(channel.id)) {
            Some(Ok(())) => format!("Olga has deleted {name} by hand."),
            Some(Err(error)) => error.to_string(),
            None => format!("There is no channel “{name}”."),
        }
    }

    /// Waits a moment for work that goes on, then shows what is there.
    async fn show(&mut self, reply: Reply) -> String {
        let mut first = reply.first().await;
        if let First::Modal(form) = &first {
            self.form = Some(form.clone());
            return screen::form(form);
        }
        if matches!(first, First::DeferredUpdate | First::Deferred(_)) {
            let _ = reply.settled().await;
        }
        tokio::time::sleep(WATCH).await;
        if let Some(now) = reply.message() {
            self.last = Some(now.clone());
            first = First::Message(now);
        }
        screen::first(&first)
    }
}

fn is_person(name: &str) -> bool {
    PEOPLE.iter().any(|known| known.eq_ignore_ascii_case(name))
}

fn capital(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// `/game create name=Big Chess emoji=♟️` as the command's path and its options; a word without
/// `=` belongs to the value before it, or to the path.
fn command(line: &str) -> (String, Vec<(String, OptionValue)>) {
    let mut path: Vec<&str> = Vec::new();
    let mut options: Vec<(String, String)> = Vec::new();
    for word in line.trim_start_matches('/').split_whitespace() {
        match (word.split_once('='), options.last_mut()) {
            (Some((name, value)), _) => options.push((name.to_owned(), value.to_owned())),
            (None, Some((_, value))) => {
                value.push(' ');
                value.push_str(word);
            }
            (None, None) => path.push(word),
        }
    }
    let options = options.into_iter().map(|(name, value)| (name, OptionValue::Text(value)));
    (path.join(" "), options.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typed_command_is_taken_apart() {
        let (path, options) = command("/game create name=Big Chess emoji=♟️");
        assert_eq!(path, "game create");
        let text = |value: &str| OptionValue::Text(value.to_owned());
        assert_eq!(
            options,
            [("name".to_owned(), text("Big Chess")), ("emoji".to_owned(), text("♟️"))]
        );
        assert_eq!(command("/help"), ("help".to_owned(), Vec::new()));
    }
}
