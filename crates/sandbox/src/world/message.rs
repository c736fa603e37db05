//! Messages (resources/message).

use bytes::Bytes;
use serde_json::Value;

use crate::clock::Millis;
use crate::id::{
    AttachmentId, ChannelId, GuildId, InteractionId, MessageId, RoleId, UserId, WebhookId,
};

/// Message flag bits.
#[derive(Debug)]
pub struct MessageFlags;

impl MessageFlags {
    /// Hide embeds.
    pub const SUPPRESS_EMBEDS: u64 = 1 << 2;
    /// Has a thread of the same id.
    pub const HAS_THREAD: u64 = 1 << 5;
    /// Only its receiver sees it.
    pub const EPHEMERAL: u64 = 1 << 6;
    /// "is thinking…".
    pub const LOADING: u64 = 1 << 7;
    /// Silent.
    pub const SUPPRESS_NOTIFICATIONS: u64 = 1 << 12;
    /// Built from components only.
    pub const IS_COMPONENTS_V2: u64 = 1 << 15;
}

/// An uploaded file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// Id.
    pub id: AttachmentId,
    /// File name.
    pub filename: String,
    /// Alt text.
    pub description: Option<String>,
    /// MIME type.
    pub content_type: Option<String>,
    /// Size in bytes.
    pub size: u64,
    /// What is in it.
    pub content: Bytes,
}

/// Which interaction a message answers (`interaction_metadata`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InteractionMetadata {
    /// The interaction.
    pub id: InteractionId,
    /// Its type, 2 command, 3 component, 5 modal.
    pub kind: u8,
    /// Who did it.
    pub user: UserId,
    /// The message clicked on, for component interactions.
    pub interacted_message: Option<MessageId>,
    /// The original response, when this message is a follow-up.
    pub original_response: Option<MessageId>,
    /// What opened the modal, for modal interactions.
    pub opener: Option<Opener>,
}

/// The interaction that was answered with a modal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opener {
    /// The interaction.
    pub id: InteractionId,
    /// Its type, 2 command, 3 component.
    pub kind: u8,
    /// The message clicked on, for component interactions.
    pub interacted_message: Option<MessageId>,
}

/// What people reacted with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reaction {
    /// A Unicode emoji.
    pub emoji: String,
    /// Who, in the order of time; never empty.
    pub users: Vec<UserId>,
}

/// A message.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    /// Id.
    pub id: MessageId,
    /// Channel.
    pub channel: ChannelId,
    /// Guild.
    pub guild: Option<GuildId>,
    /// Author.
    pub author: UserId,
    /// Message type: 0 default, 6 pin notice, 18 thread created, 19 reply, 20 command reply.
    pub kind: u8,
    /// Text.
    pub content: String,
    /// Embeds as sent.
    pub embeds: Vec<Value>,
    /// Components, every one with its `id`.
    pub components: Vec<Value>,
    /// Attachments.
    pub attachments: Vec<Attachment>,
    /// Flags.
    pub flags: u64,
    /// Mentioned users.
    pub mentions: Vec<UserId>,
    /// Mentioned roles.
    pub mention_roles: Vec<RoleId>,
    /// Pings everyone.
    pub mention_everyone: bool,
    /// Last edit.
    pub edited_ms: Option<Millis>,
    /// When it was pinned.
    pub pinned_ms: Option<Millis>,
    /// Nonce.
    pub nonce: Option<String>,
    /// The message replied to.
    pub reference: Option<MessageId>,
    /// Webhook that sent it (the application for interaction answers).
    pub webhook: Option<WebhookId>,
    /// Webhook's name override.
    pub webhook_name: Option<String>,
    /// The interaction it answers.
    pub interaction: Option<InteractionMetadata>,
    /// The one user who sees it, when ephemeral.
    pub only_for: Option<UserId>,
    /// Text to speech.
    pub tts: bool,
    /// Reactions, in the order they came up.
    pub reactions: Vec<Reaction>,
}

impl Message {
    /// True when the channel's other members never see it.
    pub fn is_ephemeral(&self) -> bool {
        self.flags & MessageFlags::EPHEMERAL != 0
    }

    /// True while it only says "is thinking…".
    pub fn is_loading(&self) -> bool {
        self.flags & MessageFlags::LOADING != 0
    }
}
