//! The page where one game is changed.

use domain::{Action, GameId, UserId};
use engine::{GameEdit, Mistake, UseError};

use super::{Said, no, stale};
use crate::{
    answer::Answer,
    app::App,
    door::{Asked, Chosen},
    ids::{GameAct, value},
    views::manage,
};

/// The page, for those who may change something on it.
pub(super) async fn show(app: &App, asked: &Asked, game: GameId) -> Said {
    app.engine.allowed(&asked.caller, Action::EditGame, Some(game)).await?;
    page(app, asked, game, None).await
}

/// A select on the page. What is chosen takes effect at once and the page shows it.
pub(super) async fn press(
    app: &App,
    asked: &Asked,
    act: GameAct,
    game: GameId,
    chosen: &Chosen,
) -> Said {
    let first = chosen.first().unwrap_or_default();
    let edit = match act {
        GameAct::Admission => value::admission(first)
            .map(|admission| GameEdit { admission: Some(admission), ..GameEdit::default() }),
        GameAct::Visibility => value::visibility(first)
            .map(|visibility| GameEdit { visibility: Some(visibility), ..GameEdit::default() }),
        GameAct::Channels => {
            let layout = app.engine.game_info(&asked.caller, game).await?.summary.game.layout;
            value::channels(&chosen.values, layout)
                .map(|layout| GameEdit { layout: Some(layout), ..GameEdit::default() })
        }
        GameAct::Voice => {
            let layout = app.engine.game_info(&asked.caller, game).await?.summary.game.layout;
            value::voice(first).map(|voice| GameEdit {
                layout: Some(domain::Layout { voice, ..layout }),
                ..GameEdit::default()
            })
        }
        _ => {
            let result = admins(app, asked, game, chosen).await;
            return after(app, asked, game, result).await;
        }
    };
    let Some(edit) = edit else { return Ok(stale(asked)) };
    let result = app.engine.edit_game(&asked.caller, game, edit).await;
    after(app, asked, game, result).await
}

/// The page again, with a sentence above it when something was not possible.
async fn after(app: &App, asked: &Asked, game: GameId, result: Result<(), UseError>) -> Said {
    match result {
        Ok(()) | Err(UseError::Mistake(Mistake::NoChange)) => page(app, asked, game, None).await,
        Err(error @ UseError::Mistake(Mistake::NoSuchGame)) => Err(error),
        Err(error @ UseError::Mistake(_)) => page(app, asked, game, Some(error)).await,
        Err(error) => Err(error),
    }
}

async fn page(app: &App, asked: &Asked, game: GameId, error: Option<UseError>) -> Said {
    let info = app.engine.game_info(&asked.caller, game).await?;
    let mut parts = error.map(|error| no(asked, &error)).unwrap_or_default();
    parts.extend(manage::page(asked.words, &info));
    Ok(Answer::Show(parts))
}

/// Makes the chosen people the game's admins, and nobody else.
async fn admins(app: &App, asked: &Asked, game: GameId, chosen: &Chosen) -> Result<(), UseError> {
    if let Some(bot) = chosen.bot() {
        return Err(Mistake::NotAMember(bot).into());
    }
    let wanted: Vec<UserId> = chosen.ids();
    let known = app.engine.game_info(&asked.caller, game).await?.admins;
    for user in wanted.iter().filter(|user| !known.contains(user)) {
        app.engine.appoint_admin(&asked.caller, game, *user).await?;
    }
    for user in known.iter().filter(|user| !wanted.contains(user)) {
        app.engine.dismiss_admin(&asked.caller, game, *user).await?;
    }
    Ok(())
}
