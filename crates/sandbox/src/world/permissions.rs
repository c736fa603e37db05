//! Permission bits and the exact algorithm (topics/permissions).

use std::fmt;
use std::ops::{BitAnd, BitOr, BitOrAssign, Not};

use serde::{Serialize, Serializer};

use super::{Channel, ChannelKind, Guild, Member, OverwriteTarget};
use crate::clock::Millis;
use crate::id::UserId;

/// A set of permission bits; travels as a decimal string.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Permissions(pub u64);

macro_rules! bits {
    ($($name:ident = $bit:literal),+ $(,)?) => {
        #[expect(missing_docs, reason = "the names are those of the documented table")]
        impl Permissions {
            $(pub const $name: Self = Self(1 << $bit);)+
            /// Every documented bit.
            pub const ALL: Self = Self($(1 << $bit |)+ 0);
            /// The documented names, lowest bit first.
            pub const NAMES: &[(&str, Self)] = &[$((stringify!($name), Self::$name)),+];
        }
    };
}

bits! {
    CREATE_INSTANT_INVITE = 0, KICK_MEMBERS = 1, BAN_MEMBERS = 2, ADMINISTRATOR = 3, MANAGE_CHANNELS = 4,
    MANAGE_GUILD = 5, ADD_REACTIONS = 6, VIEW_AUDIT_LOG = 7, PRIORITY_SPEAKER = 8, STREAM = 9, VIEW_CHANNEL = 10,
    SEND_MESSAGES = 11, SEND_TTS_MESSAGES = 12, MANAGE_MESSAGES = 13, EMBED_LINKS = 14, ATTACH_FILES = 15,
    READ_MESSAGE_HISTORY = 16, MENTION_EVERYONE = 17, USE_EXTERNAL_EMOJIS = 18, VIEW_GUILD_INSIGHTS = 19,
    CONNECT = 20, SPEAK = 21, MUTE_MEMBERS = 22, DEAFEN_MEMBERS = 23, MOVE_MEMBERS = 24, USE_VAD = 25,
    CHANGE_NICKNAME = 26, MANAGE_NICKNAMES = 27, MANAGE_ROLES = 28, MANAGE_WEBHOOKS = 29,
    MANAGE_GUILD_EXPRESSIONS = 30, USE_APPLICATION_COMMANDS = 31, REQUEST_TO_SPEAK = 32, MANAGE_EVENTS = 33,
    MANAGE_THREADS = 34, CREATE_PUBLIC_THREADS = 35, CREATE_PRIVATE_THREADS = 36, USE_EXTERNAL_STICKERS = 37,
    SEND_MESSAGES_IN_THREADS = 38, USE_EMBEDDED_ACTIVITIES = 39, MODERATE_MEMBERS = 40,
    VIEW_CREATOR_MONETIZATION_ANALYTICS = 41, USE_SOUNDBOARD = 42, CREATE_GUILD_EXPRESSIONS = 43,
    CREATE_EVENTS = 44, USE_EXTERNAL_SOUNDS = 45, SEND_VOICE_MESSAGES = 46, SEND_POLLS = 49,
    USE_EXTERNAL_APPS = 50, PIN_MESSAGES = 51, BYPASS_SLOWMODE = 52,
}

impl Permissions {
    /// No bits.
    pub const NONE: Self = Self(0);

    /// What @everyone gets in a fresh guild, as observed on real guilds.
    pub const DEFAULT_EVERYONE: Self = Self(
        Self::CREATE_INSTANT_INVITE.0
            | Self::ADD_REACTIONS.0
            | Self::STREAM.0
            | Self::VIEW_CHANNEL.0
            | Self::SEND_MESSAGES.0
            | Self::EMBED_LINKS.0
            | Self::ATTACH_FILES.0
            | Self::READ_MESSAGE_HISTORY.0
            | Self::USE_EXTERNAL_EMOJIS.0
            | Self::CONNECT.0
            | Self::SPEAK.0
            | Self::USE_VAD.0
            | Self::CHANGE_NICKNAME.0
            | Self::USE_APPLICATION_COMMANDS.0
            | Self::REQUEST_TO_SPEAK.0
            | Self::CREATE_PUBLIC_THREADS.0
            | Self::CREATE_PRIVATE_THREADS.0
            | Self::USE_EXTERNAL_STICKERS.0
            | Self::SEND_MESSAGES_IN_THREADS.0
            | Self::USE_SOUNDBOARD.0,
    );

    /// All that a timed-out member keeps.
    pub const TIMED_OUT: Self = Self(Self::VIEW_CHANNEL.0 | Self::READ_MESSAGE_HISTORY.0);

    /// True when every bit of `other` is set.
    pub fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Without the bits of `other`.
    pub fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Member's guild-wide permissions, before timeouts.
    pub fn base(guild: &Guild, member: &Member) -> Self {
        if guild.owner == member.user {
            return Self::ALL;
        }
        let everyone = guild.role(guild.id.everyone()).map_or(Self::NONE, |role| role.permissions);
        let sum = guild
            .roles
            .iter()
            .filter(|role| member.roles.contains(&role.id))
            .fold(everyone, |sum, role| sum | role.permissions);
        if sum.contains(Self::ADMINISTRATOR) { Self::ALL } else { sum }
    }

    /// What the member may do guild-wide right now.
    pub fn in_guild(guild: &Guild, member: &Member, now: Millis) -> Self {
        let base = Self::base(guild, member);
        if base == Self::ALL { base } else { limit_timed_out(base, member, now) }
    }

    /// The total shown in payload fields (`permissions`, `app_permissions`): overwrites applied, implicit rules
    /// not. `scope` is the channel whose overwrites count, for a thread its parent.
    pub fn shown(guild: &Guild, scope: &Channel, member: &Member) -> Self {
        let base = Self::base(guild, member);
        if base == Self::ALL { base } else { overwritten(base, guild, scope, member) }
    }

    /// What the member may really do in a channel: overwrites, timeout and implicit rules. `scope` is the channel
    /// whose overwrites count (a thread's parent), `kind` the kind of the channel acted in.
    pub fn in_channel(
        guild: &Guild,
        scope: &Channel,
        kind: ChannelKind,
        member: &Member,
        now: Millis,
    ) -> Self {
        let shown = Self::shown(guild, scope, member);
        if Self::base(guild, member) == Self::ALL {
            return shown;
        }
        implied(limit_timed_out(shown, member, now), kind)
    }
}

/// Owners and administrators are exempt: callers do not ask for them.
fn limit_timed_out(permissions: Permissions, member: &Member, now: Millis) -> Permissions {
    if member.timed_out_until.is_some_and(|until| until > now) {
        return permissions & Permissions::TIMED_OUT;
    }
    permissions
}

/// @everyone overwrite, then all role denies, then all role allows, then the member overwrite.
fn overwritten(
    base: Permissions,
    guild: &Guild,
    channel: &Channel,
    member: &Member,
) -> Permissions {
    let everyone = guild.id.everyone();
    let mut result = base;
    if let Some(overwrite) = channel.overwrite(OverwriteTarget::Role(everyone)) {
        result = result.without(overwrite.deny) | overwrite.allow;
    }
    let (mut allow, mut deny) = (Permissions::NONE, Permissions::NONE);
    for overwrite in &channel.overwrites {
        if let OverwriteTarget::Role(role) = overwrite.target
            && role != everyone
            && member.roles.contains(&role)
        {
            allow |= overwrite.allow;
            deny |= overwrite.deny;
        }
    }
    result = result.without(deny) | allow;
    if let Some(overwrite) = channel.overwrite(OverwriteTarget::Member(member.user)) {
        result = result.without(overwrite.deny) | overwrite.allow;
    }
    result
}

/// Rules the totals do not show: a missing permission that takes others with it.
fn implied(permissions: Permissions, kind: ChannelKind) -> Permissions {
    if !permissions.contains(Permissions::VIEW_CHANNEL) {
        return Permissions::NONE;
    }
    if kind.is_voice() && !permissions.contains(Permissions::CONNECT) {
        return permissions & Permissions::VIEW_CHANNEL;
    }
    let speak = if kind.is_thread() {
        Permissions::SEND_MESSAGES_IN_THREADS
    } else {
        Permissions::SEND_MESSAGES
    };
    if permissions.contains(speak) {
        return permissions;
    }
    permissions.without(
        Permissions::MENTION_EVERYONE
            | Permissions::SEND_TTS_MESSAGES
            | Permissions::ATTACH_FILES
            | Permissions::EMBED_LINKS,
    )
}

impl Guild {
    /// A member's guild-wide permissions; none for strangers.
    pub fn permissions_of(&self, user: UserId, now: Millis) -> Permissions {
        self.members
            .get(&user)
            .map_or(Permissions::NONE, |member| Permissions::in_guild(self, member, now))
    }
}

impl BitOr for Permissions {
    type Output = Self;
    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitOrAssign for Permissions {
    fn bitor_assign(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

impl BitAnd for Permissions {
    type Output = Self;
    fn bitand(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

impl Not for Permissions {
    type Output = Self;
    fn not(self) -> Self {
        Self(!self.0)
    }
}

impl fmt::Display for Permissions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Serialize for Permissions {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(&self.0)
    }
}
