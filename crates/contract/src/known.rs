//! Reading a frame as a strict client library does, and looking for anything it does not know.
//!
//! twilight turns a number it does not know into a variant called `Unknown`. The debug text of a value names every
//! variant in it, so the text is searched, outside of quoted strings.

use std::fmt::{self, Write as _};

use serde::de::DeserializeSeed as _;
use twilight_model::gateway::event::{GatewayEvent, GatewayEventDeserializer};

/// What twilight says about a frame: `Err` tells why it cannot read it, `Ok` whether all of it is known.
pub(crate) fn read(text: &str) -> Result<bool, String> {
    let Some(seed) = GatewayEventDeserializer::from_json(text) else {
        return Err(String::from("no gateway frame"));
    };
    let mut json = serde_json::Deserializer::from_str(text);
    let event: GatewayEvent = seed.deserialize(&mut json).map_err(|error| error.to_string())?;
    let mut search = Search::default();
    // The search stops the writing as soon as it has found something.
    let complete = write!(search, "{event:?}").is_ok();
    Ok(complete && !search.found)
}

/// Looks for the word `Unknown` in debug text.
#[derive(Default)]
struct Search {
    quoted: bool,
    escaped: bool,
    /// Length of the match so far; `None` inside another word.
    matched: Option<usize>,
    inside_word: bool,
    found: bool,
}

const WORD: &[u8] = b"Unknown";

impl Search {
    fn take(&mut self, byte: u8) {
        if self.quoted {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' => self.escaped = true,
                b'"' => self.quoted = false,
                _ => {}
            }
            return;
        }
        let letter = byte.is_ascii_alphanumeric() || byte == b'_';
        if letter {
            let at = match self.matched {
                Some(at) => Some(at),
                None if self.inside_word => None,
                None => Some(0),
            };
            self.matched = at.filter(|at| WORD.get(*at) == Some(&byte)).map(|at| at + 1);
            self.inside_word = true;
            return;
        }
        self.found |= self.matched == Some(WORD.len());
        self.matched = None;
        self.inside_word = false;
        self.quoted = byte == b'"';
    }
}

impl fmt::Write for Search {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        text.bytes().for_each(|byte| self.take(byte));
        if self.found { Err(fmt::Error) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(text: &str) -> bool {
        let mut search = Search::default();
        let _ = search.write_str(text);
        let _ = search.write_str(" ");
        search.found
    }

    #[test]
    fn the_word_is_found_as_a_variant_only() {
        assert!(finds("Channel { kind: Unknown(99) }"));
        assert!(finds("Unknown"));
        assert!(!finds(r#"Message { content: "Unknown(5)" }"#));
        assert!(!finds(r#"Message { content: "say \"Unknown(5)\"" }"#));
        assert!(!finds("UnknownGuild(1), NotUnknown, Unknowns"));
        assert!(finds(r#"{ content: "a", kind: Unknown(3) }"#));
    }
}
