//! Looking around: lists, one game, its members, help.

use domain::{GameId, Standing};
use engine::usecase::query::Suggest;

use super::{Said, approve::may_decide, summary};
use crate::{
    answer::Answer,
    app::App,
    door::Asked,
    views::{games, help, members},
};

/// All games, a page at a time.
pub(super) async fn list(app: &App, asked: &Asked, page: u16) -> Said {
    let all = app.engine.list_games(&asked.caller).await?;
    Ok(Answer::Show(games::list(asked.words, &all, page)))
}

/// The person's own games.
pub(super) async fn mine(app: &App, asked: &Asked, page: u16) -> Said {
    let mine = app.engine.my_games(&asked.caller).await?;
    Ok(Answer::Show(games::mine(asked.words, &mine, page)))
}

/// One game.
pub(super) async fn info(app: &App, asked: &Asked, game: GameId) -> Said {
    let info = app.engine.game_info(&asked.caller, game).await?;
    Ok(Answer::Show(games::info(asked.words, &info)))
}

/// Who is in a game.
pub(super) async fn members(app: &App, asked: &Asked, game: GameId, page: u16) -> Said {
    let rows = app.engine.game_members(&asked.caller, game).await?;
    let summary = summary(app, asked, game).await?;
    let may = may_decide(app, asked, game).await?;
    Ok(Answer::Show(members::page(asked.words, &summary, &rows, page, may)))
}

/// What the person can do here.
pub(super) async fn help(app: &App, asked: &Asked) -> Said {
    let mut standing = app.engine.standing(&asked.caller, None).await?;
    if standing == Standing::Player {
        let own = app.engine.suggest_games(&asked.caller, "", Suggest::Administered).await?;
        if !own.is_empty() {
            standing = Standing::GameAdmin;
        }
    }
    Ok(Answer::Show(help::page(asked.words, standing)))
}
