//! What the reconciler would do on Discord, without doing any of it: for a look at a database that
//! is older than Discord, before it takes the place of the one in use.
//!
//! Only questions go to Discord. What is found out is written to the engine's own database, which
//! should be a copy that nobody needs.

use domain::{Game, GuildId, plan::Plan};
use twilight_model::{
    channel::Channel,
    guild::{Guild, Member},
};

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
        let Some(guild) = self.ask_for(id).await? else { return Ok(Expected::Away) };
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

    /// A guild with its channels and the bot's own roles; none where the bot is not in it.
    async fn ask_for(&self, id: GuildId) -> Result<Option<Guild>, Fault> {
        let (rest, call) = (self.rest(), discord::Call::background());
        let asked = async {
            let mut guild: Guild = rest.send(rest.factory().guild(id), call).await?;
            guild.channels =
                rest.send::<Vec<Channel>>(rest.factory().guild_channels(id), call).await?;
            let own: Member =
                rest.send(rest.factory().guild_member(id, self.bot_user()), call).await?;
            guild.members = vec![own];
            Ok(guild)
        };
        match asked.await {
            Ok(guild) => Ok(Some(guild)),
            Err(discord::CallError::NotFound { .. } | discord::CallError::Forbidden { .. }) => {
                Ok(None)
            }
            Err(error) => Err(Fault::Discord(error)),
        }
    }
}
