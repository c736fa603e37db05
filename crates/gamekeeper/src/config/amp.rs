//! The part of the configuration that is about game servers on an AMP panel: all of it or nothing.

use std::time::Duration;

use domain::GuildId;
use secrecy::SecretString;
use servers::{
    amp::{PanelConfig, PanelUrl},
    schedule::Schedule,
};

use super::{ConfigError, Raw, error, snowflake, switch};

/// How long one call to the panel may take. Some panels wake up for it.
const WITHIN: Duration = Duration::from_secs(10);

/// The panel, and how often it is looked at.
#[derive(Debug)]
pub struct AmpConfig {
    /// `AMP_URL`, `AMP_USERNAME`, `AMP_PASSWORD`, `AMP_VERIFY_TLS`.
    pub panel: PanelConfig,
    /// `AMP_POLL_INTERVAL`; every five minutes when unset.
    pub schedule: Schedule,
    /// `AMP_GUILD_ID`; the only guild the bot is in when unset.
    pub guild: Option<GuildId>,
}

impl AmpConfig {
    /// Parses the values; none where AMP is not switched on.
    pub(super) fn from_raw(raw: &Raw) -> Result<Option<Self>, ConfigError> {
        if !switch("AMP_ENABLED", raw.amp_enabled.clone(), false)? {
            return Ok(None);
        }
        let url = needed("AMP_URL", raw.amp_url.as_deref())?;
        let url = PanelUrl::parse(url).map_err(|problem| {
            error("AMP_URL", problem, "Write the panel's address, such as https://amp.example.org")
        })?;
        let username = needed("AMP_USERNAME", raw.amp_username.as_deref())?.to_owned();
        let password = needed("AMP_PASSWORD", raw.amp_password.as_deref())?;
        let interval = raw.amp_poll_interval.as_deref().unwrap_or(Schedule::DEFAULT);
        let schedule = Schedule::parse(interval).map_err(|problem| {
            error(
                "AMP_POLL_INTERVAL",
                format!("{problem} (`{interval}`)"),
                "Write five fields (minute, hour, day of the month, month, day of the week, in \
                 UTC), such as */5 * * * *, or leave it empty for that",
            )
        })?;
        let guild = snowflake(
            "AMP_GUILD_ID",
            raw.amp_guild_id.clone(),
            "Right-click your server in Discord with Developer Mode on and choose Copy Server \
             ID, or leave it empty if the bot is in one server only",
        )?;
        let verify_tls = switch("AMP_VERIFY_TLS", raw.amp_verify_tls.clone(), true)?;
        let password = SecretString::from(password.to_owned());
        let panel = PanelConfig { url, username, password, verify_tls, within: WITHIN };
        Ok(Some(Self { panel, schedule, guild }))
    }
}

fn needed<'a>(variable: &'static str, value: Option<&'a str>) -> Result<&'a str, ConfigError> {
    value.ok_or_else(|| {
        error(
            variable,
            "is not set, but AMP_ENABLED is true",
            "Set it, or set AMP_ENABLED to false to do without AMP",
        )
    })
}
