//! Archiving, restoring, repairing.

use domain::{Action, GameId, audit::AuditKind};
use engine::Progress;

use super::{Said, game, summary};
use crate::{
    answer::Answer,
    app::App,
    door::Asked,
    views::{confirm, reply},
};

/// Asks before archiving.
pub(super) async fn ask_archive(app: &App, asked: &Asked, game: GameId) -> Said {
    app.engine.allowed(&asked.caller, Action::ArchiveGame, Some(game)).await?;
    let summary = summary(app, asked, game).await?;
    Ok(Answer::Show(confirm::archive(asked.words, &summary)))
}

/// Archives; `release` gives the channels back to the guild's budget.
pub(super) async fn archive(app: &App, asked: &Asked, game: GameId, release: bool) -> Said {
    app.engine.archive_game(&asked.waiting(), game, release).await?;
    started(app, asked, game, AuditKind::GameArchived).await
}

/// Asks before restoring.
pub(super) async fn ask_restore(app: &App, asked: &Asked, game: GameId) -> Said {
    app.engine.allowed(&asked.caller, Action::RestoreGame, Some(game)).await?;
    let summary = summary(app, asked, game).await?;
    Ok(Answer::Show(confirm::restore(asked.words, &summary)))
}

/// Brings an archived game back.
pub(super) async fn restore(app: &App, asked: &Asked, game: GameId) -> Said {
    app.engine.restore_game(&asked.waiting(), game).await?;
    started(app, asked, game, AuditKind::GameRestored).await
}

/// Shows what a repair would do, before anything is done.
pub(super) async fn ask_repair(app: &App, asked: &Asked, game: GameId) -> Said {
    let preview = app.engine.preview_repair(&asked.caller, game).await?;
    let summary = summary(app, asked, game).await?;
    Ok(Answer::Show(confirm::repair(asked.words, &summary, &preview)))
}

/// Repairs, if the person still may: who was shown the plan may have lost the right since.
pub(super) async fn repair(app: &App, asked: &Asked, game: GameId) -> Said {
    app.engine.repair_game(&asked.waiting(), game).await?;
    started(app, asked, game, AuditKind::GameRepaired).await
}

/// The keeper of replies tells how it goes.
async fn started(app: &App, asked: &Asked, id: GameId, kind: AuditKind) -> Said {
    let title = game(app, asked, id).await?.title();
    let begun = Progress::default();
    Ok(Answer::Started(reply::working(asked.words, &title, kind, &begun)))
}
