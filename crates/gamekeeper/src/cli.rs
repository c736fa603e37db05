//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::{bench, config::Config, demo, exit::Stop, logging, run, tour};

/// Gives each game of a community its own place on its Discord server, and keeps it there.
#[derive(Debug, Parser)]
#[command(version, about)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the bot. Settings come from the environment and `.env` (see `.env.example`).
    Run,
    /// See it work: a local Discord and the bot in one process. Needs no account, leaves nothing
    /// behind.
    Demo(DemoArgs),
    /// Measure it on this machine and print the figures.
    Bench(BenchArgs),
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

/// What is measured.
#[derive(Args, Clone, Debug)]
pub struct BenchArgs {
    /// Only benches whose name contains this.
    pub only: Option<String>,
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
        match self.command {
            Command::Run => {
                let config = Config::load()?;
                logging::start(config.log_level);
                runtime.block_on(run::run(config))
            }
            Command::Demo(args) if args.tour => runtime.block_on(tour::run(&args)),
            Command::Demo(args) => runtime.block_on(demo::run(&args)),
            Command::Bench(args) => runtime.block_on(bench::run(&args)),
        }
    }
}
