//! Changing a game: its page for admins, and the modal with its texts.

use domain::{Game, Phase, Standing};
use engine::GameInfo;
use twilight_model::channel::message::component::ButtonStyle;

use super::{
    Modal, Parts, choice,
    fields::{self, Filled},
    games,
    part::{OPTIONS, Tone, button, close, people, row, rule, sheet, text},
};
use crate::{
    ids::{
        AuditPart, AuditQuery, CustomId, GameAct,
        shown::{Shown, Texts},
    },
    text::{Words, args, fact, key},
};

/// A game's page for its admins: facts, problems, selects, and buttons for the rest.
pub fn page(w: &Words, info: &GameInfo) -> Parts {
    let game = &info.summary.game;
    let community = info.standing >= Standing::CommunityAdmin;
    let active = game.phase == Phase::Active;
    let id = |act| CustomId::Game(act, game.id);
    let title = w.with("manage-title", &args!["title" => fact::title(game)]);
    let intro = w.get(if active { key!("manage-intro") } else { key!("manage-archived") });
    let mut parts = vec![text(format!("{title}\n{intro}")), text(games::facts(w, info))];
    parts.extend(games::problems(w, &info.summary));
    parts.push(rule());
    if active {
        parts.push(choice::admission(w, &id(GameAct::Admission), game.admission));
        parts.push(choice::visibility(w, &id(GameAct::Visibility), game.visibility));
        let placeholder = w.get("form-channels");
        parts.push(choice::channels(w, &id(GameAct::Channels), &placeholder, game.layout));
        parts.push(choice::voice(w, &id(GameAct::Voice), &w.get("form-voice"), game.layout));
        if community && info.admins.len() <= OPTIONS {
            parts.push(text(format!("**{}**", w.get("manage-admins"))));
            let select =
                people(&id(GameAct::Admins), &w.get("manage-admins"), (0, 25), &info.admins);
            parts.push(select);
        } else if community {
            parts.push(text(w.get("manage-admins-many")));
        }
    }
    let act = |style, act, key| button(style, &id(act), &w.get(key));
    let mut first = Vec::new();
    if active {
        first.push(act(ButtonStyle::Primary, GameAct::Words, key!("button-edit-words")));
    }
    let members = CustomId::Members(game.id, 0);
    first.push(button(ButtonStyle::Secondary, &members, &w.get("button-members")));
    let query = AuditQuery { game: Some(game.id), ..AuditQuery::default() };
    let audit = CustomId::Audit(AuditPart::Newest, query);
    first.push(button(ButtonStyle::Secondary, &audit, &w.get("button-audit")));
    first.push(close(w));
    parts.push(row(first));
    if community && game.phase != Phase::Deleted {
        let way = if active {
            act(ButtonStyle::Secondary, GameAct::ArchiveAsk, key!("button-archive"))
        } else {
            act(ButtonStyle::Success, GameAct::RestoreAsk, key!("button-restore"))
        };
        parts.push(row(vec![
            way,
            act(ButtonStyle::Secondary, GameAct::RepairAsk, key!("button-repair")),
            act(ButtonStyle::Danger, GameAct::DeleteAsk, key!("button-delete")),
        ]));
    }
    sheet(game.colour.map_or(Tone::Plain, |colour| Tone::Own(colour.value())), parts)
}

/// The modal with a game's texts, filled with what they are now.
pub fn words_modal(w: &Words, game: &Game) -> Modal {
    let filled = Filled {
        name: Some(game.name.as_str()),
        emoji: game.emoji.as_ref(),
        description: Some(&game.description),
        capacity: game.capacity,
        colour: game.colour,
    };
    let texts = Texts {
        name: game.name.clone(),
        emoji: game.emoji.clone(),
        description: game.description.clone(),
        capacity: game.capacity,
        colour: game.colour,
    };
    let id = CustomId::GameWords(game.id, Shown::of(&texts));
    Modal::new(id, &w.get("modal-edit-title"), fields::full(w, filled))
}
