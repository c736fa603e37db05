//! Events on their way into the engine, in the order Discord sent them.
//!
//! A task of its own for each shard, because the engine may write to the database for an event.
//! When it falls behind, the shard waits for it: Discord's socket is then the buffer.

use std::{collections::BTreeSet, sync::Arc};

use domain::{GuildId, plan::ObservedGuild};
use engine::Fault;
use tokio::sync::{mpsc, oneshot};
use twilight_gateway::ShardId;
use twilight_model::{
    gateway::{event::DispatchEvent, payload::incoming::GuildCreate},
    guild::Guild,
};

use crate::{app::App, keepers};

/// Events that wait for the engine. About 300 bytes each, boxed parts aside.
const BACKLOG: usize = 4_096;

/// One thing to pass on.
pub(super) enum Fed {
    /// An event.
    Event(Box<DispatchEvent>),
    /// A guild in full. Cut down before it queues: a thousand guilds as Discord sends them would
    /// be a hundred megabytes.
    Guild {
        /// What is kept of it.
        guild: Box<ObservedGuild>,
        /// Discord's code of its language.
        locale: String,
    },
    /// Discord has an outage in this guild.
    Outage(GuildId),
    /// The bot is no longer in this guild; Discord did not say so because the bot was away.
    Gone(GuildId),
    /// All guilds of this shard, as a new session promised them.
    Promised(ShardId, BTreeSet<GuildId>),
    /// Everything before this has reached the engine.
    Done(oneshot::Sender<()>),
    /// The shard knows all its guilds, or lost its connection. In line with the events, so that
    /// "ready" means that the engine has them.
    Up(bool),
}

/// Where a shard puts its events.
#[derive(Clone)]
pub(super) struct Feed(mpsc::Sender<Fed>);

impl Fed {
    /// What is worth passing on of an event.
    pub(super) fn of(app: &App, event: DispatchEvent) -> Self {
        let DispatchEvent::GuildCreate(created) = event else {
            return Self::Event(Box::new(event));
        };
        match *created {
            GuildCreate::Available(guild) => Self::guild(app, &guild),
            GuildCreate::Unavailable(guild) => Self::Outage(guild.id),
        }
    }

    /// A guild in full.
    pub(super) fn guild(app: &App, guild: &Guild) -> Self {
        let slim = Box::new(app.engine.slim(guild));
        Self::Guild { guild: slim, locale: guild.preferred_locale.clone() }
    }
}

impl Feed {
    /// Starts the task. It ends with the last clone of what this answers.
    pub(super) fn start(app: &Arc<App>) -> Self {
        let (sender, mut receiver) = mpsc::channel(BACKLOG);
        let tracker = app.tasks.clone();
        let app = Arc::clone(app);
        tracker.spawn(async move {
            while let Some(fed) = receiver.recv().await {
                pass_on(&app, fed).await;
            }
        });
        Self(sender)
    }

    pub(super) async fn put(&self, fed: Fed) {
        // The task ends only after the last sender.
        let _ = self.0.send(fed).await;
    }

    /// Waits until the engine has everything that was put before.
    pub(super) async fn settle(&self) {
        let (done, waited) = oneshot::channel();
        self.put(Fed::Done(done)).await;
        let _ = waited.await;
    }
}

async fn pass_on(app: &Arc<App>, fed: Fed) {
    let result = match fed {
        Fed::Event(event) => observe(app, *event).await,
        Fed::Guild { guild, locale } => {
            let id = guild.id;
            app.locales.set(id, &locale);
            let seen = app.engine.saw_guild(*guild).await;
            app.bell.guild_arrived(id);
            seen
        }
        Fed::Gone(guild) => {
            app.locales.forget(guild);
            app.engine.saw_guild_gone(guild, false).await
        }
        Fed::Promised(shard, guilds) => {
            // How Discord divides guilds among shards.
            let of_shard = move |id: GuildId| {
                (id.get() >> 22) % u64::from(shard.total()) == u64::from(shard.number())
            };
            app.engine.saw_guild_list(&guilds, of_shard).await
        }
        Fed::Outage(guild) => app.engine.saw_guild_gone(guild, true).await,
        Fed::Done(done) => {
            let _ = done.send(());
            Ok(())
        }
        Fed::Up(up) => {
            app.readiness.shard(up);
            if up {
                // Whoever looked after these guilds before may have left answers owed.
                let app = Arc::clone(app);
                app.tasks.clone().spawn(async move { keepers::recall(&app).await });
            }
            Ok(())
        }
    };
    if let Err(error) = result {
        // The slow sweep finds what an event could not tell.
        app.engine.complain("an event could not be worked on", &error);
    }
}

async fn observe(app: &App, event: DispatchEvent) -> Result<(), Fault> {
    let engine = &app.engine;
    match event {
        DispatchEvent::GuildUpdate(guild) => {
            app.locales.set(guild.id, &guild.preferred_locale);
            engine.saw_guild_update(&guild);
            Ok(())
        }
        DispatchEvent::GuildDelete(guild) => {
            let outage = guild.unavailable.is_some();
            if !outage {
                app.locales.forget(guild.id);
            }
            engine.saw_guild_gone(guild.id, outage).await
        }
        DispatchEvent::GuildEmojisUpdate(update) => {
            let ids = update.emojis.iter().map(|emoji| emoji.id.get());
            engine.saw_emojis(update.guild_id, ids);
            Ok(())
        }
        DispatchEvent::RoleCreate(event) => engine.saw_role(event.guild_id, &event.role).await,
        DispatchEvent::RoleUpdate(event) => engine.saw_role(event.guild_id, &event.role).await,
        DispatchEvent::RoleDelete(event) => {
            engine.saw_role_gone(event.guild_id, event.role_id).await
        }
        DispatchEvent::ChannelCreate(channel) => engine.saw_channel(&channel).await,
        DispatchEvent::ChannelUpdate(channel) => engine.saw_channel(&channel).await,
        DispatchEvent::ChannelDelete(channel) => match channel.guild_id {
            Some(guild) => engine.saw_channel_gone(guild, channel.id).await,
            None => Ok(()),
        },
        DispatchEvent::MemberAdd(member) => {
            engine.saw_member_join(member.guild_id, member.user.id, &member.roles).await
        }
        DispatchEvent::MemberUpdate(member) => {
            engine.saw_member(member.guild_id, member.user.id, &member.roles).await
        }
        DispatchEvent::MemberRemove(member) => {
            engine.saw_member_leave(member.guild_id, member.user.id).await
        }
        _ => Ok(()),
    }
}
