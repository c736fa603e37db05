//! `gamekeeper migrate`: the schema's history, by hand. Needs the database's settings only.

use clap::{Args, Subcommand};
use store::migration::{self, Schema, Standing};

use crate::{
    config::DatabaseConfig,
    database::stop,
    exit::Stop,
    logging::{self, LogLevel},
};

/// What to do with the schema.
#[derive(Clone, Debug, Subcommand)]
pub enum Step {
    /// Bring the schema up to date, as `run` does when it starts.
    Up,
    /// Undo the last migrations, for an older version. Stop the bot first.
    Down(DownArgs),
    /// List the migrations and which of them are applied. Changes nothing.
    Status,
}

/// How far to go back.
#[derive(Args, Clone, Debug)]
pub struct DownArgs {
    /// How many migrations to undo; never the first, which needs --all.
    #[arg(default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    pub steps: u32,
    /// Undo all of them, which deletes everything that is remembered.
    #[arg(long, conflicts_with = "steps", requires = "yes")]
    pub all: bool,
    /// Yes, everything.
    #[arg(long, requires = "all")]
    pub yes: bool,
}

/// Does it, and says what was done.
#[expect(clippy::print_stdout, reason = "the list is what was asked for")]
pub async fn run(step: &Step, config: &DatabaseConfig) -> Result<(), Stop> {
    logging::start(LogLevel::Warn);
    let (verb, done) = match step {
        Step::Status => {
            let schema = migration::status(&config.store).await.map_err(|p| stop(&p, config))?;
            list(&schema);
            return Ok(());
        }
        Step::Up => {
            config.make_home()?;
            ("applied", migration::up(&config.store).await)
        }
        Step::Down(args) => {
            let steps = if args.all { usize::MAX } else { args.steps as usize };
            ("undone", migration::down(&config.store, steps, args.all).await)
        }
    };
    let done = done.map_err(|problem| stop(&problem, config))?;
    for name in &done {
        println!("{verb:<9}{name}");
    }
    if done.is_empty() {
        println!("nothing to do");
    }
    Ok(())
}

#[expect(clippy::print_stdout, reason = "the list is what was asked for")]
fn list(schema: &Schema) {
    let kind = format!("{:?}", schema.backend);
    println!("database {kind}{}", if schema.exists { "" } else { " (no file yet)" });
    for listed in &schema.migrations {
        let standing = match listed.standing {
            Standing::Applied => "applied",
            Standing::Pending => "pending",
            Standing::Unknown => "unknown",
        };
        let newer = listed.standing == Standing::Unknown;
        let why = if newer { "  (made by a newer version)" } else { "" };
        println!("{standing:<9}{}{why}", listed.name);
    }
}
