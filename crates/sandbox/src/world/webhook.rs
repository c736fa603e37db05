//! Incoming webhooks (resources/webhook).

use crate::id::{ChannelId, GuildId, UserId, WebhookId};

/// A webhook of type 1 (incoming).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Webhook {
    /// Id.
    pub id: WebhookId,
    /// Guild.
    pub guild: GuildId,
    /// Channel.
    pub channel: ChannelId,
    /// Name, 1-80.
    pub name: String,
    /// Secret part of its URL.
    pub token: String,
    /// Who made it.
    pub creator: UserId,
}
