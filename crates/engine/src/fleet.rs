//! This process among others on the same database: its name, its shards, its signs of life.

use std::time::{Duration, Instant};

use domain::{
    GuildId,
    fleet::{self, Shards},
};
use parking_lot::Mutex;
use store::{Instance, Lifetimes, Turned};

use crate::{Clock, Engine, Fault};

/// What a process is known by, and how long others wait before they take over from it.
#[derive(Clone, Debug)]
pub struct Membership {
    /// Unique among processes on one database, and the same after a restart: a new start under
    /// the name frees what the one before held.
    pub name: String,
    /// How long a game is left to a process that gives no sign of life. A call to Discord may
    /// take two thirds of it, so that none is under way any more when somebody else takes over.
    pub lease: Duration,
}

impl Default for Membership {
    fn default() -> Self {
        Self { name: "main".to_owned(), lease: Duration::from_secs(90) }
    }
}

/// See the module.
pub(crate) struct Fleet {
    pub(crate) me: Instance,
    lease: Duration,
    entered: tokio::sync::OnceCell<()>,
    shards: Mutex<Shards>,
    /// The database's time, and when it was that. Between two looks a monotonic clock goes on
    /// from there, so that no jump of the wall clock ends a lease.
    anchor: Mutex<Option<(i64, Instant)>>,
}

impl Fleet {
    pub(crate) fn new(membership: Membership, clock: &Clock) -> Self {
        let boot = (clock.now() << 20) ^ i64::from(std::process::id());
        Self {
            me: Instance { name: membership.name, boot },
            lease: membership.lease,
            entered: tokio::sync::OnceCell::new(),
            shards: Mutex::default(),
            anchor: Mutex::default(),
        }
    }

    pub(crate) fn anchor(&self, now: i64) {
        *self.anchor.lock() = Some((now, Instant::now()));
    }

    pub(crate) fn lease_ms(&self) -> i64 {
        i64::try_from(self.lease.as_millis()).unwrap_or(i64::MAX / 4)
    }

    pub(crate) fn lease(&self) -> Duration {
        self.lease
    }

    /// The longest that one call of the reconciler may take.
    pub(crate) fn call_within(&self) -> Duration {
        self.lease * 2 / 3
    }

    pub(crate) fn shards(&self) -> Shards {
        self.shards.lock().clone()
    }
}

/// How a turn went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Go on with these shards.
    On {
        /// Shards of this process.
        shards: Shards,
        /// One of them, to be closed and handed over.
        give: Option<u32>,
    },
    /// Another process was started under the same name: this one has to end.
    Replaced,
    /// Other processes divide another number of shards.
    OtherTotal(u32),
}

impl Engine {
    /// The time by which leases go.
    pub(crate) fn lease_now(&self) -> i64 {
        let anchor = *self.inner.fleet.anchor.lock();
        anchor.map_or_else(
            || self.clock().now(),
            |(now, at)| now + i64::try_from(at.elapsed().as_millis()).unwrap_or(i64::MAX / 4),
        )
    }

    /// How often [`Engine::take_turn`] wants to be called.
    pub fn turn_every(&self) -> Duration {
        self.inner.fleet.lease / 18
    }

    /// Joins the other processes on this database, once; what the process before held under this
    /// name is free then.
    pub async fn enter(&self) -> Result<(), Fault> {
        let fleet = &self.inner.fleet;
        fleet
            .entered
            .get_or_try_init(|| async {
                let now = self.store().enter(&fleet.me, self.clock().now()).await?;
                fleet.anchor(now);
                Ok(())
            })
            .await
            .copied()
    }

    /// Gives a sign of life and divides `total` shards with the other processes.
    pub async fn take_turn(&self, total: u32) -> Result<Standing, Fault> {
        self.enter().await?;
        let fleet = &self.inner.fleet;
        let ms = fleet.lease_ms();
        // A third of a game's lease: the shards come first, and bring the guilds.
        let lives = Lifetimes { sign_ms: ms / 3, shard_ms: ms / 3 };
        let now = self.clock().now();
        let turned = self.store().take_turn(&fleet.me, total, now, lives, |alive, holders| {
            fleet::divide(&fleet.me.name, alive, total, holders)
        });
        Ok(match turned.await? {
            Turned::Replaced => Standing::Replaced,
            Turned::OtherTotal(total) => Standing::OtherTotal(total),
            Turned::On { held, give, now, alive } => {
                fleet.anchor(now);
                self.rest().share(alive);
                let shards = Shards { total, held };
                // Work on games of a shard that is given away is not begun any more.
                let mut working = shards.clone();
                working.held.retain(|number| Some(*number) != give);
                *fleet.shards.lock() = working;
                self.inner.wake.notify_one();
                Standing::On { shards, give }
            }
        })
    }

    /// Frees a shard that was closed, and forgets what it told of its guilds.
    pub async fn give_shard(&self, number: u32, guilds: &[GuildId]) -> Result<(), Fault> {
        self.forget_guilds(guilds);
        let fleet = &self.inner.fleet;
        let total = fleet.shards.lock().total;
        Ok(self.store().hand_over(&fleet.me, total, number).await?)
    }

    /// Guilds whose events come to another process now. They are not "left".
    pub fn forget_guilds(&self, guilds: &[GuildId]) {
        for guild in guilds {
            self.cache().remove(*guild);
        }
    }

    /// Leaves the other processes in order: they need not wait for anything to run out.
    pub async fn leave(&self) -> Result<(), Fault> {
        Ok(self.store().leave(&self.inner.fleet.me).await?)
    }

    /// Whether this process looks after a guild.
    pub fn serves(&self, guild: GuildId) -> bool {
        self.inner.fleet.shards.lock().cover(guild)
    }
}
