//! Guilds the bot leaves and comes back to.
//!
//! An outage on Discord's side is no leaving: everything waits. Who removes the bot has a month to
//! change their mind; then the guild is erased, and a later invitation starts from nothing. What
//! the bot made on Discord is left where it is either way: nobody asked for it to be deleted.

use std::collections::BTreeSet;

use domain::GuildId;

use crate::{Engine, Fault};

/// How long a guild is remembered that the bot was removed from.
const REMEMBERED_MS: i64 = 30 * 24 * 60 * 60 * 1000;

impl Engine {
    /// GUILD_DELETE: an outage, or the bot was removed. What is in the database stays for now.
    pub async fn saw_guild_gone(&self, guild: GuildId, outage: bool) -> Result<(), Fault> {
        if outage {
            self.cache().outage(guild);
            self.came_back(guild).await
        } else {
            self.cache().remove(guild);
            if self.store().left_at(guild).await?.is_none() {
                self.store().set_left(guild, Some(self.clock().now())).await?;
                tracing::info!(
                    %guild,
                    "the bot is not in this server any more; what it remembers of it is kept for \
                     30 days, then erased"
                );
            }
            Ok(())
        }
    }

    /// READY: every guild of a shard that the bot is in, also those with an outage. Whatever else
    /// is remembered of this shard was left while nobody listened.
    pub async fn saw_guild_list(
        &self,
        present: &BTreeSet<GuildId>,
        of_shard: impl Fn(GuildId) -> bool + Send,
    ) -> Result<(), Fault> {
        for guild in self.store().remembered_guilds().await? {
            if of_shard(guild) && !present.contains(&guild) {
                self.saw_guild_gone(guild, false).await?;
            }
        }
        for (guild, _) in self.store().left_guilds().await? {
            if present.contains(&guild) {
                self.came_back(guild).await?;
            }
        }
        Ok(())
    }

    /// The bot is in this guild. Asked first: a thousand guilds at a start are a thousand reads,
    /// not a thousand writes.
    pub(super) async fn came_back(&self, guild: GuildId) -> Result<(), Fault> {
        match self.store().left_at(guild).await? {
            Some(left) if self.is_over(left) => self.erase(guild).await,
            Some(_) => Ok(self.store().set_left(guild, None).await?),
            None => Ok(()),
        }
    }

    /// Forgets every guild that was left long enough ago.
    pub(crate) async fn erase_left(&self) -> Result<(), Fault> {
        for (guild, left) in self.store().left_guilds().await? {
            if self.is_over(left) {
                self.erase(guild).await?;
            }
        }
        Ok(())
    }

    fn is_over(&self, left: i64) -> bool {
        self.clock().now().saturating_sub(left) > REMEMBERED_MS
    }

    async fn erase(&self, guild: GuildId) -> Result<(), Fault> {
        let tx = self.store().begin().await?;
        tx.erase_guild(guild).await?;
        tx.commit().await?;
        tracing::info!(%guild, "a server that was left a month ago is forgotten");
        Ok(())
    }
}
