//! Files: read whole, in TOML, with the line of whatever is wrong.

use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use toml::de::{DeTable, DeValue};

use super::flaw::{Flaw, Step};

/// Largest file that is read.
pub const MAX_FILE: usize = 4 * 1024 * 1024;

/// Why a text was not accepted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {what}")]
pub struct TextError {
    /// Counted from 1.
    pub line: usize,
    /// What was found there, and what was expected.
    pub what: String,
}

/// Why a file was not accepted.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// It cannot be read.
    #[error("{}: {problem}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        problem: std::io::Error,
    },
    /// What it says cannot be.
    #[error("{}, {problem}", path.display())]
    Wrong {
        /// The file.
        path: PathBuf,
        /// Where and why.
        problem: TextError,
    },
}

/// Reads a file and what it means.
pub(super) fn read<T>(
    path: &Path,
    parse: impl FnOnce(&str) -> Result<T, TextError>,
) -> Result<T, FileError> {
    let unreadable = |problem| FileError::Unreadable { path: path.to_owned(), problem };
    let text = bounded(path).map_err(unreadable)?;
    parse(&text).map_err(|problem| FileError::Wrong { path: path.to_owned(), problem })
}

/// Never more than the bound, whatever the file's size claims to be.
fn bounded(path: &Path) -> std::io::Result<String> {
    use std::io::{Error, ErrorKind, Read as _};
    let mut text = String::new();
    let limit = u64::try_from(MAX_FILE).unwrap_or(u64::MAX) + 1;
    std::fs::File::open(path)?.take(limit).read_to_string(&mut text)?;
    if text.len() > MAX_FILE {
        return Err(Error::new(ErrorKind::FileTooLarge, "is larger than 4 MiB"));
    }
    Ok(text)
}

/// Reads what the text says, then holds it to `check`.
pub(super) fn parse<T: DeserializeOwned>(
    text: &str,
    check: impl FnOnce(&T) -> Result<(), Flaw>,
) -> Result<T, TextError> {
    let read: T = toml::from_str(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        TextError { line: line_at(text, at), what: error.message().to_owned() }
    })?;
    check(&read)
        .map_err(|flaw| TextError { line: line_of(text, &flaw), what: flaw.to_string() })?;
    Ok(read)
}

fn line_at(text: &str, offset: usize) -> usize {
    let before = text.as_bytes().iter().take(offset);
    before.filter(|byte| **byte == b'\n').count() + 1
}

/// The line of the innermost part of the path that is written in the text.
fn line_of(text: &str, flaw: &Flaw) -> usize {
    let Ok(document) = DeTable::parse(text) else { return 1 };
    let mut at = 0;
    let mut table = Some(document.get_ref());
    let mut value: Option<&DeValue<'_>> = None;
    for step in &flaw.path {
        let found = match step {
            Step::Key(key) => table.and_then(|table| table.get(*key)),
            Step::Index(index) => {
                value.and_then(DeValue::as_array).and_then(|list| list.get(*index))
            }
        };
        let Some(found) = found else { break };
        at = found.span().start;
        value = Some(found.get_ref());
        table = found.get_ref().as_table();
    }
    line_at(text, at)
}
