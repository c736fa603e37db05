//! All games, one's own games, one game.

use domain::{ChannelId, Phase, RoleId, SeatState, Slot, Standing};
use engine::{GameInfo, GameSummary};
use twilight_model::channel::message::component::{ButtonStyle, Component};

use super::{
    Parts, line,
    part::{OPTIONS, Page, Tone, button, close, paragraphs, row, rule, sheet, text},
    pick::{page_of, select},
    servers::of_game,
};
use crate::{
    ids::{CustomId, GameAct, Purpose, ServerAct},
    text::{Words, args, fact, key, plain, problem},
};

/// Games on a page of a list. Ten of the longest possible lines fit a message.
const PER_PAGE: usize = 10;
/// Characters for the lines of a page.
const LINES_BUDGET: usize = 3500;
/// Game admins shown by name on a game's page.
const ADMINS_SHOWN: usize = 15;
/// Game servers shown on a game's page.
const SERVERS_SHOWN: usize = 4;
/// Problems shown on a game's page.
const PROBLEMS_SHOWN: usize = 4;

/// One page of all games, with a select to open one of them.
pub fn list(w: &Words, games: &[GameSummary], page: u16) -> Parts {
    let mut parts = vec![text(w.get("list-title"))];
    if games.is_empty() {
        parts.extend([text(w.get("list-empty")), row(vec![close(w)])]);
        return sheet(Tone::Plain, parts);
    }
    let page = Page::of_many(page, games.len(), PER_PAGE);
    let here: Vec<&GameSummary> = page.slice(games, PER_PAGE).iter().collect();
    parts.extend(paragraphs(here.iter().map(|it| line::for_players(w, it)), LINES_BUDGET).0);
    parts.push(select(
        w,
        &CustomId::Picked(Purpose::Info, page.at),
        &w.get("list-select"),
        here.get(..OPTIONS).unwrap_or(&here),
    ));
    if page.of > 1 {
        parts.push(text(page_of(w, page, games.len())));
    }
    let mut buttons = page.buttons(w, CustomId::List);
    buttons.push(close(w));
    parts.push(row(buttons));
    sheet(Tone::Plain, parts)
}

/// One page of the person's own games.
pub fn mine(w: &Words, games: &[(GameSummary, SeatState)], page: u16) -> Parts {
    let mut parts = vec![text(w.get("mine-title"))];
    if games.is_empty() {
        parts.push(text(w.get("mine-empty")));
        let join = CustomId::Pick(Purpose::Join, 0);
        parts.push(row(vec![button(ButtonStyle::Success, &join, &w.get("button-join")), close(w)]));
        return sheet(Tone::Plain, parts);
    }
    let page = Page::of_many(page, games.len(), PER_PAGE);
    let here = page.slice(games, PER_PAGE);
    let lines = here.iter().map(|(summary, state)| {
        let mut line = format!(
            "{} **{}** · {}",
            fact::phase_mark(w, summary.game.phase),
            fact::title(&summary.game),
            fact::seats(w, summary)
        );
        if *state == SeatState::Requested {
            line.push_str(" · ");
            line.push_str(&w.get("mine-waiting"));
        }
        line
    });
    parts.extend(paragraphs(lines, LINES_BUDGET).0);
    let summaries: Vec<&GameSummary> = here.iter().map(|(summary, _)| summary).collect();
    let id = CustomId::Picked(Purpose::Info, page.at);
    parts.push(select(w, &id, &w.get("list-select"), &summaries));
    if page.of > 1 {
        parts.push(text(page_of(w, page, games.len())));
    }
    let mut buttons = page.buttons(w, CustomId::MyGames);
    let leave = CustomId::Pick(Purpose::Leave, 0);
    buttons.push(button(ButtonStyle::Secondary, &leave, &w.get("button-leave")));
    buttons.push(close(w));
    parts.push(row(buttons));
    sheet(Tone::Plain, parts)
}

/// One game, with what the person can do about it.
pub fn info(w: &Words, info: &GameInfo) -> Parts {
    let game = &info.summary.game;
    let tone = game.colour.map_or(Tone::Plain, |colour| Tone::Own(colour.value()));
    let mut parts = vec![text(format!("## {}", fact::title(game)))];
    if !game.description.is_empty() {
        parts.push(text(plain::escape_text(game.description.as_str())));
    }
    parts.push(rule());
    parts.push(text(facts(w, info)));
    parts.extend(servers(w, &info.summary));
    if info.standing >= Standing::GameAdmin {
        parts.extend(problems(w, &info.summary));
    }
    let mut buttons = Vec::new();
    let act = |style, act, key| button(style, &CustomId::Game(act, game.id), &w.get(key));
    match info.own_seat {
        Some(SeatState::Seated | SeatState::Requested) => {
            buttons.push(act(ButtonStyle::Secondary, GameAct::Leave, key!("button-leave")));
        }
        _ if game.phase == Phase::Active => {
            buttons.push(act(ButtonStyle::Success, GameAct::Join, key!("button-join")));
        }
        _ => {}
    }
    if let [server] = info.summary.servers.as_slice() {
        let id = CustomId::Server(ServerAct::Show, server.id);
        buttons.push(button(ButtonStyle::Secondary, &id, &w.get("button-server")));
    }
    let members = CustomId::Members(game.id, 0);
    buttons.push(button(ButtonStyle::Secondary, &members, &w.get("button-members")));
    if info.standing >= Standing::GameAdmin && game.phase != Phase::Deleted {
        buttons.push(act(ButtonStyle::Primary, GameAct::Manage, key!("button-manage")));
    }
    buttons.push(close(w));
    parts.push(row(buttons));
    sheet(tone, parts)
}

/// The facts of a game, a line each.
pub(crate) fn facts(w: &Words, info: &GameInfo) -> String {
    let GameInfo { summary, bindings, admins, own_seat, .. } = info;
    let game = &summary.game;
    let mut lines = Vec::new();
    let mut fact = |key: &str, said: String| lines.push(w.with(key, &args!["text" => said]));

    let mut seats = vec![fact::seats(w, summary)];
    seats.extend(fact::requests(w, summary));
    match own_seat {
        Some(SeatState::Seated) => seats.push(w.get("seat-seated")),
        Some(SeatState::Requested) => seats.push(w.get("seat-requested")),
        Some(SeatState::Left) | None => {}
    }
    fact(key!("info-seats"), seats.join(" · "));
    fact(key!("info-admission"), fact::admission(w, game.admission));
    fact(key!("info-visibility"), fact::visibility(w, game.visibility));
    let channels = channels(bindings);
    let channels =
        if channels.is_empty() { fact::layout(w, &game.layout) } else { plain::list(w, &channels) };
    fact(key!("info-channels"), channels);
    let roles: Vec<String> = [Slot::PlayerRole, Slot::AdminRole]
        .iter()
        .filter_map(|slot| bindings.get(slot))
        .filter_map(|binding| RoleId::new_checked(binding.id))
        .map(plain::role)
        .collect();
    if !roles.is_empty() {
        fact(key!("info-roles"), plain::list(w, &roles));
    }
    let people: Vec<String> = admins.iter().copied().map(plain::person).collect();
    let people = if people.is_empty() {
        w.get("nobody")
    } else {
        plain::short_list(w, &people, ADMINS_SHOWN)
    };
    fact(key!("info-admins"), people);
    if let Some(colour) = game.colour {
        fact(key!("info-colour"), colour.to_string());
    }
    let mut phase = fact::phase(w, game.phase);
    if let Some(progress) = &summary.progress {
        phase = format!("{phase} · {}", fact::work(w, progress));
    }
    fact(key!("info-phase"), phase);
    lines.push(w.with(
        "info-made",
        &args![
            "person" => plain::person(game.created_by),
            "when" => plain::when(game.created_at),
            "id" => game.id.to_string()
        ],
    ));
    lines.join("\n")
}

/// A game's servers, if it has any, with where to connect.
fn servers(w: &Words, summary: &GameSummary) -> Option<Component> {
    let shown = summary.servers.iter().take(SERVERS_SHOWN);
    let lines: Vec<String> = shown.map(|it| of_game(w, it, true)).collect();
    let said = || format!("{}\n{}", w.get("info-servers"), lines.join("\n"));
    (!lines.is_empty()).then(|| text(plain::shorten(&said(), 1_200)))
}

/// A game's problems, if it has any.
pub(crate) fn problems(w: &Words, summary: &GameSummary) -> Option<Component> {
    let lines: Vec<String> = summary
        .problems
        .iter()
        .take(PROBLEMS_SHOWN)
        .map(|it| format!("{} {}", w.get("mark-problem"), problem::problem(w, it)))
        .collect();
    (!lines.is_empty()).then(|| text(plain::shorten(&lines.join("\n"), 1500)))
}

/// Links to a game's channels, in the order people see them.
pub(crate) fn channels(bindings: &domain::plan::Bindings) -> Vec<String> {
    bindings
        .iter()
        .filter(|(slot, _)| slot.is_leaf_channel())
        .filter_map(|(_, binding)| ChannelId::new_checked(binding.id))
        .map(plain::channel)
        .collect()
}
