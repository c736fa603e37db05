//! After a restore, Discord is newer than the database: people wear roles that it does not know of.
//! Their guild's members are looked at before any of its games is worked on, so that no role is given
//! to who has it already.

use domain::GuildId;

use crate::{Engine, Fault};

/// Until it is looked again whether the members were seen.
pub(super) const SOON_MS: i64 = 300;

impl Engine {
    /// Reads which guilds that is, at the start.
    pub(super) async fn remember_restore(&self) -> Result<(), Fault> {
        *self.inner.restored.lock() = self.store().restored_guilds().await?;
        Ok(())
    }

    /// Whether a guild's members have to be looked at first; sees to it that they are.
    pub(super) fn awaits_members(&self, guild: GuildId) -> bool {
        if !self.inner.restored.lock().contains(&guild) {
            return false;
        }
        self.doubt_members(guild);
        true
    }

    /// A guild's members were looked at.
    pub(crate) async fn members_were_seen(&self, guild: GuildId) -> Result<(), Fault> {
        if !self.inner.restored.lock().contains(&guild) {
            return Ok(());
        }
        self.store().seen_since_restore(guild).await?;
        self.inner.restored.lock().remove(&guild);
        self.wake_guild(guild).await
    }
}
