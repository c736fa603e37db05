//! What the reconciler would do on Discord, without doing any of it: for a look at a database that
//! is older than Discord, before it takes the place of the one in use.
//!
//! Only questions go to Discord. What is found out is written to the engine's own database, which
//! should be a copy that nobody needs.

use discord::{Call, CallError};
use domain::{Game, GuildId, plan::Plan};

use crate::{Engine, Fault};

/// What is to be expected in a guild.
#[derive(Clone, Debug)]
pub enum Expected {
    /// The bot is not in it, or Discord does not let it look.
    Away,
    /// This would be done about its games; nothing where the plan is empty.
    Plans {
        /// The guild's name.
        name: String,
        /// Each game with its plan.
        games: Vec<(Game, Plan)>,
    },
}

impl Engine {
    /// Looks at a guild as the reconciler does, and answers what it would do about each game.
    pub async fn preview_guild(&self, id: GuildId) -> Result<Expected, Fault> {
        let mark = self.installation().await?;
        let guild = match self.ask_for_guild(id, Call::background()).await {
            Ok(guild) => guild,
            Err(CallError::NotFound { .. } | CallError::Forbidden { .. }) => {
                return Ok(Expected::Away);
            }
            Err(error) => return Err(Fault::Discord(error)),
        };
        let name = guild.name.clone();
        self.cache().put(self.slim(&guild));
        self.recount_members(id).await?;
        let mut games = Vec::new();
        for record in self.store().games_of_guild(id).await? {
            let game = record.game;
            self.settle_open_intents(&game, &mark).await?;
            self.confirm_missing(&game).await?;
            self.accept_deletions(&game).await?;
            // As it is now: deletions that the guild's policy accepts have changed it.
            let Some(record) = self.store().game(game.id).await? else { continue };
            let (plan, ..) = self.plan_for(&record.game, false).await?;
            games.push((record.game, plan));
        }
        Ok(Expected::Plans { name, games })
    }
}
