//! Guilds (resources/guild).

use std::collections::{BTreeMap, VecDeque};

use super::{AuditEntry, Member, Permissions, Role};
use crate::clock::Millis;
use crate::id::{ChannelId, GuildId, RoleId, UserId};

/// Someone in a voice channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VoiceState {
    /// Who.
    pub user: UserId,
    /// Where.
    pub channel: ChannelId,
}

/// A guild. Only small, typed fields: thousands of guilds must stay cheap.
#[derive(Clone, Debug)]
pub struct Guild {
    /// Id.
    pub id: GuildId,
    /// Name.
    pub name: String,
    /// Owner.
    pub owner: UserId,
    /// All roles, @everyone first, otherwise in order of creation.
    pub roles: Vec<Role>,
    /// Members by user id.
    pub members: BTreeMap<UserId, Member>,
    /// Banned users, each with the reason.
    pub bans: BTreeMap<UserId, Option<String>>,
    /// Channels without threads, in order of creation.
    pub channels: Vec<ChannelId>,
    /// Active and archived threads.
    pub threads: Vec<ChannelId>,
    /// Who is in voice.
    pub voice: Vec<VoiceState>,
    /// Audit log, oldest first, bounded.
    pub audit: VecDeque<AuditEntry>,
    /// Guild features such as `COMMUNITY`.
    pub features: Vec<String>,
    /// 0 none - 4 very high.
    pub verification_level: u8,
    /// 1: two-factor login needed for starred permissions.
    pub mfa_level: u8,
    /// Locale.
    pub preferred_locale: String,
    /// Icon hash.
    pub icon: Option<String>,
    /// Channel for system messages.
    pub system_channel: Option<ChannelId>,
    /// Rules channel of a Community guild; cannot be deleted.
    pub rules_channel: Option<ChannelId>,
    /// Updates channel of a Community guild; cannot be deleted.
    pub updates_channel: Option<ChannelId>,
    /// Boost level.
    pub premium_tier: u8,
    /// Simulated outage: GUILD_CREATE says `unavailable`.
    pub unavailable: bool,
    /// When the guild was made.
    pub created_ms: Millis,
}

impl Guild {
    /// Roles it holds, managed ones and @everyone included (code 30005).
    pub const MAX_ROLES: usize = 250;

    /// Channels it holds, categories included, threads not (code 30013).
    pub const MAX_CHANNELS: usize = 500;

    /// A new guild with its @everyone role and its owner as the only member.
    pub fn new(id: GuildId, name: impl Into<String>, owner: UserId, now: Millis) -> Self {
        let everyone = Role {
            position: 0,
            ..Role::new(id.everyone(), "@everyone", Permissions::DEFAULT_EVERYONE)
        };
        Self {
            id,
            name: name.into(),
            owner,
            roles: vec![everyone],
            members: BTreeMap::from([(owner, Member::new(owner, now))]),
            bans: BTreeMap::new(),
            channels: Vec::new(),
            threads: Vec::new(),
            voice: Vec::new(),
            audit: VecDeque::new(),
            features: Vec::new(),
            verification_level: 0,
            mfa_level: 0,
            preferred_locale: String::from("en-US"),
            icon: None,
            system_channel: None,
            rules_channel: None,
            updates_channel: None,
            premium_tier: 0,
            unavailable: false,
            created_ms: now,
        }
    }

    /// A role by id.
    pub fn role(&self, id: RoleId) -> Option<&Role> {
        self.roles.iter().find(|role| role.id == id)
    }

    /// A role by id, to change it.
    pub(crate) fn role_mut(&mut self, id: RoleId) -> Option<&mut Role> {
        self.roles.iter_mut().find(|role| role.id == id)
    }

    /// A role by name; the first one when several share it.
    pub fn role_named(&self, name: &str) -> Option<&Role> {
        self.roles.iter().find(|role| role.name == name)
    }
}
