//! The two panels, and what is said around posting them.

use domain::{ChannelId, Layout, Phase, plan::Room};
use engine::{DashboardCheck, GameSummary, LogTrouble, PanelKind};
use twilight_model::channel::message::component::{ButtonStyle, Component};

use super::{
    Parts, line,
    part::{OPTIONS, Tone, button, paragraphs, row, rule, sheet, text},
    pick,
};
use crate::{
    ids::{CustomId, Purpose},
    text::{Words, args, check, key, plain},
};

/// Characters for the games on a panel; the rest of the message needs less than what is left.
const GAMES_BUDGET: usize = 2800;

/// What the admin panel shows.
#[derive(Clone, Copy, Debug)]
pub struct AdminPanel<'a> {
    /// All games of the guild, in the order they are shown.
    pub games: &'a [GameSummary],
    /// Room left under Discord's limits.
    pub room: Room,
    /// What a Simple create makes; tells how many more games fit.
    pub layout: &'a Layout,
    /// Panels whose message is gone.
    pub lost: &'a [PanelKind],
    /// What is wrong with the log channel.
    pub log: Option<LogTrouble>,
}

/// The admin panel's message.
pub fn admin(w: &Words, panel: &AdminPanel<'_>) -> Parts {
    let AdminPanel { games, room, layout, lost, log } = *panel;
    let active = games.iter().filter(|it| it.is_active()).count();
    let archived =
        games.iter().filter(|it| matches!(it.game.phase, Phase::Archived { .. })).count();
    let players: u64 = games.iter().map(|it| u64::from(it.seated)).sum();
    let counts = w.with(
        "admin-counts",
        &args!["active" => active, "archived" => archived, "players" => players],
    );
    let fits = w.with(
        "admin-room",
        &args![
            "fits" => room.games(layout),
            "roles" => room.roles,
            "channels" => room.channels
        ],
    );
    let mut parts = vec![text(format!("{}\n{counts}\n{fits}", w.get("admin-title"))), rule()];
    if games.is_empty() {
        parts.push(text(w.get("admin-empty")));
    } else {
        let (blocks, shown) =
            paragraphs(games.iter().map(|it| line::for_admins(w, it)), GAMES_BUDGET);
        parts.extend(blocks);
        if shown < games.len() {
            parts.push(text(w.with("admin-more", &args!["n" => games.len() - shown])));
        }
    }
    parts.push(rule());
    parts.extend(log_note(w, log));
    parts.extend(lost_notes(w, lost));
    let act = |style, id, key| button(style, &id, &w.get(key));
    parts.push(row(vec![
        act(ButtonStyle::Success, CustomId::CreateSimple, key!("button-create-simple")),
        act(ButtonStyle::Primary, CustomId::CreateAdvanced, key!("button-create-advanced")),
        act(ButtonStyle::Primary, CustomId::Pick(Purpose::Manage, 0), key!("button-manage")),
        act(ButtonStyle::Secondary, CustomId::List(0), key!("button-show-all")),
        act(ButtonStyle::Secondary, CustomId::Refresh(PanelKind::Admin), key!("button-refresh")),
    ]));
    parts.push(row(vec![
        act(ButtonStyle::Secondary, CustomId::Pick(Purpose::Archive, 0), key!("button-archive")),
        act(ButtonStyle::Secondary, CustomId::Pick(Purpose::Restore, 0), key!("button-restore")),
        act(ButtonStyle::Danger, CustomId::Pick(Purpose::Delete, 0), key!("button-delete")),
        act(ButtonStyle::Secondary, super::settings::show(), key!("button-settings")),
        act(ButtonStyle::Secondary, super::audit::newest(), key!("button-audit")),
    ]));
    sheet(Tone::Plain, parts)
}

/// A sentence about a log channel that is gone or closed.
pub(crate) fn log_note(w: &Words, log: Option<LogTrouble>) -> Option<Component> {
    Some(text(w.get(match log? {
        LogTrouble::Gone => key!("admin-log-gone"),
        LogTrouble::Closed => key!("admin-log-closed"),
    })))
}

/// A sentence and a button for each panel that is gone.
pub(crate) fn lost_notes(w: &Words, lost: &[PanelKind]) -> Vec<Component> {
    let mut parts = Vec::new();
    // Each kind once, whatever the list says: two buttons with one id are refused.
    for kind in [PanelKind::Admin, PanelKind::Player] {
        if lost.contains(&kind) {
            parts.push(text(w.get(match kind {
                PanelKind::Admin => key!("admin-lost-admin"),
                PanelKind::Player => key!("admin-lost-player"),
            })));
            parts.push(row(vec![repost(w, kind)]));
        }
    }
    parts
}

fn repost(w: &Words, kind: PanelKind) -> Component {
    let key = match kind {
        PanelKind::Admin => key!("button-repost-admin"),
        PanelKind::Player => key!("button-repost-player"),
    };
    button(ButtonStyle::Primary, &CustomId::Repost(kind), &w.get(key))
}

/// The player panel's message. Shows games in use only, with a select to join right on the panel
/// as long as one select holds them all.
pub fn player(w: &Words, games: &[GameSummary]) -> Parts {
    let games: Vec<&GameSummary> =
        games.iter().filter(|it| pick::fits(Purpose::Join, it)).collect();
    let mut parts = vec![text(format!("{}\n{}", w.get("player-title"), w.get("player-intro")))];
    parts.push(rule());
    if games.is_empty() {
        parts.push(text(w.get("player-empty")));
    } else {
        let (blocks, shown) =
            paragraphs(games.iter().map(|it| line::with_servers(w, it)), GAMES_BUDGET);
        parts.extend(blocks);
        if shown < games.len() {
            parts.push(text(w.with("player-more", &args!["n" => games.len() - shown])));
        }
    }
    parts.push(rule());
    if (1..=OPTIONS).contains(&games.len()) {
        let id = CustomId::Picked(Purpose::Join, 0);
        parts.push(pick::select(w, &id, &w.get("player-select"), &games));
    }
    let act = |style, id, key| button(style, &id, &w.get(key));
    parts.push(row(vec![
        act(ButtonStyle::Success, CustomId::Pick(Purpose::Join, 0), key!("button-join")),
        act(ButtonStyle::Secondary, CustomId::Pick(Purpose::Leave, 0), key!("button-leave")),
        act(ButtonStyle::Primary, CustomId::MyGames(0), key!("button-my-games")),
        act(ButtonStyle::Secondary, CustomId::Help, key!("button-help")),
    ]));
    sheet(Tone::Plain, parts)
}

/// The answer after a panel was posted or moved.
pub fn posted(w: &Words, kind: PanelKind, channel: ChannelId) -> Parts {
    let key = match kind {
        PanelKind::Admin => key!("panel-posted-admin"),
        PanelKind::Player => key!("panel-posted-player"),
    };
    let said = w.with(key, &args!["channel" => plain::channel(channel)]);
    sheet(Tone::Good, vec![text(said)])
}

/// The message in the log channel when a panel is gone, with a button to post it again.
pub fn lost(w: &Words, kind: PanelKind) -> Parts {
    let key = match kind {
        PanelKind::Admin => key!("panel-lost-admin"),
        PanelKind::Player => key!("panel-lost-player"),
    };
    sheet(Tone::Attention, vec![text(w.get(key)), row(vec![repost(w, kind)])])
}

/// What to put right before a panel can be posted, with a button to look again.
pub fn findings(
    w: &Words,
    kind: PanelKind,
    channel: ChannelId,
    findings: &[DashboardCheck],
) -> Parts {
    let panel = w.get(match kind {
        PanelKind::Admin => key!("panel-kind-admin"),
        PanelKind::Player => key!("panel-kind-player"),
    });
    let intro =
        w.with("check-intro", &args!["panel" => panel, "channel" => plain::channel(channel)]);
    let mut parts = vec![text(format!("{}\n{intro}", w.get("check-title")))];
    let lines = findings
        .iter()
        .enumerate()
        .map(|(at, it)| format!("{}. {}", at + 1, check::finding(w, it)));
    parts.extend(paragraphs(lines, GAMES_BUDGET).0);
    let id = CustomId::CheckPanel(kind, channel);
    parts.push(row(vec![button(ButtonStyle::Primary, &id, &w.get("button-check-again"))]));
    sheet(Tone::Attention, parts)
}
