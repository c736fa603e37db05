//! The table on paper: templates to fill in, what holds now, and a page of documentation.

use std::fmt::Write as _;

use crate::{Settings, Variable, all, find, sections};

/// Letters in a line of comments.
const WIDTH: usize = 98;
/// Instead of what nobody may read.
const MASK: &str = "••••••••";

/// A commented `.env` to fill in.
pub fn dotenv() -> String {
    let mut text = String::from(
        "# Gamekeeper's settings. Copy to .env (mode 600) and fill in the first two.\n\
         # Names of the original bot keep working unchanged. Empty counts as unset. What is secret can\n\
         # also stand in a file of its own: DISCORD_TOKEN_FILE=/path and the like.\n",
    );
    for section in sections().iter().filter(|section| !section.variables.is_empty()) {
        let _ = write!(text, "\n## {}\n", section.title);
        for variable in section.variables {
            text.push('\n');
            wrap(&mut text, variable.about);
            let value = variable.default.or(variable.example).unwrap_or_default();
            let _ = if variable.needed {
                writeln!(text, "{}=", variable.name)
            } else {
                writeln!(text, "#{}={value}", variable.name)
            };
        }
    }
    text
}

/// The same as TOML.
pub fn toml() -> String {
    let mut text = String::from(
        "# Gamekeeper's settings, weaker than the environment and .env. Secrets are better kept in files\n\
         # of their own: token_file = \"/path\" and the like.\n",
    );
    for section in sections() {
        let mut open = "";
        for variable in section.variables {
            let (table, key) = variable.key.rsplit_once('.').unwrap_or(("", variable.key));
            // What says where this file is cannot stand in it.
            if table.is_empty() {
                continue;
            }
            if open != table {
                let _ = write!(text, "\n[{table}]\n");
                open = table;
            }
            text.push('\n');
            wrap(&mut text, variable.about);
            let value = variable.default.or(variable.example).unwrap_or_default();
            let mark = if variable.needed { "" } else { "#" };
            let _ = writeln!(text, "{mark}{key} = \"{value}\"");
        }
    }
    text
}

/// A page of documentation.
pub fn markdown() -> String {
    let mut text = String::from(
        "# Settings\n\n    gamekeeper config show\n\nprints what holds now and where it comes from. \
         Strongest first: `--set` on the command line, the environment, `.env`, a TOML file. A setting \
         marked *secret* can also stand in a file that its name with `_FILE` names, or be a systemd \
         credential of its name. One marked *reload* is taken on SIGHUP; all others at the start \
         only.\n\nThis page is made from the program's own table: `gamekeeper config template \
         --markdown`.\n",
    );
    for section in sections().iter().filter(|section| !section.variables.is_empty()) {
        let _ = write!(text, "\n## {}\n", section.title);
        text.push_str("\n| variable | in TOML | what | unset |\n|---|---|---|---|\n");
        for variable in section.variables {
            let about = variable.about.replace('|', "\\|");
            let marks = marks(variable);
            let default = variable.default.map(|text| format!("`{text}`")).unwrap_or_default();
            let _ = writeln!(
                text,
                "| `{}` | `{}` | {about}{marks} | {default} |",
                variable.name, variable.key
            );
        }
    }
    text
}

fn marks(variable: &Variable) -> String {
    let marks =
        [("needed", variable.needed), ("secret", variable.secret), ("reload", variable.reload)];
    let marks: Vec<&str> = marks.iter().filter(|(_, on)| *on).map(|(mark, _)| *mark).collect();
    if marks.is_empty() { String::new() } else { format!(" *{}*", marks.join(", ")) }
}

/// One setting as it holds now.
#[derive(Debug, PartialEq, Eq)]
pub struct Effective {
    /// The variable.
    pub name: String,
    /// Its value, or a mask; none where it is unset and has no default.
    pub value: Option<String>,
    /// Where it comes from; `default`, or empty.
    pub origin: String,
    /// Whether the value is a mask.
    pub masked: bool,
}

/// All settings as they hold now, in the order of the table; then those of further panels.
pub fn effective(settings: &Settings) -> Vec<Effective> {
    let fixed = all().map(|variable| (variable.name, variable.default));
    let more = settings.names().filter(|name| all().all(|variable| variable.name != *name));
    fixed
        .chain(more.map(|name| (name, None)))
        .map(|(name, default)| {
            let masked =
                find(name).is_some_and(|found| found.secret) && settings.get(name).is_some();
            let value = settings.get(name).or(default);
            let value = value.map(|text| if masked { MASK.to_owned() } else { text.to_owned() });
            let unset = if default.is_some() { "default" } else { "" };
            let origin =
                settings.origin(name).map_or_else(|| unset.to_owned(), ToString::to_string);
            Effective { name: name.to_owned(), value, origin, masked }
        })
        .collect()
}

/// The same as a table for people.
pub fn show(settings: &Settings) -> String {
    let rows = effective(settings);
    let width = rows.iter().map(|row| row.name.len()).max().unwrap_or_default();
    rows.iter().fold(String::new(), |mut text, row| {
        let value = row.value.as_deref().unwrap_or("(unset)");
        let origin =
            if row.origin.is_empty() { String::new() } else { format!("   [{}]", row.origin) };
        let _ = writeln!(text, "{:width$}  {value}{origin}", row.name);
        text
    })
}

fn wrap(text: &mut String, about: &str) {
    let mut line = String::from("#");
    for word in about.split_whitespace() {
        if line.len() + word.len() >= WIDTH && line.len() > 1 {
            let _ = writeln!(text, "{line}");
            line = String::from("#");
        }
        let _ = write!(line, " {word}");
    }
    let _ = writeln!(text, "{line}");
}
