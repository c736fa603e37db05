//! The steps, in order.

use super::{Step, complaints::Complaints, corner::Corner, timed};

/// All of them; with `keep`, up to where the game would be archived.
pub(super) async fn all(corner: &mut Corner<'_>, keep: bool, complaints: &Complaints) -> Step<()> {
    let wish = corner.wish()?;
    timed("planned", corner.preview(&wish)).await?;
    timed("made a game", corner.create(wish)).await?;
    let game = corner.id()?;
    timed("left it and joined again", corner.join()).await?;
    timed("archived it", corner.archive()).await?;
    timed("restored it", corner.restore()).await?;
    if !keep {
        timed("deleted it", corner.delete()).await?;
    }
    timed("found the database in order", corner.books(game)).await?;
    timed("found the log without an error", async {
        match complaints.errors() {
            0 => Ok(String::new()),
            errors => Err(format!("{errors} were logged")),
        }
    })
    .await
}
