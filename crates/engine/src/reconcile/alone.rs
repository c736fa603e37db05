//! Work on one game by a process that is not among those that divide the work: a command of the
//! operator's, beside the bot or in its absence.
//!
//! It takes no shard and no name that the bot could have, so it takes nothing away. Its lease on the
//! game is like everybody's: whoever has it works, and nobody else does.

use domain::{Game, GameId, fleet::Shards, plan::Plan};

use crate::{Engine, Fault};

impl Engine {
    /// Takes the database's time, by which leases go, without joining the other processes.
    pub async fn visit(&self) -> Result<(), Fault> {
        let now = self.store().time(self.clock().now()).await?;
        self.inner.fleet.anchor(now);
        Ok(())
    }

    /// Works on a game until it rests, if it is due and nobody else has it; answers whether it was.
    /// Must not be dropped half way: the game would wait until the lease runs out.
    pub async fn reconcile_alone(&self, game: GameId) -> Result<bool, Fault> {
        let mark = self.installation().await?;
        let shards = Shards::default();
        let claim = store::Claim {
            owner: &self.inner.fleet.me.name,
            now: self.clock().now(),
            lease_now: self.lease_now(),
            lease_ms: self.inner.fleet.lease_ms(),
            limit: 1,
            shards: &shards,
        };
        let Some(item) = self.store().claim_game(&claim, game).await? else { return Ok(false) };
        self.reconcile_game(item, &mark).await;
        Ok(true)
    }

    /// What the guild, as last seen, lacks of this game: no step and no problem when nothing.
    pub async fn lacking(&self, game: &Game) -> Result<Plan, Fault> {
        Ok(self.plan_for(game, false).await?.0)
    }
}
