//! Typed access to what a person typed, chose or filled in.

use domain::{ChannelId, RoleId, UserId};
use twilight_model::{
    application::interaction::{
        InteractionDataResolved,
        application_command::{CommandDataOption, CommandOptionValue},
        modal::{ModalInteractionComponent, ModalInteractionData},
    },
    id::Id,
};

/// The options of a command.
#[derive(Clone, Debug, Default)]
pub(crate) struct Options(Vec<CommandDataOption>);

impl Options {
    pub(super) fn new(options: Vec<CommandDataOption>) -> Self {
        Self(options)
    }

    fn get(&self, name: &str) -> Option<&CommandOptionValue> {
        self.0.iter().find(|option| option.name == name).map(|option| &option.value)
    }

    /// A text, also while it is being typed.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        match self.get(name)? {
            CommandOptionValue::String(text) | CommandOptionValue::Focused(text, _) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn user(&self, name: &str) -> Option<UserId> {
        match self.get(name)? {
            CommandOptionValue::User(id) => Some(*id),
            _ => None,
        }
    }

    pub(crate) fn role(&self, name: &str) -> Option<RoleId> {
        match self.get(name)? {
            CommandOptionValue::Role(id) => Some(*id),
            _ => None,
        }
    }

    pub(crate) fn channel(&self, name: &str) -> Option<ChannelId> {
        match self.get(name)? {
            CommandOptionValue::Channel(id) => Some(*id),
            _ => None,
        }
    }

    pub(crate) fn number(&self, name: &str) -> Option<i64> {
        match self.get(name)? {
            CommandOptionValue::Integer(number) => Some(*number),
            _ => None,
        }
    }

    pub(crate) fn yes(&self, name: &str) -> Option<bool> {
        match self.get(name)? {
            CommandOptionValue::Boolean(yes) => Some(*yes),
            _ => None,
        }
    }

    /// The option being typed, with the text so far.
    pub(crate) fn focused(&self) -> Option<(&str, &str)> {
        self.0.iter().find_map(|option| match &option.value {
            CommandOptionValue::Focused(text, _) => Some((option.name.as_str(), text.as_str())),
            _ => None,
        })
    }
}

/// What was chosen in a select.
#[derive(Clone, Debug, Default)]
pub(crate) struct Chosen {
    pub(crate) values: Vec<String>,
    pub(super) bots: Vec<UserId>,
}

impl Chosen {
    pub(super) fn new(values: Vec<String>, resolved: Option<&InteractionDataResolved>) -> Self {
        Self { values, bots: bots(resolved) }
    }

    /// The only or first value.
    pub(crate) fn first(&self) -> Option<&str> {
        self.values.first().map(String::as_str)
    }

    /// The values as ids of one kind; what is no id is left out.
    pub(crate) fn ids<T>(&self) -> Vec<Id<T>> {
        self.values.iter().filter_map(|value| value.parse().ok()).collect()
    }

    /// The first chosen person that is a bot, if any.
    pub(crate) fn bot(&self) -> Option<UserId> {
        self.bots.first().copied()
    }
}

/// People among the resolved ones that are bots.
pub(super) fn bots(resolved: Option<&InteractionDataResolved>) -> Vec<UserId> {
    let users = resolved.map(|resolved| &resolved.users);
    users.into_iter().flatten().filter(|(_, user)| user.bot).map(|(id, _)| *id).collect()
}

/// The fields of a submitted modal.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fields(Vec<(String, Vec<String>)>);

impl Fields {
    pub(super) fn new(data: ModalInteractionData) -> Self {
        let mut fields = Vec::new();
        for component in data.components {
            collect(component, &mut fields);
        }
        Self(fields)
    }

    /// A field as typed; empty when it was left out.
    pub(crate) fn text(&self, name: &str) -> &str {
        let field = self.0.iter().find(|(id, _)| id == name);
        field.and_then(|(_, values)| values.first()).map_or("", String::as_str)
    }
}

/// Modals nest one level deep (labels and rows); what is no input is left out.
fn collect(component: ModalInteractionComponent, fields: &mut Vec<(String, Vec<String>)>) {
    use ModalInteractionComponent as C;
    match component {
        C::Label(label) => collect(*label.component, fields),
        C::ActionRow(row) => row.components.into_iter().for_each(|inner| collect(inner, fields)),
        C::TextInput(input) => fields.push((input.custom_id, vec![input.value])),
        C::StringSelect(select) => fields.push((select.custom_id, select.values)),
        C::UserSelect(select) => {
            let values = select.values.iter().map(ToString::to_string).collect();
            fields.push((select.custom_id, values));
        }
        _ => {}
    }
}
