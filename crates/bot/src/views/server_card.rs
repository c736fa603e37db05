//! What everybody in a channel sees of a game server: its live message, and its alarms.

use domain::server::Alert;
use engine::ServerView;
use twilight_model::channel::message::component::{ButtonStyle, Component};

use super::{
    Parts,
    part::{Tone, button, row, sheet, text},
    servers::{controls, facts, tone},
};
use crate::{
    ids::{CustomId, ServerAct},
    text::{Words, args, key, plain},
};

/// The live message. Whoever presses a button there is asked who they are; `view.may` is only what
/// can be done with the server at all.
pub fn live(w: &Words, view: &ServerView) -> Parts {
    let mut buttons = controls(w, view);
    buttons.push(details(w, view));
    let parts = vec![text(facts(w, view, false)), row(buttons)];
    sheet(tone(view.record.watch.state), parts)
}

/// Where a live message was, and the server is not on its panel any more.
pub fn gone(w: &Words) -> Parts {
    sheet(Tone::Plain, vec![text(w.get("server-card-gone"))])
}

/// Something that people want to be told.
pub fn alert(w: &Words, view: &ServerView, alert: Alert, at: i64) -> Parts {
    let name = plain::escape(view.record.found.name.as_str());
    let (tone, said) = match alert {
        Alert::Crashed => (Tone::Danger, w.with("server-alert-crashed", &args!["name" => name])),
        Alert::Offline => (Tone::Danger, w.with("server-alert-offline", &args!["name" => name])),
        Alert::Unreachable => {
            (Tone::Attention, w.with("server-alert-unreachable", &args!["name" => name]))
        }
        Alert::Back { after_ms } if after_ms < 60_000 => {
            (Tone::Good, w.with("server-alert-back-soon", &args!["name" => name]))
        }
        Alert::Back { after_ms } => {
            let args = args!["name" => name, "n" => after_ms / 60_000];
            (Tone::Good, w.with("server-alert-back", &args))
        }
        Alert::Crowded { online } => {
            (Tone::Plain, w.with("server-alert-players", &args!["name" => name, "n" => online]))
        }
    };
    let mut lines = vec![format!("{said} · {}", plain::when(at))];
    if let Some(game) = &view.game {
        lines.push(w.with("server-game", &args!["game" => plain::escape(game)]));
    }
    sheet(tone, vec![text(lines.join("\n")), row(vec![details(w, view)])])
}

fn details(w: &Words, view: &ServerView) -> Component {
    let id = CustomId::Server(ServerAct::Show, view.record.id);
    button(ButtonStyle::Secondary, &id, &w.get(key!("button-server-details")))
}
