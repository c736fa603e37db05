//! Modals: a title and up to five labelled fields.

use twilight_model::{
    channel::message::component::{Component, Label, TextInput, TextInputStyle},
    http::interaction::InteractionResponseData,
};

use crate::{ids::CustomId, text::plain};

/// Most characters of a modal's title and of a field's label (Discord).
const TITLE: usize = 45;
/// Most characters of a field's description and placeholder (Discord).
const HINT: usize = 100;

/// A form in front of the person's eyes.
#[derive(Clone, Debug, PartialEq)]
pub struct Modal {
    /// What comes back when it is submitted.
    pub id: CustomId,
    /// At most 45 characters.
    pub title: String,
    /// One to five labels.
    pub components: Vec<Component>,
}

impl Modal {
    pub(crate) fn new(id: CustomId, title: &str, components: Vec<Component>) -> Self {
        Self { id, title: plain::shorten(title, TITLE), components }
    }

    /// As an interaction's answer carries it.
    pub fn data(self) -> InteractionResponseData {
        InteractionResponseData {
            custom_id: Some(self.id.to_string()),
            title: Some(self.title),
            components: Some(self.components),
            ..InteractionResponseData::default()
        }
    }
}

/// A line or a paragraph to type.
pub(crate) struct Field<'a> {
    /// Name, from [`crate::ids::field`].
    pub(crate) id: &'a str,
    pub(crate) label: String,
    pub(crate) hint: Option<String>,
    pub(crate) example: Option<String>,
    pub(crate) value: Option<String>,
    pub(crate) required: bool,
    /// Most characters the client lets a person type. More than the rule allows, so that what is
    /// wrong gets a sentence instead of being cut off.
    pub(crate) max: u16,
    pub(crate) long: bool,
}

impl Field<'_> {
    pub(crate) fn build(self) -> Component {
        // A value over the maximum would make Discord refuse the whole modal.
        let value = self
            .value
            .filter(|value| !value.is_empty() && value.chars().count() <= usize::from(self.max));
        #[expect(
            deprecated,
            reason = "the label stands on the Label component; the field must be named"
        )]
        let input = TextInput {
            custom_id: self.id.to_owned(),
            id: None,
            label: None,
            max_length: Some(self.max),
            min_length: None,
            placeholder: self.example.map(|text| plain::shorten(&text, HINT)),
            required: Some(self.required),
            style: if self.long { TextInputStyle::Paragraph } else { TextInputStyle::Short },
            value,
        };
        Label {
            component: Box::new(input.into()),
            description: self.hint.map(|text| plain::shorten(&text, HINT)),
            id: None,
            label: plain::shorten(&self.label, TITLE),
        }
        .into()
    }
}
