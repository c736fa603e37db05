//! Simple create: one form, then the work starts.

use domain::{Action, GameName, audit::AuditKind};
use engine::{Mistake, NewGame, Progress};

use super::{Said, emoji};
use crate::{
    answer::Answer,
    app::App,
    door::Asked,
    views::{create, reply},
};

/// Opens the form, for those who may send it.
pub(super) async fn open(app: &App, asked: &Asked) -> Said {
    app.engine.allowed(&asked.caller, Action::CreateGame, None).await?;
    Ok(Answer::Form(create::simple_modal(asked.words)))
}

/// Makes a game with the guild's default channels.
pub(super) async fn simple(app: &App, asked: &Asked, name: &str, typed_emoji: &str) -> Said {
    let name = GameName::parse(name).map_err(Mistake::from)?;
    let emoji = emoji(app, asked, typed_emoji)?;
    let settings = app.engine.settings(asked.caller.actor.guild).await?;
    start(app, asked, NewGame::simple(name, emoji, settings.default_layout)).await
}

/// Writes the wish down; the keeper of replies tells how it goes.
pub(super) async fn start(app: &App, asked: &Asked, game: NewGame) -> Said {
    let title = title(&game);
    app.engine.create_game(&asked.waiting(), game).await?;
    let begun = Progress::default();
    Ok(Answer::Started(reply::working(asked.words, &title, AuditKind::GameCreated, &begun)))
}

fn title(game: &NewGame) -> String {
    match &game.emoji {
        Some(emoji) => format!("{emoji} {}", game.name),
        None => game.name.to_string(),
    }
}
