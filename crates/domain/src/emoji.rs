//! Emoji: a real Unicode emoji, or a custom emoji of the guild at hand.

use std::fmt;

use serde::{Deserialize, Serialize};

/// An emoji that exists.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Emoji {
    /// A Unicode emoji, in its fully qualified form.
    Unicode(String),
    /// A custom emoji of the guild.
    Custom {
        /// Discord's id of it.
        id: u64,
        /// Its name between the colons.
        name: String,
        /// Whether it moves.
        animated: bool,
    },
}

/// Why a text is not an emoji we can use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EmojiError {
    /// Neither a Unicode emoji nor `<:name:id>`.
    #[error("that is not an emoji")]
    NotAnEmoji,
    /// A custom emoji that this guild does not have.
    #[error("that emoji is not from this server")]
    Foreign,
}

impl Emoji {
    /// Parses one emoji: `🎲`, `:game_die:`, `<:name:id>` or `<a:name:id>`. `is_ours` tells
    /// whether a custom emoji id belongs to the guild.
    pub fn parse(raw: &str, is_ours: impl Fn(u64) -> bool) -> Result<Self, EmojiError> {
        let raw = raw.trim();
        if let Some(found) = emojis::get(raw) {
            return Ok(Self::Unicode(found.as_str().to_owned()));
        }
        if let Some(code) = raw.strip_prefix(':').and_then(|r| r.strip_suffix(':'))
            && let Some(found) = emojis::get_by_shortcode(code)
        {
            return Ok(Self::Unicode(found.as_str().to_owned()));
        }
        let inner = raw
            .strip_prefix('<')
            .and_then(|r| r.strip_suffix('>'))
            .ok_or(EmojiError::NotAnEmoji)?;
        let mut parts = inner.split(':');
        let animated = match parts.next() {
            Some("") => false,
            Some("a") => true,
            _ => return Err(EmojiError::NotAnEmoji),
        };
        let (Some(name), Some(id), None) = (parts.next(), parts.next(), parts.next()) else {
            return Err(EmojiError::NotAnEmoji);
        };
        let valid = (2..=32).contains(&name.len())
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        let id: u64 = id.parse().map_err(|_| EmojiError::NotAnEmoji)?;
        if !valid {
            return Err(EmojiError::NotAnEmoji);
        }
        if !is_ours(id) {
            return Err(EmojiError::Foreign);
        }
        Ok(Self::Custom { id, name: name.to_owned(), animated })
    }

    /// The emoji as it may stand in a role or category name: custom emoji do not render there.
    pub fn in_plain_name(&self) -> Option<&str> {
        match self {
            Self::Unicode(text) => Some(text),
            Self::Custom { .. } => None,
        }
    }
}

/// As it stands in a message.
impl fmt::Display for Emoji {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unicode(text) => f.write_str(text),
            Self::Custom { id, name, animated } => {
                write!(f, "<{}:{name}:{id}>", if *animated { "a" } else { "" })
            }
        }
    }
}
