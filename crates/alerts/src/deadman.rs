//! A sign of life to somebody else's clock, who raises the alarm when it stops: what a process
//! cannot do about its own end.

use std::{fmt, time::Duration};

use secrecy::SecretString;
use tokio::time::{Instant, MissedTickBehavior, interval_at};
use tokio_util::sync::CancellationToken;

use crate::{
    Metrics, RouteError, SendError, Trust,
    route::http::{Client, Target},
};

/// Whoever waits for a sign of life.
pub struct Deadman {
    target: Target,
    client: Client,
    every: Duration,
}

impl fmt::Debug for Deadman {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Deadman").field("every", &self.every).finish_non_exhaustive()
    }
}

impl Deadman {
    /// Asks for `url` so often.
    pub fn new(url: &SecretString, every: Duration, trust: &Trust) -> Result<Self, RouteError> {
        let (target, client) = (Target::parse(url)?, Client::new(trust)?);
        Ok(Self { target, client, every: every.max(Duration::from_secs(1)) })
    }

    /// One sign of life.
    pub async fn ping(&self) -> Result<(), SendError> {
        self.client.get(&self.target).await
    }

    /// Gives a sign of life as long as `alive` says so, until it is stopped. The first one comes
    /// after a while: a process that is started again and again does not live.
    pub async fn run(
        &self,
        alive: impl Fn() -> bool + Send,
        metrics: &Metrics,
        stop: &CancellationToken,
    ) {
        let mut tick = interval_at(Instant::now() + self.every, self.every);
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut troubled = false;
        while stop.run_until_cancelled(tick.tick()).await.is_some() {
            if !alive() {
                continue;
            }
            let Some(pinged) = stop.run_until_cancelled(self.ping()).await else { return };
            metrics.pinged(pinged.is_ok());
            let before = std::mem::replace(&mut troubled, pinged.is_err());
            match pinged {
                Ok(()) if before => {
                    tracing::info!("the dead man's switch takes signs of life again");
                }
                Err(error) if !before => {
                    tracing::warn!("the dead man's switch did not take a sign of life: {error}");
                }
                _ => {}
            }
        }
    }
}
