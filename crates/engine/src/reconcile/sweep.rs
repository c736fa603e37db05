//! The slow sweep: every game is looked at now and then, because waiting for events only is how
//! drift becomes permanent. A look at a clean game costs no call to Discord.

use domain::GameId;

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
                    tracing::warn!(%error, "the sweep stopped early");
                    return;
                }
            };
            let Some((last, _)) = page.last() else { break };
            after = *last;
            for (game, guild) in page {
                if let Err(error) = self.wake_games(guild, &[game]).await {
                    tracing::warn!(%error, "the sweep stopped early");
                    return;
                }
            }
        }
        if let Err(error) = self.store().prune_journal(self.clock().now() - JOURNAL_LIFE_MS).await {
            tracing::warn!(%error, "old journal entries could not be removed");
        }
    }
}
