//! Gateway intents (events/gateway, "List of Intents").

/// Intent bits.
#[derive(Debug)]
pub struct Intents;

impl Intents {
    /// Guild, role, channel, thread and pin events.
    pub const GUILDS: u64 = 1;
    /// Member events; privileged.
    pub const GUILD_MEMBERS: u64 = 1 << 1;
    /// Audit log entries and bans.
    pub const GUILD_MODERATION: u64 = 1 << 2;
    /// Webhook changes.
    pub const GUILD_WEBHOOKS: u64 = 1 << 5;
    /// Voice states.
    pub const GUILD_VOICE_STATES: u64 = 1 << 7;
    /// Presences; privileged.
    pub const GUILD_PRESENCES: u64 = 1 << 8;
    /// Messages in guilds.
    pub const GUILD_MESSAGES: u64 = 1 << 9;
    /// Reactions in guilds.
    pub const GUILD_MESSAGE_REACTIONS: u64 = 1 << 10;
    /// Typing in guilds.
    pub const GUILD_MESSAGE_TYPING: u64 = 1 << 11;
    /// Messages in DMs.
    pub const DIRECT_MESSAGES: u64 = 1 << 12;
    /// Reactions in DMs.
    pub const DIRECT_MESSAGE_REACTIONS: u64 = 1 << 13;
    /// Content of messages; privileged.
    pub const MESSAGE_CONTENT: u64 = 1 << 15;
    /// The three privileged ones.
    pub const PRIVILEGED: u64 = Self::GUILD_MEMBERS | Self::GUILD_PRESENCES | Self::MESSAGE_CONTENT;
    /// Every documented bit: 0-16, 20, 21, 24, 25.
    pub const ALL: u64 = 0x1_ffff | 1 << 20 | 1 << 21 | 1 << 24 | 1 << 25;
}
