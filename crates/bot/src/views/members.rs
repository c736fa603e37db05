//! Who is in a game, who waits, and deciding about them.

use domain::SeatState;
use engine::{GameSummary, MemberRow};
use twilight_model::channel::message::component::{ButtonStyle, Component};

use super::{
    Parts,
    part::{Page, Tone, button, close, paragraphs, people, row, sheet, text},
};
use crate::{
    ids::{CustomId, GameAct, SeatAct},
    text::{Words, args, fact, plain},
};

/// Requests on a page with buttons: four components each.
const REQUESTS: usize = 6;
/// People on a page without.
const PEOPLE: usize = 25;

/// One page of a game's members. With `may_manage`, requests come first, each with its buttons,
/// and a select takes somebody out. Who asked to join is nobody else's business.
pub fn page(
    w: &Words,
    summary: &GameSummary,
    rows: &[MemberRow],
    page: u16,
    may_manage: bool,
) -> Parts {
    let game = &summary.game;
    let title = w.with("members-title", &args!["title" => fact::title(game)]);
    let mut parts = vec![text(title)];
    let (waiting, seated): (Vec<&MemberRow>, Vec<&MemberRow>) = rows
        .iter()
        .filter(|it| match it.state {
            SeatState::Seated => true,
            SeatState::Requested => may_manage,
            SeatState::Left => false,
        })
        .partition(|it| it.state == SeatState::Requested);
    // Pages of requests come before pages of people who are in.
    let request_pages = waiting.len().div_ceil(REQUESTS);
    let seated_pages = seated.len().div_ceil(PEOPLE);
    let page = Page::of_many(page, request_pages + seated_pages, 1);
    if waiting.is_empty() && seated.is_empty() {
        parts.push(text(w.get("members-empty")));
    } else if usize::from(page.at) < request_pages {
        let here = page.slice(&waiting, REQUESTS);
        parts.push(text(w.get("members-requests")));
        parts.extend(here.iter().flat_map(|it| request(w, game.id, it)));
    } else {
        let at = usize::from(page.at) - request_pages;
        let here = seated.chunks(PEOPLE).nth(at).unwrap_or_default();
        parts.push(text(w.get("members-seated")));
        parts.extend(paragraphs(here.iter().map(|it| line(w, it)), 3000).0);
        if may_manage {
            let id = CustomId::Game(GameAct::RemovePick, game.id);
            parts.push(people(&id, &w.get("members-remove"), (1, 1), &[]));
        }
    }
    if page.of > 1 {
        let args = args![
            "page" => u32::from(page.at) + 1,
            "pages" => page.of,
            "n" => waiting.len() + seated.len()
        ];
        parts.push(text(w.with("members-page", &args)));
    }
    let mut buttons = page.buttons(w, |to| CustomId::Members(game.id, to));
    let info = CustomId::Game(GameAct::Info, game.id);
    buttons.push(button(ButtonStyle::Secondary, &info, &w.get("button-info")));
    buttons.push(close(w));
    parts.push(row(buttons));
    sheet(Tone::Plain, parts)
}

fn request(w: &Words, game: domain::GameId, member: &MemberRow) -> [Component; 2] {
    let act =
        |style, act, label: String| button(style, &CustomId::Seat(act, game, member.user), &label);
    [
        text(line(w, member)),
        row(vec![
            act(ButtonStyle::Success, SeatAct::Approve, w.get("button-approve")),
            act(ButtonStyle::Secondary, SeatAct::Decline, w.get("button-decline")),
        ]),
    ]
}

fn line(w: &Words, member: &MemberRow) -> String {
    let args = args!["person" => plain::person(member.user), "when" => plain::when(member.since)];
    if member.state == SeatState::Requested {
        w.with("members-request", &args)
    } else if !member.present {
        w.with("members-away", &args)
    } else if member.is_admin {
        w.with("members-admin", &args)
    } else {
        w.with("members-line", &args)
    }
}
