//! The slow sweep: every game is looked at now and then, because waiting for events only is how
//! drift becomes permanent. A look at a clean game costs no call to Discord, a look at a guild's
//! members one for each thousand.

use std::collections::BTreeMap;

use domain::{GameId, GuildId};

use crate::Engine;

/// Games taken from the database at once.
const PAGE: u64 = 200;
/// Journal entries are kept as long as Discord keeps its audit log, 45 days.
const JOURNAL_LIFE_MS: i64 = 45 * 24 * 60 * 60 * 1000;

impl Engine {
    /// Owes every game a look.
    pub(super) async fn sweep(&self) {
        let mut after = GameId(0);
        loop {
            let page = match self.store().games_after(after, PAGE).await {
                Ok(page) => page,
                Err(error) => {
                    self.complain("the sweep stopped early", &error.into());
                    return;
                }
            };
            let Some((last, _)) = page.last() else { break };
            after = *last;
            let mut guilds: BTreeMap<GuildId, Vec<GameId>> = BTreeMap::new();
            for (game, guild) in page {
                guilds.entry(guild).or_default().push(game);
            }
            for (guild, games) in guilds {
                // Games of guilds that the bot is not in wait for it to come back.
                if self.cache().guild(guild).is_none() {
                    continue;
                }
                self.doubt_members(guild);
                if let Err(error) = self.wake_games(guild, &games).await {
                    self.complain("the sweep stopped early", &error);
                    return;
                }
            }
        }
        if let Err(error) = self.erase_left().await {
            tracing::warn!(%error, "servers that were left could not be forgotten");
        }
        if let Err(error) = self.store().prune_journal(self.clock().now() - JOURNAL_LIFE_MS).await {
            self.complain("old journal entries could not be removed", &error.into());
        }
    }
}
