//! A stage: the local Discord with a friendly small guild, and the bot on it, in one process on
//! loopback. The demo, the tour, the bench and the story tests all play on it.

mod home;
mod truth;
pub mod verbs;

use std::{path::PathBuf, time::Duration};

use bot::BotConfig;
use domain::GuildId;
use engine::{Clock, Engine, Membership, reconcile::ReconcileConfig};
use sandbox::{
    Config, Sandbox,
    actor::{Actor, GuildHandle},
    world::{ChannelKind, Permissions},
};
use secrecy::SecretString;
use store::Store;
use tokio::runtime::Runtime;
use twilight_model::id::Id;

use self::home::Home;
use crate::{
    exit::Stop,
    wire::{Parts, Running},
};

/// How long anything on a stage may take before it counts as wedged.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// How a stage is set.
#[derive(Debug)]
pub struct Setup {
    /// Start-up settings of the local Discord.
    pub discord: Config,
    /// Where an SQLite database lives; a temporary directory when left out.
    pub data: Option<PathBuf>,
    /// A PostgreSQL server to make a database on instead, dropped at the end.
    pub postgres: Option<String>,
    /// Changes to the bot's default settings.
    pub bot: fn(&mut BotConfig),
    /// The reconciler's settings.
    pub reconcile: ReconcileConfig,
    /// What the bot is among other processes on the database.
    pub membership: Membership,
    /// What the bot may do in the guild.
    pub permissions: Permissions,
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            discord: Config { bot_name: "Gamekeeper".to_owned(), ..Config::default() },
            data: None,
            postgres: None,
            bot: |_| {},
            reconcile: ReconcileConfig::default(),
            membership: Membership::default(),
            permissions: Permissions(invited_with().bits()),
        }
    }
}

/// What an operator invites the bot with.
pub fn invited_with() -> domain::Permissions {
    domain::plan::access::WANTED
}

/// The stage.
pub struct Stage {
    /// The local Discord.
    pub discord: Sandbox,
    /// The guild.
    pub guild: GuildHandle,
    setup: Setup,
    home: Home,
    running: Option<(Running, Runtime)>,
    clock: Clock,
}

impl Stage {
    /// Sets the stage and waits until the bot is up.
    pub async fn set(setup: Setup) -> Result<Self, Stop> {
        let mut stage = Self::empty(setup).await?;
        stage.start_bot().await?;
        Ok(stage)
    }

    /// Sets the stage without the bot.
    pub async fn empty(setup: Setup) -> Result<Self, Stop> {
        let home = Home::make(setup.data.as_deref(), setup.postgres.as_deref()).await?;
        let discord = Sandbox::start(setup.discord.clone())
            .await
            .map_err(|p| Stop::Unavailable(format!("the local Discord cannot listen: {p}")))?;
        let guild = discord
            .new_guild("Friendly Dragons")
            .owner("Olga")
            .role("Keepers", Permissions::MANAGE_GUILD)
            .channel(ChannelKind::Text, "general")
            .channel(ChannelKind::Text, "games")
            .channel(ChannelKind::Text, "admin")
            .channel(ChannelKind::Text, "log")
            .member_with("Adam", &["Keepers"])
            .member("Gus")
            .member("Mia")
            .member("Ben")
            .member("Kim")
            .member("Sid")
            .bot(setup.permissions)
            .build();
        Ok(Self { discord, guild, setup, home, running: None, clock: Clock::default() })
    }

    /// Starts the bot and waits until it is up.
    pub async fn start_bot(&mut self) -> Result<(), Stop> {
        self.launch_bot().await?;
        let Some((running, _)) = &self.running else { return Ok(()) };
        let mut status = running.status();
        tokio::time::timeout(PATIENCE, status.wait_for(|status| status.is_ready()))
            .await
            .map_err(|_| Stop::Failed("the bot did not come up in time".to_owned()))?
            .map_err(|_| Stop::Failed("the bot stopped while it came up".to_owned()))?;
        Ok(())
    }

    /// Starts the bot without waiting for it.
    pub async fn launch_bot(&mut self) -> Result<(), Stop> {
        let database = self.home.database();
        let origin = self.discord.origin().parse().map_err(|p: discord::OriginError| {
            Stop::Unavailable(format!("the local Discord's address: {p}"))
        })?;
        let token = SecretString::from(self.discord.token().to_owned());
        let application = Id::new(self.discord.application_id().0.max(1));
        let (bot, reconcile) = (self.setup.bot, self.setup.reconcile.clone());
        let membership = self.setup.membership.clone();
        let clock = self.clock.clone();
        // A runtime of its own, so that a crash can take every task of the bot at once.
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .map_err(|p| Stop::Unavailable(format!("no runtime: {p}")))?;
        let starting = runtime.spawn(async move {
            let store = Store::open(&database)
                .await
                .map_err(|p| Stop::Unavailable(format!("the database cannot be opened: {p}")))?;
            let parts = Parts {
                token,
                application,
                discord: origin,
                store,
                bot,
                reconcile,
                membership,
                clock,
            };
            Running::start(parts).await.map_err(Stop::from)
        });
        let started = starting.await.map_err(|p| Stop::Failed(format!("the start died: {p}")))?;
        self.running = Some((started?, runtime));
        Ok(())
    }

    /// Stops the bot in order.
    pub async fn stop_bot(&mut self) {
        if let Some((running, runtime)) = self.running.take() {
            running.stop().await;
            runtime.shutdown_background();
        }
    }

    /// Stops the bot as a crash would: every task ends where it waits, and nothing is written
    /// any more.
    pub fn kill_bot(&mut self) {
        if let Some((_, runtime)) = self.running.take() {
            runtime.shutdown_background();
        }
    }

    /// The engine of the running bot.
    ///
    /// # Panics
    ///
    /// When no bot is running: a mistake in the story, not in what it tests.
    pub fn engine(&self) -> &Engine {
        self.running.as_ref().expect("a bot is running").0.engine()
    }

    /// The guild's id, as our own rooms know it.
    pub fn guild_id(&self) -> GuildId {
        Id::new(self.guild.id().0.max(1))
    }

    /// A person by name.
    pub fn person(&self, name: &str) -> Actor {
        self.guild.actor(name)
    }

    /// Moves the bot's clock and Discord's together.
    pub fn advance(&self, by: Duration) {
        self.clock.advance(i64::try_from(by.as_millis()).unwrap_or(i64::MAX));
        self.discord.clock().advance(by);
    }

    /// Ends the play: the bot in order, then Discord.
    pub async fn close(mut self) {
        self.stop_bot().await;
        self.discord.stop();
    }
}

/// A play that ends early takes the bot along.
impl Drop for Stage {
    fn drop(&mut self) {
        self.kill_bot();
        self.discord.stop();
    }
}
