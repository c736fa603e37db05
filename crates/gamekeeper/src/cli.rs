//! The command line.

use std::{path::PathBuf, time::Duration};

use clap::{Args, CommandFactory as _, Parser, Subcommand};
use tokio::runtime::Runtime;

use crate::{
    backup, bench,
    checklist::{self, ChecklistArgs},
    commands,
    config::{BackupConfig, Config, DatabaseConfig, Flags},
    configure, data, demo, doctor,
    exit::Stop,
    health::{self, HealthArgs},
    kills, logging, manual, migrate, run, service, smoke, soak, standalone, tour, upgrade,
    watch::{self, WatchArgs},
};

/// How long threads that cannot be told to end are waited for at the end.
const THREADS_WITHIN: Duration = Duration::from_millis(300);

/// Gives each game of a community its own place on its Discord server, and keeps it there.
#[derive(Debug, Parser)]
#[command(version, about)]
pub struct Cli {
    #[command(flatten)]
    settings: SettingsArgs,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the bot. Settings come from the environment and `.env` (see `.env.example`).
    Run(RunArgs),
    /// Look at the settings: a template to fill in, what holds now, what is wrong.
    #[command(subcommand)]
    Config(configure::Ask),
    /// Ask the running bot whether it is alive; exit code 0 or 1.
    Health(HealthArgs),
    /// Look at the whole installation and say what to do; changes nothing, and runs beside the bot.
    /// Ends with 2 when something has to be put right, with 1 when --strict and there are warnings.
    Doctor(doctor::DoctorArgs),
    /// The bot's commands on Discord.
    #[command(subcommand)]
    Commands(commands::Deed),
    /// Look at the database's schema, bring it up to date, or take it back for an older version.
    #[command(subcommand)]
    Migrate(migrate::Step),
    /// Make, list, prove and restore backups.
    #[command(subcommand)]
    Backup(backup::Backup),
    /// Take data out and in, and forget people.
    #[command(subcommand)]
    Data(data::Data),
    /// Say how far the database is from this version, and whether going there is safe.
    UpgradeCheck,
    /// Try it out on a real server: in a temporary corner of it, make a game, join, archive, restore
    /// and delete it, and look that Discord and the database agree. Beside the running bot, or
    /// without it.
    Smoke(smoke::SmokeArgs),
    /// Go through the deployment checklist: each box with its state, and who answers for it. Sign it.
    Checklist(ChecklistArgs),
    /// Watch the running bot for a day, and report at hours 1, 4, 8, 12, 24 and at the end.
    Watch(WatchArgs),
    /// See it work: a local Discord and the bot in one process. Needs no account, leaves nothing
    /// behind.
    Demo(DemoArgs),
    /// A local Discord by itself, for bots in any language; see docs/sandbox.md.
    Sandbox(SandboxArgs),
    /// Measure it on this machine and print the figures.
    Bench(BenchArgs),
    /// Prove that no crash loses or leaves anything: kill the bot at every call of every flow.
    Kills(KillsArgs),
    /// Let people, strangers and trouble loose on it for minutes or hours, and check all the time
    /// that nothing is lost and nothing left behind.
    Soak(SoakArgs),
    /// Run it by systemd.
    #[command(subcommand)]
    Service(service::Service),
    /// Print what completes its commands in a shell.
    Completions(manual::Completions),
    /// Print its manual page, or a command's.
    Man(manual::Man),
}

/// Where settings come from, beside the environment.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Settings")]
pub struct SettingsArgs {
    /// A TOML file with settings, weaker than the environment and `.env`.
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// This instead of the nearest `.env` upwards.
    #[arg(long, global = true, value_name = "FILE")]
    env_file: Option<PathBuf>,
    /// A setting that is stronger than all others, such as `LOG_LEVEL=debug`; nothing secret.
    #[arg(long, global = true, value_name = "NAME=VALUE")]
    set: Vec<String>,
}

impl From<SettingsArgs> for Flags {
    fn from(args: SettingsArgs) -> Self {
        Self { toml: args.config, dotenv: args.env_file, set: args.set }
    }
}

/// How the bot is started.
#[derive(Args, Clone, Debug)]
pub struct RunArgs {
    /// Change the schema of a database with something in it without a backup before.
    #[arg(long)]
    pub no_backup: bool,
}

/// How the demo is played.
#[derive(Args, Clone, Debug)]
pub struct DemoArgs {
    /// Play every feature through by itself, one line a step; exit 0 only when all hold.
    #[arg(long)]
    pub tour: bool,
    /// Answer 5 % of REST calls with errors, rate limits or silence, and force a reconnect.
    #[arg(long)]
    pub faults: bool,
    /// Keep the database in this directory instead of a temporary one.
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// Port of the local Discord; a free one when left out.
    #[arg(long, default_value_t = 0)]
    pub port: u16,
}

/// The local Discord.
#[derive(Args, Clone, Debug)]
pub struct SandboxArgs {
    /// Port to listen on, on this machine only; 0 takes a free one.
    #[arg(long, default_value_t = 4700)]
    pub port: u16,
    /// Guilds to start with (TOML); a small friendly one when left out.
    #[arg(long, value_name = "FILE")]
    pub guilds: Option<PathBuf>,
    /// Faults, latency and rate limits to start with (TOML).
    #[arg(long, value_name = "FILE")]
    pub faults: Option<PathBuf>,
    /// Rate limits; a file of faults may say so too.
    #[arg(long, value_name = "PRESET", value_parser = ["default", "realistic", "off"])]
    pub limits: Option<String>,
    /// Show what the bot does against Discord's contract as it happens, and end with exit code 1
    /// if there was anything.
    #[arg(long)]
    pub strict: bool,
    /// The bot's token; always the same one when left out.
    #[arg(long)]
    pub token: Option<String>,
    /// The application's id, also the bot's.
    #[arg(long, value_name = "ID", default_value_t = 1_184_000_000_000_000_000,
        value_parser = clap::value_parser!(u64).range(1..))]
    pub application_id: u64,
    /// The bot's name.
    #[arg(long, value_name = "NAME", default_value = "Bot")]
    pub bot_name: String,
    /// A local AMP as well: a panel with three game servers, for bots that control some.
    #[arg(long)]
    pub amp: bool,
    /// Port of the local AMP, on this machine only; 0 takes a free one.
    #[arg(long, value_name = "PORT", default_value_t = 4701, requires = "amp")]
    pub amp_port: u16,
    /// Say where everything is in one line of JSON, for scripts.
    #[arg(long)]
    pub json: bool,
}

/// What is measured.
#[derive(Args, Clone, Debug)]
pub struct BenchArgs {
    /// Only benches whose name contains this.
    pub only: Option<String>,
}

/// Which cells of the matrix are played.
#[derive(Args, Clone, Debug)]
pub struct KillsArgs {
    /// Only flows whose name contains this.
    pub flow: Option<String>,
    /// A PostgreSQL server (postgresql://user@host:port) whose user may make databases; they are
    /// dropped again. SQLite alone when left out.
    #[arg(long, value_name = "URL", env = "GAMEKEEPER_TEST_POSTGRES", hide_env_values = true)]
    pub postgres: Option<String>,
    /// Keep Discord's audit log from the bot, so that it has to tell its own objects by their looks.
    #[arg(long)]
    pub without_audit_log: bool,
    /// Cells played at the same time.
    #[arg(long, value_name = "N", default_value_t = 6)]
    pub jobs: usize,
}

/// How long it is let loose, and what goes wrong meanwhile.
#[derive(Args, Clone, Debug)]
pub struct SoakArgs {
    /// How long, in minutes.
    #[arg(long, default_value_t = 10.0)]
    pub minutes: f64,
    /// What goes wrong meanwhile, separated by commas; nothing when left out.
    #[arg(long, value_name = "KINDS", value_delimiter = ',')]
    pub faults: Vec<soak::Trouble>,
    /// `sqlite`, or the address of a PostgreSQL server on which a database may be made
    /// (`postgres://user@host:port`); it is dropped at the end.
    #[arg(long, value_name = "DATABASE", default_value = "sqlite")]
    pub database: String,
    /// Of everything random; another one each time when left out.
    #[arg(long)]
    pub seed: Option<u64>,
}

impl Cli {
    /// Does what was asked.
    pub fn run(self) -> Result<(), Stop> {
        // Before anything opens a connection: no TLS provider is chosen behind our back.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
            .map_err(|problem| Stop::Unavailable(format!("no runtime: {problem}")))?;
        let done = self.on(&runtime);
        // Threads that cannot be interrupted, such as one that asks a game server, are not waited
        // for: what they do is nobody's any more.
        runtime.shutdown_timeout(THREADS_WITHIN);
        done
    }

    fn on(self, runtime: &Runtime) -> Result<(), Stop> {
        let flags = Flags::from(self.settings);
        match self.command {
            Command::Run(args) => {
                let config = Config::load(&flags)?;
                let lines = run::log(&config.log)?;
                let ended = runtime.block_on(run::run(config, &args, &flags, lines));
                logging::end();
                ended
            }
            Command::Health(args) => runtime.block_on(health::run(&args, &flags)),
            Command::Config(ask) => configure::run(&ask, &flags),
            Command::Doctor(args) => runtime.block_on(doctor::run(&args, &flags)),
            Command::Commands(deed) => runtime.block_on(commands::run(deed, &flags)),
            Command::Migrate(step) => {
                let config = DatabaseConfig::load(&flags)?;
                runtime.block_on(migrate::run(&step, &config, &flags))
            }
            Command::Backup(what) => {
                let config = BackupConfig::load(&flags)?;
                runtime.block_on(backup::run(&what, &config, &flags))
            }
            Command::Data(what) => {
                let config = BackupConfig::load(&flags)?;
                runtime.block_on(data::run(&what, &config))
            }
            Command::UpgradeCheck => {
                let config = DatabaseConfig::load(&flags)?;
                runtime.block_on(upgrade::check(&config))
            }
            Command::Smoke(args) => runtime.block_on(smoke::run(&args, Config::load(&flags)?)),
            Command::Checklist(args) => runtime.block_on(checklist::run(&args, &flags)),
            Command::Watch(args) => runtime.block_on(watch::run(&args, &flags)),
            Command::Demo(args) if args.tour => runtime.block_on(tour::run(&args)),
            Command::Demo(args) => runtime.block_on(demo::run(&args)),
            Command::Sandbox(args) => runtime.block_on(standalone::run(&args)),
            Command::Bench(args) => runtime.block_on(bench::run(&args)),
            Command::Kills(args) => runtime.block_on(kills::run(&args)),
            Command::Soak(args) => runtime.block_on(soak::run(&args)),
            Command::Service(service) => service::run(&service),
            Command::Completions(args) => manual::completions(&args, Self::command()),
            Command::Man(args) => manual::man(&args, Self::command()),
        }
    }
}
