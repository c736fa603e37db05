//! The part of the configuration that says where everything is remembered: all that
//! `gamekeeper migrate` needs.

use std::{
    ops::RangeInclusive,
    os::unix::fs::DirBuilderExt as _,
    path::{Path, PathBuf},
    time::Duration,
};

use settings::{Flags, SettingError, Settings};

use store::{StoreConfig, StoreError};

use super::read::{is_directory, number, parse_bool};

/// PostgreSQL's own limit is 100 for everybody, unless it was raised.
const CONNECTIONS: RangeInclusive<u32> = 2..=200;
/// A click has to be answered long before.
const ACQUIRE_SECONDS: RangeInclusive<u64> = 1..=60;
/// Above, a statement is not slow but stuck.
const STATEMENT_SECONDS: RangeInclusive<u64> = 1..=300;
/// The SQLite file in the data directory.
const FILE: &str = "gamekeeper.db";

const CURE: &str = "Use postgresql://user:password@host/database or sqlite://path, or leave it empty \
                    for a file in the data directory";

/// Where everything is remembered.
#[derive(Debug)]
pub struct DatabaseConfig {
    /// `DATABASE_URL`, or a file in the data directory, with the `GAMEKEEPER_DB_…` settings.
    pub store: StoreConfig,
    /// `GAMEKEEPER_DATA_DIR`; `data` when unset.
    pub data_dir: PathBuf,
    /// Whether it is an SQLite file, not a server.
    pub is_file: bool,
}

impl DatabaseConfig {
    /// Reads all layers, as far as they are about the database.
    pub fn load(flags: &Flags) -> Result<Self, SettingError> {
        Self::read(&Settings::load(flags)?)
    }

    /// Parses the values that are about the database.
    pub fn read(settings: &Settings) -> Result<Self, SettingError> {
        let data_dir = PathBuf::from(settings.get("GAMEKEEPER_DATA_DIR").unwrap_or("data"));
        let mut store = place(settings.get("DATABASE_URL"), &data_dir)?;
        // A database that is away is no mistake in the settings.
        if let Err(StoreError::Url(what)) = store.check() {
            return Err(misread(&what));
        }
        if let Some(text) = settings.get("GAMEKEEPER_DB_CONNECTIONS") {
            store.max_connections =
                number("GAMEKEEPER_DB_CONNECTIONS", text, CONNECTIONS, "of connections")?;
        }
        if let Some(text) = settings.get("GAMEKEEPER_DB_ACQUIRE_TIMEOUT") {
            let variable = "GAMEKEEPER_DB_ACQUIRE_TIMEOUT";
            let seconds = number(variable, text, ACQUIRE_SECONDS, "of seconds")?;
            store.acquire_timeout = Duration::from_secs(seconds);
        }
        if let Some(text) = settings.get("GAMEKEEPER_DB_STATEMENT_TIMEOUT") {
            let variable = "GAMEKEEPER_DB_STATEMENT_TIMEOUT";
            let off = text.parse::<u64>().is_err() && parse_bool(text) == Some(false);
            store.statement_timeout = if off {
                None
            } else {
                let seconds = number(variable, text, STATEMENT_SECONDS, "of seconds, or off")?;
                Some(Duration::from_secs(seconds))
            };
        }
        let is_file = store.url.starts_with("sqlite:");
        Ok(Self { store, data_dir, is_file })
    }

    /// Whether the data directory can be one. What is not there yet will be made.
    pub fn check_home(&self) -> Result<(), SettingError> {
        is_directory("GAMEKEEPER_DATA_DIR", &self.data_dir)
    }

    /// Makes the data directory. Nobody else's to read: the database holds tokens of
    /// interactions under way.
    pub fn make_home(&self) -> Result<(), SettingError> {
        let named = self.data_dir.display();
        std::fs::DirBuilder::new().recursive(true).mode(0o700).create(&self.data_dir).map_err(
            |problem| {
                SettingError::new(
                    "GAMEKEEPER_DATA_DIR",
                    format!("({named}) cannot be made: {problem}"),
                    "Choose a directory that the bot's user may write to",
                )
            },
        )
    }
}

/// What the store has to say of an address.
pub(crate) fn misread(what: &str) -> SettingError {
    // It names the variable by itself, for those who read it elsewhere.
    let what = what.strip_prefix("DATABASE_URL ").unwrap_or(what);
    SettingError::new("DATABASE_URL", what, CURE)
}

fn place(url: Option<&str>, data_dir: &Path) -> Result<StoreConfig, SettingError> {
    let Some(url) = url else {
        return Ok(StoreConfig::sqlite_file(&data_dir.join(FILE)));
    };
    let scheme = url.split_once(':').map_or("", |(scheme, _)| scheme);
    match scheme {
        "postgresql" | "postgres" => Ok(StoreConfig::new(url, 10)),
        "sqlite" => Ok(StoreConfig::new(url, 4)),
        // The original's SQLite form.
        "file" => Ok(StoreConfig::sqlite_file(Path::new(url.trim_start_matches("file:")))),
        other => {
            Err(SettingError::new("DATABASE_URL", format!("has an unknown kind `{other}:`"), CURE))
        }
    }
}
