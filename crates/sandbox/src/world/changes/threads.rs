//! Threads and their members (topics/threads).

use serde_json::json;

use super::channel_patch::described_whole;
use crate::error::ApiError;
use crate::id::{ChannelId, GuildId, MessageId, Snowflake, UserId};
use crate::render;
use crate::world::{
    AuditAction, AuditChange, AuditDraft, Cause, Channel, Intents, MessageFlags, MessageSpec,
    World, channel_name,
};

/// Active threads of a guild (160006); the number is a common figure.
const ACTIVE_THREADS: usize = 1_000;

/// Members of a thread (30033).
const THREAD_MEMBERS: usize = 1_000;

/// Message type of "started a thread".
const THREAD_NOTICE: u8 = 18;

impl World {
    /// Adds a thread under `thread.parent`; an id of 0 means a fresh one. Its owner is its first member.
    /// THREAD_CREATE, audit type 110.
    pub fn create_thread(
        &mut self,
        guild: GuildId,
        mut thread: Channel,
        cause: &Cause,
    ) -> Result<Channel, ApiError> {
        let active = self.guilds.get(&guild).ok_or_else(ApiError::unknown_guild)?;
        let active = active.threads.iter().filter_map(|id| self.channels.get(id));
        if active.filter(|one| one.is_active_thread()).count() >= ACTIVE_THREADS {
            return Err(ApiError::threads_full());
        }
        thread.name = channel_name(thread.kind, &thread.name);
        if thread.id == ChannelId::default() {
            thread.id = self.ids.fresh();
        }
        thread.guild = Some(guild);
        if let Some(place) = self.guilds.get_mut(&guild) {
            place.threads.push(thread.id);
        }
        self.channels.insert(thread.id, thread.clone());
        self.emit_in_channel("THREAD_CREATE", &thread, Intents::GUILDS, || {
            let mut body = render::channel(self, &thread);
            body["newly_created"] = json!(true);
            body
        });
        let changes = described_whole(&thread).into_iter();
        let changes = changes.map(|(key, value)| AuditChange::created(key, value)).collect();
        let draft = AuditDraft::on(AuditAction::ThreadCreate, thread.id.get());
        self.audit(guild, cause, draft.changes(changes));
        Ok(thread)
    }

    /// Marks the message a thread hangs on: MESSAGE_UPDATE with HAS_THREAD.
    pub(crate) fn mark_thread_starter(&mut self, channel: ChannelId, id: MessageId) {
        let message = self.messages.get_mut(&channel).and_then(|all| all.get_mut(&id));
        let Some(message) = message else { return };
        message.flags |= MessageFlags::HAS_THREAD;
        let message = message.clone();
        self.emit_message("MESSAGE_UPDATE", &message);
    }

    /// The notice in the parent that someone started a thread without a message.
    pub(crate) fn announce_thread(&mut self, thread: &Channel, by: UserId) -> Result<(), ApiError> {
        let Some(parent) = thread.parent else { return Ok(()) };
        let notice = MessageSpec {
            kind: THREAD_NOTICE,
            content: thread.name.clone(),
            ..MessageSpec::default()
        };
        self.create_message(parent, by, notice).map(drop)
    }

    /// Adds a member; nothing happens when they are in. 30033 at 1000 members.
    pub fn join_thread(&mut self, id: ChannelId, user: UserId) -> Result<(), ApiError> {
        let now = self.clock.now_ms();
        let channel = self.channels.get_mut(&id).ok_or_else(ApiError::unknown_channel)?;
        let thread = channel.thread.as_deref_mut().ok_or_else(ApiError::wrong_channel_type)?;
        if thread.has_member(user) {
            return Ok(());
        }
        if thread.members.len() >= THREAD_MEMBERS {
            return Err(ApiError::thread_members_full());
        }
        thread.add_member(user, now);
        let channel = channel.clone();
        self.emit_thread_members(&channel, Some(user), None);
        Ok(())
    }

    /// Removes a member. 10007 when they are not in.
    pub fn leave_thread(&mut self, id: ChannelId, user: UserId) -> Result<(), ApiError> {
        let channel = self.channels.get_mut(&id).ok_or_else(ApiError::unknown_channel)?;
        let thread = channel.thread.as_deref_mut().ok_or_else(ApiError::wrong_channel_type)?;
        if !thread.has_member(user) {
            return Err(ApiError::unknown_member());
        }
        thread.members.retain(|member| member.user != user);
        let channel = channel.clone();
        self.emit_thread_members(&channel, None, Some(user));
        Ok(())
    }

    /// THREAD_MEMBERS_UPDATE. Without GUILD_MEMBERS a bot only hears about itself.
    fn emit_thread_members(
        &self,
        channel: &Channel,
        added: Option<UserId>,
        removed: Option<UserId>,
    ) {
        let Some(thread) = channel.thread.as_deref() else { return };
        let own = added == Some(self.bot()) || removed == Some(self.bot());
        let intents = if own { Intents::GUILDS } else { Intents::GUILD_MEMBERS };
        let guild = channel.guild.and_then(|guild| self.guilds.get(&guild));
        self.emit_in_channel("THREAD_MEMBERS_UPDATE", channel, intents, || {
            let mut body = json!({
                "id": channel.id, "guild_id": channel.guild, "member_count": thread.members.len().min(50),
            });
            let fresh = thread.members.iter().filter(|member| Some(member.user) == added);
            let fresh: Vec<_> = fresh
                .map(|member| {
                    let mut line = render::thread_member(channel, member);
                    let known = guild.and_then(|guild| guild.members.get(&member.user));
                    line["member"] = known.map(|one| render::member(self, one, true)).unwrap_or_default();
                    line["presence"] = serde_json::Value::Null;
                    line
                })
                .collect();
            if !fresh.is_empty() {
                body["added_members"] = json!(fresh);
            }
            if let Some(user) = removed {
                body["removed_member_ids"] = json!([user]);
            }
            body
        });
    }
}
