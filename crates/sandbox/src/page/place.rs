//! Who looks, and where.

use serde::Deserialize;

use super::card::Card;
use crate::id::{ChannelId, GuildId, Snowflake, UserId};
use crate::world::{Channel, ChannelKind, Guild, World};

/// What a page asks for. Everything may be named by id or by name, and is chosen sensibly when absent or gone.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wish {
    /// `@me` for direct messages.
    pub(super) guild: Option<String>,
    pub(super) user: Option<String>,
    pub(super) channel: Option<String>,
    /// The developer's panel is open.
    pub(super) dev: bool,
}

/// What it gets.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// `None` among direct messages.
    pub(super) guild: Option<GuildId>,
    pub(super) user: UserId,
    pub(super) channel: Option<ChannelId>,
}

/// What a guild is called in a [`Wish`] for direct messages.
pub(super) const DIRECT: &str = "@me";

impl Wish {
    /// `None` while there is no guild at all.
    pub(super) fn place(&self, world: &World, card: Option<&Card>) -> Option<Place> {
        let named = self.guild.as_deref().and_then(|name| guild(world, name));
        let home = named.or_else(|| world.guilds.values().next())?;
        let first = card.and_then(|card| card.steps.first());
        let user = self.user.as_deref().and_then(|name| user(world, home, name));
        let user = user.or_else(|| user_of_card(world, home, card)).unwrap_or(home.owner);
        // A person who looks in for the first time starts in a guild of their own, if there is one.
        let lost = named.is_none() && !home.members.contains_key(&user);
        let own = || world.guilds.values().find(|guild| guild.members.contains_key(&user));
        let home = if lost { own().unwrap_or(home) } else { home };
        let direct = self.guild.as_deref() == Some(DIRECT);
        let start = first.filter(|_| self.channel.is_none() && self.user.is_none());
        let wanted = self.channel.as_deref().or_else(|| start?.channel.as_deref());
        let open = if direct { directs(world, user) } else { visible(world, home, user) };
        let called = |name: &str| {
            let by_id = open.iter().find(|one| one.id.to_string() == name);
            by_id.or_else(|| open.iter().find(|one| one.name == name))
        };
        let found =
            wanted.and_then(called).filter(|one| one.kind.takes_messages() || one.kind.is_forum());
        let found = found.or_else(|| open.iter().find(|one| is_first(one)));
        Some(Place {
            guild: (!direct).then_some(home.id),
            user,
            channel: found.map(|channel| channel.id),
        })
    }
}

fn is_first(channel: &Channel) -> bool {
    matches!(channel.kind, ChannelKind::Text | ChannelKind::Announcement | ChannelKind::Dm)
}

fn guild<'a>(world: &'a World, name: &str) -> Option<&'a Guild> {
    let by_id = name.parse().ok().and_then(|id| world.guilds.get(&id));
    by_id.or_else(|| world.guilds.values().find(|guild| guild.name == name))
}

fn user(world: &World, guild: &Guild, name: &str) -> Option<UserId> {
    if let Some(id) = name.parse().ok().filter(|id| world.users.contains_key(id)) {
        return Some(id);
    }
    let name = name.to_lowercase();
    let called = |id: &&UserId| world.users.get(id).is_some_and(|user| user.username == name);
    let member = guild.members.keys().find(called);
    member.or_else(|| world.users.keys().find(called)).copied()
}

fn user_of_card(world: &World, guild: &Guild, card: Option<&Card>) -> Option<UserId> {
    user(world, guild, card?.steps.first()?.person.as_deref()?)
}

/// The direct messages a person has with the bot.
pub(super) fn directs(world: &World, user: UserId) -> Vec<&Channel> {
    let own = world.channels.values();
    own.filter(|one| one.kind == ChannelKind::Dm && one.recipient == Some(user)).collect()
}

/// The channels and open threads a person sees, in the order of the list: voice below text, threads last.
pub(super) fn visible<'a>(world: &'a World, guild: &Guild, user: UserId) -> Vec<&'a Channel> {
    let all = guild.channels.iter().chain(&guild.threads).filter_map(|id| world.channels.get(id));
    let open = all.filter(|one| one.thread.is_none() || one.is_active_thread());
    let mut seen: Vec<_> = open.filter(|one| world.can_view(user, one)).collect();
    let parent = |one: &Channel| {
        let found = one.parent.and_then(|id| world.channels.get(&id));
        found.map(|parent| (parent.position, parent.id.get()))
    };
    seen.sort_by_key(|one| {
        (one.kind.is_thread(), parent(one), one.kind.is_voice(), one.position, one.id.get())
    });
    seen
}
