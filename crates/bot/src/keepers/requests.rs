//! Requests to join: a message with buttons where the game's admins see it.

use std::time::Duration;

use domain::{ChannelId, GameId, GuildId, RoleId, SeatState, Slot, UserId};
use engine::Fault;
use twilight_model::channel::message::AllowedMentions;

use super::post::post;
use crate::{app::App, register::fnv, text::Words, views::requests};

/// Pause after trouble that names no time.
const RETRY: Duration = Duration::from_secs(5);

/// Where a request goes, best first. Voice channels have a text chat too.
const PLACES: [Slot; 4] = [Slot::Chat, Slot::LookingForGroup, Slot::Announcements, Slot::Voice(1)];

/// Tells one request from every other: at most 25 characters. A person can ask again after a "no",
/// so the time of asking is part of it. Hashed, because ids and times made one after another are
/// so alike that anything simpler makes two requests look the same, and Discord then drops one.
fn nonce(game: GameId, user: UserId, since: i64) -> String {
    format!("ask-{:x}", fnv(format!("{game} {user} {since}").as_bytes()))
}

/// Posts one request, if it is still open.
pub(super) async fn keep(
    app: &App,
    guild: GuildId,
    game: GameId,
    user: UserId,
) -> Option<Duration> {
    match ask(app, guild, game, user).await {
        Ok(again) => again,
        Err(fault) => {
            app.engine.complain("a request could not be passed on", &fault);
            Some(RETRY)
        }
    }
}

async fn ask(
    app: &App,
    guild: GuildId,
    game: GameId,
    user: UserId,
) -> Result<Option<Duration>, Fault> {
    let store = app.engine.store();
    let Some(seat) = store.seat(game, user).await? else { return Ok(None) };
    let Some(record) = store.game(game).await? else { return Ok(None) };
    if seat.state != SeatState::Requested {
        return Ok(None);
    }
    let bindings = store.bindings(game).await?;
    let Some(known) = app.engine.cache().guild(guild) else { return Ok(Some(RETRY)) };
    let of_game = PLACES.iter().find_map(|slot| {
        let channel = ChannelId::new_checked(bindings.get(slot)?.id)?;
        known.channels.contains_key(&channel).then_some(channel)
    });
    let channel = match of_game {
        Some(channel) => Some(channel),
        None => app.engine.settings(guild).await?.log_channel,
    };
    // Without any place, panel and member list still show that somebody waits.
    let Some(channel) = channel else { return Ok(None) };
    let role = bindings.get(&Slot::AdminRole).and_then(|binding| RoleId::new_checked(binding.id));
    let words = Words::of(app.locales.of(guild));
    let parts = requests::ask(words, &record.game, user, role);
    let mentions = AllowedMentions { roles: role.into_iter().collect(), ..Default::default() };
    let nonce = nonce(game, user, seat.since);
    match post(app, channel, &parts, &mentions, &nonce).await {
        Ok(_) => Ok(None),
        Err(error) if error.is_temporary() => Ok(Some(error.retry_after().unwrap_or(RETRY))),
        Err(error) => {
            tracing::warn!(%guild, %game, %error, "a request could not be posted");
            Ok(None)
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn people_who_ask_one_after_another_are_told_apart() {
        let user = |n: u64| UserId::new(1_574_416_264_531_542_000 + n);
        let mut seen = HashSet::new();
        for n in 0..50 {
            for since in 0..50 {
                let nonce = nonce(GameId(1), user(n), 1_795_440_484_000 + since);
                assert!(nonce.len() <= 25, "{nonce}");
                assert!(seen.insert(nonce), "{n} at {since}");
            }
        }
    }
}
