//! What is set for a game server.

use domain::{
    ChannelId, RoleId,
    server::{ServerAction, ServerActions},
};
use engine::{ServerRights, ServerView};
use twilight_model::channel::message::component::ButtonStyle;

use super::{
    Parts,
    part::{Tone, button, choose, close, option, paragraphs, roles, row, sheet, text},
};
use crate::{
    ids::{CustomId, ServerAct},
    text::{Words, args, key, plain, server},
};

/// Characters for the list of what was granted.
const GRANTS_BUDGET: usize = 2_500;

fn name(view: &ServerView) -> String {
    plain::escape(view.record.found.name.as_str())
}

/// The live message will stand there in a moment.
pub fn card_placed(w: &Words, view: &ServerView, channel: ChannelId) -> Parts {
    let args = args!["name" => name(view), "channel" => plain::channel(channel)];
    sheet(Tone::Good, vec![text(w.with("server-card-placed", &args))])
}

/// The live message goes.
pub fn card_removed(w: &Words, view: &ServerView) -> Parts {
    sheet(Tone::Good, vec![text(w.with("server-card-removed", &args!["name" => name(view)]))])
}

/// Where alarms go, and which.
pub fn alerts(w: &Words, view: &ServerView, now: i64) -> Parts {
    let record = &view.record;
    let mut lines = vec![w.with("server-alerts-title", &args!["name" => name(view)])];
    lines.push(match record.alerts {
        Some(channel) => {
            w.with("server-alerts-channel", &args!["channel" => plain::channel(channel)])
        }
        None => w.get("server-alerts-nowhere"),
    });
    lines.push(match record.crowd {
        Some(crowd) => w.with("server-alerts-players", &args!["n" => crowd]),
        None => w.get("server-alerts-no-players"),
    });
    if record.muted_until > now {
        let when = plain::when(record.muted_until);
        lines.push(w.with("server-alerts-muted", &args!["when" => when]));
    }
    sheet(Tone::Plain, vec![text(lines.join("\n")), row(vec![close(w)])])
}

/// What roles may do, with a select of roles, and one of actions for the role that was chosen.
pub fn rights(w: &Words, rights: &ServerRights, role: Option<RoleId>) -> Parts {
    let ServerRights { view, grants } = rights;
    let title = w.with("server-rights-title", &args!["name" => name(view)]);
    let mut parts = vec![text(format!("{title}\n{}", w.get("server-rights-intro")))];
    if grants.is_empty() {
        parts.push(text(w.get("server-rights-none")));
    }
    let lines = grants.iter().map(|grant| {
        let may: Vec<String> = grant.actions.iter().map(|it| server::action(w, it)).collect();
        format!("{}: {}", plain::role(grant.role), plain::list(w, &may))
    });
    let (blocks, shown) = paragraphs(lines, GRANTS_BUDGET);
    parts.extend(blocks);
    if shown < grants.len() {
        parts.push(text(w.with("server-rights-more", &args!["n" => grants.len() - shown])));
    }
    let chosen: Vec<RoleId> = role.into_iter().collect();
    let id = CustomId::Server(ServerAct::RightsRole, view.record.id);
    parts.push(roles(&id, &w.get("server-rights-role"), (1, 1), &chosen));
    if let Some(role) = role {
        let known = grants.iter().find(|grant| grant.role == role);
        let may = known.map_or(ServerActions::default(), |grant| grant.actions);
        let offered: Vec<_> = ServerAction::ALL
            .into_iter()
            .filter(|action| action.can_be_granted())
            .map(|action| {
                option(action.as_str(), &server::action(w, action), None, may.has(action))
            })
            .collect();
        let most = u8::try_from(offered.len()).unwrap_or(25);
        let id = CustomId::ServerRights(view.record.id, role);
        parts.push(choose(&id, &w.get("server-rights-actions"), (0, most), offered));
    }
    let details = CustomId::Server(ServerAct::Show, view.record.id);
    let details = button(ButtonStyle::Secondary, &details, &w.get(key!("button-server-details")));
    parts.push(row(vec![details, close(w)]));
    sheet(Tone::Plain, parts)
}
