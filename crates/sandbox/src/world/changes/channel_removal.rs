//! Channels and threads: delete.

use serde_json::json;

use super::channel_patch::described_whole;
use crate::error::ApiError;
use crate::id::{ChannelId, GuildId, Snowflake};
use crate::world::{
    AuditAction, AuditChange, AuditDraft, Cause, Channel, ChannelKind, Intents, World,
};

impl World {
    /// Deletes a channel with its messages, threads and webhooks. Children of a category are orphaned, each with
    /// its own CHANNEL_UPDATE (resources/channel). Channels a Community guild needs are refused with 50074.
    pub fn delete_channel(&mut self, id: ChannelId, cause: &Cause) -> Result<Channel, ApiError> {
        let channel = self.channels.get(&id).ok_or_else(ApiError::unknown_channel)?.clone();
        let Some(guild) = channel.guild else { return Ok(channel) };
        let needed = |place: &crate::world::Guild| {
            place.rules_channel == Some(id) || place.updates_channel == Some(id)
        };
        if self.guilds.get(&guild).is_some_and(needed) {
            return Err(ApiError::community_channel());
        }
        let action = if channel.kind.is_thread() {
            let body = json!({"id": id, "guild_id": guild, "parent_id": channel.parent, "type": channel.kind.number()});
            self.emit_in_channel("THREAD_DELETE", &channel, Intents::GUILDS, || body);
            AuditAction::ThreadDelete
        } else {
            self.emit_channel("CHANNEL_DELETE", &channel);
            AuditAction::ChannelDelete
        };
        let children = self.children(&channel);
        self.forget_channel(guild, id);
        let changes = described_whole(&channel).into_iter();
        let changes = changes.map(|(key, value)| AuditChange::removed(key, value)).collect();
        self.audit(guild, cause, AuditDraft::on(action, id.get()).changes(changes));
        if channel.kind == ChannelKind::Category {
            self.orphan(&children);
        } else if !channel.kind.is_thread() {
            self.forget_threads(guild, id);
        }
        Ok(channel)
    }

    fn orphan(&mut self, children: &[ChannelId]) {
        for child in children {
            let Some(channel) = self.channels.get_mut(child) else { continue };
            channel.parent = None;
            let channel = channel.clone();
            self.emit_channel("CHANNEL_UPDATE", &channel);
        }
    }

    /// Threads go with their parent; clients drop them on CHANNEL_DELETE without events of their own.
    fn forget_threads(&mut self, guild: GuildId, parent: ChannelId) {
        let threads =
            self.guilds.get(&guild).map(|guild| guild.threads.clone()).unwrap_or_default();
        for thread in threads {
            if self.channels.get(&thread).is_some_and(|thread| thread.parent == Some(parent)) {
                self.forget_channel(guild, thread);
            }
        }
    }

    fn forget_channel(&mut self, guild: GuildId, id: ChannelId) {
        self.channels.remove(&id);
        self.messages.remove(&id);
        self.webhooks.retain(|_, webhook| webhook.channel != id);
        if let Some(guild) = self.guilds.get_mut(&guild) {
            guild.channels.retain(|channel| *channel != id);
            guild.threads.retain(|channel| *channel != id);
            guild.voice.retain(|voice| voice.channel != id);
            if guild.system_channel == Some(id) {
                guild.system_channel = None;
            }
        }
    }
}
