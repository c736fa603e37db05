//! Free text from people: normalised once, refused when it could deceive a reader.

use serde::{Deserialize, Serialize};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Longest game description in characters; fits a panel entry many times over.
pub const MAX_DESCRIPTION_CHARS: usize = 300;

/// Why a text is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// A control, bidirectional-override or invisible character.
    #[error("the text contains an invisible or control character")]
    Invisible,
    /// A mention of a person, role, channel, command or everyone.
    #[error("the text contains a mention")]
    Mention,
    /// Too many characters.
    #[error("the text has {is} characters, {allowed} are allowed")]
    TooLong {
        /// Characters counted.
        is: usize,
        /// Characters allowed.
        allowed: usize,
    },
}

/// What a game is about: up to 300 characters, one paragraph or several, no mentions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Description(String);

impl Description {
    /// Parses what a person typed; an empty text is a valid, empty description.
    pub fn parse(raw: &str) -> Result<Self, TextError> {
        let text: String = raw.nfc().collect();
        let text = text.replace("\r\n", "\n");
        if text.chars().any(|c| c != '\n' && is_deceptive(c)) {
            return Err(TextError::Invisible);
        }
        if has_mention(&text) {
            return Err(TextError::Mention);
        }
        let text = text.trim().to_owned();
        let is = text.chars().count();
        if is > MAX_DESCRIPTION_CHARS {
            return Err(TextError::TooLong { is, allowed: MAX_DESCRIPTION_CHARS });
        }
        Ok(Self(text))
    }

    /// Takes a description back from our own storage.
    pub fn from_stored(stored: String) -> Self {
        Self(stored)
    }

    /// The description as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// NFC, outer white space off, runs of white space to one space.
pub(crate) fn normalise_line(raw: &str) -> Result<String, TextError> {
    let text: String = raw.trim().nfc().collect();
    if text.chars().any(is_deceptive) {
        return Err(TextError::Invisible);
    }
    if has_mention(&text) {
        return Err(TextError::Mention);
    }
    Ok(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Characters that change how the rest is read, or that cannot be seen at all. The zero-width
/// joiner and the variation selectors stay: emoji sequences need them.
pub fn is_deceptive(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{00ad}' | '\u{034f}' | '\u{061c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}' | '\u{200c}' | '\u{200e}' | '\u{200f}'
            | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{feff}'
            | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}')
}

/// Whether a character is something a reader can see and tell from others: a letter, a digit or a
/// symbol beyond ASCII, and neither a mark that needs something to stand on nor a joiner.
pub(crate) fn is_readable(c: char) -> bool {
    let joins = c == '\u{200d}' || ('\u{fe00}'..='\u{fe0f}').contains(&c);
    (c.is_alphanumeric() || !c.is_ascii()) && !joins && !is_combining_mark(c)
}

/// Discord's mention forms: everyone and here, `<@…>`, `<#…>`, `</…:…>`, `<:name:id>`, `<a:…>`,
/// `<t:…>`, `<id:…>`.
fn has_mention(text: &str) -> bool {
    let lower = text.to_lowercase();
    if lower.contains("@everyone") || lower.contains("@here") {
        return true;
    }
    lower.match_indices('<').any(|(at, _)| {
        let rest = &lower[at + 1..];
        rest.contains('>')
            && ["@", "#", "/", ":", "a:", "t:", "id:"].iter().any(|mark| rest.starts_with(mark))
    })
}
