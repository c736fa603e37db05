//! Game names: parsed once at the door, compared by what a reader would see.

use std::fmt;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use crate::text::{self, TextError};

/// Longest game name in characters. Leaves room for an emoji and a suffix such as ` Admin`
/// under Discord's 100 characters for role and channel names.
pub const MAX_NAME_CHARS: usize = 80;

/// The name of a game: NFC, trimmed, single spaces, 1–80 characters, no mentions, no control or
/// bidirectional-override characters.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct GameName(String);

/// Why a text is not a game name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// Nothing is left after trimming.
    #[error("the name is empty")]
    Empty,
    /// Longer than [`MAX_NAME_CHARS`].
    #[error("the name has {0} characters, 80 are allowed")]
    TooLong(usize),
    /// `@everyone`, `@here`, `<@…>`, `<#…>`, `<:…:…>` or `</…>`.
    #[error("the name contains a mention")]
    Mention,
    /// A control, bidirectional-override or invisible character.
    #[error("the name contains an invisible or control character")]
    Invisible,
    /// No letter, digit or symbol that could be read.
    #[error("the name has nothing readable in it")]
    Unreadable,
}

impl GameName {
    /// Parses what a person typed.
    pub fn parse(raw: &str) -> Result<Self, NameError> {
        let name = text::normalise_line(raw).map_err(|error| match error {
            TextError::Invisible => NameError::Invisible,
            TextError::Mention => NameError::Mention,
            TextError::TooLong { is, .. } => NameError::TooLong(is),
        })?;
        let count = name.chars().count();
        if count == 0 {
            return Err(NameError::Empty);
        }
        if count > MAX_NAME_CHARS {
            return Err(NameError::TooLong(count));
        }
        if !name.chars().any(text::is_readable) {
            return Err(NameError::Unreadable);
        }
        Ok(Self(name))
    }

    /// Takes a name back from our own storage, where only parsed names are written.
    pub fn from_stored(stored: String) -> Self {
        Self(stored)
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The key two look-alike names share: compatibility-decomposed, case-folded, then mapped to
    /// the confusables skeleton of Unicode Technical Standard 39, without white space.
    ///
    /// The fold comes before the skeleton, because names that differ only in case must share a
    /// key. Capital letters that look Latin where their small ones do not (`Н`, `Т`, `В`) are
    /// therefore mapped by their capital.
    pub fn key(&self) -> String {
        let folded: String = self.0.nfkc().flat_map(fold).collect();
        let looks: String = folded.nfd().flat_map(look).collect();
        // Once more: a capital's look may itself have a prototype, and that may be upper case.
        unicode_security::skeleton(&looks)
            .flat_map(char::to_lowercase)
            .filter(|c| !c.is_whitespace())
            .collect()
    }
}

/// Case folding: by way of the capital, so that both small sigmas become one.
fn fold(c: char) -> impl Iterator<Item = char> {
    c.to_uppercase().flat_map(char::to_lowercase)
}

/// What a folded character looks like: the ASCII character that it, or else its capital, is taken
/// for, or else its own skeleton.
fn look(c: char) -> Vec<char> {
    let skeleton =
        |c: char| -> Vec<char> { unicode_security::skeleton(c.encode_utf8(&mut [0; 4])).collect() };
    let own = skeleton(c);
    if own.iter().all(char::is_ascii) {
        return own;
    }
    let capital = c.to_uppercase().flat_map(skeleton).collect::<Vec<_>>();
    match capital[..] {
        [letter] if letter.is_ascii_alphanumeric() => vec![letter.to_ascii_lowercase()],
        _ => own,
    }
}

impl fmt::Display for GameName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
