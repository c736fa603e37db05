//! The list for people and machines.

mod json;
mod markdown;
mod text;

pub(crate) use json::BoxOf;
pub use markdown::document;

use std::fmt::Write as _;

use crate::{
    item::Item,
    results::{Results, State},
};

/// How it is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// For a terminal.
    #[default]
    Text,
    /// With boxes to tick.
    Markdown,
    /// For machines.
    Json,
}

/// The whole list with these results.
pub fn render(format: Format, results: &Results) -> String {
    match format {
        Format::Text => text::text(results),
        Format::Markdown => markdown::markdown(results),
        Format::Json => json::json(results),
    }
}

/// What a check said, where it said more than that all is well; or who confirmed it before.
fn remark(item: &Item, results: &Results) -> Option<String> {
    if let Some(who) = results.remembered.get(item.id) {
        return Some(format!("confirmed by {who}").replace(char::is_control, " "));
    }
    let state = results.state(item);
    let State::Checked(found) = state else { return None };
    let word = state.word();
    if word == "ok" {
        return None;
    }
    if let Some(what) = results.to_do(item.by.name()) {
        return Some(format!("to do: {what} ({})", found.finding).replace(char::is_control, " "));
    }
    let cure = found.cure.as_deref().map(|cure| format!(" → {cure}")).unwrap_or_default();
    // A finding may quote what somebody else has written.
    Some(format!("{word}: {}{cure}", found.finding).replace(char::is_control, " "))
}

/// How many are ticked, in a sentence.
fn score(results: &Results) -> String {
    let sum = crate::Summary::of(results);
    let (warned, wrong) = (sum.warnings, sum.errors);
    let mut said = format!("{} of {} are ticked", sum.done, sum.boxes);
    if results.checks.is_empty() {
        said.push_str("; no check was run");
    } else {
        let _ = write!(said, "; {wrong} with an error, {warned} with a warning");
    }
    said.push('.');
    said
}
