//! The two panels of a guild.

use std::time::Duration;

use domain::{GuildId, plan::Room};
use engine::{Fault, PanelKind};
use store::{Panel, PanelState};

use super::{
    board::{Drawn, RETRY, Subject, Trouble, draw, save, unchanged},
    post::post,
};
use crate::{
    answer::nobody,
    app::App,
    flows::lost_panels,
    text::Words,
    views::{Parts, panel},
};

/// Draws a guild's panels. Answers when to try again.
pub(super) async fn keep(app: &App, guild: GuildId) -> Option<Duration> {
    // Taken out first: what is wished meanwhile is a new wish.
    let doubted = app.bell.doubted.lock().remove(&guild);
    match draw_all(app, guild, doubted).await {
        Ok(()) => None,
        Err(Trouble::Later(after)) => {
            if doubted {
                app.bell.doubted.lock().insert(guild);
            }
            Some(after)
        }
        Err(Trouble::Fault(fault)) => {
            app.engine.complain("panels could not be drawn", &fault);
            Some(RETRY)
        }
    }
}

async fn draw_all(app: &App, guild: GuildId, doubted: bool) -> Result<(), Trouble> {
    let mut panels = app.engine.store().panels(guild).await?;
    if panels.is_empty() || app.engine.cache().guild(guild).is_none() {
        // An unavailable guild comes back with an event.
        return Ok(());
    }
    // The admin panel last: it shows whether another one is lost.
    panels.sort_by_key(|panel| panel.kind == PanelKind::Admin.as_str());
    let mut trouble = None;
    for panel in panels {
        let Ok(kind) = panel.kind.parse::<PanelKind>() else { continue };
        let forced = app.bell.forced.lock().remove(&(guild, kind));
        match draw(app, &panel, Subject::Panel(kind), forced, doubted).await {
            Ok(Drawn::Fine) => {}
            Ok(Drawn::Gone) => lost(app, &panel, kind).await?,
            // The other panel need not wait.
            Err(error) => {
                if forced {
                    app.bell.forced.lock().insert((guild, kind));
                }
                trouble = Some(error);
            }
        }
    }
    trouble.map_or(Ok(()), Err)
}

pub(super) async fn render(app: &App, guild: GuildId, kind: PanelKind) -> Result<Parts, Trouble> {
    let words = Words::of(app.locales.of(guild));
    let games = app.engine.games(guild).await?;
    Ok(match kind {
        PanelKind::Player => panel::player(words, &games),
        PanelKind::Admin => {
            let settings = app.engine.settings(guild).await?;
            let known = app.engine.cache().guild(guild).ok_or(Fault::GuildUnavailable(guild))?;
            let lost = lost_panels(app, guild).await?;
            panel::admin(
                words,
                &panel::AdminPanel {
                    games: &games,
                    room: Room::of(&known),
                    layout: &settings.default_layout,
                    lost: &lost,
                    log: app.engine.log_trouble(&settings),
                },
            )
        }
    })
}

/// Remembers that a panel is gone and offers it again, once.
async fn lost(app: &App, panel: &Panel, kind: PanelKind) -> Result<(), Trouble> {
    let Some(fresh) = unchanged(app, panel).await? else { return Ok(()) };
    let gone = Panel { message: None, content_hash: None, state: PanelState::Lost, ..fresh };
    if !save(app, &gone).await? {
        return Ok(());
    }
    tracing::warn!(guild = %panel.guild, %kind, "a panel's message or channel is gone");
    // The other panel shows it too.
    app.bell.panels.wish(panel.guild);
    let settings = app.engine.settings(panel.guild).await?;
    if let Some(channel) = settings.log_channel {
        let words = Words::of(app.locales.of(panel.guild));
        let nonce = format!("lost-{}", panel.nonce);
        let nonce: String = nonce.chars().take(25).collect();
        if let Err(error) = post(app, channel, &panel::lost(words, kind), &nobody(), &nonce).await {
            tracing::warn!(guild = %panel.guild, %error, "the log channel could not be told");
        }
    }
    Ok(())
}
