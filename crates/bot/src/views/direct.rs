//! Game servers without a panel: added, about to be removed, removed.

use engine::{AddedServer, DirectTrouble, ServerView};
use twilight_model::channel::message::component::ButtonStyle;

use super::{
    Parts,
    part::{Tone, button, row, sheet, text},
    servers::{facts, rows},
};
use crate::{
    ids::{CustomId, ServerAct},
    text::{Words, args, key, plain},
};

/// It is watched from now on; what the first question brought.
pub fn added(w: &Words, added: &AddedServer) -> Parts {
    let view = &added.view;
    let name = plain::escape(view.record.found.name.as_str());
    let mut said = w.with("server-added", &args!["name" => name]);
    let trouble = added.trouble.map(|trouble| match trouble {
        DirectTrouble::Refused => key!("server-added-refused"),
        DirectTrouble::Odd => key!("server-added-odd"),
        DirectTrouble::Silent | DirectTrouble::Private | DirectTrouble::Unresolved => {
            key!("server-added-silent")
        }
    });
    if let Some(key) = trouble {
        said = format!("{said}\n{}", w.get(key));
    }
    let tone = if trouble.is_some() { Tone::Attention } else { Tone::Good };
    let mut parts = vec![text(format!("{said}\n{}", facts(w, view, true)))];
    parts.extend(rows(w, view));
    sheet(tone, parts)
}

/// Asks first.
pub fn confirm_remove(w: &Words, view: &ServerView) -> Parts {
    let name = plain::escape(view.record.found.name.as_str());
    let said = w.with("server-remove-confirm", &args!["name" => name]);
    let yes = CustomId::Server(ServerAct::Remove, view.record.id);
    let yes = button(ButtonStyle::Danger, &yes, &w.get("button-server-remove"));
    let no = button(ButtonStyle::Secondary, &CustomId::Close, &w.get("button-cancel"));
    sheet(Tone::Attention, vec![text(said), row(vec![yes, no])])
}

/// It is watched no longer.
pub fn removed(w: &Words, view: &ServerView) -> Parts {
    let name = plain::escape(view.record.found.name.as_str());
    sheet(Tone::Good, vec![text(w.with("server-removed", &args!["name" => name]))])
}
