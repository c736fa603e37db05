//! One event on its way to the sessions; its body is serialised once and shared.

use std::sync::Arc;

use crate::id::{GuildId, Snowflake};

/// The body of an event.
#[derive(Debug)]
pub(crate) enum EventBody {
    /// JSON text, with a second version for sessions without MESSAGE_CONTENT.
    Ready { full: Arc<str>, without_content: Option<Arc<str>> },
    /// A GUILD_CREATE, rendered only when it is sent: thousands of guilds would not fit into the queues.
    Guild(GuildId),
}

/// A dispatch before it gets its sequence number.
#[derive(Debug)]
pub(crate) struct Event {
    pub(crate) name: &'static str,
    pub(crate) guild: Option<GuildId>,
    /// One of these must have been asked for; 0 means everyone gets it.
    pub(crate) intents: u64,
    pub(crate) body: EventBody,
}

impl Event {
    /// Which shard of `count` gets it: `(guild_id >> 22) % num_shards`, without a guild shard 0.
    pub(crate) fn shard(&self, count: u32) -> u32 {
        self.guild.map_or(0, |guild| shard_of(guild, count))
    }
}

/// The shard a guild belongs to (events/gateway, "Sharding").
pub(crate) fn shard_of(guild: GuildId, count: u32) -> u32 {
    u32::try_from((guild.get() >> 22) % u64::from(count.max(1))).unwrap_or_default()
}

/// An event and who gets it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EventInfo {
    /// Its name.
    pub name: &'static str,
    /// The intents that ask for it, any of them; none for events everybody gets.
    pub intents: &'static [&'static str],
    /// What else must hold.
    pub needs: &'static str,
}

const fn event(
    name: &'static str,
    intents: &'static [&'static str],
    needs: &'static str,
) -> EventInfo {
    EventInfo { name, intents, needs }
}

const GUILDS: &[&str] = &["GUILDS"];
const MEMBERS: &[&str] = &["GUILD_MEMBERS"];
const MESSAGES: &[&str] = &["GUILD_MESSAGES", "DIRECT_MESSAGES"];
const REACTIONS: &[&str] = &["GUILD_MESSAGE_REACTIONS", "DIRECT_MESSAGE_REACTIONS"];
const SEES: &str = "the bot sees the channel";

/// Every event the sandbox sends. Sessions refuse any other name in debug builds, so the list cannot be short.
pub const EVENTS: &[EventInfo] = &[
    event("READY", &[], ""),
    event("RESUMED", &[], ""),
    event("RATE_LIMITED", &[], "too frequent requests for all members"),
    event("INTERACTION_CREATE", &[], ""),
    event("GUILD_CREATE", GUILDS, "after READY also without the intent"),
    event("GUILD_UPDATE", GUILDS, ""),
    event("GUILD_DELETE", GUILDS, ""),
    event("GUILD_ROLE_CREATE", GUILDS, ""),
    event("GUILD_ROLE_UPDATE", GUILDS, ""),
    event("GUILD_ROLE_DELETE", GUILDS, ""),
    event("CHANNEL_CREATE", GUILDS, SEES),
    event("CHANNEL_UPDATE", GUILDS, SEES),
    event("CHANNEL_DELETE", GUILDS, SEES),
    event("CHANNEL_PINS_UPDATE", &["GUILDS", "DIRECT_MESSAGES"], SEES),
    event("THREAD_CREATE", GUILDS, SEES),
    event("THREAD_UPDATE", GUILDS, SEES),
    event("THREAD_DELETE", GUILDS, SEES),
    event("THREAD_LIST_SYNC", GUILDS, "the bot has just got to see the channel"),
    event("THREAD_MEMBERS_UPDATE", &["GUILDS", "GUILD_MEMBERS"], SEES),
    event("GUILD_MEMBER_ADD", MEMBERS, ""),
    event("GUILD_MEMBER_UPDATE", MEMBERS, "the bot's own also with GUILDS"),
    event("GUILD_MEMBER_REMOVE", MEMBERS, ""),
    event("GUILD_BAN_ADD", &["GUILD_MODERATION"], ""),
    event("GUILD_BAN_REMOVE", &["GUILD_MODERATION"], ""),
    event("GUILD_MEMBERS_CHUNK", &[], "asked for; all members need GUILD_MEMBERS"),
    event("GUILD_AUDIT_LOG_ENTRY_CREATE", &["GUILD_MODERATION"], "VIEW_AUDIT_LOG"),
    event("WEBHOOKS_UPDATE", &["GUILD_WEBHOOKS"], SEES),
    event("VOICE_STATE_UPDATE", &["GUILD_VOICE_STATES"], ""),
    event("MESSAGE_CREATE", MESSAGES, SEES),
    event("MESSAGE_UPDATE", MESSAGES, SEES),
    event("MESSAGE_DELETE", MESSAGES, SEES),
    event("MESSAGE_REACTION_ADD", REACTIONS, SEES),
    event("MESSAGE_REACTION_REMOVE", REACTIONS, SEES),
    event("MESSAGE_REACTION_REMOVE_ALL", REACTIONS, SEES),
    event("MESSAGE_REACTION_REMOVE_EMOJI", REACTIONS, SEES),
    event("MESSAGE_DELETE_BULK", &["GUILD_MESSAGES"], SEES),
];
