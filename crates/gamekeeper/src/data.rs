//! `gamekeeper data`: everything, or one server, as a file; and forgetting one person.

use std::path::PathBuf;

use backup::BackupError;
use clap::{Args, Subcommand};
use domain::{GuildId, UserId};
use jiff::Timestamp;
use store::migration::{self, Standing};
use twilight_model::id::{Id, marker::GuildMarker};

use crate::{
    backup::stop,
    config::{BackupConfig, DatabaseConfig},
    database,
    exit::Stop,
    logging::{self, LogLevel},
};

/// What to do with the data.
#[derive(Clone, Debug, Subcommand)]
pub enum Data {
    /// Write it into a new file, which any other installation can take in.
    Export(ExportArgs),
    /// Take such a file in. Stop the bot first.
    Import(ImportArgs),
    /// Forget one person: seats, and the name in the history.
    EraseMember(EraseArgs),
}

/// What to export.
#[derive(Args, Clone, Debug)]
pub struct ExportArgs {
    /// The new file.
    pub file: PathBuf,
    /// Only this server's.
    #[arg(long, value_name = "ID")]
    pub guild: Option<Id<GuildMarker>>,
}

/// What to import.
#[derive(Args, Clone, Debug)]
pub struct ImportArgs {
    /// The file.
    pub file: PathBuf,
    /// Replace what is there; a safety copy is made first.
    #[arg(long)]
    pub force: bool,
}

/// Whom to forget.
#[derive(Args, Clone, Debug)]
pub struct EraseArgs {
    /// The person's Discord id.
    #[arg(value_name = "USER_ID")]
    pub user: UserId,
    /// Only in this server.
    #[arg(long, value_name = "ID")]
    pub guild: Option<GuildId>,
    /// Yes, for good.
    #[arg(long)]
    pub yes: bool,
}

/// Does it, and says what was done.
#[expect(clippy::print_stdout, reason = "what was done is what was asked for")]
pub async fn run(what: &Data, config: &BackupConfig) -> Result<(), Stop> {
    logging::start(LogLevel::Warn);
    let place = &config.place;
    let stop = |error: BackupError| stop(&error, &config.database);
    match what {
        Data::Export(args) => {
            let manifest = ::backup::export(place, args.guild, &args.file).await.map_err(stop)?;
            println!("written   {}", args.file.display());
            println!("rows      {}", manifest.rows());
            if !place.settings.keys.encrypts() {
                println!("note      it is not encrypted; it names people by their Discord ids");
            }
            Ok(())
        }
        Data::Import(args) => {
            config.database.make_home()?;
            let imported =
                ::backup::import(place, args.file.clone(), args.force).await.map_err(stop)?;
            println!("taken in  {} rows", imported.manifest.rows());
            if let Some(safety) = imported.safety {
                println!("before    {safety} (what was there)");
            }
            if imported.renumbered {
                println!("note      games and servers have other numbers now: theirs were taken");
            }
            println!("next      start the bot; it looks at every game and makes Discord follow");
            Ok(())
        }
        Data::EraseMember(args) => erase(args, &config.database).await,
    }
}

#[expect(clippy::print_stdout, reason = "what was done is what was asked for")]
async fn erase(args: &EraseArgs, config: &DatabaseConfig) -> Result<(), Stop> {
    if !args.yes {
        return Err(Stop::Usage(format!(
            "this forgets {} for good, and nothing was changed yet. If you mean it, say --yes",
            args.user
        )));
    }
    let unusable = |problem| database::stop(&problem, config);
    let schema = migration::status(&config.store).await.map_err(unusable)?;
    let of = |standing| schema.migrations.iter().filter(move |it| it.standing == standing).count();
    // This does one thing; to bring the schema up to date is another, with a backup before.
    match (of(Standing::Applied), of(Standing::Pending)) {
        (0, _) => {
            return Err(Stop::Usage("there is no database yet, so nobody is known".to_owned()));
        }
        (_, 0) => {}
        (_, pending) => {
            return Err(Stop::Usage(format!(
                "the database is of an older version ({pending} migrations are to come), and nothing was \
                 changed. First: gamekeeper migrate up"
            )));
        }
    }
    let store = database::open(config).await?;
    let now = Timestamp::now().as_millisecond();
    let forgotten = store.erase_member(args.user, args.guild, now).await;
    let closed = store.close().await;
    let forgotten = forgotten.map_err(|problem| database::stop(&problem, config))?;
    closed.map_err(|problem| database::stop(&problem, config))?;
    println!("seats     {} removed", forgotten.seats);
    println!("history   {} entries without the person now", forgotten.entries);
    println!("others    {} rows", forgotten.others);
    if forgotten.ended > 0 {
        println!(
            "note      {} seats had a role on Discord: they were ended, and the bot takes the roles \
             away. Then say this command again, to remove those rows as well",
            forgotten.ended
        );
    }
    println!(
        "note      backups that were made before still have the person, until they are removed"
    );
    Ok(())
}
