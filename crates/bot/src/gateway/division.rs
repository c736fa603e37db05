//! The shards of this process: taken, kept and handed over as processes come and go.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use domain::GuildId;
use engine::Standing;
use tokio::{task::JoinSet, time::interval};
use tokio_util::sync::CancellationToken;
use twilight_gateway::{ShardId, queue::InMemoryQueue};

use super::{
    GatewayError,
    feed::Feed,
    shard::{Ended, Runner},
};
use crate::app::App;

/// One shard under way.
pub(super) struct Held {
    cancel: CancellationToken,
    /// Somebody else has it already: what this process knows of its session is worth nothing.
    lost: Arc<AtomicBool>,
    /// It is being closed in order to be handed over.
    given: bool,
}

/// All shards of this process.
pub(super) struct Division {
    pub(super) app: Arc<App>,
    pub(super) queue: InMemoryQueue,
    pub(super) url: String,
    pub(super) total: u32,
    pub(super) shards: BTreeMap<u32, Held>,
    pub(super) running: JoinSet<(u32, Result<Ended, GatewayError>)>,
}

impl Division {
    /// Runs until cancelled, or until one shard fails for good: without it, a part of the servers
    /// would be without a bot, unnoticed.
    pub(super) async fn run(mut self, cancel: &CancellationToken) -> Result<(), GatewayError> {
        let mut turns = interval(self.app.engine.turn_every());
        turns.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let result = loop {
            tokio::select! {
                () = cancel.cancelled() => break Ok(()),
                Some(ended) = self.running.join_next(), if !self.running.is_empty() => {
                    match ended {
                        Ok((number, Ok(ended))) => self.ended(number, &ended.guilds).await,
                        Ok((_, Err(error))) => break Err(error),
                        Err(error) => break Err(GatewayError::Died(error.to_string())),
                    }
                }
                _ = turns.tick() => match self.app.engine.take_turn(self.total).await {
                    Ok(Standing::On { shards, give }) => {
                        self.follow(&shards.held, give, cancel);
                    }
                    Ok(Standing::OtherTotal(total)) => self.adapt(total),
                    Ok(Standing::Replaced) => break Err(GatewayError::Replaced),
                    // What is held stays: as long as the database is away, nobody can take it.
                    Err(error) => {
                        self.app.engine.complain("no sign of life could be given", &error);
                    }
                },
            }
        };
        if matches!(result, Err(GatewayError::Replaced)) {
            self.shards.values().for_each(|held| held.lost.store(true, Ordering::Release));
        }
        cancel.cancel();
        while self.running.join_next().await.is_some() {}
        result
    }

    /// Opens what is new, closes what is lost or to be given away.
    fn follow(&mut self, held: &BTreeSet<u32>, give: Option<u32>, cancel: &CancellationToken) {
        for (number, lost) in &self.shards {
            if !held.contains(number) && !lost.lost.swap(true, Ordering::AcqRel) {
                tracing::warn!(shard = number, "another process took this shard over");
                lost.cancel.cancel();
            }
        }
        for number in held {
            if !self.shards.contains_key(number) {
                self.open(*number, cancel);
            }
        }
        if let Some(given) = give.and_then(|number| self.shards.get_mut(&number))
            && !std::mem::replace(&mut given.given, true)
        {
            tracing::info!(shard = give, "handing this shard over to another process");
            given.cancel.cancel();
        }
        self.report();
    }

    fn open(&mut self, number: u32, cancel: &CancellationToken) {
        let held = Held { cancel: cancel.child_token(), lost: Arc::default(), given: false };
        let runner = Runner {
            app: Arc::clone(&self.app),
            queue: self.queue.clone(),
            url: self.url.clone(),
            id: ShardId::new(number, self.total),
            feed: Feed::start(&self.app),
            lost: Arc::clone(&held.lost),
        };
        let running = runner.run(held.cancel.clone());
        self.shards.insert(number, held);
        self.running.spawn(async move { (number, running.await) });
    }

    /// A shard was closed: forgets its guilds and frees it for whoever it was closed for.
    async fn ended(&mut self, number: u32, guilds: &[GuildId]) {
        let Some(held) = self.shards.remove(&number) else { return };
        self.app.metrics.shard_gone(number);
        self.report();
        for guild in guilds {
            self.app.locales.forget(*guild);
        }
        if held.lost.load(Ordering::Acquire) {
            self.app.engine.forget_guilds(guilds);
        } else if let Err(error) = self.app.engine.give_shard(number, guilds).await {
            // Its lease runs out, unless this process renews it and opens it again.
            tracing::warn!(%error, shard = number, "a shard could not be handed over");
        }
    }

    /// Goes along with the others' number of shards, if nothing is open yet.
    fn adapt(&mut self, total: u32) {
        if self.shards.is_empty() {
            tracing::info!(shards = total, "other processes divide this number of shards");
            self.total = total.max(1);
        } else {
            tracing::error!(
                theirs = total,
                ours = self.total,
                "another process divides another number of shards; set GAMEKEEPER_SHARDS alike"
            );
        }
    }

    fn report(&self) {
        let kept = self.shards.values().filter(|held| !held.given).count();
        self.app.readiness.expect(u32::try_from(kept).unwrap_or(u32::MAX));
    }
}
