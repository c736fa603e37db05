//! Joining and leaving.

use domain::{ChannelId, GameId, Slot};

use super::{Said, game};
use crate::{answer::Answer, app::App, door::Asked, views::reply};

/// Takes a seat, or asks for one.
pub(super) async fn join(app: &App, asked: &Asked, id: GameId) -> Said {
    let joined = app.engine.join_game(&asked.caller, id).await?;
    // Two reads side by side: with many people joining at once, each hop to the database counts.
    let bindings = async { Ok(app.engine.store().bindings(id).await?) };
    let (game, bindings) = futures_util::future::try_join(game(app, asked, id), bindings).await?;
    let chat = bindings.get(&Slot::Chat).and_then(|binding| ChannelId::new_checked(binding.id));
    Ok(Answer::Show(reply::joined(asked.words, &game, joined, chat)))
}

/// Gives a seat up, or takes a request back.
pub(super) async fn leave(app: &App, asked: &Asked, id: GameId) -> Said {
    app.engine.leave_game(&asked.caller, id).await?;
    let game = game(app, asked, id).await?;
    Ok(Answer::Show(reply::left(asked.words, &game)))
}
