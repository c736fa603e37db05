//! The optional TOML file: the same settings in tables, such as `discord.client_id`.

use std::path::{Path, PathBuf};

use toml::{Table, Value};

use crate::{SettingError, all};

/// Looked for in the working directory when nobody names a file.
const USUAL: &str = "gamekeeper.toml";

/// The file that was named, or the usual one where it is there.
pub(crate) fn find(named: Option<&str>, here: &Path) -> Option<PathBuf> {
    let usual = || Some(here.join(USUAL)).filter(|file| file.is_file());
    named.map(PathBuf::from).or_else(usual)
}

/// The file's values under the names of their variables.
pub(crate) fn read(file: &Path) -> Result<Vec<(String, String)>, SettingError> {
    let wrong = |what: String| {
        SettingError::new(
            "GAMEKEEPER_CONFIG",
            format!("({}) {what}", file.display()),
            "gamekeeper config template --toml prints one that can be read",
        )
    };
    let text = std::fs::read_to_string(file)
        .map_err(|problem| wrong(format!("cannot be read: {problem}")))?;
    // The parser's own message would quote the line, and with it perhaps a secret.
    let table: Table = toml::from_str(&text).map_err(|problem| {
        let at = problem.span().map_or(0, |span| span.start);
        let line = text.get(..at).map_or(1, |before| before.lines().count().max(1));
        wrong(format!("is not TOML: {} (line {line})", problem.message()))
    })?;
    let mut found = Vec::new();
    flatten("", &table, &mut found).map_err(wrong)?;
    Ok(found)
}

fn flatten(path: &str, table: &Table, found: &mut Vec<(String, String)>) -> Result<(), String> {
    for (key, value) in table {
        let key = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
        let text = match value {
            Value::Table(inner) => {
                flatten(&key, inner, found)?;
                continue;
            }
            Value::Array(items) => {
                let texts: Option<Vec<String>> = items.iter().map(plain).collect();
                texts.ok_or_else(|| format!("has more than a plain list at {key}"))?.join(",")
            }
            other => {
                plain(other).ok_or_else(|| format!("has a date at {key}; write it as text"))?
            }
        };
        found.push((variable(&key), text));
    }
    Ok(())
}

fn plain(value: &Value) -> Option<String> {
    Some(match value {
        Value::String(text) => text.clone(),
        Value::Integer(number) => number.to_string(),
        Value::Float(number) => number.to_string(),
        Value::Boolean(on) => on.to_string(),
        _ => return None,
    })
}

/// The variable that a key stands for. What is no key of ours becomes the name that it would have,
/// so that it is told like any other that is unknown.
fn variable(key: &str) -> String {
    let own = |suffix: &str| {
        let bare = key.strip_suffix(suffix)?;
        let found = all().find(|variable| variable.key == bare)?;
        Some(format!("{}{}", found.name, suffix.to_ascii_uppercase()))
    };
    if let Some(name) = own("").or_else(|| own("_file")) {
        return name;
    }
    let upper = key.replace(['.', '-'], "_").to_ascii_uppercase();
    if upper.starts_with("AMP_") { upper } else { format!("GAMEKEEPER_{upper}") }
}
