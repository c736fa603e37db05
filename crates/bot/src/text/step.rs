//! A plan in words.

use domain::{
    Slot,
    plan::{ChannelChange, ChannelKind, Op, Plan, Principal, RoleChange},
};

use super::{Words, args, key, plain};

/// What a slot is called.
pub fn slot(w: &Words, slot: Slot) -> String {
    match slot {
        Slot::PlayerRole => w.get("slot-player-role"),
        Slot::AdminRole => w.get("slot-admin-role"),
        Slot::Category => w.get("slot-category"),
        Slot::Announcements => w.get("slot-announcements"),
        Slot::Chat => w.get("slot-chat"),
        Slot::LookingForGroup => w.get("slot-looking-for-group"),
        Slot::Forum => w.get("slot-forum"),
        Slot::Voice(n) => w.with("slot-voice", &args!["n" => n]),
    }
}

/// One step.
pub fn op(w: &Words, op: &Op) -> String {
    match op {
        Op::CreateRole { spec, .. } => {
            w.with("step-create-role", &args!["name" => plain::escape(&spec.name)])
        }
        Op::UpdateRole { slot: it, change, .. } => w.with(
            "step-update-role",
            &args!["slot" => slot(w, *it), "changes" => role_change(w, change)],
        ),
        Op::DeleteRole { slot: it, .. } => {
            w.with("step-delete-role", &args!["slot" => slot(w, *it)])
        }
        Op::CreateChannel { slot: Slot::Category, spec } => {
            w.with("step-create-category", &args!["name" => plain::escape(&spec.name)])
        }
        Op::CreateChannel { spec, .. } => w.with(
            "step-create-channel",
            &args!["kind" => kind(w, spec.kind), "name" => plain::escape(&spec.name)],
        ),
        Op::UpdateChannel { slot: it, change, .. } => w.with(
            "step-update-channel",
            &args!["slot" => slot(w, *it), "changes" => channel_change(w, change)],
        ),
        Op::SetOverwrite { slot: it, overwrite, .. } => w.with(
            "step-set-overwrite",
            &args!["slot" => slot(w, *it), "principal" => principal(w, overwrite.principal)],
        ),
        Op::DeleteChannel { slot: it, .. } => {
            w.with("step-delete-channel", &args!["slot" => slot(w, *it)])
        }
        Op::PlaceCategory { out_of_the_way: true, .. } => w.get("step-place-down"),
        Op::PlaceCategory { .. } => w.get("step-place-up"),
        Op::Grant { user, slot: it } => {
            w.with("step-grant", &args!["slot" => slot(w, *it), "person" => plain::person(*user)])
        }
        Op::Revoke { user, slot: it } => {
            w.with("step-revoke", &args!["slot" => slot(w, *it), "person" => plain::person(*user)])
        }
    }
}

/// The steps of a plan, numbered, one a line, within about `budget` characters; what does not
/// fit is counted.
pub fn steps(w: &Words, plan: &Plan, budget: usize) -> String {
    if plan.steps.is_empty() {
        return w.get("preview-nothing");
    }
    let mut text = String::new();
    let mut used = 0;
    for (at, step) in plan.steps.iter().enumerate() {
        let line = format!("{}. {}\n", at + 1, op(w, &step.op));
        let length = line.chars().count();
        if used + length > budget {
            let left = plan.steps.len() - at;
            text.push_str(&w.with("preview-steps-more", &args!["n" => left]));
            break;
        }
        used += length;
        text.push_str(&line);
    }
    text.trim_end().to_owned()
}

fn role_change(w: &Words, change: &RoleChange) -> String {
    let RoleChange { name, colour, mentionable, clear_permissions } = change;
    let mut parts = Vec::new();
    if let Some(name) = name {
        parts.push(w.with("change-name", &args!["name" => plain::escape(name)]));
    }
    if let Some(colour) = colour {
        let colour = match colour {
            0 => w.get("colour-none"),
            value => format!("#{value:06X}"),
        };
        parts.push(w.with("change-colour", &args!["colour" => colour]));
    }
    match mentionable {
        Some(true) => parts.push(w.get("change-mentionable")),
        Some(false) => parts.push(w.get("change-not-mentionable")),
        None => {}
    }
    if *clear_permissions {
        parts.push(w.get("change-clear-permissions"));
    }
    plain::list(w, &parts)
}

fn channel_change(w: &Words, change: &ChannelChange) -> String {
    let ChannelChange { name, topic, into_category, overwrites } = change;
    let mut parts = Vec::new();
    if let Some(name) = name {
        parts.push(w.with("change-name", &args!["name" => plain::escape(name)]));
    }
    match topic {
        Some(Some(_)) => parts.push(w.get("change-topic")),
        Some(None) => parts.push(w.get("change-no-topic")),
        None => {}
    }
    if *into_category {
        parts.push(w.get("change-category"));
    }
    if overwrites.is_some() {
        parts.push(w.get("change-permissions"));
    }
    plain::list(w, &parts)
}

fn kind(w: &Words, kind: ChannelKind) -> String {
    w.get(match kind {
        ChannelKind::Text => key!("kind-text"),
        ChannelKind::Voice => key!("kind-voice"),
        ChannelKind::Category => key!("slot-category"),
        ChannelKind::Announcement => key!("kind-announcement"),
        ChannelKind::Forum => key!("kind-forum"),
        ChannelKind::Other => key!("kind-other"),
    })
}

fn principal(w: &Words, principal: Principal) -> String {
    match principal {
        Principal::Everyone => w.get("principal-everyone"),
        Principal::Bot => w.get("principal-bot"),
        Principal::Role(it) => w.with("principal-role", &args!["slot" => slot(w, it)]),
    }
}
