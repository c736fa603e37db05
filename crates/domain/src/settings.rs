//! What a guild has decided for itself.

use serde::{Deserialize, Serialize};

use crate::{ChannelId, GuildId, Layout, RoleId};

/// What to do when somebody changed a game's roles or channels by hand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DriftPolicy {
    /// Put it back.
    #[default]
    Repair,
    /// Take the change over into the desired state.
    Accept,
    /// Note a problem and wait for `/game repair`.
    Ask,
}

/// Language of texts that a whole guild reads (panels, log lines). Replies follow the person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Locale {
    /// English.
    #[default]
    En,
    /// German.
    De,
}

impl Locale {
    /// From one of Discord's locale codes (`en-US`, `de`, …); English where we have no texts.
    pub fn from_discord(code: &str) -> Self {
        if code == "de" || code.starts_with("de-") { Self::De } else { Self::En }
    }
}

/// The settings of one guild.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuildSettings {
    /// The guild.
    pub guild: GuildId,
    /// Roles whose members are community admins beside those with Manage Guild.
    pub admin_roles: Vec<RoleId>,
    /// Where audit lines go.
    pub log_channel: Option<ChannelId>,
    /// The layout a Simple create uses.
    pub default_layout: Layout,
    /// What to do about changes by hand.
    pub drift_policy: DriftPolicy,
}

impl GuildSettings {
    /// What a guild has before anyone changed a setting.
    pub fn new(guild: GuildId) -> Self {
        Self {
            guild,
            admin_roles: Vec::new(),
            log_channel: None,
            default_layout: Layout::SIMPLE,
            drift_policy: DriftPolicy::Repair,
        }
    }
}
