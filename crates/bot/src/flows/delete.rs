//! Deleting: the plan first, then the name typed, then the work.

use domain::{Action, GameId, audit::AuditKind};
use engine::Progress;

use super::{Said, summary};
use crate::{
    answer::Answer,
    app::App,
    door::Asked,
    views::{confirm, reply},
};

/// Shows what goes, and in which order.
pub(super) async fn ask(app: &App, asked: &Asked, game: GameId) -> Said {
    let preview = app.engine.preview_delete(&asked.caller, game).await?;
    let summary = summary(app, asked, game).await?;
    Ok(Answer::Show(confirm::delete(asked.words, &summary, &preview)))
}

/// Opens the form where the name is typed.
pub(super) async fn open(app: &App, asked: &Asked, game: GameId) -> Said {
    app.engine.allowed(&asked.caller, Action::DeleteGame, Some(game)).await?;
    let game = super::game(app, asked, game).await?;
    Ok(Answer::Form(confirm::delete_modal(asked.words, &game)))
}

/// The name was typed.
pub(super) async fn confirmed(app: &App, asked: &Asked, game: GameId, typed: &str) -> Said {
    // Read first: afterwards the game may be gone before the answer is.
    let title = super::game(app, asked, game).await?.title();
    app.engine.delete_game(&asked.waiting(), game, typed).await?;
    let begun = Progress::default();
    Ok(Answer::Started(reply::working(asked.words, &title, AuditKind::GameDeleted, &begun)))
}
