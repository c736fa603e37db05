//! `.env` files as the original read them.
//!
//! The rules are those of Node's dotenv, so that a file of the original works unchanged: values
//! without quotes may hold spaces (a cron line does), ` #` begins a comment, quotes of three kinds
//! may go over several lines. The usual Rust reader refuses such files.

use std::{
    collections::HashMap,
    io,
    path::{Path, PathBuf},
};

/// The nearest `.env`, from `from` upwards.
pub(super) fn find(from: &Path) -> Option<PathBuf> {
    from.ancestors().map(|dir| dir.join(".env")).find(|file| file.is_file())
}

/// Reads a file's variables. A name that stands twice has its last value.
pub(super) fn read(file: &Path) -> io::Result<HashMap<String, String>> {
    Ok(parse(&std::fs::read_to_string(file)?))
}

fn parse(text: &str) -> HashMap<String, String> {
    let mut found = HashMap::new();
    let mut rest = text.trim_start_matches('\u{feff}');
    while !rest.is_empty() {
        let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
        rest = after;
        let line = line.trim();
        let line = line.strip_prefix("export ").unwrap_or(line);
        let Some((name, value)) = line.split_once('=') else { continue };
        let (name, value) = (name.trim(), value.trim());
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
        if name.is_empty() || !name.chars().all(is_name) {
            continue;
        }
        let value = match value.chars().next() {
            Some(quote @ ('"' | '\'' | '`')) => {
                let (inner, left) = quoted(&value[1..], quote, rest);
                rest = left;
                if quote == '"' { inner.replace("\\n", "\n") } else { inner }
            }
            _ => value.split(" #").next().unwrap_or_default().trim().to_owned(),
        };
        found.insert(name.to_owned(), value);
    }
    found
}

/// What stands before the closing quote, which may be some lines further down, and what is left
/// to read. A quote that is never closed is part of the value.
fn quoted<'a>(first: &str, quote: char, rest: &'a str) -> (String, &'a str) {
    if let Some((inner, _)) = first.split_once(quote) {
        return (inner.to_owned(), rest);
    }
    match rest.find(quote) {
        Some(at) => {
            let left = &rest[at + quote.len_utf8()..];
            let left = left.split_once('\n').map_or("", |(_, next)| next);
            (format!("{first}\n{}", &rest[..at]), left)
        }
        None => (format!("{quote}{first}"), rest),
    }
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn a_file_of_the_original() {
        let found = parse(
            "# Discord\nDISCORD_TOKEN=\"abc#def\"\r\nexport DISCORD_CLIENT_ID=1 # the id\n\n\
             AMP_POLL_INTERVAL=*/5 * * * *\nEMPTY=\nQUOTED='a b' # comment\nnonsense\n\
             KEY=\"two\nlines\"\nLAST=`x`",
        );
        let value = |name: &str| found.get(name).map(String::as_str);
        assert_eq!(value("DISCORD_TOKEN"), Some("abc#def"));
        assert_eq!(value("DISCORD_CLIENT_ID"), Some("1"));
        assert_eq!(value("AMP_POLL_INTERVAL"), Some("*/5 * * * *"));
        assert_eq!(value("EMPTY"), Some(""));
        assert_eq!(value("QUOTED"), Some("a b"));
        assert_eq!(value("KEY"), Some("two\nlines"));
        assert_eq!(value("LAST"), Some("x"));
        assert_eq!(found.len(), 7);
    }

    #[test]
    fn an_open_quote_swallows_nothing() {
        let found = parse("A=\"open\nB=2");
        assert_eq!(found.get("A").map(String::as_str), Some("\"open"));
        assert_eq!(found.get("B").map(String::as_str), Some("2"));
    }
}
