//! A stage: the local Discord with a friendly small guild, and the bot on it, in one process on
//! loopback. The demo, the tour, the bench and the story tests all play on it.

mod home;
pub mod outage;
mod player;
mod truth;
pub mod verbs;

use std::{path::PathBuf, time::Duration};

use bot::BotConfig;
use discord::RestConfig;
use domain::GuildId;
use engine::{Clock, Engine, Membership, reconcile::ReconcileConfig};
use sandbox::{
    Config, Sandbox,
    actor::{Actor, GuildHandle},
    world::{ChannelKind, Permissions},
};
use store::StoreConfig;
use twilight_model::id::Id;

use self::{home::Home, outage::Line, player::Player};
use crate::{child::Program, exit::Stop};

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
    /// Whether the line to that server can go bad ([`Stage::database`]).
    pub outages: bool,
    /// Changes to the bot's default settings.
    pub bot: fn(&mut BotConfig),
    /// Changes to the default settings of its door to Discord.
    pub rest: fn(&mut RestConfig),
    /// The reconciler's settings.
    pub reconcile: ReconcileConfig,
    /// What the bot is among other processes on the database.
    pub membership: Membership,
    /// Runs the bot as a process of its own, where the settings above (but `data` and
    /// `postgres`) do not reach it.
    pub program: Option<Program>,
    /// What the bot may do in the guild.
    pub permissions: Permissions,
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            discord: Config { bot_name: "Gamekeeper".to_owned(), ..Config::default() },
            data: None,
            postgres: None,
            outages: false,
            bot: |_| {},
            rest: |_| {},
            reconcile: ReconcileConfig::default(),
            membership: Membership::default(),
            program: None,
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
    old_homes: Vec<Home>,
    player: Option<Player>,
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
        let Setup { data, postgres, outages, .. } = &setup;
        let home = Home::make(data.as_deref(), postgres.as_deref(), *outages).await?;
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
        let old_homes = Vec::new();
        Ok(Self { discord, guild, setup, home, old_homes, player: None, clock: Clock::default() })
    }

    /// Starts the bot and waits until it is up.
    pub async fn start_bot(&mut self) -> Result<(), Stop> {
        self.launch_bot().await?;
        let Some(player) = &self.player else { return Ok(()) };
        player.ready().await
    }

    /// Starts the bot without waiting for it.
    pub async fn launch_bot(&mut self) -> Result<(), Stop> {
        let started = Player::start(&self.setup, &self.home, &self.discord, &self.clock).await?;
        self.player = Some(started);
        Ok(())
    }

    /// Stops the bot in order.
    pub async fn stop_bot(&mut self) {
        if let Some(player) = self.player.take() {
            player.stop().await;
        }
    }

    /// Stops the bot as a crash would, or by one (SIGKILL) where it is a process of its own:
    /// every task ends where it waits, and nothing is written any more.
    pub fn kill_bot(&mut self) {
        if let Some(player) = self.player.take() {
            player.kill();
        }
    }

    /// Whether the bot is connected and has told Discord its commands.
    pub fn is_up(&self) -> bool {
        self.player.as_ref().is_some_and(Player::is_up)
    }

    /// The engine of the running bot; where that is a process of its own, one that looks at the
    /// same database.
    ///
    /// # Panics
    ///
    /// When no bot is running: a mistake in the story, not in what it tests.
    pub fn engine(&self) -> &Engine {
        self.player.as_ref().expect("a bot is running").engine()
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

    /// Moves the bot's clock alone, forward or back.
    pub fn jump(&self, milliseconds: i64) {
        self.clock.advance(milliseconds);
    }

    /// Where the database is, for what a story writes there before the bot starts, or past it.
    pub fn database_config(&self) -> StoreConfig {
        self.home.database()
    }

    /// Moves to an empty machine with an empty database: on this server, or SQLite's without one. The
    /// bot has to be stopped. What was there before stays until the play ends.
    pub async fn move_out(&mut self, postgres: Option<&str>) -> Result<(), Stop> {
        let new = Home::make(None, postgres, false).await?;
        self.old_homes.push(std::mem::replace(&mut self.home, new));
        Ok(())
    }

    /// The machine's directory.
    pub fn folder(&self) -> &std::path::Path {
        self.home.folder()
    }

    /// What becomes of the database from now on. On SQLite, whatever is not "through" is a lock
    /// that somebody else holds.
    pub async fn database(&self, line: Line) -> Result<(), String> {
        self.home.trouble(line).await.map_err(|error| error.to_string())
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
