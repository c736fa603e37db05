//! Panels: posting, moving, refreshing, posting again.

use domain::ChannelId;
use engine::{Mistake, PanelKind, UseError};

use super::{Said, stale};
use crate::{answer::Answer, app::App, door::Asked, views::panel};

/// Posts a panel, or moves it; says exactly what to put right when that is not possible.
pub(super) async fn place(
    app: &App,
    asked: &Asked,
    kind: PanelKind,
    channel: Option<ChannelId>,
) -> Said {
    let Some(channel) = channel.or(asked.channel) else { return Ok(stale(asked)) };
    match app.engine.place_panel(&asked.caller, kind, channel).await {
        Ok(()) => Ok(Answer::Show(panel::posted(asked.words, kind, channel))),
        Err(UseError::Mistake(Mistake::NotReady(findings))) => {
            Ok(Answer::Show(panel::findings(asked.words, kind, channel, &findings)))
        }
        Err(error) => Err(error),
    }
}

/// Posts a lost panel again: where it was, or here when that channel is gone.
pub(super) async fn repost(app: &App, asked: &Asked, kind: PanelKind) -> Said {
    let guild = asked.caller.actor.guild;
    let known = app.engine.store().panel(guild, kind.as_str()).await?;
    let old = known.map(|panel| panel.channel).filter(|channel| {
        let guild = app.engine.cache().guild(guild);
        guild.is_some_and(|guild| guild.channels.contains_key(channel))
    });
    place(app, asked, kind, old).await
}

/// Draws a panel again, whether or not something seems to have changed.
pub(super) fn refresh(app: &App, asked: &Asked, kind: PanelKind) -> Answer {
    app.bell.draw_again(asked.caller.actor.guild, kind);
    Answer::Quiet
}
