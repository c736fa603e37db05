//! What the gateway tells: the cache follows, and a game whose objects changed by hand is woken.
//!
//! Our own changes come back as events too; they find the cache already up to date (the executor
//! puts REST answers into it) and wake nobody.

mod ask;
pub mod convert;
mod guilds;
mod members;
pub(crate) mod recount;

pub use self::ask::ask;

use domain::{
    ChannelId, GuildId, RoleId, UserId,
    plan::{BotStanding, ObservedGuild, Problem},
};
use twilight_model::{
    channel::Channel,
    guild::{Guild, GuildFeature, Role},
};

use crate::{Engine, Fault, Notice, usecase::server_cards::CardKind};

/// A guild as Discord sends it in full, cut down to what is kept.
pub fn slim(guild: &Guild, bot: UserId) -> ObservedGuild {
    let roles = guild.roles.iter().map(|role| (role.id, convert::role(role))).collect();
    let channels = guild
        .channels
        .iter()
        .filter_map(|channel| Some((channel.id, convert::channel(channel)?)))
        .collect();
    let own = guild.members.iter().find(|member| member.user.id == bot);
    ObservedGuild {
        id: guild.id,
        name: guild.name.as_str().into(),
        bot: BotStanding {
            user: bot,
            roles: own.map(|member| member.roles.clone()).unwrap_or_default(),
        },
        roles,
        channels,
        emojis: guild.emojis.iter().map(|emoji| emoji.id.get()).collect(),
        has_news: guild.features.contains(&GuildFeature::News),
        owner: guild.owner_id,
    }
}

impl Engine {
    /// See [`slim`].
    pub fn slim(&self, guild: &Guild) -> ObservedGuild {
        slim(guild, self.bot_user())
    }

    /// GUILD_CREATE: a guild in full, at the start, after an outage or after an invitation.
    pub async fn saw_guild(&self, guild: ObservedGuild) -> Result<(), Fault> {
        let id = guild.id;
        self.came_back(id).await?;
        self.cache().put(guild);
        self.wake_guild(id).await?;
        // It comes with next to no members.
        self.doubt_members(id);
        self.tell(Notice::Games(id));
        Ok(())
    }

    /// GUILD_UPDATE: only what it can change of what we keep.
    pub fn saw_guild_update(
        &self,
        guild: &twilight_model::gateway::payload::incoming::GuildUpdate,
    ) {
        self.cache().update(guild.id, |known| {
            known.name = guild.name.as_str().into();
            known.has_news = guild.features.contains(&GuildFeature::News);
            known.owner = guild.owner_id;
        });
    }

    /// GUILD_EMOJIS_UPDATE.
    pub fn saw_emojis(&self, guild: GuildId, ids: impl Iterator<Item = u64>) {
        let ids = ids.collect();
        self.cache().update(guild, |known| known.emojis = ids);
    }

    /// GUILD_ROLE_CREATE and GUILD_ROLE_UPDATE.
    pub async fn saw_role(&self, guild: GuildId, role: &Role) -> Result<(), Fault> {
        let seen = convert::role(role);
        let changed = self.cache().update(guild, |known| {
            known.roles.insert(role.id, seen.clone()).is_some_and(|before| before != seen)
        });
        if changed {
            self.wake_owner_of(guild, role.id.get()).await?;
            self.wake_if_the_bots(guild, role.id).await?;
        }
        Ok(())
    }

    /// GUILD_ROLE_DELETE.
    pub async fn saw_role_gone(&self, guild: GuildId, role: RoleId) -> Result<(), Fault> {
        let changed = self.cache().update(guild, |known| known.roles.remove(&role).is_some());
        if changed {
            self.wake_owner_of(guild, role.get()).await?;
            self.wake_if_the_bots(guild, role).await?;
            self.wake_crowded(guild).await?;
        }
        Ok(())
    }

    /// CHANNEL_CREATE and CHANNEL_UPDATE.
    pub async fn saw_channel(&self, channel: &Channel) -> Result<(), Fault> {
        let (Some(guild), Some(seen)) = (channel.guild_id, convert::channel(channel)) else {
            return Ok(());
        };
        let changed = self.cache().update(guild, |known| {
            known.channels.insert(channel.id, seen.clone()).is_some_and(|before| before != seen)
        });
        if changed {
            self.wake_owner_of(guild, channel.id.get()).await?;
            // It may have been taken out of a category that was full.
            self.wake_crowded(guild).await?;
            self.tell_if_the_logs(guild, channel.id).await?;
        }
        Ok(())
    }

    /// CHANNEL_DELETE.
    pub async fn saw_channel_gone(&self, guild: GuildId, channel: ChannelId) -> Result<(), Fault> {
        let changed = self.cache().update(guild, |known| known.channels.remove(&channel).is_some());
        if !changed {
            return Ok(());
        }
        self.wake_owner_of(guild, channel.get()).await?;
        self.wake_crowded(guild).await?;
        self.tell_if_the_logs(guild, channel).await?;
        for panel in self.store().panels(guild).await? {
            if panel.channel != channel {
                continue;
            }
            if let Ok(kind) = panel.kind.parse() {
                self.tell(Notice::Panel(guild, kind));
            } else if let Ok(card) = panel.kind.parse::<CardKind>() {
                self.tell(Notice::Server { guild, server: card.server(), moved: true });
            }
        }
        Ok(())
    }

    /// Wakes the game an object belongs to, if it belongs to one.
    async fn wake_owner_of(&self, guild: GuildId, discord_id: u64) -> Result<(), Fault> {
        if let Some((game, _)) = self.store().bound(discord_id).await? {
            self.wake_games(guild, &[game]).await?;
        }
        Ok(())
    }

    /// Wakes every game when a role of the bot itself changed: its place and its permissions decide
    /// what the bot may do with each of them, and everyone's role is the bot's too.
    async fn wake_if_the_bots(&self, guild: GuildId, role: RoleId) -> Result<(), Fault> {
        let known = self.cache().guild(guild);
        let own = known.is_some_and(|known| known.bot.roles.contains(&role));
        if own || role == guild.cast() {
            self.wake_guild(guild).await?;
            self.tell(Notice::Games(guild));
            // Lines may have waited for it.
            self.tell(Notice::Audit(guild));
        }
        Ok(())
    }

    /// Wakes the games that wait for room under one of Discord's limits.
    pub(crate) async fn wake_crowded(&self, guild: GuildId) -> Result<(), Fault> {
        let games = self.store().games_of_guild(guild).await?;
        let crowded = games.iter().filter(|record| record.problems.iter().any(Problem::is_room));
        let crowded: Vec<_> = crowded.map(|record| record.game.id).collect();
        self.wake_games(guild, &crowded).await
    }

    /// Panels say when the log channel is gone, and lines wait for it.
    async fn tell_if_the_logs(&self, guild: GuildId, channel: ChannelId) -> Result<(), Fault> {
        if self.store().settings(guild).await?.log_channel == Some(channel) {
            self.tell(Notice::Games(guild));
            self.tell(Notice::Audit(guild));
        }
        Ok(())
    }

    /// Wakes every game of a guild.
    pub async fn wake_guild(&self, guild: GuildId) -> Result<(), Fault> {
        let games: Vec<_> =
            self.store().games_of_guild(guild).await?.iter().map(|r| r.game.id).collect();
        self.wake_games(guild, &games).await
    }

    /// Owes these games a look.
    pub(crate) async fn wake_games(
        &self,
        guild: GuildId,
        games: &[domain::GameId],
    ) -> Result<(), Fault> {
        if games.is_empty() {
            return Ok(());
        }
        // In one order for everybody: two transactions that wake the same games never deadlock.
        let mut games = games.to_vec();
        games.sort_unstable();
        let tx = self.store().begin().await?;
        for game in &games {
            tx.wake(*game, guild, self.clock().now(), false).await?;
        }
        tx.commit().await?;
        self.inner.wake.notify_one();
        Ok(())
    }
}
