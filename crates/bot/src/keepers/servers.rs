//! Game servers: their live messages, and their alarms where somebody wants them.

use std::{collections::HashMap, time::Duration};

use domain::{GuildId, MessageId, server::ServerId};
use engine::Fault;
use parking_lot::Mutex;
use store::{Panel, PanelState};
use tokio::time::Instant;

use super::{
    board::{Drawn, RETRY, Subject, Trouble, draw, save, unchanged},
    post::post,
};
use crate::{
    answer::nobody,
    app::App,
    text::Words,
    views::{Parts, server_card},
};

/// From when on Discord lets a message be edited now and then only (code 30046).
pub(super) const OLD: Duration = Duration::from_hours(1);
/// An alarm that could not be told for so long is no news any more.
const OWED_MS: i64 = 60 * 60 * 1_000;
/// Pause when the channel for alarms or for a live message is closed.
pub(super) const CLOSED: Duration = Duration::from_mins(5);

/// When live messages were edited last.
#[derive(Default)]
pub(super) struct Edits(Mutex<HashMap<MessageId, Instant>>);

impl Edits {
    /// How long to wait before the next edit; none if it may be now.
    pub(super) fn wait(&self, message: MessageId, pause: Duration) -> Option<Duration> {
        let since = self.0.lock().get(&message)?.elapsed();
        pause.checked_sub(since).filter(|wait| !wait.is_zero())
    }

    pub(super) fn note(&self, message: MessageId) {
        self.0.lock().insert(message, Instant::now());
    }

    /// Forgets what holds nobody back any more.
    pub(super) fn tidy(&self, pause: Duration) {
        self.0.lock().retain(|_, at| at.elapsed() < pause);
    }
}

/// How old a message is, by Discord's own time in its id and by our clock.
pub(super) fn age(app: &App, message: MessageId) -> Duration {
    // A snowflake's upper 42 bits are milliseconds since 2015 began (Discord, reference).
    const EPOCH_MS: i64 = 1_420_070_400_000;
    let made = i64::try_from(message.get() >> 22).unwrap_or(0) + EPOCH_MS;
    let age = app.engine.clock().now().saturating_sub(made);
    Duration::from_millis(u64::try_from(age).unwrap_or(0))
}

/// Shows a server as it is now, and tells what is owed. Answers when to try again.
pub(super) async fn keep(
    app: &App,
    (guild, server): (GuildId, ServerId),
    doubted: bool,
) -> Option<Duration> {
    // An unavailable guild comes back with an event.
    app.engine.cache().guild(guild)?;
    let told = alerts(app, guild, server).await;
    let drawn = cards(app, guild, server, doubted).await;
    let again = |result: Result<(), Trouble>| match result {
        Ok(()) => None,
        Err(Trouble::Later(after)) => Some(after),
        Err(Trouble::Fault(fault)) => {
            app.engine.complain("a server could not be shown", &fault);
            Some(RETRY)
        }
    };
    match (again(told), again(drawn)) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

pub(super) async fn render(app: &App, guild: GuildId, server: ServerId) -> Result<Parts, Trouble> {
    let words = Words::of(app.locales.of(guild));
    let view = app.engine.public_server(server).await?;
    Ok(match view {
        Some(view) => server_card::live(words, &view),
        None => server_card::gone(words),
    })
}

async fn cards(app: &App, guild: GuildId, server: ServerId, doubted: bool) -> Result<(), Trouble> {
    for card in app.engine.cards(guild, server).await? {
        if draw(app, &card, Subject::Server(server), false, doubted).await? == Drawn::Gone {
            gone(app, &card).await?;
        }
    }
    Ok(())
}

/// Somebody deleted it, or its channel: that is accepted. A command or a new tie brings it back.
async fn gone(app: &App, card: &Panel) -> Result<(), Trouble> {
    let Some(fresh) = unchanged(app, card).await? else { return Ok(()) };
    let lost = Panel { message: None, content_hash: None, state: PanelState::Lost, ..fresh };
    if save(app, &lost).await? {
        tracing::info!(guild = %card.guild, kind = card.kind, "a live message is gone");
    }
    Ok(())
}

/// Tells the alarms that are owed, in order.
async fn alerts(app: &App, guild: GuildId, server: ServerId) -> Result<(), Trouble> {
    let Some(view) = app.engine.public_server(server).await? else { return Ok(()) };
    let record = &view.record;
    let Some(channel) = record.alerts else { return Ok(()) };
    let since = app.engine.clock().now() - OWED_MS;
    let words = Words::of(app.locales.of(guild));
    let owed = app.engine.owed_alerts(record, since).await?;
    let more = !owed.is_empty();
    for (entry, alert, at) in owed {
        let parts = server_card::alert(words, &view, alert, at);
        match post(app, channel, &parts, &nobody(), &format!("alert-{entry:x}")).await {
            Ok(_) => {}
            Err(error) if error.is_temporary() => {
                return Err(Trouble::Later(error.retry_after().unwrap_or(RETRY)));
            }
            // The history and the log channel have it.
            Err(error) => {
                tracing::warn!(%guild, %server, %error, "the channel for alarms is closed");
                return Err(Trouble::Later(CLOSED));
            }
        }
        app.engine.store().told_alerts(server, entry).await.map_err(Fault::from)?;
    }
    // There may be more than are told in one go.
    if more { Err(Trouble::Later(Duration::ZERO)) } else { Ok(()) }
}
