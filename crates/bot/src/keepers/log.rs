//! Lines in the log channel: every settled audit entry, in order, several to a message.
//!
//! While the channel is gone or closed to the bot, lines stay owed, and the admin panel and the
//! settings say so. Once there is a channel again they are posted; after a week they are not news
//! any more, and one line says how many the history has instead.

use std::time::Duration;

use discord::CallError;
use domain::GuildId;
use engine::{Fault, view::AuditRow};

use super::post::post;
use crate::{answer::nobody, app::App, text::Words, views::audit};

/// Entries read at a time.
const BATCH: u64 = 50;

/// How long a line stays owed.
const OWED_MS: i64 = 7 * 24 * 60 * 60 * 1_000;

/// Pause when Discord refuses what by all we know should work.
const CLOSED: Duration = Duration::from_mins(5);

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
                app.engine.complain("log lines could not be posted", &fault);
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
    let settings = app.engine.settings(guild).await?;
    let Some(channel) = settings.log_channel else {
        store.mark_logged(&all).await?;
        return Ok(Outcome::More);
    };
    // A guild that is not available comes back with an event, and so does a channel.
    if app.engine.cache().guild(guild).is_none() {
        return Ok(Outcome::Done);
    }
    if let Some(trouble) = app.engine.log_trouble(&settings) {
        tracing::info!(%guild, %channel, ?trouble, "lines wait for a log channel");
        return Ok(Outcome::Done);
    }
    let words = Words::of(app.locales.of(guild));
    let stale = app.engine.clock().now() - OWED_MS;
    let missed = store.count_unlogged(guild, stale).await?;
    if missed > 0 {
        let note = audit::missed(words, missed);
        let nonce = format!("missed-{stale:x}");
        if let Err(error) = post(app, channel, &note, &nobody(), &nonce).await {
            return Ok(Outcome::Later(error.retry_after().unwrap_or(CLOSED)));
        }
        store.forgive_unlogged(guild, stale).await?;
        return Ok(Outcome::More);
    }
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
                return Ok(Outcome::Later(CLOSED));
            }
            // Lines that Discord will never take must not hold the others back.
            Err(error) => tracing::error!(%guild, %error, "Discord refuses log lines"),
        }
        store.mark_logged(ids).await?;
        posted += count;
    }
    Ok(Outcome::More)
}
