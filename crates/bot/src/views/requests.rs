//! The message that asks a game's admins about a request, and what becomes of it.

use domain::{Game, RoleId, UserId};
use twilight_model::channel::message::component::ButtonStyle;

use super::{
    Parts,
    part::{Tone, button, row, sheet, text},
};
use crate::{
    ids::{CustomId, SeatAct},
    text::{Words, args, fact, key, plain},
};

/// Asks the game's admins. With `admin_role` the message names the role; whoever sends it allows
/// that one mention.
pub fn ask(w: &Words, game: &Game, person: UserId, admin_role: Option<RoleId>) -> Parts {
    let title = fact::title(game);
    let person_text = plain::person(person);
    let said = match admin_role {
        Some(role) => w.with(
            "request-ask-role",
            &args!["role" => plain::role(role), "person" => person_text, "title" => title],
        ),
        None => w.with("request-ask", &args!["person" => person_text, "title" => title]),
    };
    let act = |style, act, key| button(style, &CustomId::Seat(act, game.id, person), &w.get(key));
    sheet(
        Tone::Attention,
        vec![
            text(said),
            row(vec![
                act(ButtonStyle::Success, SeatAct::Approve, key!("button-approve")),
                act(ButtonStyle::Secondary, SeatAct::Decline, key!("button-decline")),
            ]),
        ],
    )
}

/// What was decided, by whom. Also the answer to the admin who decided.
pub fn decided(w: &Words, game: &Game, person: UserId, decision: SeatAct, by: UserId) -> Parts {
    let (key, tone) = match decision {
        SeatAct::Approve => (key!("request-approved"), Tone::Good),
        SeatAct::Decline => (key!("request-declined"), Tone::Plain),
        SeatAct::Remove => (key!("request-removed"), Tone::Plain),
    };
    let args = args![
        "person" => plain::person(person),
        "by" => plain::person(by),
        "title" => fact::title(game)
    ];
    sheet(tone, vec![text(w.with(key, &args))])
}
