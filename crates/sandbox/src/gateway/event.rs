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
