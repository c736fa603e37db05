//! The variables as they stand in the environment.

use confique::Config as _;

use super::ConfigError;

/// Every variable we read, unparsed. Each is explained in `.env.example`.
#[derive(Clone, Default, confique::Config)]
pub struct Raw {
    #[config(env = "DISCORD_TOKEN")]
    pub discord_token: Option<String>,
    #[config(env = "DISCORD_CLIENT_ID")]
    pub discord_client_id: Option<String>,
    #[config(env = "DISCORD_API_URL")]
    pub discord_api_url: Option<String>,
    #[config(env = "DATABASE_URL")]
    pub database_url: Option<String>,
    #[config(env = "DASHBOARD_CHANNEL_ID")]
    pub dashboard_channel_id: Option<String>,
    #[config(env = "LOG_LEVEL")]
    pub log_level: Option<String>,
    #[config(env = "AMP_ENABLED")]
    pub amp_enabled: Option<String>,
    #[config(env = "GAMEKEEPER_DATA_DIR")]
    pub data_dir: Option<String>,
    #[config(env = "GAMEKEEPER_USER_LIMIT")]
    pub user_limit: Option<String>,
    #[config(env = "GAMEKEEPER_GUILD_LIMIT")]
    pub guild_limit: Option<String>,
    #[config(env = "GAMEKEEPER_MEMBERS_INTENT")]
    pub members_intent: Option<String>,
    #[config(env = "GAMEKEEPER_SHARDS")]
    pub shards: Option<String>,
}

impl Raw {
    /// Reads the environment.
    pub(super) fn from_environment() -> Result<Self, ConfigError> {
        Self::builder().env().load().map_err(|problem| ConfigError {
            variable: "The environment",
            what: format!("cannot be read: {problem}"),
            cure: "Use text in UTF-8 only".to_owned(),
        })
    }

    /// Empty counts as unset.
    pub(super) fn without_empty(mut self) -> Self {
        // No `..`: a new variable must be cleaned too.
        let Self {
            discord_token,
            discord_client_id,
            discord_api_url,
            database_url,
            dashboard_channel_id,
            log_level,
            amp_enabled,
            data_dir,
            user_limit,
            guild_limit,
            members_intent,
            shards,
        } = &mut self;
        for value in [
            discord_token,
            discord_client_id,
            discord_api_url,
            database_url,
            dashboard_channel_id,
            log_level,
            amp_enabled,
            data_dir,
            user_limit,
            guild_limit,
            members_intent,
            shards,
        ] {
            *value = value.take().map(|v| v.trim().to_owned()).filter(|v| !v.is_empty());
        }
        self
    }
}

/// Values may be secrets.
impl std::fmt::Debug for Raw {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Raw(…)")
    }
}
