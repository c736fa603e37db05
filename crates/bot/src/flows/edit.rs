//! Changing a game's texts, and its admins by command.

use domain::{Action, Capacity, Description, GameId, GameName, UserId, audit::AuditKind};
use engine::{GameEdit, Mistake, Progress};

use super::{Said, advanced::colour, emoji, game as current};
use crate::{
    answer::Answer,
    app::App,
    door::{Asked, Fields},
    ids::{
        field,
        shown::{Shown, Texts},
    },
    views::{manage, reply},
};

/// Opens the form with the texts as they are.
pub(super) async fn open(app: &App, asked: &Asked, game: GameId) -> Said {
    app.engine.allowed(&asked.caller, Action::EditGame, Some(game)).await?;
    let game = current(app, asked, game).await?;
    Ok(Answer::Form(manage::words_modal(asked.words, &game)))
}

/// The form came back: only what differs from what it showed is changed, so that two people with
/// the form open do not undo each other's work.
pub(super) async fn words(
    app: &App,
    asked: &Asked,
    id: GameId,
    shown: Shown,
    fields: &Fields,
) -> Said {
    let name = GameName::parse(fields.text(field::NAME)).map_err(Mistake::from)?;
    let emoji = emoji(app, asked, fields.text(field::EMOJI))?;
    let description = Description::parse(fields.text(field::DESCRIPTION)).map_err(Mistake::from)?;
    let capacity = Capacity::parse(fields.text(field::CAPACITY)).map_err(Mistake::from)?;
    let colour = colour(fields.text(field::COLOUR))?;
    let title = match &emoji {
        Some(emoji) => format!("{emoji} {name}"),
        None => name.to_string(),
    };
    let texts = Texts { name, emoji, description, capacity, colour };
    let now = Shown::of(&texts);
    let [new_name, new_emoji, new_description, new_capacity, new_colour] =
        std::array::from_fn(|at| now.0[at] != shown.0[at]);
    let Texts { name, emoji, description, capacity, colour } = texts;
    let edit = GameEdit {
        name: new_name.then_some(name),
        emoji: new_emoji.then_some(emoji),
        description: new_description.then_some(description),
        capacity: new_capacity.then_some(capacity),
        colour: new_colour.then_some(colour),
        ..GameEdit::default()
    };
    app.engine.edit_game(&asked.waiting(), id, edit).await?;
    let begun = Progress::default();
    Ok(Answer::Started(reply::working(asked.words, &title, AuditKind::GameEdited, &begun)))
}

/// Makes somebody a game admin.
pub(super) async fn appoint(
    app: &App,
    asked: &Asked,
    game: GameId,
    user: UserId,
    is_bot: bool,
) -> Said {
    if is_bot {
        return Err(Mistake::NotAMember(user).into());
    }
    app.engine.appoint_admin(&asked.caller, game, user).await?;
    done(app, asked, game, user, true).await
}

/// Dismisses a game admin.
pub(super) async fn dismiss(app: &App, asked: &Asked, game: GameId, user: UserId) -> Said {
    app.engine.dismiss_admin(&asked.caller, game, user).await?;
    done(app, asked, game, user, false).await
}

async fn done(app: &App, asked: &Asked, game: GameId, user: UserId, now: bool) -> Said {
    let game = current(app, asked, game).await?;
    Ok(Answer::Show(reply::appointed(asked.words, &game, user, now)))
}
