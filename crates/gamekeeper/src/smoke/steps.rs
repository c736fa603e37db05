//! The steps, in order.

use super::{
    Step,
    complaints::{Complaints, OfTheBot},
    corner::Corner,
    timed,
};

/// All of them; with `keep`, up to where the game would be archived.
pub(super) async fn all(
    corner: &mut Corner<'_>,
    keep: bool,
    complaints: &Complaints,
    bot: &OfTheBot,
) -> Step<()> {
    let wish = corner.wish()?;
    timed("planned", Box::pin(corner.preview(&wish))).await?;
    timed("made a game", Box::pin(corner.create(wish))).await?;
    let game = corner.id()?;
    timed("left it and joined again", Box::pin(corner.join())).await?;
    timed("archived it", Box::pin(corner.archive())).await?;
    timed("restored it", Box::pin(corner.restore())).await?;
    if !keep {
        timed("deleted it", Box::pin(corner.delete())).await?;
    }
    timed("found the database in order", Box::pin(corner.books(game))).await?;
    timed("found the log without an error", async {
        match complaints.errors() {
            0 => bot.since().await,
            errors => Err(format!("{errors} were logged")),
        }
    })
    .await
}
