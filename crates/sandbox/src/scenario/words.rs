//! How permissions, colours and channel types are written, in files and in control calls: by name or as Discord's
//! numbers.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Deserialize, Deserializer, Error, SeqAccess, Visitor};

use crate::world::{ChannelKind, Permissions};

impl<'de> Deserialize<'de> for Permissions {
    /// `"MANAGE_ROLES"`, `["MANAGE_ROLES", "MANAGE_CHANNELS"]`, `268435472` or `"268435472"`.
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Bits)
    }
}

struct Bits;

impl Bits {
    fn named<E: Error>(text: &str) -> Result<Permissions, E> {
        if let Ok(bits) = text.parse() {
            return Ok(Permissions(bits));
        }
        let found = Permissions::NAMES.iter().find(|(name, _)| *name == text);
        found.map(|(_, bit)| *bit).ok_or_else(|| {
            E::custom(format!(
                "there is no permission {text:?}; names are Discord's, such as \"MANAGE_ROLES\""
            ))
        })
    }
}

impl<'de> Visitor<'de> for Bits {
    type Value = Permissions;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("permissions: a name, a list of names, or the sum of the bits")
    }

    fn visit_u64<E: Error>(self, bits: u64) -> Result<Permissions, E> {
        Ok(Permissions(bits))
    }

    fn visit_i64<E: Error>(self, bits: i64) -> Result<Permissions, E> {
        u64::try_from(bits)
            .map(Permissions)
            .map_err(|_| E::custom("permissions cannot be negative"))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Permissions, E> {
        Self::named(text)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Permissions, A::Error> {
        let mut sum = Permissions::NONE;
        while let Some(name) = list.next_element::<Cow<'_, str>>()? {
            sum |= Self::named(&name)?;
        }
        Ok(sum)
    }
}

impl JsonSchema for Permissions {
    fn schema_name() -> Cow<'static, str> {
        "Permissions".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let names: Vec<_> = Permissions::NAMES.iter().map(|(name, _)| *name).collect();
        json_schema!({
            "description": "Names of Discord's permissions, or the sum of their bits.",
            "anyOf": [
                {"type": "integer", "minimum": 0},
                {"type": "string", "pattern": "^[0-9]+$"},
                {"enum": names},
                {"type": "array", "items": {"enum": names}},
            ],
        })
    }
}

/// The channel types a guild's list can hold, as people call them.
const KINDS: [(&str, ChannelKind); 7] = [
    ("text", ChannelKind::Text),
    ("voice", ChannelKind::Voice),
    ("category", ChannelKind::Category),
    ("announcement", ChannelKind::Announcement),
    ("stage", ChannelKind::Stage),
    ("forum", ChannelKind::Forum),
    ("media", ChannelKind::Media),
];

impl<'de> Deserialize<'de> for ChannelKind {
    /// `"text"` or `0`; only what a guild's list can hold.
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Kind)
    }
}

struct Kind;

impl Visitor<'_> for Kind {
    type Value = ChannelKind;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a channel type: text, voice, category, announcement, stage, forum, media or its number")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<ChannelKind, E> {
        let found = KINDS.iter().find(|(name, _)| *name == text);
        found.map(|(_, kind)| *kind).ok_or_else(|| {
            let names = KINDS.map(|(name, _)| name).join(", ");
            E::custom(format!("there is no channel type {text:?}; there are {names}"))
        })
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<ChannelKind, E> {
        let found = KINDS.iter().find(|(_, kind)| i64::from(kind.number()) == number);
        found
            .map(|(_, kind)| *kind)
            .ok_or_else(|| E::custom(format!("a guild's list holds no channels of type {number}")))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<ChannelKind, E> {
        self.visit_i64(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl JsonSchema for ChannelKind {
    fn schema_name() -> Cow<'static, str> {
        "ChannelType".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let names = KINDS.map(|(name, _)| name);
        let numbers = KINDS.map(|(_, kind)| kind.number());
        json_schema!({"anyOf": [{"enum": names}, {"enum": numbers}]})
    }
}

/// A colour: `"#3498db"` or `3447003`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Color(pub u32);

impl<'de> Deserialize<'de> for Color {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Rgb)
    }
}

struct Rgb;

impl Visitor<'_> for Rgb {
    type Value = Color;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a colour such as \"#3498db\"")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Color, E> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6);
        let plain = digits.filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let parsed = plain.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        parsed
            .map(Color)
            .ok_or_else(|| E::custom(format!("{text:?} is no colour; write it as \"#3498db\"")))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Color, E> {
        let fits = u32::try_from(number).ok().filter(|number| *number <= 0xff_ffff);
        fits.map(Color).ok_or_else(|| E::custom("a colour is at most 16777215 (#ffffff)"))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Color, E> {
        self.visit_u64(u64::try_from(number).unwrap_or(u64::MAX))
    }
}

impl JsonSchema for Color {
    fn schema_name() -> Cow<'static, str> {
        "Color".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"anyOf": [
            {"type": "string", "pattern": "^#[0-9a-fA-F]{6}$"},
            {"type": "integer", "minimum": 0, "maximum": 0xff_ffff},
        ]})
    }
}
