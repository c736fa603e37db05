//! `gamekeeper migrate`: the schema's history, by hand. Needs the database's settings only.

use clap::{Args, Subcommand};
use store::{
    StoreError,
    migration::{self, Schema, Standing, VERSIONS},
};

use crate::{
    backup,
    config::{BackupConfig, DatabaseConfig, Flags},
    database::stop,
    exit::Stop,
    logging::{self, LogLevel},
};

/// What to do with the schema.
#[derive(Clone, Debug, Subcommand)]
pub enum Step {
    /// Bring the schema up to date, as `run` does when it starts.
    Up {
        /// Do without the backup before, which is made when there is something to lose.
        #[arg(long)]
        no_backup: bool,
    },
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
    /// Back to the schema of this version of the program, or to this migration.
    #[arg(long, value_name = "VERSION", conflicts_with_all = ["steps", "all"])]
    pub to: Option<String>,
    /// Do without the backup before.
    #[arg(long)]
    pub no_backup: bool,
    /// Undo all of them, which deletes everything that is remembered.
    #[arg(long, conflicts_with = "steps", requires = "yes")]
    pub all: bool,
    /// Yes, everything.
    #[arg(long, requires = "all")]
    pub yes: bool,
}

/// What was undone, newest first.
type Undone = Result<Vec<String>, StoreError>;

/// Does it, and says what was done.
#[expect(clippy::print_stdout, reason = "the list is what was asked for")]
pub async fn run(step: &Step, config: &DatabaseConfig, flags: &Flags) -> Result<(), Stop> {
    logging::start(LogLevel::Warn);
    let (verb, done) = match step {
        Step::Status => {
            let schema = migration::status(&config.store).await.map_err(|p| stop(&p, config))?;
            list(&schema);
            return Ok(());
        }
        Step::Up { no_backup } => {
            config.make_home()?;
            if !no_backup {
                let made = backup::before_migrating(&BackupConfig::load(flags)?).await?;
                if let Some(name) = made {
                    println!("backup   {name}");
                }
            }
            ("applied", migration::up(&config.store).await)
        }
        Step::Down(args) => {
            let steps = steps(args, config).await?;
            let schema = migration::status(&config.store).await.map_err(|p| stop(&p, config))?;
            if steps == 0 || !schema.exists {
                ("undone", Ok(Vec::new()))
            } else {
                let backups = BackupConfig::load(flags)?;
                // A bot of this version would go on with what is not there any more.
                let undone = ::backup::alone(&backups.place, async {
                    Ok(back(args, steps, &backups).await)
                });
                ("undone", Box::pin(undone).await.map_err(|error| backup::stop(&error, config))??)
            }
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

/// Goes back, after a backup.
#[expect(clippy::print_stdout, reason = "what was done is what was asked for")]
async fn back(args: &DownArgs, steps: usize, backups: &BackupConfig) -> Result<Undone, Stop> {
    if !args.no_backup
        && let Some(name) = backup::before_going_back(backups).await?
    {
        println!("backup   {name}");
    }
    Ok(migration::down(&backups.place.database, steps, args.all).await)
}

/// How many steps back it is.
async fn steps(args: &DownArgs, config: &DatabaseConfig) -> Result<usize, Stop> {
    let Some(to) = &args.to else {
        return Ok(if args.all { usize::MAX } else { args.steps as usize });
    };
    let Some(newest) = migration::newest_of(to) else {
        let versions: Vec<_> = VERSIONS.iter().map(|(version, _)| *version).collect();
        return Err(Stop::Usage(format!(
            "`{to}` is no version that this one knows ({}), and no migration. See: gamekeeper migrate \
             status",
            versions.join(", ")
        )));
    };
    let schema = migration::status(&config.store).await.map_err(|p| stop(&p, config))?;
    let applied = schema.migrations.iter().filter(|listed| listed.standing == Standing::Applied);
    Ok(applied.filter(|listed| listed.name.as_str() > newest).count())
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
