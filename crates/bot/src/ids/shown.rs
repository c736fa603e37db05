//! What a form showed when it was opened, small enough to travel along in its id: so that only
//! what the person changed is changed, and not what somebody else changed meanwhile.

use std::{fmt, str::FromStr};

use domain::{Capacity, Colour, Description, Emoji, GameName};

use crate::register::fnv;

/// The texts of a game.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Texts {
    /// Its name.
    pub name: GameName,
    /// Its emoji.
    pub emoji: Option<Emoji>,
    /// What it is about.
    pub description: Description,
    /// Seats.
    pub capacity: Option<Capacity>,
    /// Colour.
    pub colour: Option<Colour>,
}

/// A mark of each text, in the order of [`Texts`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Shown(pub [u32; 5]);

impl Shown {
    /// The marks of these texts.
    pub fn of(texts: &Texts) -> Self {
        let Texts { name, emoji, description, capacity, colour } = texts;
        let mark = |text: &str| {
            // Folded: texts that differ in their last letter only differ in a few bits each.
            let hash = fnv(text.as_bytes());
            u32::try_from((hash ^ (hash >> 32)) & u64::from(u32::MAX)).unwrap_or_default()
        };
        let or_empty = |text: Option<String>| text.unwrap_or_default();
        Self([
            mark(name.as_str()),
            mark(&or_empty(emoji.as_ref().map(ToString::to_string))),
            mark(description.as_str()),
            mark(&or_empty(capacity.map(|capacity| capacity.seats().to_string()))),
            mark(&or_empty(colour.map(|colour| colour.to_string()))),
        ])
    }
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|mark| write!(f, "{mark:08x}"))
    }
}

impl FromStr for Shown {
    type Err = super::UnknownId;

    fn from_str(text: &str) -> Result<Self, super::UnknownId> {
        let mut marks = [0; 5];
        if text.len() != 8 * marks.len() || !text.is_ascii() {
            return Err(super::UnknownId);
        }
        for (at, mark) in marks.iter_mut().enumerate() {
            let digits = &text[8 * at..8 * at + 8];
            *mark = u32::from_str_radix(digits, 16).map_err(|_| super::UnknownId)?;
        }
        Ok(Self(marks))
    }
}

#[cfg(test)]
mod tests {
    use domain::{Description, GameName};

    use super::{Shown, Texts};

    #[test]
    fn any_other_name_has_another_mark() {
        let mark = |name: &str| {
            let name = GameName::parse(name).unwrap();
            let description = Description::default();
            Shown::of(&Texts { name, emoji: None, description, capacity: None, colour: None }).0[0]
        };
        let mut marks: Vec<u32> = (0..2_000).map(|n| mark(&format!("Chess {n}"))).collect();
        marks.sort_unstable();
        marks.dedup();
        assert_eq!(marks.len(), 2_000);
    }
}
