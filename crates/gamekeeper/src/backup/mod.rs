//! `gamekeeper backup`: make, list, prove, restore and remove backups, and say when what happens.

mod disagree;
mod show;

use backup::{BackupError, Facts, Place, RestoreOptions, Vault};
use clap::{Args, Subcommand};
use jiff::{SignedDuration, Timestamp};
use store::{
    Store,
    migration::{self, Standing},
};

use crate::{
    config::{BackupConfig, Config, DatabaseConfig, Flags},
    database,
    exit::Stop,
    logging::{self, LogLevel},
};

/// When a backup was made before the schema changed, as a fact in the database.
const BEFORE_UP: &str = "backup.before_up";
/// How long that one is enough, if the change did not come about.
const AGAIN_AFTER: SignedDuration = SignedDuration::from_mins(15);

/// What to do with backups.
#[derive(Clone, Debug, Subcommand)]
pub enum Backup {
    /// Make one now, also while the bot runs.
    Create,
    /// List those there are, here and in the second place.
    List {
        /// As JSON, for scripts.
        #[arg(long)]
        json: bool,
    },
    /// Restore one into a scratch database, compare every row, and hold it to our own rules.
    Verify {
        /// Its name.
        #[arg(default_value = "latest")]
        name: String,
    },
    /// Put one in the place of the database. Stop the bot first.
    Restore(RestoreArgs),
    /// Remove those that nothing keeps any more.
    Prune {
        /// Only say which.
        #[arg(long)]
        dry_run: bool,
    },
    /// Say what will happen when by itself.
    Schedule {
        /// Write a timer and a service of systemd's instead.
        #[arg(long)]
        systemd: bool,
    },
}

/// How to restore.
#[derive(Args, Clone, Debug)]
pub struct RestoreArgs {
    /// Its name, or `latest`.
    pub name: String,
    /// Replace what is in the database; a safety copy of that is made first.
    #[arg(long)]
    pub force: bool,
    /// Only show what Discord and the backup do not agree on, and so what the bot would change
    /// there. Changes nothing.
    #[arg(long, conflicts_with_all = ["force", "native"])]
    pub plan: bool,
    /// Use the database's own copy instead of the portable part.
    #[arg(long)]
    pub native: bool,
}

/// Does it, and says what was done.
pub async fn run(what: &Backup, config: &BackupConfig, flags: &Flags) -> Result<(), Stop> {
    logging::start(LogLevel::Warn);
    let place = &config.place;
    let stop = |error| stop(&error, &config.database);
    match what {
        Backup::Create => {
            let created = backup::create(place).await.map_err(stop)?;
            show::created(&created, place);
            // It is here, but somebody counts on it being there as well.
            created.offsite.unwrap_or(Ok(())).map_err(stop)?;
        }
        Backup::List { json } => {
            let all = Vault::new(&place.settings).list().await.map_err(stop)?;
            show::list(&all, *json);
        }
        Backup::Verify { name } => {
            show::verified(&backup::verify(place, name).await.map_err(stop)?);
        }
        Backup::Restore(RestoreArgs { name, plan: true, .. }) => {
            disagree::run(&Config::load(flags)?, name).await?;
        }
        Backup::Restore(args) => {
            let options = RestoreOptions { force: args.force, native: args.native, file: None };
            // On an empty machine there is no directory for the database yet.
            config.database.make_home()?;
            let restored = backup::restore(place, &args.name, &options).await.map_err(stop)?;
            show::restored(&restored);
        }
        Backup::Prune { dry_run } => {
            let pruned = backup::prune(place, *dry_run).await.map_err(stop)?;
            show::pruned(&pruned, *dry_run);
        }
        Backup::Schedule { systemd } => show::schedule(place, *systemd),
    }
    Ok(())
}

/// Why it did not happen, and whose it is.
pub(crate) fn stop(error: &BackupError, config: &DatabaseConfig) -> Stop {
    let said = error.to_string();
    match error {
        BackupError::Mistake(_) => Stop::Usage(said),
        BackupError::Damaged(_) => Stop::File(said),
        BackupError::Store(problem) => database::stop(problem, config),
        _ => Stop::Unavailable(said),
    }
}

/// Makes a backup before the schema goes forth, where there is something to lose. Answers its name.
pub async fn before_migrating(config: &BackupConfig) -> Result<Option<String>, Stop> {
    let unusable = |problem| database::stop(&problem, &config.database);
    let schema = migration::status(&config.place.database).await.map_err(unusable)?;
    let pending = schema.migrations.iter().any(|listed| listed.standing == Standing::Pending);
    if !pending || made_just_now(&config.place).await {
        return Ok(None);
    }
    let made = before(config, "up").await?;
    if made.is_some() {
        remember(&config.place, &Timestamp::now().to_string()).await;
    }
    Ok(made)
}

async fn remember(place: &Place, at: &str) {
    if let Ok(Some(store)) = Store::open_as_is(&place.database).await {
        // If this is forgotten, one more backup is made than is needed.
        let _ = store.set_fact(BEFORE_UP, at).await;
        let _ = store.close().await;
    }
}

/// Whether one was made for the same change a moment ago: a supervisor that starts a bot whose change
/// of the schema fails would fill the disk with them.
async fn made_just_now(place: &Place) -> bool {
    let Ok(Some(store)) = Store::open_as_is(&place.database).await else { return false };
    let at = store.fact(BEFORE_UP).await;
    let last = Facts::read(&store).await.map(|facts| facts.last);
    let _ = store.close().await;
    let at = at.ok().flatten().and_then(|at| at.parse::<Timestamp>().ok());
    let young = at.is_some_and(|at| Timestamp::now().duration_since(at) < AGAIN_AFTER);
    let here = |name: &str| place.settings.dir.join(name).is_file();
    young && last.is_ok_and(|last| last.is_some_and(|last| here(&last.name)))
}

/// Makes a backup before the schema goes back, where there is something to lose. Answers its name.
pub async fn before_going_back(config: &BackupConfig) -> Result<Option<String>, Stop> {
    let made = before(config, "down").await?;
    // The next way up is another one.
    remember(&config.place, "").await;
    Ok(made)
}

async fn before(config: &BackupConfig, way: &str) -> Result<Option<String>, Stop> {
    let unusable = |problem| database::stop(&problem, &config.database);
    // There is none yet; or what is wrong with it is said where it is opened.
    let Ok(Some(store)) = Store::open_as_is(&config.place.database).await else { return Ok(None) };
    let rows = store.lasting_rows().await;
    store.close().await.map_err(unusable)?;
    if rows.map_err(unusable)? == 0 {
        return Ok(None);
    }
    let created = backup::create(&config.place).await.map_err(|error| {
        let why = stop(&error, &config.database);
        Stop::Unavailable(format!(
            "the schema was not changed, because no backup could be made first: {why}. Without one: \
             gamekeeper migrate {way} --no-backup"
        ))
    })?;
    Ok(Some(created.name().to_owned()))
}
