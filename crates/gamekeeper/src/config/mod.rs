//! Configuration: from the environment and `.env`, parsed once into typed values.
//!
//! Names of the original keep working. Empty counts as unset, because a template copied to `.env`
//! has empty lines for everything nobody filled in.

mod amp;
mod database;
mod file;
mod raw;

use std::{borrow::Cow, fmt, str::FromStr, time::Duration};

use bot::{InboundLimits, Pace};
use discord::Origin;
use domain::ChannelId;
use engine::Membership;
use secrecy::SecretString;
use twilight_model::id::{Id, marker::ApplicationMarker};

use crate::logging::LogLevel;

pub use amp::{AmpConfig, AmpPanel};
pub use database::DatabaseConfig;
pub use raw::Raw;

/// A variable that is missing or wrong: one sentence that names it and the cure.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{variable} {what}. {cure}")]
pub struct ConfigError {
    /// The variable.
    pub variable: Cow<'static, str>,
    /// What is wrong; never the value of a secret.
    pub what: String,
    /// What to do.
    pub cure: String,
}

/// What `gamekeeper run` is started with.
#[derive(Debug)]
pub struct Config {
    /// `DISCORD_TOKEN`.
    pub token: SecretString,
    /// `DISCORD_CLIENT_ID`.
    pub application: Id<ApplicationMarker>,
    /// `DISCORD_API_URL`; Discord itself when unset.
    pub discord: Origin,
    /// Where everything is remembered.
    pub database: DatabaseConfig,
    /// `DASHBOARD_CHANNEL_ID`.
    pub dashboard_channel: Option<ChannelId>,
    /// `LOG_LEVEL`.
    pub log_level: LogLevel,
    /// `GAMEKEEPER_USER_LIMIT`, `GAMEKEEPER_GUILD_LIMIT`.
    pub inbound: InboundLimits,
    /// `GAMEKEEPER_MEMBERS_INTENT`.
    pub members_intent: bool,
    /// `GAMEKEEPER_SHARDS`; what Discord recommends when unset.
    pub shards: Option<u32>,
    /// `GAMEKEEPER_INSTANCE`, `GAMEKEEPER_LEASE_SECONDS`.
    pub membership: Membership,
    /// Game servers on AMP panels.
    pub amp: Option<AmpConfig>,
    /// `GAMEKEEPER_DIRECT_PRIVATE`: whether servers without a panel may be in private networks.
    pub direct_private: bool,
    /// What was understood but has no effect (yet): said once at the start.
    pub notes: Vec<String>,
}

fn error(
    variable: impl Into<Cow<'static, str>>,
    what: impl fmt::Display,
    cure: &str,
) -> ConfigError {
    ConfigError { variable: variable.into(), what: what.to_string(), cure: cure.to_owned() }
}

impl Config {
    /// Reads the environment, and `.env` for what the environment does not have.
    pub fn load() -> Result<Self, ConfigError> {
        Self::from_raw(Raw::load()?)
    }

    /// Parses every value.
    pub fn from_raw(raw: Raw) -> Result<Self, ConfigError> {
        let raw = raw.without_empty();
        let database = DatabaseConfig::from_raw(&raw)?;
        let mut notes = Vec::new();
        let amp = AmpConfig::from_raw(&raw)?;
        if amp.is_none() && raw.amp_url.is_some() && raw.amp_enabled.is_none() {
            notes.push("AMP_URL is set, but AMP_ENABLED is not: AMP is left alone".to_owned());
        }
        notes.extend(amp.iter().flat_map(|amp| amp.notes.clone()));
        if database.is_file && raw.db_statement_timeout.is_some() {
            notes.push("GAMEKEEPER_DB_STATEMENT_TIMEOUT has no effect on SQLite".to_owned());
        }
        Ok(Self {
            token: token(raw.discord_token)?,
            application: snowflake(
                "DISCORD_CLIENT_ID",
                raw.discord_client_id,
                "Copy the Application ID from the General Information page of your application \
                 at https://discord.com/developers/applications",
            )?
            .ok_or_else(|| {
                error(
                    "DISCORD_CLIENT_ID",
                    "is not set",
                    "Copy the Application ID from the General Information page of your \
                     application at https://discord.com/developers/applications",
                )
            })?,
            discord: origin(raw.discord_api_url)?,
            database,
            dashboard_channel: snowflake(
                "DASHBOARD_CHANNEL_ID",
                raw.dashboard_channel_id,
                "Right-click the channel in Discord with Developer Mode on, choose Copy Channel \
                 ID, or leave it empty and use /setupdashboard",
            )?,
            log_level: level(raw.log_level)?,
            inbound: limits(raw.user_limit, raw.guild_limit)?,
            members_intent: switch("GAMEKEEPER_MEMBERS_INTENT", raw.members_intent, true)?,
            shards: shards(raw.shards)?,
            membership: membership(raw.instance, raw.lease_seconds)?,
            amp,
            direct_private: switch("GAMEKEEPER_DIRECT_PRIVATE", raw.direct_private, false)?,
            notes,
        })
    }
}

fn token(value: Option<String>) -> Result<SecretString, ConfigError> {
    const CURE: &str = "Copy it from the Bot page of your application at \
                        https://discord.com/developers/applications (Reset Token) into .env";
    let value = value.ok_or_else(|| error("DISCORD_TOKEN", "is not set", CURE))?;
    let bare = value.strip_prefix("Bot ").unwrap_or(&value);
    let shaped = bare.len() >= 20 && bare.bytes().all(|b| b.is_ascii_graphic());
    if shaped {
        Ok(SecretString::from(bare.to_owned()))
    } else {
        Err(error("DISCORD_TOKEN", "does not look like a bot token", CURE))
    }
}

fn snowflake<T>(
    variable: impl Into<Cow<'static, str>>,
    value: Option<String>,
    cure: &str,
) -> Result<Option<Id<T>>, ConfigError> {
    value
        .map(|text| {
            let id = text.parse().ok().and_then(Id::new_checked);
            id.ok_or_else(|| error(variable, format!("is not a Discord id: `{text}`"), cure))
        })
        .transpose()
}

fn origin(value: Option<String>) -> Result<Origin, ConfigError> {
    let Some(text) = value else { return Ok(Origin::default()) };
    Origin::from_str(&text).map_err(|problem| {
        error(
            "DISCORD_API_URL",
            format!("is not the address of a Discord: {problem}"),
            "Write scheme, host and port only, such as http://127.0.0.1:7600, or leave it empty \
             for Discord itself",
        )
    })
}

fn level(value: Option<String>) -> Result<LogLevel, ConfigError> {
    let Some(text) = value else { return Ok(LogLevel::default()) };
    LogLevel::parse(&text).ok_or_else(|| {
        error(
            "LOG_LEVEL",
            format!("is not a level: `{text}`"),
            "Use error, warn, info, debug or trace",
        )
    })
}

fn parse_bool(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "1" | "yes" | "on" => Some(true),
        "false" | "0" | "no" | "off" => Some(false),
        _ => None,
    }
}

fn switch(
    variable: impl Into<Cow<'static, str>>,
    value: Option<String>,
    default: bool,
) -> Result<bool, ConfigError> {
    let Some(text) = value else { return Ok(default) };
    parse_bool(&text).ok_or_else(|| {
        error(variable, format!("is neither on nor off: `{text}`"), "Use true or false")
    })
}

fn shards(value: Option<String>) -> Result<Option<u32>, ConfigError> {
    let Some(text) = value else { return Ok(None) };
    match text.parse() {
        Ok(count @ 1..=10_000) => Ok(Some(count)),
        _ => Err(error(
            "GAMEKEEPER_SHARDS",
            format!("is not a number of shards: `{text}`"),
            "Leave it empty to follow Discord's recommendation",
        )),
    }
}

/// Shortest lease: a call to Discord gets two thirds of it.
const MIN_LEASE: u64 = 9;
/// Longest: games of a process that died wait so long.
const MAX_LEASE: u64 = 600;

fn membership(name: Option<String>, lease: Option<String>) -> Result<Membership, ConfigError> {
    let mut membership = Membership::default();
    membership.name = match name {
        Some(name) => name,
        None => host().unwrap_or(membership.name),
    };
    let shaped = membership.name.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c));
    if membership.name.len() > 64 || !shaped {
        return Err(error(
            "GAMEKEEPER_INSTANCE",
            format!("is not a name for a process: `{}`", membership.name),
            "Use up to 64 letters, digits, dots, dashes and underscores",
        ));
    }
    if let Some(text) = lease {
        let seconds = text.parse().ok().filter(|s| (MIN_LEASE..=MAX_LEASE).contains(s));
        membership.lease = seconds.map(Duration::from_secs).ok_or_else(|| {
            error(
                "GAMEKEEPER_LEASE_SECONDS",
                format!("is not a number of seconds from {MIN_LEASE} to {MAX_LEASE}: `{text}`"),
                "Leave it empty for 90",
            )
        })?;
    }
    Ok(membership)
}

/// The machine's name: the same after a restart, and different from the next machine's.
fn host() -> Option<String> {
    let name = std::fs::read_to_string("/proc/sys/kernel/hostname").ok()?;
    let name = name.trim();
    (!name.is_empty()).then(|| name.to_owned())
}

fn limits(user: Option<String>, guild: Option<String>) -> Result<InboundLimits, ConfigError> {
    let mut limits = InboundLimits::default();
    if let Some(text) = user {
        limits.user = pace("GAMEKEEPER_USER_LIMIT", &text)?;
    }
    if let Some(text) = guild {
        limits.guild = pace("GAMEKEEPER_GUILD_LIMIT", &text)?;
    }
    Ok(limits)
}

/// `off`, or `PER_SECOND/BURST`.
fn pace(variable: &'static str, text: &str) -> Result<Option<Pace>, ConfigError> {
    if parse_bool(text) == Some(false) {
        return Ok(None);
    }
    let parsed = text.split_once('/').and_then(|(per_second, burst)| {
        let per_second = per_second.trim().parse().ok().filter(|n| (1..=10_000).contains(n))?;
        let burst = burst.trim().parse().ok().filter(|n| (1..=100_000).contains(n))?;
        Some(Pace::new(per_second, burst))
    });
    parsed.map(Some).ok_or_else(|| {
        error(
            variable,
            format!("is not a pace: `{text}`"),
            "Write actions a second and actions at once, such as 4/24, or off",
        )
    })
}
