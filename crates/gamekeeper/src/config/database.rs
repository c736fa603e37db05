//! The part of the configuration that says where everything is remembered: all that
//! `gamekeeper migrate` needs.

use std::{
    fmt,
    ops::RangeInclusive,
    os::unix::fs::DirBuilderExt as _,
    path::{Path, PathBuf},
    str::FromStr,
    time::Duration,
};

use store::StoreConfig;

use super::{ConfigError, Raw, error, parse_bool};

/// PostgreSQL's own limit is 100 for everybody, unless it was raised.
const CONNECTIONS: RangeInclusive<u32> = 2..=200;
/// A click has to be answered long before.
const ACQUIRE_SECONDS: RangeInclusive<u64> = 1..=60;
/// Above, a statement is not slow but stuck.
const STATEMENT_SECONDS: RangeInclusive<u64> = 1..=300;
/// The SQLite file in the data directory.
const FILE: &str = "gamekeeper.db";

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
    /// Reads the environment and `.env`, as far as they are about the database.
    pub fn load() -> Result<Self, ConfigError> {
        Self::from_raw(&Raw::load()?)
    }

    /// Parses the values that are about the database.
    pub fn from_raw(raw: &Raw) -> Result<Self, ConfigError> {
        let data_dir = PathBuf::from(raw.data_dir.as_deref().unwrap_or("data"));
        let mut store = place(raw.database_url.as_deref(), &data_dir)?;
        if let Some(text) = &raw.db_connections {
            store.max_connections =
                number("GAMEKEEPER_DB_CONNECTIONS", text, CONNECTIONS, "of connections")?;
        }
        if let Some(text) = &raw.db_acquire_timeout {
            let variable = "GAMEKEEPER_DB_ACQUIRE_TIMEOUT";
            let seconds = number(variable, text, ACQUIRE_SECONDS, "of seconds")?;
            store.acquire_timeout = Duration::from_secs(seconds);
        }
        if let Some(text) = &raw.db_statement_timeout {
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

    /// Makes the data directory. Nobody else's to read: the database holds tokens of
    /// interactions under way.
    pub fn make_home(&self) -> Result<(), ConfigError> {
        let named = self.data_dir.display();
        std::fs::DirBuilder::new().recursive(true).mode(0o700).create(&self.data_dir).map_err(
            |problem| {
                error(
                    "GAMEKEEPER_DATA_DIR",
                    format!("({named}) cannot be made: {problem}"),
                    "Choose a directory that the bot's user may write to",
                )
            },
        )
    }
}

fn place(url: Option<&str>, data_dir: &Path) -> Result<StoreConfig, ConfigError> {
    const CURE: &str = "Use postgresql://user:password@host/database or sqlite://path, or leave \
                        it empty for a file in the data directory";
    let Some(url) = url else {
        return Ok(StoreConfig::sqlite_file(&data_dir.join(FILE)));
    };
    let scheme = url.split_once(':').map_or("", |(scheme, _)| scheme);
    match scheme {
        "postgresql" | "postgres" => Ok(StoreConfig::new(url, 10)),
        "sqlite" => Ok(StoreConfig::new(url, 4)),
        // The original's SQLite form.
        "file" => Ok(StoreConfig::sqlite_file(Path::new(url.trim_start_matches("file:")))),
        other => Err(error("DATABASE_URL", format!("has an unknown kind `{other}:`"), CURE)),
    }
}

fn number<T: FromStr + PartialOrd + fmt::Display>(
    variable: &'static str,
    text: &str,
    range: RangeInclusive<T>,
    of_what: &str,
) -> Result<T, ConfigError> {
    text.parse().ok().filter(|number| range.contains(number)).ok_or_else(|| {
        let (least, most) = range.into_inner();
        error(
            variable,
            format!("is not a possible number {of_what}: `{text}`"),
            &format!("Write a number from {least} to {most}, or leave it empty for the default"),
        )
    })
}
