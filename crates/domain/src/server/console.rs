//! What somebody types into a server's console.

use std::fmt;

/// Most characters of a line. Games cut or refuse longer ones, each in its own way.
pub const MAX_CONSOLE_CHARS: usize = 500;

/// One line for a console: something to read, and no way to make it two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsoleInput(String);

/// Why a text is no line for a console.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConsoleInputError {
    /// There is nothing in it.
    #[error("the line is empty")]
    Empty,
    /// A line break or another control character.
    #[error("a console takes one line at a time")]
    Control,
    /// Longer than a console takes.
    #[error("the line has {0} characters, and at most {MAX_CONSOLE_CHARS} are possible")]
    TooLong(usize),
}

impl ConsoleInput {
    /// Takes a line as typed, without the blanks around it.
    pub fn parse(typed: &str) -> Result<Self, ConsoleInputError> {
        let line = typed.trim();
        let chars = line.chars().count();
        if chars == 0 {
            return Err(ConsoleInputError::Empty);
        }
        if chars > MAX_CONSOLE_CHARS {
            return Err(ConsoleInputError::TooLong(chars));
        }
        // U+2028 and U+2029 end a line too, for some.
        if line.chars().any(|c| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')) {
            return Err(ConsoleInputError::Control);
        }
        Ok(Self(line.to_owned()))
    }

    /// The line.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ConsoleInput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_and_no_more() {
        let line = |text: &str| ConsoleInput::parse(text).map(|line| line.to_string());
        assert_eq!(line(" say hello; world "), Ok("say hello; world".to_owned()));
        assert_eq!(line("  "), Err(ConsoleInputError::Empty));
        for text in ["say a\nop me", "say a\rop me", "say \u{1b}[2J", "a\u{2028}b"] {
            assert_eq!(line(text), Err(ConsoleInputError::Control), "{text:?}");
        }
        assert!(line(&"ä".repeat(500)).is_ok());
        assert_eq!(line(&"ä".repeat(501)), Err(ConsoleInputError::TooLong(501)));
    }
}
