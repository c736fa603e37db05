//! The language of each guild's shared messages.

use std::collections::HashMap;

use domain::{GuildId, Locale};
use parking_lot::RwLock;

/// Guilds whose preferred language is not the default one. One entry costs 16 bytes.
#[derive(Debug, Default)]
pub(crate) struct GuildLocales {
    others: RwLock<HashMap<GuildId, Locale>>,
}

impl GuildLocales {
    /// Remembers what Discord says about a guild.
    pub(crate) fn set(&self, guild: GuildId, code: &str) {
        let locale = Locale::from_discord(code);
        let mut others = self.others.write();
        if locale == Locale::default() {
            others.remove(&guild);
        } else {
            others.insert(guild, locale);
        }
    }

    /// Forgets a guild.
    pub(crate) fn forget(&self, guild: GuildId) {
        self.others.write().remove(&guild);
    }

    /// The language of panels and log lines in a guild.
    pub(crate) fn of(&self, guild: GuildId) -> Locale {
        self.others.read().get(&guild).copied().unwrap_or_default()
    }
}
