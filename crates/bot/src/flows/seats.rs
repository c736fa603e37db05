//! Joining and leaving.

use domain::{ChannelId, GameId, Slot};

use super::Said;
use crate::{answer::Answer, app::App, door::Asked, views::reply};

/// Takes a seat, or asks for one.
pub(super) async fn join(app: &App, asked: &Asked, id: GameId) -> Said {
    let (joined, game) = app.engine.join_game(&asked.caller, id).await?;
    let bindings = app.engine.store().bindings(id).await?;
    let chat = bindings.get(&Slot::Chat).and_then(|binding| ChannelId::new_checked(binding.id));
    Ok(Answer::Show(reply::joined(asked.words, &game, joined, chat)))
}

/// Gives a seat up, or takes a request back.
pub(super) async fn leave(app: &App, asked: &Asked, id: GameId) -> Said {
    let game = app.engine.leave_game(&asked.caller, id).await?;
    Ok(Answer::Show(reply::left(asked.words, &game)))
}
