//! For machines. Fields are only ever added.

use serde::Serialize;

use crate::{
    PARTS, Summary,
    item::{By, Item},
    results::{Results, State},
};

#[derive(Serialize)]
struct List<'a> {
    format: u32,
    summary: Summary,
    parts: Vec<PartOf<'a>>,
}

#[derive(Serialize)]
struct PartOf<'a> {
    key: &'a str,
    title: &'a str,
    boxes: Vec<BoxOf<'a>>,
}

/// A box as machines read it; also in sign-off records.
#[derive(Serialize)]
pub(crate) struct BoxOf<'a> {
    id: &'a str,
    text: &'a str,
    by: &'a str,
    name: &'a str,
    state: &'a str,
    done: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    finding: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cure: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    to_do: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    confirmed: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<&'a str>,
}

impl<'a> BoxOf<'a> {
    pub(crate) fn of(item: &'a Item, results: &'a Results) -> Self {
        let state = results.state(item);
        let found = if let State::Checked(found) = state { Some(found) } else { None };
        Self {
            id: item.id,
            text: item.text,
            by: item.by.kind(),
            name: item.by.name(),
            state: state.word(),
            done: state.is_done(),
            finding: found.map(|found| found.finding.as_str()),
            cure: found.and_then(|found| found.cure.as_deref()),
            to_do: results.to_do(item.by.name()),
            confirmed: results.remembered.get(item.id).map(String::as_str),
            why: if let By::Yours { why, .. } = item.by { Some(why) } else { None },
        }
    }
}

pub(super) fn json(results: &Results) -> String {
    let parts = PARTS.iter().map(|part| PartOf {
        key: part.key,
        title: part.title,
        boxes: part.items.iter().map(|item| BoxOf::of(item, results)).collect(),
    });
    let list = List { format: 1, summary: Summary::of(results), parts: parts.collect() };
    // Strings and numbers only: nothing in here can fail to be written.
    serde_json::to_string_pretty(&list).unwrap_or_default()
}
