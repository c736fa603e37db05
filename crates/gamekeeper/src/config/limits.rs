//! The part of the configuration that says how much people may ask for.

use bot::{InboundLimits, Pace};
use settings::{SettingError, Settings};

use super::read::{parse_bool, switch};

/// How much people may ask for.
#[derive(Clone, Debug)]
pub struct LimitsConfig {
    /// `GAMEKEEPER_USER_LIMIT`, `GAMEKEEPER_GUILD_LIMIT`.
    pub inbound: InboundLimits,
    /// `GAMEKEEPER_DIRECT_PRIVATE`: whether servers without a panel may be in private networks.
    pub direct_private: bool,
}

impl LimitsConfig {
    /// Parses the values.
    pub fn read(settings: &Settings) -> Result<Self, SettingError> {
        let mut inbound = InboundLimits::default();
        if let Some(text) = settings.get("GAMEKEEPER_USER_LIMIT") {
            inbound.user = pace("GAMEKEEPER_USER_LIMIT", text)?;
        }
        if let Some(text) = settings.get("GAMEKEEPER_GUILD_LIMIT") {
            inbound.guild = pace("GAMEKEEPER_GUILD_LIMIT", text)?;
        }
        let private = "GAMEKEEPER_DIRECT_PRIVATE";
        Ok(Self { inbound, direct_private: switch(private, settings.get(private), false)? })
    }
}

/// `off`, or `PER_SECOND/BURST`.
fn pace(variable: &'static str, text: &str) -> Result<Option<Pace>, SettingError> {
    if parse_bool(text) == Some(false) {
        return Ok(None);
    }
    let parsed = text.split_once('/').and_then(|(per_second, burst)| {
        let per_second = per_second.trim().parse().ok().filter(|n| (1..=10_000).contains(n))?;
        let burst = burst.trim().parse().ok().filter(|n| (1..=100_000).contains(n))?;
        Some(Pace::new(per_second, burst))
    });
    parsed.map(Some).ok_or_else(|| {
        SettingError::new(
            variable,
            format!("is not a pace: `{text}`"),
            "Write actions a second and actions at once, such as 4/24, or off",
        )
    })
}
