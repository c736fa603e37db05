//! The variables as they stand in the environment.

use std::collections::{BTreeMap, HashMap};

use confique::Config as _;

use super::{ConfigError, error, file};

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
    #[config(env = "AMP_URL")]
    pub amp_url: Option<String>,
    #[config(env = "AMP_USERNAME")]
    pub amp_username: Option<String>,
    #[config(env = "AMP_PASSWORD")]
    pub amp_password: Option<String>,
    #[config(env = "AMP_POLL_INTERVAL")]
    pub amp_poll_interval: Option<String>,
    #[config(env = "AMP_GUILD_ID")]
    pub amp_guild_id: Option<String>,
    #[config(env = "AMP_VERIFY_TLS")]
    pub amp_verify_tls: Option<String>,
    #[config(env = "AMP_PANELS")]
    pub amp_panels: Option<String>,
    /// Everything of more panels than one, by name: `AMP_SECOND_URL` and the like.
    pub amp_more: Option<BTreeMap<String, String>>,
    #[config(env = "GAMEKEEPER_DATA_DIR")]
    pub data_dir: Option<String>,
    #[config(env = "GAMEKEEPER_DB_CONNECTIONS")]
    pub db_connections: Option<String>,
    #[config(env = "GAMEKEEPER_DB_ACQUIRE_TIMEOUT")]
    pub db_acquire_timeout: Option<String>,
    #[config(env = "GAMEKEEPER_DB_STATEMENT_TIMEOUT")]
    pub db_statement_timeout: Option<String>,
    #[config(env = "GAMEKEEPER_USER_LIMIT")]
    pub user_limit: Option<String>,
    #[config(env = "GAMEKEEPER_GUILD_LIMIT")]
    pub guild_limit: Option<String>,
    #[config(env = "GAMEKEEPER_MEMBERS_INTENT")]
    pub members_intent: Option<String>,
    #[config(env = "GAMEKEEPER_SHARDS")]
    pub shards: Option<String>,
    #[config(env = "GAMEKEEPER_DIRECT_PRIVATE")]
    pub direct_private: Option<String>,
    #[config(env = "GAMEKEEPER_INSTANCE")]
    pub instance: Option<String>,
    #[config(env = "GAMEKEEPER_LEASE_SECONDS")]
    pub lease_seconds: Option<String>,
}

impl Raw {
    /// Reads the environment, and `.env` for what the environment does not have.
    pub(super) fn load() -> Result<Self, ConfigError> {
        let mut raw = Self::from_environment()?;
        // What is no text cannot be one of ours: they are all read above, or named by AMP_PANELS.
        let environment = std::env::vars_os().filter_map(|(name, value)| {
            Some((name.into_string().ok()?, value.into_string().ok()?))
        });
        raw.amp_more = Some(of_amp(environment));
        let here = std::env::current_dir().unwrap_or_default();
        let Some(file) = file::find(&here) else { return Ok(raw.without_empty()) };
        let found = file::read(&file).map_err(|problem| {
            error(
                ".env",
                format!("({}) cannot be read: {problem}", file.display()),
                "Make it a text file in UTF-8 that the bot's user may read (mode 600)",
            )
        })?;
        Ok(raw.or(&found).without_empty())
    }

    fn from_environment() -> Result<Self, ConfigError> {
        Self::builder().env().load().map_err(|problem| ConfigError {
            variable: "The environment".into(),
            what: format!("cannot be read: {problem}"),
            cure: "Use text in UTF-8 only".to_owned(),
        })
    }

    /// Empty counts as unset.
    pub(super) fn without_empty(mut self) -> Self {
        if let Some(more) = &mut self.amp_more {
            more.retain(|_, value| !value.trim().is_empty());
        }
        for (_, value) in self.variables() {
            *value = value.take().map(|v| v.trim().to_owned()).filter(|v| !v.is_empty());
        }
        self
    }

    /// What is not set here is taken from there.
    fn or(self, others: &HashMap<String, String>) -> Self {
        let mut raw = self.without_empty();
        let mut more = of_amp(others.clone());
        more.extend(raw.amp_more.take().unwrap_or_default());
        raw.amp_more = Some(more);
        for (name, value) in raw.variables() {
            if value.is_none() {
                *value = others.get(name).cloned();
            }
        }
        raw
    }

    fn variables(&mut self) -> [(&'static str, &mut Option<String>); 25] {
        // No `..`: a new variable belongs into the list too.
        let Self {
            discord_token,
            discord_client_id,
            discord_api_url,
            database_url,
            dashboard_channel_id,
            log_level,
            amp_enabled,
            amp_url,
            amp_username,
            amp_password,
            amp_poll_interval,
            amp_guild_id,
            amp_verify_tls,
            amp_panels,
            amp_more: _,
            data_dir,
            db_connections,
            db_acquire_timeout,
            db_statement_timeout,
            user_limit,
            guild_limit,
            members_intent,
            shards,
            direct_private,
            instance,
            lease_seconds,
        } = self;
        [
            ("DISCORD_TOKEN", discord_token),
            ("DISCORD_CLIENT_ID", discord_client_id),
            ("DISCORD_API_URL", discord_api_url),
            ("DATABASE_URL", database_url),
            ("DASHBOARD_CHANNEL_ID", dashboard_channel_id),
            ("LOG_LEVEL", log_level),
            ("AMP_ENABLED", amp_enabled),
            ("AMP_URL", amp_url),
            ("AMP_USERNAME", amp_username),
            ("AMP_PASSWORD", amp_password),
            ("AMP_POLL_INTERVAL", amp_poll_interval),
            ("AMP_GUILD_ID", amp_guild_id),
            ("AMP_VERIFY_TLS", amp_verify_tls),
            ("AMP_PANELS", amp_panels),
            ("GAMEKEEPER_DATA_DIR", data_dir),
            ("GAMEKEEPER_DB_CONNECTIONS", db_connections),
            ("GAMEKEEPER_DB_ACQUIRE_TIMEOUT", db_acquire_timeout),
            ("GAMEKEEPER_DB_STATEMENT_TIMEOUT", db_statement_timeout),
            ("GAMEKEEPER_USER_LIMIT", user_limit),
            ("GAMEKEEPER_GUILD_LIMIT", guild_limit),
            ("GAMEKEEPER_MEMBERS_INTENT", members_intent),
            ("GAMEKEEPER_SHARDS", shards),
            ("GAMEKEEPER_DIRECT_PRIVATE", direct_private),
            ("GAMEKEEPER_INSTANCE", instance),
            ("GAMEKEEPER_LEASE_SECONDS", lease_seconds),
        ]
    }
}

/// Those that may be about a panel.
fn of_amp(all: impl IntoIterator<Item = (String, String)>) -> BTreeMap<String, String> {
    all.into_iter().filter(|(name, _)| name.starts_with("AMP_")).collect()
}

/// Values may be secrets.
impl std::fmt::Debug for Raw {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Raw(…)")
    }
}
