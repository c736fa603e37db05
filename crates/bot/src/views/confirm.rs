//! Asking before something big happens.

use domain::{Game, Phase};
use engine::{GameSummary, Preview};
use twilight_model::channel::message::component::ButtonStyle;

use super::{
    Modal, Parts, create,
    modal::Field,
    part::{Tone, button, row, rule, sheet, text},
};
use crate::{
    ids::{CustomId, GameAct, field},
    text::{Words, args, fact, key, plain},
};

/// Before archiving: with or without giving the channels back.
pub fn archive(w: &Words, summary: &GameSummary) -> Parts {
    let game = &summary.game;
    let title = w.with("archive-title", &args!["title" => fact::title(game)]);
    let intro = w.with("archive-intro", &args!["seats" => summary.seated]);
    let act = |style, act, key| button(style, &CustomId::Game(act, game.id), &w.get(key));
    sheet(
        Tone::Attention,
        vec![
            text(format!("{title}\n{intro}\n\n{}", w.get("archive-release"))),
            row(vec![
                act(ButtonStyle::Primary, GameAct::Archive, key!("button-archive")),
                act(ButtonStyle::Danger, GameAct::ArchiveRelease, key!("button-archive-release")),
                cancel(w),
            ]),
        ],
    )
}

/// Before restoring.
pub fn restore(w: &Words, summary: &GameSummary) -> Parts {
    let game = &summary.game;
    let title = w.with("restore-title", &args!["title" => fact::title(game)]);
    let mut said = format!("{title}\n{}", w.get("restore-intro"));
    if game.phase == (Phase::Archived { release_channels: true }) {
        said = format!("{said} {}", w.get("restore-released"));
    }
    let id = CustomId::Game(GameAct::Restore, game.id);
    sheet(
        Tone::Plain,
        vec![
            text(said),
            row(vec![button(ButtonStyle::Success, &id, &w.get("button-restore")), cancel(w)]),
        ],
    )
}

/// Before deleting: what goes, in which order. The button opens [`delete_modal`].
pub fn delete(w: &Words, summary: &GameSummary, preview: &Preview) -> Parts {
    let game = &summary.game;
    let title = w.with("delete-title", &args!["title" => fact::title(game)]);
    let intro = w.with("delete-intro", &args!["seats" => summary.seated]);
    let mut parts = vec![text(format!("{title}\n{intro}")), rule()];
    parts.extend(create::plan(w, preview));
    let id = CustomId::Game(GameAct::DeleteType, game.id);
    parts
        .push(row(vec![button(ButtonStyle::Danger, &id, &w.get("button-delete-type")), cancel(w)]));
    sheet(Tone::Danger, parts)
}

/// Typing the name, so that nobody deletes a game by a slip of the mouse.
pub fn delete_modal(w: &Words, game: &Game) -> Modal {
    let field = Field {
        id: field::CONFIRM,
        label: w.get("field-confirm"),
        hint: Some(w.get("field-confirm-hint")),
        example: Some(plain::shorten(game.name.as_str(), 100)),
        value: None,
        required: true,
        max: 200,
        long: false,
    };
    let id = CustomId::Game(GameAct::DeleteModal, game.id);
    Modal::new(id, &w.get("modal-delete-title"), vec![field.build()])
}

/// Before a repair: what would change.
pub fn repair(w: &Words, summary: &GameSummary, preview: &Preview) -> Parts {
    let game = &summary.game;
    let title = w.with("repair-title", &args!["title" => fact::title(game)]);
    if preview.plan.is_settled() {
        let parts = vec![
            text(format!("{title}\n{}", w.get("repair-nothing"))),
            row(vec![super::part::close(w)]),
        ];
        return sheet(Tone::Good, parts);
    }
    let mut parts = vec![text(title)];
    parts.extend(create::plan(w, preview));
    parts.push(text(create::room(w, preview)));
    let id = CustomId::Game(GameAct::Repair, game.id);
    parts.push(row(vec![button(ButtonStyle::Primary, &id, &w.get("button-repair")), cancel(w)]));
    sheet(Tone::Attention, parts)
}

fn cancel(w: &Words) -> twilight_model::channel::message::component::Component {
    button(ButtonStyle::Secondary, &CustomId::Close, &w.get("button-cancel"))
}
