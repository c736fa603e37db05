//! What Discord has: only what the planner and the permission check read.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{ChannelId, GuildId, Permissions, RoleId, Slot, UserId};

/// One guild as last seen. This is also the model the cache keeps, so it is kept small.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObservedGuild {
    /// The guild.
    pub id: GuildId,
    /// Its name, for log lines.
    pub name: Box<str>,
    /// The bot itself.
    pub bot: BotStanding,
    /// All roles, `@everyone` included.
    pub roles: BTreeMap<RoleId, ObservedRole>,
    /// All channels and categories; threads are not kept.
    pub channels: BTreeMap<ChannelId, ObservedChannel>,
    /// Ids of the guild's custom emoji.
    pub emojis: Box<[u64]>,
    /// Whether the guild may have announcement channels (feature `NEWS`).
    pub has_news: bool,
    /// The guild's owner.
    pub owner: UserId,
}

/// What the bot is in a guild.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BotStanding {
    /// The bot's user id.
    pub user: UserId,
    /// The bot's roles (without `@everyone`).
    pub roles: Vec<RoleId>,
}

/// A role as last seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObservedRole {
    /// Its name.
    pub name: Box<str>,
    /// Its colour; 0 is none.
    pub colour: u32,
    /// Its position; roles may share one, then the lower id ranks higher.
    pub position: i64,
    /// Its guild-wide permissions.
    pub permissions: Permissions,
    /// Whether an integration owns it.
    pub managed: bool,
    /// Whether everyone may mention it.
    pub mentionable: bool,
}

/// A channel as last seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObservedChannel {
    /// What it is.
    pub kind: ChannelKind,
    /// Its name, as Discord normalised it.
    pub name: Box<str>,
    /// Its topic.
    pub topic: Option<Box<str>>,
    /// The category it is in.
    pub parent: Option<ChannelId>,
    /// Its position among its kind.
    pub position: i32,
    /// Its overwrites.
    pub overwrites: Box<[ObservedOverwrite]>,
}

/// The channel types the planner tells apart, with Discord's numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChannelKind {
    /// Type 0.
    Text,
    /// Type 2.
    Voice,
    /// Type 4.
    Category,
    /// Type 5; needs the guild feature `NEWS`.
    Announcement,
    /// Type 15.
    Forum,
    /// Anything else; never made by us.
    Other,
}

/// Whom an overwrite is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OverwriteKind {
    /// A role.
    Role,
    /// A member.
    Member,
}

/// A permission overwrite as last seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ObservedOverwrite {
    /// The role's or member's id.
    pub id: u64,
    /// Which of the two.
    pub kind: OverwriteKind,
    /// Bits given.
    pub allow: Permissions,
    /// Bits taken.
    pub deny: Permissions,
}

/// The Discord object that fills a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Binding {
    /// Its id.
    pub id: u64,
    /// Fingerprint of the specification last applied to it; tells a change by hand (the
    /// specification is as applied, the object is not) from a change of the desired state.
    pub applied: Option<i64>,
}

/// A game's slots and what fills them.
pub type Bindings = BTreeMap<Slot, Binding>;

impl ObservedGuild {
    /// Whether there is a channel with this id.
    pub fn has_channel(&self, id: u64) -> bool {
        ChannelId::new_checked(id).is_some_and(|id| self.channels.contains_key(&id))
    }

    /// The bot's guild-wide permissions: everyone's and its roles'. Administrator means all.
    pub fn bot_permissions(&self) -> Permissions {
        let everyone = self.id.cast();
        let bits = std::iter::once(&everyone)
            .chain(&self.bot.roles)
            .filter_map(|id| self.roles.get(id))
            .fold(Permissions::empty(), |bits, role| bits | role.permissions);
        if self.bot.user == self.owner || bits.contains(Permissions::ADMINISTRATOR) {
            Permissions::all()
        } else {
            bits
        }
    }

    /// The bot's permissions in a channel (topics/permissions in Discord's documentation): everyone's
    /// overwrite, then all role denies, all role allows, then its own overwrite.
    pub fn bot_permissions_in(&self, channel: &ObservedChannel) -> Permissions {
        let base = self.bot_permissions();
        if base.contains(Permissions::ADMINISTRATOR) {
            return Permissions::all();
        }
        let of = |id: u64, kind| channel.overwrites.iter().find(|o| o.id == id && o.kind == kind);
        let mut bits = base;
        if let Some(everyone) = of(self.id.get(), OverwriteKind::Role) {
            bits = (bits - everyone.deny) | everyone.allow;
        }
        let roles: Vec<_> =
            self.bot.roles.iter().filter_map(|role| of(role.get(), OverwriteKind::Role)).collect();
        let deny = roles.iter().fold(Permissions::empty(), |bits, o| bits | o.deny);
        let allow = roles.iter().fold(Permissions::empty(), |bits, o| bits | o.allow);
        bits = (bits - deny) | allow;
        if let Some(own) = of(self.bot.user.get(), OverwriteKind::Member) {
            bits = (bits - own.deny) | own.allow;
        }
        bits
    }

    /// Whether the bot may manage this role: strictly below its highest one. Administrator does
    /// not lift the hierarchy; only ownership does.
    pub fn bot_outranks(&self, role: RoleId) -> bool {
        if self.bot.user == self.owner {
            return true;
        }
        let rank =
            |id: &RoleId| self.roles.get(id).map(|role| (role.position, std::cmp::Reverse(*id)));
        let Some(theirs) = rank(&role) else { return true };
        self.bot.roles.iter().filter_map(rank).max().is_some_and(|top| top > theirs)
    }
}
