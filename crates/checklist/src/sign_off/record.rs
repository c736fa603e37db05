//! The record itself, as JSON and Markdown.

use std::fmt::Write as _;

use serde::Serialize;

use super::{Facts, open_yours, with};
use crate::{
    Format, Summary, items, render,
    render::BoxOf,
    results::{Results, Severity},
};

/// A dated record, ready to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// For machines.
    pub json: String,
    /// For people.
    pub markdown: String,
    /// Ids of what is yours and was not confirmed.
    pub not_confirmed: Vec<&'static str>,
    /// Checks with errors that were signed over.
    pub forced_over: Vec<String>,
}

#[derive(Serialize)]
struct Written<'a> {
    format: u32,
    #[serde(flatten)]
    facts: &'a Facts,
    forced_over: &'a [String],
    left_out: &'a std::collections::BTreeMap<String, String>,
    not_confirmed: &'a [&'static str],
    summary: Summary,
    checks: &'a std::collections::BTreeMap<String, crate::Finding>,
    boxes: Vec<BoxOf<'a>>,
}

impl Record {
    pub(super) fn new(facts: &Facts, results: &Results, forced_over: Vec<String>) -> Self {
        let results = &confirmed(facts, results);
        let not_confirmed: Vec<&'static str> = open_yours(results).map(|item| item.id).collect();
        let written = Written {
            format: 1,
            facts,
            forced_over: &forced_over,
            left_out: &results.skips,
            not_confirmed: &not_confirmed,
            summary: Summary::of(results),
            checks: &results.checks,
            boxes: items().map(|item| BoxOf::of(item, results)).collect(),
        };
        // Strings and numbers only: nothing in here can fail to be written.
        let json = serde_json::to_string_pretty(&written).unwrap_or_default();
        let markdown = markdown(facts, results, &forced_over, &not_confirmed);
        Self { json, markdown, not_confirmed, forced_over }
    }
}

/// What is confirmed now is so by whoever signs.
fn confirmed(facts: &Facts, results: &Results) -> Results {
    let mut results = results.clone();
    let signed = format!("{}, {}", facts.name.trim(), facts.date);
    let now = std::mem::take(&mut results.done).into_iter().map(|id| (id, signed.clone()));
    results.remembered.extend(now);
    results
}

fn markdown(facts: &Facts, results: &Results, forced: &[String], open: &[&str]) -> String {
    let mut text = format!("# Sign-off\n\n{} signed on {}.\n\n", facts.name.trim(), facts.date);
    let _ = writeln!(text, "- version {}\n- database {}", facts.version, facts.schema);
    for (what, count) in &facts.counts {
        let _ = writeln!(text, "- {what}: {count}");
    }
    if !forced.is_empty() {
        let _ = writeln!(text, "\n**Signed in spite of errors: {}.**", forced.join(", "));
    }
    listed(&mut text, "Errors", &with(results, Severity::Error));
    listed(&mut text, "Warnings", &with(results, Severity::Warn));
    let left_out: Vec<(String, String)> =
        results.skips.iter().map(|(name, why)| (name.clone(), why.clone())).collect();
    listed(&mut text, "Checks left out by whoever signed, and why", &left_out);
    let mut skipped = with(results, Severity::Skipped);
    skipped.retain(|(name, _)| !results.skips.contains_key(name));
    listed(&mut text, "Checks that could not look", &skipped);
    let open: Vec<(String, String)> = open
        .iter()
        .filter_map(|id| crate::item(id))
        .map(|item| (item.id.to_owned(), item.text.to_owned()))
        .collect();
    listed(&mut text, "Not confirmed", &open);
    text.push_str("\n## Checksums (SHA-256)\n\n");
    for sum in &facts.checksums {
        let hex = sum.sha256.as_deref().unwrap_or("could not be read");
        let _ = writeln!(text, "- `{}`: {hex}", sum.file);
    }
    let list = render(Format::Markdown, results);
    // One heading less deep than on its own.
    for line in list.lines() {
        let deeper = if line.starts_with('#') { "#" } else { "" };
        let _ = write!(text, "\n{deeper}{line}");
    }
    text.push('\n');
    text
}

fn listed(text: &mut String, heading: &str, lines: &[(String, String)]) {
    if lines.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n## {heading}\n");
    for (name, what) in lines {
        let _ = writeln!(text, "- `{name}`: {}", what.replace(char::is_control, " "));
    }
}
