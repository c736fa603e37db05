//! Deciding about other people's seats, from the request's message, the member list or a command.

use domain::{GameId, Standing, UserId};
use engine::{Mistake, UseError};

use super::{Said, browse, no};
use crate::{
    answer::{Answer, Place},
    app::App,
    door::{Asked, Intent},
    ids::SeatAct,
    text::Words,
    views::requests,
};

/// Lets somebody in, turns somebody down or takes somebody out.
pub(super) async fn decide(
    app: &App,
    asked: &Asked,
    act: SeatAct,
    game: GameId,
    user: UserId,
) -> Said {
    let caller = &asked.caller;
    let decided = match act {
        SeatAct::Approve => app.engine.approve_seat(caller, game, user).await,
        SeatAct::Decline => app.engine.decline_seat(caller, game, user).await,
        SeatAct::Remove => app.engine.remove_seat(caller, game, user).await,
    };
    let public = matches!(asked.place, Place::Public { .. });
    match decided {
        Ok(()) => {}
        // Somebody else was faster or the person took it back: the buttons are of no more use.
        Err(error @ UseError::Mistake(Mistake::NothingToDecide(_) | Mistake::NoSuchGame))
            if public =>
        {
            return Ok(Answer::Replace(no(asked, &error)));
        }
        Err(error) => return Err(error),
    }
    if asked.place == Place::Private && matches!(asked.intent, Intent::Press(..)) {
        return browse::members(app, asked, game, 0).await;
    }
    let game = super::game(app, asked, game).await?;
    // What everybody reads is in the guild's language.
    let words = if public { Words::of(app.locales.of(caller.actor.guild)) } else { asked.words };
    let parts = requests::decided(words, &game, user, act, caller.actor.user);
    Ok(if public { Answer::Replace(parts) } else { Answer::Show(parts) })
}

/// Whether the person may decide about seats of this game.
pub(super) async fn may_decide(app: &App, asked: &Asked, game: GameId) -> Result<bool, UseError> {
    let standing = app.engine.standing(&asked.caller, Some(game)).await?;
    Ok(standing >= Standing::GameAdmin)
}
