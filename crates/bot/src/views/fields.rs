//! The fields that describe a game, shared by the forms to make and to change one.

use domain::{Capacity, Colour, Description, Emoji};
use twilight_model::channel::message::component::Component;

use super::modal::Field;
use crate::{ids::field, text::Words};

/// What the fields are filled with at first.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Filled<'a> {
    pub(crate) name: Option<&'a str>,
    pub(crate) emoji: Option<&'a Emoji>,
    pub(crate) description: Option<&'a Description>,
    pub(crate) capacity: Option<Capacity>,
    pub(crate) colour: Option<Colour>,
}

/// Name and emoji.
pub(crate) fn short(w: &Words, filled: Filled<'_>) -> Vec<Component> {
    vec![
        Field {
            id: field::NAME,
            label: w.get("field-name"),
            hint: Some(w.get("field-name-hint")),
            example: Some(w.get("field-name-example")),
            value: filled.name.map(str::to_owned),
            required: true,
            max: 200,
            long: false,
        }
        .build(),
        Field {
            id: field::EMOJI,
            label: w.get("field-emoji"),
            hint: Some(w.get("field-emoji-hint")),
            example: Some(w.get("field-emoji-example")),
            value: filled.emoji.map(ToString::to_string),
            required: false,
            max: 100,
            long: false,
        }
        .build(),
    ]
}

/// Name, emoji, description, seats, colour.
pub(crate) fn full(w: &Words, filled: Filled<'_>) -> Vec<Component> {
    let mut fields = short(w, filled);
    fields.push(
        Field {
            id: field::DESCRIPTION,
            label: w.get("field-description"),
            hint: Some(w.get("field-description-hint")),
            example: None,
            value: filled.description.map(|text| text.as_str().to_owned()),
            required: false,
            max: 1000,
            long: true,
        }
        .build(),
    );
    fields.push(
        Field {
            id: field::CAPACITY,
            label: w.get("field-capacity"),
            hint: Some(w.get("field-capacity-hint")),
            example: Some("12".to_owned()),
            value: filled.capacity.map(|capacity| capacity.seats().to_string()),
            required: false,
            max: 20,
            long: false,
        }
        .build(),
    );
    fields.push(
        Field {
            id: field::COLOUR,
            label: w.get("field-colour"),
            hint: Some(w.get("field-colour-hint")),
            example: Some("#5865F2".to_owned()),
            value: filled.colour.map(|colour| colour.to_string()),
            required: false,
            max: 20,
            long: false,
        }
        .build(),
    );
    fields
}
