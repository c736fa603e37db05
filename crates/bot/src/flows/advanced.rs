//! Advanced create: a form in steps, kept in the database between them, then the plan, then the
//! work.

use domain::{Action, Capacity, Colour, Description, GameName};
use engine::{Mistake, NewGame, UseError};

use super::{Said, create::start, emoji, no, stale};
use crate::{
    answer::Answer,
    app::App,
    door::{Asked, Chosen, Fields},
    ids::{DraftId, DraftPart, field, value},
    views::{create, reply},
};

/// Opens the first form.
pub(super) async fn open(app: &App, asked: &Asked) -> Said {
    app.engine.allowed(&asked.caller, Action::CreateGame, None).await?;
    // Unique by nature, and made of letters and digits only.
    let Some(draft) = DraftId::new(asked.caller.correlation.0.clone()) else {
        return Ok(stale(asked));
    };
    Ok(Answer::Form(create::words_modal(asked.words, &draft, None)))
}

/// The texts were sent, for the first time or again.
pub(super) async fn words(app: &App, asked: &Asked, draft: &DraftId, fields: &Fields) -> Said {
    app.engine.allowed(&asked.caller, Action::CreateGame, None).await?;
    let known = match load(app, asked, draft).await {
        Ok(known) => Some(known),
        Err(UseError::Mistake(Mistake::DraftExpired(_))) => None,
        Err(error) => return Err(error),
    };
    let game = match read(app, asked, fields, known.as_ref()).await {
        Ok(game) => game,
        // With the form still below the sentence, nothing that was chosen is lost.
        Err(error) => match known {
            Some(known) => return Ok(form_with(asked, draft, &known, &error)),
            None => return Err(error),
        },
    };
    save(app, asked, draft, &game).await?;
    Ok(Answer::Show(create::form(asked.words, draft, &game)))
}

async fn read(
    app: &App,
    asked: &Asked,
    fields: &Fields,
    known: Option<&NewGame>,
) -> Result<NewGame, UseError> {
    let name = GameName::parse(fields.text(field::NAME)).map_err(Mistake::from)?;
    let emoji = emoji(app, asked, fields.text(field::EMOJI))?;
    let description = Description::parse(fields.text(field::DESCRIPTION)).map_err(Mistake::from)?;
    let capacity = Capacity::parse(fields.text(field::CAPACITY)).map_err(Mistake::from)?;
    let colour = colour(fields.text(field::COLOUR))?;
    let base = if let Some(known) = known {
        known.clone()
    } else {
        let settings = app.engine.settings(asked.caller.actor.guild).await?;
        NewGame::simple(name.clone(), None, settings.default_layout)
    };
    Ok(NewGame { name, emoji, description, capacity, colour, ..base })
}

/// A colour field: empty is none.
pub(super) fn colour(typed: &str) -> Result<Option<Colour>, Mistake> {
    let typed = typed.trim();
    if typed.is_empty() { Ok(None) } else { Ok(Some(Colour::parse(typed)?)) }
}

/// A control of the form or of the plan below it.
pub(super) async fn press(
    app: &App,
    asked: &Asked,
    part: DraftPart,
    draft: &DraftId,
    chosen: &Chosen,
) -> Said {
    let caller = &asked.caller;
    if part == DraftPart::Cancel {
        app.engine.drop_draft(caller, draft.as_str()).await?;
        return Ok(Answer::Show(reply::cancelled(asked.words)));
    }
    let mut game = match load(app, asked, draft).await {
        Ok(game) => game,
        // The form that was refused for its texts was never saved; a fresh one is as good.
        Err(UseError::Mistake(Mistake::DraftExpired(_))) if part == DraftPart::Words => {
            return Ok(Answer::Form(create::words_modal(asked.words, draft, None)));
        }
        Err(error) => return Err(error),
    };
    let first = chosen.first().unwrap_or_default();
    match part {
        DraftPart::Words => {
            return Ok(Answer::Form(create::words_modal(asked.words, draft, Some(&game))));
        }
        DraftPart::Preview => {
            return Ok(match app.engine.preview_create(caller, &game).await {
                Ok(preview) => Answer::Show(create::preview(asked.words, draft, &game, &preview)),
                Err(error) => form_with(asked, draft, &game, &error),
            });
        }
        DraftPart::Confirm => return confirm(app, asked, draft, game).await,
        DraftPart::Back => return Ok(Answer::Show(create::form(asked.words, draft, &game))),
        DraftPart::Admission => match value::admission(first) {
            Some(admission) => game.admission = admission,
            None => return Ok(stale(asked)),
        },
        DraftPart::Visibility => match value::visibility(first) {
            Some(visibility) => game.visibility = visibility,
            None => return Ok(stale(asked)),
        },
        DraftPart::Channels => match value::channels(&chosen.values, game.layout) {
            Some(layout) => game.layout = layout,
            None => return Ok(stale(asked)),
        },
        DraftPart::Voice => match value::voice(first) {
            Some(voice) => game.layout.voice = voice,
            None => return Ok(stale(asked)),
        },
        DraftPart::Admins => {
            if let Some(bot) = chosen.bot() {
                let error = UseError::from(Mistake::NotAMember(bot));
                return Ok(form_with(asked, draft, &game, &error));
            }
            game.admins = chosen.ids();
        }
        DraftPart::WordsModal | DraftPart::Cancel => return Ok(stale(asked)),
    }
    save(app, asked, draft, &game).await?;
    Ok(Answer::Show(create::form(asked.words, draft, &game)))
}

/// Makes the game. The draft goes first, so that of two clicks only one makes a game; a "no"
/// brings it back.
async fn confirm(app: &App, asked: &Asked, draft: &DraftId, game: NewGame) -> Said {
    app.engine.take_draft(&asked.caller, draft.as_str()).await?;
    match start(app, asked, game.clone()).await {
        Err(error @ UseError::Mistake(_)) => {
            save(app, asked, draft, &game).await?;
            Ok(form_with(asked, draft, &game, &error))
        }
        said => said,
    }
}

fn form_with(asked: &Asked, draft: &DraftId, game: &NewGame, error: &UseError) -> Answer {
    let mut parts = no(asked, error);
    parts.extend(create::form(asked.words, draft, game));
    Answer::Show(parts)
}

async fn load(app: &App, asked: &Asked, draft: &DraftId) -> Result<NewGame, UseError> {
    let body = app.engine.load_draft(&asked.caller, draft.as_str()).await?;
    // A draft of another version is as good as none.
    serde_json::from_value(body).map_err(|_| Mistake::DraftExpired(None).into())
}

async fn save(app: &App, asked: &Asked, draft: &DraftId, game: &NewGame) -> Result<(), UseError> {
    let body = serde_json::to_value(game)
        .map_err(|error| engine::Fault::Corrupt(format!("draft: {error}")))?;
    app.engine.save_draft(&asked.caller, draft.as_str(), &body).await?;
    Ok(())
}
