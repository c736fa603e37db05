//! Lines in the log channel: every settled audit entry, in order, several to a message.

use std::time::Duration;

use discord::CallError;
use domain::GuildId;
use engine::{Fault, view::AuditRow};

use super::post::post;
use crate::{answer::nobody, app::App, text::Words, views::audit};

/// Entries read at a time.
const BATCH: u64 = 50;

/// Pause after trouble that names no time.
const RETRY: Duration = Duration::from_secs(15);

/// Posts what is owed to a guild's log channel.
pub(super) async fn keep(app: &App, guild: GuildId) -> Option<Duration> {
    loop {
        match batch(app, guild).await {
            Ok(Outcome::More) => {}
            Ok(Outcome::Done) => return None,
            Ok(Outcome::Later(after)) => return Some(after),
            Err(fault) => {
                tracing::error!(%guild, %fault, "log lines could not be posted");
                return Some(RETRY);
            }
        }
    }
}

enum Outcome {
    More,
    Done,
    Later(Duration),
}

async fn batch(app: &App, guild: GuildId) -> Result<Outcome, Fault> {
    let store = app.engine.store();
    let records = store.unlogged(guild, BATCH).await?;
    if records.is_empty() {
        return Ok(Outcome::Done);
    }
    let rows: Vec<AuditRow> = records.into_iter().map(AuditRow::from).collect();
    let all: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let Some(channel) = app.engine.settings(guild).await?.log_channel else {
        store.mark_logged(&all).await?;
        return Ok(Outcome::More);
    };
    let Some(known) = app.engine.cache().guild(guild) else { return Ok(Outcome::Done) };
    if !known.channels.contains_key(&channel) {
        tracing::warn!(%guild, %channel, "the log channel is gone; choose another in /settings");
        store.mark_logged(&all).await?;
        return Ok(Outcome::More);
    }
    let words = Words::of(app.locales.of(guild));
    let mut posted = 0;
    for (parts, count) in audit::log(words, &rows) {
        let ids = all.get(posted..posted + count).unwrap_or_default();
        // Both ends: with the first alone, a post that is said again with more lines in it would
        // pass for the shorter one, and the lines would be lost.
        let end = |id: Option<&i64>| id.copied().unwrap_or_default();
        let nonce = format!("log-{:x}-{:x}", end(ids.first()), end(ids.last()));
        match post(app, channel, &parts, &nobody(), &nonce).await {
            Ok(_) => {}
            Err(error) if error.is_temporary() => {
                return Ok(Outcome::Later(error.retry_after().unwrap_or(RETRY)));
            }
            Err(CallError::NotFound { .. } | CallError::Forbidden { .. }) => {
                tracing::warn!(%guild, %channel, "the log channel is closed to the bot");
                store.mark_logged(&all).await?;
                return Ok(Outcome::More);
            }
            // Lines that Discord will never take must not hold the others back.
            Err(error) => tracing::error!(%guild, %error, "Discord refuses log lines"),
        }
        store.mark_logged(ids).await?;
        posted += count;
    }
    Ok(Outcome::More)
}
