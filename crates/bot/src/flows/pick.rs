//! Pickers: which game is meant, out of as many as there are.

use std::collections::HashSet;

use domain::{Action, GameId, Standing};
use engine::{GameSummary, UseError};

use super::Said;
use crate::{answer::Answer, app::App, door::Asked, ids::Purpose, views::pick};

/// One page of the games that can be picked for this.
pub(super) async fn show(app: &App, asked: &Asked, purpose: Purpose, page: u16) -> Said {
    let games = candidates(app, asked, purpose).await?;
    Ok(Answer::Show(pick::pick(asked.words, purpose, &games, page)))
}

async fn candidates(
    app: &App,
    asked: &Asked,
    purpose: Purpose,
) -> Result<Vec<GameSummary>, UseError> {
    let caller = &asked.caller;
    let guild_wide = match purpose {
        Purpose::Archive => Some(Action::ArchiveGame),
        Purpose::Restore => Some(Action::RestoreGame),
        Purpose::Delete => Some(Action::DeleteGame),
        Purpose::Join | Purpose::Leave | Purpose::Manage | Purpose::Info => None,
    };
    if let Some(action) = guild_wide {
        app.engine.allowed(caller, action, None).await?;
    }
    if purpose == Purpose::Leave {
        let mine = app.engine.my_games(caller).await?;
        return Ok(mine.into_iter().map(|(summary, _)| summary).collect());
    }
    let mut games = app.engine.list_games(caller).await?;
    games.retain(|game| pick::fits(purpose, game));
    match purpose {
        Purpose::Join => {
            let mine = app.engine.my_games(caller).await?;
            let mine: HashSet<GameId> = mine.iter().map(|(game, _)| game.game.id).collect();
            games.retain(|game| !mine.contains(&game.game.id));
        }
        Purpose::Manage if app.engine.standing(caller, None).await? < Standing::CommunityAdmin => {
            let mut own = Vec::new();
            for game in games {
                let standing = app.engine.standing(caller, Some(game.game.id)).await?;
                if standing >= Standing::GameAdmin {
                    own.push(game);
                }
            }
            games = own;
        }
        _ => {}
    }
    Ok(games)
}
