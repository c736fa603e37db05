//! Game servers: all of them, one of them, and what became of what was asked.

use domain::server::{ServerAction, ServerState};
use engine::{ServerOutcome, ServerView};
use store::ServerRecord;
use twilight_model::channel::message::component::{ButtonStyle, Component};

use super::{
    Parts,
    part::{Tone, button, close, paragraphs, row, sheet, text},
};
use crate::{
    ids::{CustomId, ServerAct},
    text::{Words, args, key, plain, server},
};

/// Characters for the lines of the list.
const LINES_BUDGET: usize = 3_500;
/// Names of players shown.
const NAMES_SHOWN: usize = 20;

/// All servers that the person may see.
pub fn list(w: &Words, views: &[ServerView]) -> Parts {
    let mut parts = vec![text(w.get("server-list-title"))];
    if views.is_empty() {
        parts.push(text(w.get("server-list-empty")));
    }
    let (lines, shown) = paragraphs(views.iter().map(|view| line(w, view)), LINES_BUDGET);
    parts.extend(lines);
    if shown < views.len() {
        parts.push(text(w.with("server-list-more", &args!["n" => views.len() - shown])));
    }
    parts.push(row(vec![close(w)]));
    sheet(Tone::Plain, parts)
}

fn line(w: &Words, view: &ServerView) -> String {
    let record = &view.record;
    let state = record.watch.state;
    let mut facts = vec![
        format!("{} **{}**", server::mark(state), plain::escape(record.found.name.as_str())),
        server::state(w, state),
    ];
    if state == ServerState::Online {
        facts.extend(players(w, record));
    }
    facts.extend(view.game.as_deref().map(plain::escape));
    facts.join(" · ")
}

/// A server under its game: what it does, who plays, and where to connect.
pub(super) fn of_game(w: &Words, record: &ServerRecord, full: bool) -> String {
    let state = record.watch.state;
    let name = plain::escape(record.found.name.as_str());
    let name = if full { format!("**{name}**") } else { name };
    let mut facts = vec![format!("{} {name}", server::mark(state)), server::state(w, state)];
    if state == ServerState::Online {
        facts.extend(players(w, record));
    }
    if full {
        let told = record.reading.as_ref().filter(|_| state.is_up());
        let of = |what: Option<&String>| what.map(|what| plain::escape(what));
        facts.extend(of(told.and_then(|reading| reading.map.as_ref())));
        facts.extend(of(told.and_then(|reading| reading.version.as_ref())));
        facts.extend(address(record).filter(|_| state.is_up()));
    }
    facts.join(" · ")
}

/// In a code span it is copied with one tap.
fn address(record: &ServerRecord) -> Option<String> {
    Some(format!("`{}`", record.found.address.as_ref()?.replace('`', "")))
}

/// A suggestion while a name is typed: plain text, no marks of Markdown. Where names do not tell
/// servers apart, numbers do.
pub fn suggestion(w: &Words, view: &ServerView, numbered: bool) -> String {
    let (record, state) = (&view.record, server::state(w, view.record.watch.state));
    if numbered {
        return format!("{} #{} · {state}", record.found.name, record.id);
    }
    format!("{} · {state}", record.found.name)
}

fn players(w: &Words, record: &ServerRecord) -> Option<String> {
    let players = &record.reading.as_ref()?.players;
    Some(match players.max {
        Some(max) => w.with("server-players-of", &args!["n" => players.online, "max" => max]),
        None => w.with("server-players", &args!["n" => players.online]),
    })
}

/// One server, with what the person can do about it.
pub fn page(w: &Words, view: &ServerView) -> Parts {
    let mut parts = vec![text(facts(w, view, true))];
    parts.extend(rows(w, view));
    sheet(tone(view.record.watch.state), parts)
}

/// While it goes on.
pub fn working(w: &Words, action: ServerAction) -> Parts {
    let what = server::action(w, action);
    sheet(Tone::Attention, vec![text(w.with("server-working", &args!["what" => what]))])
}

/// What became of what was asked for.
pub fn outcome(
    w: &Words,
    view: &ServerView,
    action: ServerAction,
    outcome: ServerOutcome,
) -> Parts {
    let what = server::action(w, action);
    let (tone, key) = match outcome {
        ServerOutcome::Done => (Tone::Good, key!("server-done")),
        ServerOutcome::Failed => (Tone::Danger, key!("server-failed")),
        ServerOutcome::UnderWay => (Tone::Attention, key!("server-under-way")),
    };
    let said = w.with(key, &args!["what" => what]);
    let mut parts = vec![text(format!("{said}\n{}", facts(w, view, true)))];
    parts.extend(rows(w, view));
    sheet(tone, parts)
}

/// A backup has begun.
pub fn backup(w: &Words, view: &ServerView) -> Parts {
    let name = plain::escape(view.record.found.name.as_str());
    sheet(Tone::Good, vec![text(w.with("server-backup", &args!["name" => name]))])
}

/// Asks first.
pub fn confirm(w: &Words, view: &ServerView, action: ServerAction) -> Parts {
    let name = plain::escape(view.record.found.name.as_str());
    let what = server::action(w, action);
    let playing = view.record.reading.as_ref().map_or(0, |reading| reading.players.online);
    let mut said = w.with("server-confirm", &args!["name" => name, "what" => what]);
    if playing > 0 && view.record.watch.state.is_up() {
        said = format!("{said}\n{}", w.with("server-confirm-players", &args!["n" => playing]));
    }
    let act = match action {
        ServerAction::Restart => ServerAct::Restart,
        ServerAction::Kill => ServerAct::Kill,
        ServerAction::Update => ServerAct::Update,
        _ => ServerAct::Stop,
    };
    let yes = CustomId::Server(act, view.record.id);
    let yes = button(ButtonStyle::Danger, &yes, &w.get("button-server-yes"));
    let no = button(ButtonStyle::Secondary, &CustomId::Close, &w.get("button-cancel"));
    sheet(Tone::Attention, vec![text(said), row(vec![yes, no])])
}

/// Tied to a game, or to none any more.
pub fn tied(w: &Words, view: &ServerView) -> Parts {
    let name = plain::escape(view.record.found.name.as_str());
    let said = match &view.game {
        Some(game) => w.with("server-tied", &args!["name" => name, "game" => plain::escape(game)]),
        None => w.with("server-untied", &args!["name" => name]),
    };
    sheet(Tone::Good, vec![text(said)])
}

/// What is known of a server, a line each. `aged` says whether to tell how old that is, which
/// changes with every look.
pub(super) fn facts(w: &Words, view: &ServerView, aged: bool) -> String {
    let record = &view.record;
    let watch = &record.watch;
    let name = plain::escape(record.found.name.as_str());
    let mut lines = vec![format!("## {} {name}", server::mark(watch.state))];
    let state = server::state(w, watch.state);
    lines.push(if watch.since > 0 {
        let since = plain::when(watch.since);
        w.with("server-state-since", &args!["state" => state, "since" => since])
    } else {
        format!("**{state}**")
    });
    if watch.state.is_up() {
        lines.extend(players(w, record));
        let names = record.reading.iter().flat_map(|reading| &reading.players.names);
        let names: Vec<String> = names.take(NAMES_SHOWN).map(|name| plain::escape(name)).collect();
        if !names.is_empty() {
            lines.push(format!("-# {}", names.join(", ")));
        }
        let told = record.reading.as_ref();
        let map = told.and_then(|reading| reading.map.as_deref());
        let version = told.and_then(|reading| reading.version.as_deref());
        if let Some(map) = map {
            lines.push(w.with("server-map", &args!["map" => plain::escape(map)]));
        }
        if let Some(version) = version {
            lines.push(w.with("server-version", &args!["version" => plain::escape(version)]));
        }
        if let Some(address) = address(record) {
            lines.push(w.with("server-address", &args!["address" => address]));
        }
    }
    if let Some(game) = &view.game {
        lines.push(w.with("server-game", &args!["game" => plain::escape(game)]));
    }
    if let Some(fresh) = watch.fresh.filter(|_| aged || watch.state == ServerState::Unknown) {
        lines.push(w.with("server-fresh", &args!["when" => plain::when(fresh)]));
    }
    lines.join("\n")
}

/// What can be done about it, and what else there is to see.
pub(super) fn rows(w: &Words, view: &ServerView) -> Vec<Component> {
    let id = |act| CustomId::Server(act, view.record.id);
    let look = |act, key| button(ButtonStyle::Secondary, &id(act), &w.get(key));
    let looks = vec![
        look(ServerAct::Show, key!("button-refresh")),
        look(ServerAct::HistoryDay, key!("button-server-history")),
        close(w),
    ];
    [controls(w, view), looks, more(w, view)]
        .into_iter()
        .filter(|row| !row.is_empty())
        .map(row)
        .collect()
}

/// What is wanted less often.
fn more(w: &Words, view: &ServerView) -> Vec<Component> {
    let offer = |action, act, key| {
        let id = CustomId::Server(act, view.record.id);
        view.may.has(action).then(|| button(ButtonStyle::Secondary, &id, &w.get(key)))
    };
    let buttons = [
        offer(ServerAction::Console, ServerAct::Console, key!("button-server-console")),
        offer(ServerAction::Backup, ServerAct::Backup, key!("button-server-backup")),
        offer(ServerAction::Update, ServerAct::UpdateAsk, key!("button-server-update")),
        offer(ServerAction::Manage, ServerAct::Rights, key!("button-server-rights")),
    ];
    buttons.into_iter().flatten().collect()
}

/// Starting and stopping, as far as that makes sense now and the person may.
pub(super) fn controls(w: &Words, view: &ServerView) -> Vec<Component> {
    let state = view.record.watch.state;
    let id = |act| CustomId::Server(act, view.record.id);
    let mut buttons = Vec::new();
    let mut offer = |sensible: bool, action, act, style, key| {
        if sensible && view.may.has(action) {
            buttons.push(button(style, &id(act), &w.get(key)));
        }
    };
    let down = state.is_down() || state == ServerState::Sleeping;
    let up = state.is_up() || state.is_passing();
    offer(
        down,
        ServerAction::Start,
        ServerAct::Start,
        ButtonStyle::Success,
        key!("button-server-start"),
    );
    offer(
        up,
        ServerAction::Restart,
        ServerAct::RestartAsk,
        ButtonStyle::Secondary,
        key!("button-server-restart"),
    );
    offer(
        up,
        ServerAction::Stop,
        ServerAct::StopAsk,
        ButtonStyle::Danger,
        key!("button-server-stop"),
    );
    buttons
}

pub(super) fn tone(state: ServerState) -> Tone {
    match state {
        ServerState::Online => Tone::Good,
        ServerState::Crashed => Tone::Danger,
        state if state.is_passing() || state == ServerState::Unknown => Tone::Attention,
        _ => Tone::Plain,
    }
}
