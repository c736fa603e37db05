//! The audit: a page with filters, and the lines of the log channel.

use domain::audit::AuditKind;
use engine::view::AuditRow;
use twilight_model::channel::message::component::ButtonStyle;

use super::{
    Parts,
    part::{TEXT_ONE, Tone, button, choose, close, option, paragraphs, people, row, sheet, text},
};
use crate::{
    ids::{AuditPart, AuditQuery, CustomId, value},
    text::{Words, args, audit, fact, plain},
};

/// Entries a page asks for. The longest lines are about 700 characters, the usual ones 100; what
/// does not fit is on the next page.
pub const PER_PAGE: u64 = 20;

/// Characters for the entries of a page.
const LINES_BUDGET: usize = 3400;

/// The id of a button that shows the newest entries of the whole guild.
pub(crate) fn newest() -> CustomId {
    CustomId::Audit(AuditPart::Newest, AuditQuery::default())
}

/// One page, newest first. `more` says whether there are older entries than `rows`.
pub fn page(w: &Words, query: &AuditQuery, rows: &[AuditRow], more: bool) -> Parts {
    let mut head = w.get("audit-title");
    if let Some(filter) = filter(w, query, rows) {
        head.push('\n');
        head.push_str(&w.with("audit-filter", &args!["text" => filter]));
    }
    let mut parts = vec![text(head)];
    let (blocks, shown) = paragraphs(rows.iter().map(|row| audit::line(w, row)), LINES_BUDGET);
    if rows.is_empty() {
        parts.push(text(w.get("audit-empty")));
    }
    parts.extend(blocks);
    // The other filters stay when one is chosen; where the page starts does not.
    let fresh = AuditQuery { before: None, ..query.clone() };
    let kinds =
        std::iter::once(option(value::ANY, &w.get("audit-any"), None, query.kind.is_none()))
            .chain(AuditKind::ALL.into_iter().map(|kind| {
                option(kind.as_str(), &audit::kind(w, kind), None, query.kind == Some(kind))
            }))
            .collect();
    let id = CustomId::Audit(AuditPart::Kind, fresh.clone());
    parts.push(choose(&id, &w.get("audit-kind-placeholder"), (1, 1), kinds));
    let id = CustomId::Audit(AuditPart::Person, fresh.clone());
    let person: Vec<_> = query.person.into_iter().collect();
    parts.push(people(&id, &w.get("audit-person-placeholder"), (0, 1), &person));
    let mut buttons = Vec::new();
    let last = shown.checked_sub(1).and_then(|at| rows.get(at));
    if let Some(last) = last.filter(|_| more || shown < rows.len()) {
        let older = AuditQuery { before: Some(last.id), ..query.clone() };
        let id = CustomId::Audit(AuditPart::Show, older);
        buttons.push(button(ButtonStyle::Secondary, &id, &w.get("button-next")));
    }
    let id = CustomId::Audit(AuditPart::Newest, fresh);
    buttons.push(button(ButtonStyle::Secondary, &id, &w.get("button-newest")));
    if query.person.is_some() || query.kind.is_some() {
        // A game's page stays with its game: its admins may not read anything else.
        let bare = AuditQuery { game: query.game, ..AuditQuery::default() };
        let id = CustomId::Audit(AuditPart::Clear, bare);
        buttons.push(button(ButtonStyle::Secondary, &id, &w.get("button-clear-filter")));
    }
    buttons.push(close(w));
    parts.push(row(buttons));
    sheet(Tone::Plain, parts)
}

/// In the log channel: so many lines are too old to be posted any more.
pub fn missed(w: &Words, lines: u64) -> Parts {
    vec![text(w.with("log-missed", &args!["n" => lines]))]
}

fn filter(w: &Words, query: &AuditQuery, rows: &[AuditRow]) -> Option<String> {
    let mut parts = Vec::new();
    if let Some(id) = query.game {
        let name = rows
            .iter()
            .find_map(|row| row.game.as_ref().filter(|(game, _)| *game == id))
            .map_or_else(|| format!("#{id}"), |(_, name)| fact::named(None, name));
        parts.push(w.with("audit-filter-game", &args!["name" => name]));
    }
    if let Some(person) = query.person {
        let args = args!["person" => plain::person(person)];
        parts.push(w.with("audit-filter-person", &args));
    }
    parts.extend(query.kind.map(|kind| audit::kind(w, kind)));
    (!parts.is_empty()).then(|| plain::list(w, &parts))
}

/// Entries for the log channel, oldest first as given: messages in order, each with the number of
/// entries in it.
pub fn log(w: &Words, rows: &[AuditRow]) -> Vec<(Parts, usize)> {
    let mut messages = Vec::new();
    let mut rest = rows;
    while !rest.is_empty() {
        let (blocks, shown) = paragraphs(rest.iter().map(|row| audit::line(w, row)), TEXT_ONE);
        // A line is far shorter than the budget, so one always fits; if not, skip it rather than
        // never end.
        let shown = shown.clamp(1, rest.len());
        // Plain text without a frame: these are lines, and there will be many.
        messages.push((blocks, shown));
        rest = rest.get(shown..).unwrap_or_default();
    }
    messages.retain(|(blocks, _)| !blocks.is_empty());
    messages
}

/// What the choices of `/audit action:` are called: value and text key.
pub(crate) fn kind_choices() -> impl Iterator<Item = (&'static str, &'static str)> {
    AuditKind::ALL.into_iter().map(|kind| (kind.as_str(), audit::kind_key(kind)))
}

const _: () = assert!(AuditKind::ALL.len() < 25, "with “everything”, the select is full");
