//! Messages of ours that stay: drawn from the database, edited only when something changed, never
//! doubled.

use std::time::Duration;

use discord::{Call, CallError, LimitScope};
use domain::{ChannelId, GuildId, MessageId, server::ServerId};
use engine::{CardKind, Fault, PanelKind};
use store::{Leftover, Panel, PanelState};
use twilight_model::channel::Message;

use super::{panels, post::post, servers};
use crate::{
    answer::{edit, nobody},
    app::App,
    register::fnv,
    views::Parts,
};

/// After how long a message that could not be drawn is tried again, where Discord names no time.
pub(super) const RETRY: Duration = Duration::from_secs(10);

/// What a message is about.
#[derive(Clone, Copy, Debug)]
pub(super) enum Subject {
    Panel(PanelKind),
    Server(ServerId),
}

impl Subject {
    async fn render(self, app: &App, guild: GuildId) -> Result<Parts, Trouble> {
        match self {
            Self::Panel(kind) => panels::render(app, guild, kind).await,
            Self::Server(server) => servers::render(app, guild, server).await,
        }
    }

    /// How long an edit has to wait: servers change more often than their messages may.
    fn wait(self, app: &App, message: MessageId) -> Option<Duration> {
        match self {
            Self::Panel(_) => None,
            Self::Server(_) => app.bell.edits.wait(message, app.config.live_pause),
        }
    }

    fn edited(self, app: &App, message: MessageId) {
        if matches!(self, Self::Server(_)) {
            app.bell.edits.note(message);
        }
    }

    /// Whether the message is posted anew where Discord limits edits. A panel has time; what a
    /// server does is worth nothing when it is told late.
    fn is_renewed(self, app: &App, message: MessageId) -> bool {
        matches!(self, Self::Server(_)) && servers::age(app, message) >= servers::OLD
    }
}

/// Why a round ended early.
pub(super) enum Trouble {
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
pub(super) enum Drawn {
    Fine,
    /// Its message or channel is gone, or closed to the bot.
    Gone,
}

pub(super) async fn draw(
    app: &App,
    panel: &Panel,
    subject: Subject,
    forced: bool,
    doubted: bool,
) -> Result<Drawn, Trouble> {
    if !panel.stale.is_empty() {
        for leftover in &panel.stale {
            clear(app, panel.guild, subject, leftover).await?;
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
    let parts = subject.render(app, guild).await?;
    let hash = fnv(&serde_json::to_vec(&parts).unwrap_or_default()).cast_signed();
    let Some(message) = panel.message else {
        return first(app, panel, &parts, hash).await;
    };
    if panel.content_hash == Some(hash) && panel.state == PanelState::Posted && !forced {
        return if doubted { look(app, panel.channel, message).await } else { Ok(Drawn::Fine) };
    }
    if let Some(wait) = subject.wait(app, message) {
        return Err(Trouble::Later(wait));
    }
    match edit(app, panel.channel, message, &parts).await {
        Ok(()) => subject.edited(app, message),
        Err(CallError::RateLimited { scope: LimitScope::User | LimitScope::Hidden, .. })
            if subject.is_renewed(app, message) =>
        {
            app.engine.renew_card(panel).await?;
            return Err(Trouble::Later(Duration::ZERO));
        }
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
pub(super) async fn unchanged(app: &App, panel: &Panel) -> Result<Option<Panel>, Trouble> {
    let fresh = app.engine.store().panel(panel.guild, &panel.kind).await?;
    Ok(fresh.filter(|fresh| fresh.nonce == panel.nonce && fresh.channel == panel.channel))
}

/// Writes what became of a panel; answers whether nobody has placed it anew since.
pub(super) async fn save(app: &App, panel: &Panel) -> Result<bool, Trouble> {
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
    let is_card = panel.kind.parse::<CardKind>().is_ok();
    if is_card && matches!(error, CallError::Forbidden { .. }) {
        // The message stands there still, and must not stay as it is for ever.
        tracing::info!(guild = %panel.guild, kind = panel.kind, %error, "a live message is closed");
        return Err(Trouble::Later(servers::CLOSED));
    }
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
    subject: Subject,
    leftover: &Leftover,
) -> Result<(), Trouble> {
    let (channel, nonce) = match leftover {
        Leftover::Message(channel, message) => return delete(app, *channel, *message).await,
        Leftover::Post(channel, nonce) => (*channel, nonce),
    };
    // Said again, the post answers with the message it made; if it made none it makes one now,
    // for a moment.
    let parts = subject.render(app, guild).await?;
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
