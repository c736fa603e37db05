//! With boxes to tick, for an issue, a wiki or the repository.

use std::fmt::Write as _;

use super::{remark, score};
use crate::{
    PARTS, Summary,
    item::{By, Item},
    results::{Results, State},
};

pub(super) fn markdown(results: &Results) -> String {
    let mut text = String::from("# Deployment checklist\n\n");
    let _ = writeln!(text, "{} {}", Summary::of(results).sentence(), score(results));
    for part in PARTS {
        let _ = writeln!(text, "\n## {}\n", part.title);
        for item in part.items {
            let state = results.state(item);
            let tick = if state.is_done() { "x" } else { " " };
            let _ = writeln!(text, "- [{tick}] {} ({})", item.text, by(item, state));
            if let Some(remark) = remark(item, results) {
                let _ = writeln!(text, "  **{}**", tame(&remark));
            }
        }
    }
    text
}

/// The list as it is in every copy of this version, without the results of any machine.
pub fn document(head: &str) -> String {
    let mut text = String::from(head);
    let _ = writeln!(text, "\n{}", Summary::of(&Results::default()).sentence());
    for part in PARTS {
        let _ = writeln!(text, "\n## {}\n\n| box | id | answered by |\n|---|---|---|", part.title);
        for item in part.items {
            let by = by(item, State::Proven).replace('|', "\\|");
            let _ = writeln!(text, "| {} | `{}` | {by} |", item.text.replace('|', "\\|"), item.id);
        }
    }
    text
}

fn by(item: &Item, state: State<'_>) -> String {
    let run = if state == State::NotRun { ", not run" } else { "" };
    match item.by {
        By::Check(name) => format!("check `{name}`{run}"),
        By::Test(path) => format!("test `{path}`"),
        By::File(path) => format!("file `{path}`"),
        By::Command(line) => format!("command `{line}`"),
        By::Yours { why, command } => format!("*yours*: {why}; `{command}`"),
    }
}

/// A finding may quote a channel's name or a path; it is to stay plain words.
fn tame(text: &str) -> String {
    text.chars().filter(|c| !"*`<>[]|".contains(*c)).collect()
}
