//! What looks exactly like something we asked for.
//!
//! A stranger's role may have the same name, a stranger's channel may even stand in the game's
//! category. So nothing less than the whole specification counts, as it was sent, in no slot of
//! any game, and made at about the time we asked.

use domain::{
    ChannelId, Game, RoleId, Slot,
    plan::{Bindings, ChannelSpec, ObservedOverwrite, Op, RoleSpec},
};
use store::JournalEntry;
use twilight_model::{channel::Channel, guild::Role};

use super::call::resolve;
use crate::{Engine, Fault, observe::convert};

/// Clocks differ: an object may seem to be a little older than the entry that made it.
const CLOCK_SLACK_MS: i64 = 5_000;
/// Clocks that differ by more than the slack make what is ours seem too old or too new. It is
/// not adopted then, but spoken of.
const WORTH_A_WORD_MS: i64 = 10 * 60_000;
/// Discord's epoch in its ids, in milliseconds since the Unix epoch.
const DISCORD_EPOCH_MS: i64 = 1_420_070_400_000;

/// What Discord has of the kind that was asked for.
pub(super) enum Objects {
    Roles(Vec<Role>),
    Channels(Vec<Channel>),
}

/// What looks like it, by id.
#[derive(Debug, Default)]
pub(super) struct Alike {
    /// Made when it was asked for.
    pub(super) in_time: Vec<u64>,
    /// Made about then.
    nearly: Vec<u64>,
}

impl Alike {
    pub(super) fn is_empty(&self) -> bool {
        self.in_time.is_empty() && self.nearly.is_empty()
    }

    pub(super) fn ids(&self) -> impl Iterator<Item = u64> {
        self.in_time.iter().chain(&self.nearly).copied()
    }
}

impl Objects {
    /// Puts one of them into the cache; answers whether it is there.
    pub(super) fn keep(&self, engine: &Engine, game: &Game, id: u64) -> bool {
        match self {
            Self::Roles(roles) => roles.iter().find(|role| role.id.get() == id).map(|role| {
                let seen = convert::role(role);
                engine.cache().update(game.guild, |known| {
                    known.roles.insert(role.id, seen);
                });
            }),
            Self::Channels(channels) => {
                let channel = channels.iter().find(|channel| channel.id.get() == id);
                channel.and_then(|channel| Some((channel, convert::channel(channel)?))).map(
                    |(channel, seen)| {
                        engine.cache().update(game.guild, |known| {
                            known.channels.insert(channel.id, seen);
                        });
                    },
                )
            }
        }
        .is_some()
    }
}

impl Engine {
    pub(super) async fn objects(&self, game: &Game, op: &Op) -> Result<Objects, Fault> {
        let (rest, call) = (self.rest(), discord::Call::background());
        Ok(if let Op::CreateRole { .. } = op {
            Objects::Roles(rest.send(rest.factory().roles(game.guild), call).await?)
        } else {
            Objects::Channels(rest.send(rest.factory().guild_channels(game.guild), call).await?)
        })
    }

    /// What looks exactly like what an entry asked for.
    pub(super) async fn alike(
        &self,
        game: &Game,
        entry: &JournalEntry,
        objects: &Objects,
    ) -> Result<Alike, Fault> {
        let bindings = self.store().bindings(game.id).await?;
        let looks: Vec<u64> = match (&entry.op, objects) {
            (Op::CreateRole { spec, .. }, Objects::Roles(roles)) => {
                let alike = roles.iter().filter(|role| is_role_of(role, spec));
                alike.map(|role| role.id.get()).collect()
            }
            (Op::CreateChannel { slot, spec }, Objects::Channels(channels)) => {
                let guild = self.guild(game.guild)?;
                let alive = |id: u64| {
                    RoleId::new_checked(id).is_none_or(|id| guild.roles.contains_key(&id))
                        || id == guild.bot.user.get()
                };
                let sent = resolve(&spec.overwrites, &bindings, &guild);
                let sent: Vec<_> = sent.iter().filter_map(convert::overwrite).collect();
                let alike = channels.iter().filter(|channel| {
                    is_channel_of(channel, *slot, spec, &bindings)
                        && same_overwrites(channel, &sent, alive)
                });
                alike.map(|channel| channel.id.get()).collect()
            }
            _ => Vec::new(),
        };
        // No call is under way for longer than this after its entry.
        let life = i64::try_from(self.inner.fleet.call_within().as_millis()).unwrap_or(i64::MAX);
        let mut found = Alike::default();
        for id in looks {
            let late = made_at(id).saturating_sub(entry.created_at);
            let nearly = (-WORTH_A_WORD_MS..=WORTH_A_WORD_MS).contains(&late);
            if !nearly || self.store().bound(id).await?.is_some() {
                continue;
            }
            if (-CLOCK_SLACK_MS..=life.saturating_add(CLOCK_SLACK_MS)).contains(&late) {
                found.in_time.push(id);
            } else {
                found.nearly.push(id);
            }
        }
        found.in_time.sort_unstable();
        Ok(found)
    }
}

fn is_role_of(role: &Role, spec: &RoleSpec) -> bool {
    // No `..`: a new field must be compared here.
    let RoleSpec { name, colour, mentionable } = spec;
    role.name == *name
        && role.colors.primary_color == *colour
        && role.mentionable == *mentionable
        && role.permissions.is_empty()
        && !role.managed
        && !role.hoist
        && role.icon.is_none()
        && role.unicode_emoji.is_none()
}

fn is_channel_of(channel: &Channel, slot: Slot, spec: &ChannelSpec, bindings: &Bindings) -> bool {
    let Some(seen) = convert::channel(channel) else { return false };
    // The overwrites are compared by id, elsewhere.
    let ChannelSpec { kind, name, topic, in_category, overwrites: _ } = spec;
    let category = bindings.get(&Slot::Category).map(|binding| binding.id);
    let home = if slot != Slot::Category && *in_category { category } else { None };
    seen.kind == *kind
        && *seen.name == **name
        && seen.topic.as_deref() == topic.as_deref()
        && seen.parent.map(ChannelId::get) == home
}

/// Whether a channel has the overwrites that were sent, and no others. Those of roles that have
/// died since do not count: Discord may go on showing them, or not.
fn same_overwrites(
    channel: &Channel,
    sent: &[ObservedOverwrite],
    alive: impl Fn(u64) -> bool,
) -> bool {
    let Some(seen) = convert::channel(channel) else { return false };
    let has = |all: &[ObservedOverwrite], one: &ObservedOverwrite| {
        !alive(one.id) || (one.allow | one.deny).is_empty() || all.contains(one)
    };
    sent.iter().all(|one| has(&seen.overwrites, one))
        && seen.overwrites.iter().all(|one| has(sent, one))
}

/// When Discord made this, in milliseconds since the Unix epoch.
fn made_at(id: u64) -> i64 {
    (id >> 22).cast_signed().saturating_add(DISCORD_EPOCH_MS)
}
