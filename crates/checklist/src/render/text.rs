//! For a terminal: one line a box, and more only where somebody has to act.

use std::fmt::Write as _;

use super::{remark, score};
use crate::{
    PARTS, Summary,
    item::{By, Item},
    results::{Results, State},
};

pub(super) fn text(results: &Results) -> String {
    let mut text = String::new();
    for part in PARTS {
        let done = part.items.iter().filter(|item| results.state(item).is_done()).count();
        let _ = writeln!(text, "{} ({done} of {})", part.title, part.items.len());
        for item in part.items {
            line(&mut text, item, results);
        }
        text.push('\n');
    }
    let _ = writeln!(text, "{}\n{}", Summary::of(results).sentence(), score(results));
    text
}

fn line(text: &mut String, item: &Item, results: &Results) {
    let state = results.state(item);
    let _ = writeln!(text, "  {} {}", mark(state), item.text);
    let by = match item.by {
        By::Check(name) if state == State::NotRun => format!("by check {name}, not run"),
        By::Check(name) => format!("by check {name}"),
        By::Test(path) => format!("by test {path}"),
        By::File(path) => format!("by file {path}"),
        By::Command(line) => format!("by command: {line}"),
        By::Yours { why, command } => format!("yours: {why}. Do it with: {command}"),
    };
    let _ = writeln!(text, "      {by}  ({})", item.id);
    if let Some(remark) = remark(item, results) {
        let _ = writeln!(text, "      {remark}");
    }
}

fn mark(state: State<'_>) -> &'static str {
    match state.word() {
        "warn" => "[!]",
        "error" => "[E]",
        "skipped" => "[-]",
        _ if state.is_done() => "[x]",
        _ => "[ ]",
    }
}
