//! Panels: drawn from the database, edited only when something changed, never doubled.

use std::time::Duration;

use discord::{Call, CallError};
use domain::{ChannelId, GuildId, MessageId, plan::Room};
use engine::{Fault, PanelKind};
use store::{Leftover, Panel, PanelState};
use twilight_model::channel::Message;

use super::post::post;
use crate::{
    answer::{edit, nobody},
    app::App,
    flows::lost_panels,
    register::fnv,
    text::Words,
    views::{Parts, panel},
};

/// After how long a panel that could not be drawn is tried again, where Discord names no time.
const RETRY: Duration = Duration::from_secs(10);

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

/// Why a round ended early.
enum Trouble {
    Later(Duration),
    Fault(Fault),
}

impl From<Fault> for Trouble {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<store::StoreError> for Trouble {
    fn from(error: store::StoreError) -> Self {
        Self::Fault(error.into())
    }
}

/// What became of one panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Drawn {
    Fine,
    /// Its message or channel is gone, or closed to the bot.
    Gone,
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
        match draw(app, &panel, kind, forced, doubted).await {
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

async fn render(app: &App, guild: GuildId, kind: PanelKind) -> Result<Parts, Trouble> {
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

async fn draw(
    app: &App,
    panel: &Panel,
    kind: PanelKind,
    forced: bool,
    doubted: bool,
) -> Result<Drawn, Trouble> {
    if !panel.stale.is_empty() {
        for leftover in &panel.stale {
            clear(app, panel.guild, kind, leftover).await?;
        }
        let Some(fresh) = unchanged(app, panel).await? else { return Ok(Drawn::Fine) };
        let panel = Panel { stale: Vec::new(), ..fresh };
        if !save(app, &panel).await? {
            return Ok(Drawn::Fine);
        }
    }
    if panel.state == PanelState::Lost {
        return Ok(Drawn::Fine);
    }
    let guild = panel.guild;
    let here = app.engine.cache().guild(guild);
    if here.is_some_and(|known| !known.channels.contains_key(&panel.channel)) {
        return Ok(Drawn::Gone);
    }
    let parts = render(app, guild, kind).await?;
    let hash = fnv(&serde_json::to_vec(&parts).unwrap_or_default()).cast_signed();
    let Some(message) = panel.message else {
        return first(app, panel, &parts, hash).await;
    };
    if panel.content_hash == Some(hash) && panel.state == PanelState::Posted && !forced {
        return if doubted { look(app, panel.channel, message).await } else { Ok(Drawn::Fine) };
    }
    match edit(app, panel.channel, message, &parts).await {
        Ok(()) => {}
        // Somebody asked for the panel here, so it is posted again without asking back.
        Err(error) if is_gone(&error) && panel.state == PanelState::Wanted => {
            return first(app, panel, &parts, hash).await;
        }
        Err(error) => return judge(app, panel, &error),
    }
    if let Some(fresh) = unchanged(app, panel).await? {
        let panel = Panel { content_hash: Some(hash), state: PanelState::Posted, ..fresh };
        save(app, &panel).await?;
    }
    Ok(Drawn::Fine)
}

/// Posts a panel that has no message yet.
async fn first(app: &App, panel: &Panel, parts: &Parts, hash: i64) -> Result<Drawn, Trouble> {
    let posted = match post(app, panel.channel, parts, &nobody(), &panel.nonce).await {
        Ok(message) => message,
        Err(error) => return judge(app, panel, &error),
    };
    let panel = Panel {
        message: Some(posted),
        content_hash: Some(hash),
        state: PanelState::Posted,
        stale: Vec::new(),
        ..panel.clone()
    };
    if !save(app, &panel).await? {
        // Placed anew while it was being posted: this one is of no use. Should that fail, it is
        // among the leftovers of the new one.
        delete(app, panel.channel, posted).await?;
    }
    Ok(Drawn::Fine)
}

/// The panel as it is now, if nobody has placed it anew since.
async fn unchanged(app: &App, panel: &Panel) -> Result<Option<Panel>, Trouble> {
    let fresh = app.engine.store().panel(panel.guild, &panel.kind).await?;
    Ok(fresh.filter(|fresh| fresh.nonce == panel.nonce && fresh.channel == panel.channel))
}

/// Writes what became of a panel; answers whether nobody has placed it anew since.
async fn save(app: &App, panel: &Panel) -> Result<bool, Trouble> {
    Ok(app.engine.store().keep_panel(panel, app.engine.clock().now()).await?)
}

/// Asks whether the message is still there.
async fn look(app: &App, channel: ChannelId, message: MessageId) -> Result<Drawn, Trouble> {
    let rest = app.engine.rest();
    let asked =
        rest.send::<Message>(rest.factory().message(channel, message), Call::background()).await;
    match asked {
        Err(error) if is_gone(&error) => Ok(Drawn::Gone),
        Err(error) if error.is_temporary() => Err(later(&error)),
        // Discord answered something: the message is there.
        _ => Ok(Drawn::Fine),
    }
}

/// What a failed post or edit means.
fn judge(app: &App, panel: &Panel, error: &CallError) -> Result<Drawn, Trouble> {
    if is_gone(error) || matches!(error, CallError::Forbidden { .. }) {
        tracing::info!(guild = %panel.guild, kind = panel.kind, %error, "a panel is lost");
        return Ok(Drawn::Gone);
    }
    if error.is_temporary() {
        return Err(later(error));
    }
    if app.engine.rest().token_rejected() {
        return Ok(Drawn::Fine);
    }
    tracing::error!(guild = %panel.guild, kind = panel.kind, %error, "Discord refuses a panel");
    Ok(Drawn::Fine)
}

fn later(error: &CallError) -> Trouble {
    Trouble::Later(error.retry_after().unwrap_or(RETRY).max(Duration::from_millis(500)))
}

fn is_gone(error: &CallError) -> bool {
    matches!(error, CallError::NotFound { .. })
}

/// Takes away what was left elsewhere.
async fn clear(
    app: &App,
    guild: GuildId,
    kind: PanelKind,
    leftover: &Leftover,
) -> Result<(), Trouble> {
    let (channel, nonce) = match leftover {
        Leftover::Message(channel, message) => return delete(app, *channel, *message).await,
        Leftover::Post(channel, nonce) => (*channel, nonce),
    };
    // Said again, the post answers with the message it made; if it made none it makes one now,
    // for a moment.
    let parts = render(app, guild, kind).await?;
    match post(app, channel, &parts, &nobody(), nonce).await {
        Ok(message) => delete(app, channel, message).await,
        Err(error) if error.is_temporary() => Err(later(&error)),
        // The channel is gone or closed, and the message with it.
        Err(_) => Ok(()),
    }
}

/// Takes an old message away; one that is gone already is as good.
async fn delete(app: &App, channel: ChannelId, message: MessageId) -> Result<(), Trouble> {
    let rest = app.engine.rest();
    let request = rest.factory().delete_message(channel, message);
    match rest.send_empty(request, Call::background()).await {
        Err(error) if error.is_temporary() => Err(later(&error)),
        Err(error) if !is_gone(&error) => {
            tracing::info!(%error, "an old panel message could not be deleted");
            Ok(())
        }
        _ => Ok(()),
    }
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
