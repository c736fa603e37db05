//! From a change to a gateway event: who may know, and the body, serialised once for all sessions.

use std::sync::Arc;

use serde_json::{Value, json};

use super::{AuditEntry, Channel, Guild, Intents, Message, Permissions, Role, World};
use crate::gateway::{Event, EventBody};
use crate::id::{GuildId, RoleId, UserId};
use crate::render;

impl World {
    /// True when nobody listens, so that nothing need be rendered.
    fn silent(&self, guild: Option<GuildId>) -> bool {
        if self.hub.is_idle() {
            return true;
        }
        // Events of a guild reach the bot only while it is a member.
        guild.is_some_and(|id| {
            self.guilds.get(&id).is_none_or(|guild| !guild.members.contains_key(&self.bot()))
        })
    }

    /// Sends an event of a guild, or of none, to every session that asked for one of `intents` (0 = everyone).
    pub(crate) fn emit(
        &self,
        name: &'static str,
        guild: Option<GuildId>,
        intents: u64,
        data: impl FnOnce() -> Value,
    ) {
        if self.silent(guild) {
            return;
        }
        let full = Arc::from(data().to_string());
        self.hub.publish(Event {
            name,
            guild,
            intents,
            body: EventBody::Ready { full, without_content: None },
        });
    }

    /// Sends an event about a channel, if the bot can see that channel.
    pub(crate) fn emit_in_channel(
        &self,
        name: &'static str,
        channel: &Channel,
        intents: u64,
        data: impl FnOnce() -> Value,
    ) {
        if self.silent(channel.guild) || !self.can_view(self.bot(), channel) {
            return;
        }
        self.emit(name, channel.guild, intents, data);
    }

    /// CHANNEL_* or THREAD_* with the channel as body.
    pub(crate) fn emit_channel(&self, name: &'static str, channel: &Channel) {
        self.emit_in_channel(name, channel, Intents::GUILDS, || render::channel(self, channel));
    }

    /// THREAD_LIST_SYNC when the bot has got to see a channel by this change: its active threads.
    pub(crate) fn emit_thread_list_sync(&self, before: &Channel, after: &Channel) {
        let bot = self.bot();
        if self.can_view(bot, before) || !self.can_view(bot, after) {
            return;
        }
        self.emit_in_channel("THREAD_LIST_SYNC", after, Intents::GUILDS, || {
            let all = self.channels.values();
            let mut threads: Vec<_> = all
                .filter(|one| one.parent == Some(after.id) && one.is_active_thread())
                .filter(|one| self.can_view(bot, one))
                .collect();
            threads.sort_by_key(|one| one.id);
            let own = threads.iter().filter_map(|one| {
                let members = &one.thread.as_deref()?.members;
                let member = members.iter().find(|member| member.user == bot)?;
                Some(render::thread_member(one, member))
            });
            let members: Vec<_> = own.collect();
            let threads: Vec<_> = threads.into_iter().map(|one| render::channel(self, one)).collect();
            json!({
                "guild_id": after.guild, "channel_ids": [after.id], "threads": threads, "members": members,
            })
        });
    }

    /// GUILD_ROLE_CREATE / _UPDATE.
    pub(crate) fn emit_role(&self, name: &'static str, guild: GuildId, role: &Role) {
        self.emit(
            name,
            Some(guild),
            Intents::GUILDS,
            || json!({"guild_id": guild, "role": render::role(role)}),
        );
    }

    /// GUILD_ROLE_DELETE.
    pub(crate) fn emit_role_delete(&self, guild: GuildId, role: RoleId) {
        self.emit(
            "GUILD_ROLE_DELETE",
            Some(guild),
            Intents::GUILDS,
            || json!({"guild_id": guild, "role_id": role}),
        );
    }

    /// GUILD_MEMBER_ADD / _UPDATE. The bot's own update needs no privileged intent.
    pub(crate) fn emit_member(&self, name: &'static str, guild: &Guild, user: UserId) {
        let own = user == self.bot() && name == "GUILD_MEMBER_UPDATE";
        let intents =
            if own { Intents::GUILDS | Intents::GUILD_MEMBERS } else { Intents::GUILD_MEMBERS };
        let Some(member) = guild.members.get(&user) else { return };
        self.emit(name, Some(guild.id), intents, || {
            let mut body = render::member(self, member, true);
            body["guild_id"] = json!(guild.id);
            body
        });
    }

    /// MESSAGE_CREATE / _UPDATE, with a second body for sessions without MESSAGE_CONTENT. Ephemeral messages are
    /// told as if they were DMs: no guild, no member, intent DIRECT_MESSAGES.
    pub(crate) fn emit_message(&self, name: &'static str, message: &Message) {
        let Some(channel) = self.channels.get(&message.channel) else { return };
        if self.silent(message.guild) || !self.can_view(self.bot(), channel) {
            return;
        }
        let private = message.guild.is_none() || message.is_ephemeral();
        let body = render::message_event(self, message);
        let exempt =
            private || message.author == self.bot() || message.mentions.contains(&self.bot());
        let without_content =
            (!exempt).then(|| Arc::from(render::without_content(&body).to_string()));
        let full = Arc::from(body.to_string());
        let intents = if private { Intents::DIRECT_MESSAGES } else { Intents::GUILD_MESSAGES };
        self.hub.publish(Event {
            name,
            guild: message.guild,
            intents,
            body: EventBody::Ready { full, without_content },
        });
    }

    /// MESSAGE_DELETE.
    pub(crate) fn emit_message_delete(&self, message: &Message) {
        let Some(channel) = self.channels.get(&message.channel) else { return };
        let private = message.guild.is_none() || message.is_ephemeral();
        let intents = if private { Intents::DIRECT_MESSAGES } else { Intents::GUILD_MESSAGES };
        self.emit_in_channel("MESSAGE_DELETE", channel, intents, || {
            let mut body = json!({"id": message.id, "channel_id": message.channel});
            if !private {
                body["guild_id"] = json!(message.guild);
            }
            body
        });
    }

    /// GUILD_AUDIT_LOG_ENTRY_CREATE: needs VIEW_AUDIT_LOG besides the intent.
    pub(crate) fn emit_audit_entry(&self, guild: GuildId, entry: &AuditEntry) {
        let Some(found) = self.guilds.get(&guild) else { return };
        let allowed = found.permissions_of(self.bot(), self.clock.now_ms());
        if !allowed.contains(Permissions::VIEW_AUDIT_LOG) {
            return;
        }
        self.emit("GUILD_AUDIT_LOG_ENTRY_CREATE", Some(guild), Intents::GUILD_MODERATION, || {
            let mut body = render::audit_entry(entry);
            body["guild_id"] = json!(guild);
            body
        });
    }

    /// GUILD_CREATE, rendered when a session gets to it.
    pub(crate) fn emit_guild_create(&self, guild: GuildId) {
        if !self.silent(Some(guild)) {
            let body = EventBody::Guild(guild);
            self.hub.publish(Event {
                name: "GUILD_CREATE",
                guild: Some(guild),
                intents: Intents::GUILDS,
                body,
            });
        }
    }

    /// An event to everyone, even about a guild the bot has just left.
    pub(crate) fn emit_always(
        &self,
        name: &'static str,
        guild: Option<GuildId>,
        intents: u64,
        data: &Value,
    ) {
        let full = Arc::from(data.to_string());
        self.hub.publish(Event {
            name,
            guild,
            intents,
            body: EventBody::Ready { full, without_content: None },
        });
    }
}
