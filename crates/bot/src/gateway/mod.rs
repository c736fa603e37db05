//! The gateway: one task a shard, sessions that survive a restart, a cache that follows.
//!
//! What is deliberately absent: any work that waits. Events go into the engine's cache at once and
//! interactions into tasks of their own, so that heartbeats are never late.

mod division;
mod feed;
mod guilds;
mod readiness;
mod session;
mod shard;

pub use self::readiness::Status;
pub(crate) use self::{guilds::GuildLocales, readiness::Readiness};

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use discord::{Call, CallError};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use twilight_gateway::{Intents, queue::InMemoryQueue};
use twilight_model::gateway::{CloseCode, connection_info::BotConnectionInfo};

use self::division::Division;
use crate::app::App;

/// What every shard asks for. Interactions need no intent at all.
const BASIC: Intents = Intents::GUILDS;

/// Longest pause between two tries to learn the gateway's address.
const MAX_PAUSE: Duration = Duration::from_secs(30);

/// Why the gateway is closed to this bot for good.
#[derive(Clone, Debug, thiserror::Error)]
pub enum GatewayError {
    /// Discord does not accept the bot token.
    #[error("Discord does not accept the bot token")]
    BadToken,
    /// Discord closed the connection in a way that reconnecting does not cure.
    #[error("Discord closed the gateway connection for good: {0:?}")]
    Closed(CloseCode),
    /// The gateway's address could not be learnt, for a reason that waiting does not cure.
    #[error("the gateway's address could not be read: {0}")]
    Address(CallError),
    /// Another process was started under the name of this one.
    #[error("another process was started under the same name on this database")]
    Replaced,
    /// A shard's task died.
    #[error("the task of a shard ended: {0}")]
    Died(String),
}

/// Connects this process's shards and keeps them connected until cancelled. Returns after every
/// session was saved.
pub(crate) async fn run(app: &Arc<App>, cancel: &CancellationToken) -> Result<(), GatewayError> {
    let Some(info) = address(app, cancel).await? else { return Ok(()) };
    let limit = &info.session_start_limit;
    if limit.remaining == 0 {
        tracing::warn!(
            seconds = limit.reset_after / 1_000,
            "no session start is left today; waiting for Discord to allow one"
        );
    }
    let queue = InMemoryQueue::new(
        limit.max_concurrency,
        limit.remaining.min(limit.total),
        Duration::from_millis(limit.reset_after),
        limit.total,
    );
    let division = Division {
        app: Arc::clone(app),
        queue,
        url: info.url.trim_end_matches('/').to_owned(),
        total: app.config.shards.unwrap_or(info.shards).max(1),
        shards: BTreeMap::new(),
        running: JoinSet::new(),
    };
    division.run(cancel).await
}

/// Asks for the gateway's address until there is one. `None` when cancelled.
async fn address(
    app: &App,
    cancel: &CancellationToken,
) -> Result<Option<BotConnectionInfo>, GatewayError> {
    let rest = app.engine.rest();
    let mut pause = Duration::from_millis(500);
    loop {
        let asked =
            rest.send::<BotConnectionInfo>(rest.factory().gateway().authed(), Call::interactive());
        let error = match cancel.run_until_cancelled(asked).await {
            None => return Ok(None),
            Some(Ok(info)) => return Ok(Some(info)),
            Some(Err(error)) => error,
        };
        if rest.token_rejected() {
            return Err(GatewayError::BadToken);
        }
        if !error.is_temporary() {
            return Err(GatewayError::Address(error));
        }
        tracing::warn!(%error, seconds = pause.as_secs_f32(), "Discord is out of reach; trying again");
        if cancel.run_until_cancelled(tokio::time::sleep(pause)).await.is_none() {
            return Ok(None);
        }
        pause = (pause * 2).min(MAX_PAUSE);
    }
}
