//! The part of the configuration that says who the bot is on Discord.

use std::str::FromStr as _;

use discord::Origin;
use domain::ChannelId;
use secrecy::{ExposeSecret as _, SecretString};
use settings::{SettingError, Settings};
use twilight_model::id::{Id, marker::ApplicationMarker};

use super::read::{number, snowflake, switch};

/// More shards than any bot has.
const SHARDS: std::ops::RangeInclusive<u32> = 1..=10_000;

/// Who the bot is, and on which Discord.
#[derive(Clone, Debug)]
pub struct DiscordConfig {
    /// `DISCORD_TOKEN`.
    pub token: SecretString,
    /// `DISCORD_CLIENT_ID`.
    pub application: Id<ApplicationMarker>,
    /// `DISCORD_API_URL`; Discord itself when unset.
    pub origin: Origin,
    /// `DASHBOARD_CHANNEL_ID`.
    pub dashboard_channel: Option<ChannelId>,
    /// `GAMEKEEPER_MEMBERS_INTENT`.
    pub members_intent: bool,
    /// `GAMEKEEPER_SHARDS`; what Discord recommends when unset.
    pub shards: Option<u32>,
}

impl DiscordConfig {
    /// Parses the values.
    pub fn read(settings: &Settings) -> Result<Self, SettingError> {
        const ID: &str = "Copy the Application ID from the General Information page of your \
                          application at https://discord.com/developers/applications";
        let token = token(settings.secret("DISCORD_TOKEN"))?;
        let application = snowflake("DISCORD_CLIENT_ID", settings.get("DISCORD_CLIENT_ID"), ID)?
            .ok_or_else(|| SettingError::new("DISCORD_CLIENT_ID", "is not set", ID))?;
        let dashboard_channel = snowflake(
            "DASHBOARD_CHANNEL_ID",
            settings.get("DASHBOARD_CHANNEL_ID"),
            "Right-click the channel in Discord with Developer Mode on, choose Copy Channel ID, or \
             leave it empty and use /setupdashboard",
        )?;
        let intent = "GAMEKEEPER_MEMBERS_INTENT";
        let shards = |text| number("GAMEKEEPER_SHARDS", text, SHARDS, "of shards");
        Ok(Self {
            token,
            application,
            origin: origin(settings.get("DISCORD_API_URL"))?,
            dashboard_channel,
            members_intent: switch(intent, settings.get(intent), true)?,
            shards: settings.get("GAMEKEEPER_SHARDS").map(shards).transpose()?,
        })
    }
}

fn token(value: Option<SecretString>) -> Result<SecretString, SettingError> {
    const CURE: &str = "Copy it from the Bot page of your application at \
                        https://discord.com/developers/applications (Reset Token) into .env";
    let value = value.ok_or_else(|| SettingError::new("DISCORD_TOKEN", "is not set", CURE))?;
    let value = value.expose_secret();
    let bare = value.strip_prefix("Bot ").unwrap_or(value);
    let shaped = bare.len() >= 20 && bare.bytes().all(|b| b.is_ascii_graphic());
    if shaped {
        Ok(SecretString::from(bare.to_owned()))
    } else {
        Err(SettingError::new("DISCORD_TOKEN", "does not look like a bot token", CURE))
    }
}

fn origin(value: Option<&str>) -> Result<Origin, SettingError> {
    let Some(text) = value else { return Ok(Origin::default()) };
    Origin::from_str(text).map_err(|problem| {
        SettingError::new(
            "DISCORD_API_URL",
            format!("is not the address of a Discord: {problem}"),
            "Write scheme, host and port only, such as http://127.0.0.1:7600, or leave it empty \
             for Discord itself",
        )
    })
}
