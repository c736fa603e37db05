//! Configuration: what is set ([`settings`]), parsed once into typed values, one structure for each
//! concern.

mod alerts;
mod amp;
mod backup;
mod database;
mod discord;
mod fleet;
mod http;
mod limits;
mod log;
mod read;

use engine::Membership;
use settings::Settings;

pub(crate) use self::database::misread;
pub use self::{
    alerts::AlertsConfig,
    amp::{AmpConfig, AmpPanel},
    backup::BackupConfig,
    database::DatabaseConfig,
    discord::DiscordConfig,
    http::HttpConfig,
    limits::LimitsConfig,
    log::LogConfig,
};
pub use settings::{Flags, SettingError as ConfigError};

/// This process's name among others on one database.
pub fn instance(settings: &Settings) -> String {
    fleet::name(settings)
}

/// What `gamekeeper run` is started with.
#[derive(Debug)]
pub struct Config {
    /// Who the bot is on Discord.
    pub discord: DiscordConfig,
    /// Where everything is remembered.
    pub database: DatabaseConfig,
    /// What is logged.
    pub log: LogConfig,
    /// The pages of the process itself.
    pub http: HttpConfig,
    /// Who is told when something is wrong.
    pub alerts: AlertsConfig,
    /// How much people may ask for.
    pub limits: LimitsConfig,
    /// Which process this is among several.
    pub membership: Membership,
    /// Game servers on AMP panels.
    pub amp: Option<AmpConfig>,
    /// Backups: by itself, and before the schema changes.
    pub backup: BackupConfig,
    /// What was understood but has no effect, or not understood at all: said once at the start.
    pub notes: Vec<String>,
}

impl Config {
    /// Reads all layers.
    pub fn load(flags: &Flags) -> Result<Self, ConfigError> {
        Self::read(&Settings::load(flags)?)
    }

    /// Parses every value.
    pub fn read(settings: &Settings) -> Result<Self, ConfigError> {
        let database = DatabaseConfig::read(settings)?;
        database.check_home()?;
        let amp = AmpConfig::read(settings)?;
        let mut notes: Vec<String> = settings.unknown().iter().map(ToString::to_string).collect();
        if amp.is_none()
            && settings.get("AMP_URL").is_some()
            && settings.get("AMP_ENABLED").is_none()
        {
            notes.push("AMP_URL is set, but AMP_ENABLED is not: AMP is left alone".to_owned());
        }
        notes.extend(amp.iter().flat_map(|amp| amp.notes.clone()));
        if database.is_file && settings.get("GAMEKEEPER_DB_STATEMENT_TIMEOUT").is_some() {
            notes.push("GAMEKEEPER_DB_STATEMENT_TIMEOUT has no effect on SQLite".to_owned());
        }
        let http = HttpConfig::read(settings)?;
        notes.extend(http.note());
        let log = LogConfig::read(settings)?;
        notes.extend(log.notes());
        Ok(Self {
            discord: DiscordConfig::read(settings)?,
            database,
            log,
            http,
            alerts: AlertsConfig::read(settings)?,
            limits: LimitsConfig::read(settings)?,
            membership: fleet::read(settings)?,
            amp,
            backup: BackupConfig::read(settings)?,
            notes,
        })
    }

    /// Everything that is wrong, not only the first: one sentence for each concern.
    pub fn problems(settings: &Settings) -> Vec<ConfigError> {
        let concerns = [
            DiscordConfig::read(settings).err(),
            DatabaseConfig::read(settings).and_then(|database| database.check_home()).err(),
            LogConfig::read(settings).err(),
            HttpConfig::read(settings).err(),
            AlertsConfig::read(settings).err(),
            LimitsConfig::read(settings).err(),
            fleet::read(settings).err(),
            AmpConfig::read(settings).err(),
            BackupConfig::read(settings).err(),
        ];
        concerns.into_iter().flatten().collect()
    }
}
