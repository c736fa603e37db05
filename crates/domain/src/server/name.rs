//! What a server is called: on a panel that is the panel's own text, so anything may stand there.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Longest name in characters; fits Discord's 100 for a suggestion with a state behind it.
pub const MAX_SERVER_NAME_CHARS: usize = 60;

/// A server's name: one line, 1 to 60 characters, nothing invisible.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ServerName(String);

impl ServerName {
    /// Makes a name of whatever a panel says. What cannot be shown is left out, what is too long
    /// is cut; nothing at all becomes the other name given.
    pub fn of_panel(raw: &str, instead: &str) -> Self {
        let tidy = |text: &str| {
            let seen: String = text.chars().filter(|c| !crate::text::is_deceptive(*c)).collect();
            let words = seen.split_whitespace().collect::<Vec<_>>().join(" ");
            words.chars().take(MAX_SERVER_NAME_CHARS).collect::<String>().trim_end().to_owned()
        };
        let name = Some(tidy(raw)).filter(|name| !name.is_empty()).unwrap_or_else(|| tidy(instead));
        Self(if name.is_empty() { "server".to_owned() } else { name })
    }

    /// Takes a name back from our own storage, where only tidy names are written.
    pub fn from_stored(stored: String) -> Self {
        Self(stored)
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ServerName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
