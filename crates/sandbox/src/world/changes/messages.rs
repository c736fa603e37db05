//! Messages: create, edit, delete. Checks of content and permissions belong to the callers.

use serde_json::{Value, json};

use crate::error::ApiError;
use crate::id::{ChannelId, MessageId, Snowflake, UserId, WebhookId};
use crate::media;
use crate::world::{
    AllowedMentions, Attachment, AuditAction, AuditDraft, AuditOptions, Cause, Intents,
    InteractionMetadata, Message, MessageFlags, World, mentioning_text,
};

/// Message type of replies.
pub(crate) const REPLY: u8 = 19;

/// "The past few minutes" in which a nonce is unique; the number is a guess.
const NONCE_MS: i64 = 5 * 60 * 1_000;

/// What a new message is made of.
#[derive(Clone, Debug, Default)]
#[expect(missing_docs, reason = "same names as in Message")]
pub struct MessageSpec {
    pub kind: u8,
    pub content: String,
    pub embeds: Vec<Value>,
    pub components: Vec<Value>,
    pub attachments: Vec<Attachment>,
    pub flags: u64,
    /// Whom the text may ping.
    pub allowed: AllowedMentions,
    pub nonce: Option<String>,
    pub reference: Option<MessageId>,
    pub webhook: Option<WebhookId>,
    pub webhook_name: Option<String>,
    pub interaction: Option<InteractionMetadata>,
    pub only_for: Option<UserId>,
    pub tts: bool,
}

/// Fields of a message to change; `None` leaves them alone.
#[derive(Clone, Debug, Default)]
#[expect(missing_docs, reason = "same names as in Message")]
pub struct MessagePatch {
    pub content: Option<String>,
    pub embeds: Option<Vec<Value>>,
    pub components: Option<Vec<Value>>,
    pub attachments: Option<Vec<Attachment>>,
    pub flags: Option<u64>,
}

impl World {
    /// Posts a message and emits MESSAGE_CREATE.
    pub fn create_message(
        &mut self,
        channel: ChannelId,
        author: UserId,
        spec: MessageSpec,
    ) -> Result<Message, ApiError> {
        let id = self.ids.fresh();
        self.insert_message(id, channel, author, spec)
    }

    /// Posts a message under a given id: the first one of a forum post has the id of its thread (topics/threads).
    pub(crate) fn insert_message(
        &mut self,
        id: MessageId,
        channel: ChannelId,
        author: UserId,
        spec: MessageSpec,
    ) -> Result<Message, ApiError> {
        let now = self.clock.now_ms();
        let place = self.channels.get(&channel).ok_or_else(ApiError::unknown_channel)?;
        let mut components = spec.components;
        number_components(&mut components);
        let text = mentioning_text(&spec.content, &components);
        let mut mentions = self.mentions(place, author, &text, &spec.allowed);
        if spec.kind == REPLY
            && spec.allowed.replied_user
            && let Some(target) = spec.reference.and_then(|target| self.message(channel, target))
            && !mentions.users.contains(&target.author)
        {
            mentions.users.push(target.author);
        }
        media::resolve(&mut components, &self.origin, channel, &spec.attachments);
        let message = Message {
            id,
            channel,
            guild: place.guild,
            author,
            kind: spec.kind,
            content: spec.content,
            embeds: spec.embeds,
            components,
            attachments: spec.attachments,
            flags: spec.flags,
            mentions: mentions.users,
            mention_roles: mentions.roles,
            mention_everyone: mentions.everyone,
            edited_ms: None,
            pinned_ms: None,
            nonce: spec.nonce,
            reference: spec.reference,
            webhook: spec.webhook,
            webhook_name: spec.webhook_name,
            interaction: spec.interaction,
            only_for: spec.only_for,
            tts: spec.tts,
            reactions: Vec::new(),
        };
        if message.is_ephemeral() {
            self.ephemerals.push_back((channel, id));
        } else if let Some(place) = self.channels.get_mut(&channel) {
            place.last_message = Some(id);
            if let Some(thread) = place.thread.as_deref_mut() {
                thread.message_count += 1;
                thread.total_sent += 1;
                thread.add_member(author, now);
            }
        }
        self.messages.entry(channel).or_default().insert(id, message.clone());
        self.drop_old_ephemerals();
        self.emit_message("MESSAGE_CREATE", &message);
        self.interactions.touched(&message);
        Ok(message)
    }

    /// Changes a message and emits MESSAGE_UPDATE. The loading state ends with the first edit.
    pub fn edit_message(
        &mut self,
        channel: ChannelId,
        id: MessageId,
        patch: MessagePatch,
    ) -> Result<Message, ApiError> {
        self.edit_message_allowing(channel, id, patch, &AllowedMentions::default())
    }

    /// [`World::edit_message`] with `allowed_mentions`: an edit reparses mentions from scratch (resources/message,
    /// "Edit Message").
    pub fn edit_message_allowing(
        &mut self,
        channel: ChannelId,
        id: MessageId,
        patch: MessagePatch,
        allowed: &AllowedMentions,
    ) -> Result<Message, ApiError> {
        let now = self.clock.now_ms();
        let mut message = self.message(channel, id).ok_or_else(ApiError::unknown_message)?.clone();
        let place = self.channels.get(&channel).ok_or_else(ApiError::unknown_channel)?;
        let MessagePatch { content, embeds, components, attachments, flags } = patch;
        let reparse = content.is_some() || components.is_some();
        message.content = content.unwrap_or(message.content);
        message.embeds = embeds.unwrap_or(message.embeds);
        message.attachments = attachments.unwrap_or(message.attachments);
        if let Some(mut components) = components {
            number_components(&mut components);
            media::resolve(&mut components, &self.origin, channel, &message.attachments);
            message.components = components;
        }
        message.flags = flags.unwrap_or(message.flags) & !MessageFlags::LOADING;
        message.edited_ms = Some(now);
        if reparse {
            let text = mentioning_text(&message.content, &message.components);
            let mentions = self.mentions(place, message.author, &text, allowed);
            message.mentions = mentions.users;
            message.mention_roles = mentions.roles;
            message.mention_everyone = mentions.everyone;
        }
        self.messages.entry(channel).or_default().insert(id, message.clone());
        self.emit_message("MESSAGE_UPDATE", &message);
        self.interactions.touched(&message);
        Ok(message)
    }

    /// Deletes a message. An audit entry is written only when someone else than the author does it.
    pub fn delete_message(
        &mut self,
        channel: ChannelId,
        id: MessageId,
        cause: &Cause,
    ) -> Result<Message, ApiError> {
        let message = self.messages.get_mut(&channel).and_then(|all| all.remove(&id));
        let message = message.ok_or_else(ApiError::unknown_message)?;
        self.forget_in_thread(channel, 1);
        self.emit_message_delete(&message);
        self.interactions.touched(&message);
        if message.author != cause.by
            && let Some(guild) = message.guild
        {
            let options =
                AuditOptions { channel: Some(channel), count: Some(1), ..AuditOptions::default() };
            let draft =
                AuditDraft::on(AuditAction::MessageDelete, message.author.get()).options(options);
            self.audit(guild, cause, draft);
        }
        Ok(message)
    }

    /// Deletes many messages at once: one MESSAGE_DELETE_BULK, one audit entry. Ids that do not exist are left out.
    pub fn delete_messages(
        &mut self,
        channel: ChannelId,
        ids: &[MessageId],
        cause: &Cause,
    ) -> Result<(), ApiError> {
        let place = self.channels.get(&channel).ok_or_else(ApiError::unknown_channel)?.clone();
        let all = self.messages.entry(channel).or_default();
        let gone: Vec<_> = ids.iter().filter_map(|id| all.remove(id)).collect();
        if gone.is_empty() {
            return Ok(());
        }
        let count = u32::try_from(gone.len()).unwrap_or(u32::MAX);
        self.forget_in_thread(channel, count);
        let ids: Vec<_> = gone.iter().map(|message| message.id).collect();
        self.emit_in_channel(
            "MESSAGE_DELETE_BULK",
            &place,
            Intents::GUILD_MESSAGES,
            || json!({"ids": ids, "channel_id": channel, "guild_id": place.guild}),
        );
        for message in &gone {
            self.interactions.touched(message);
        }
        if let Some(guild) = place.guild {
            let options = AuditOptions { count: Some(count), ..AuditOptions::default() };
            let draft = AuditDraft::on(AuditAction::MessageBulkDelete, channel.get());
            self.audit(guild, cause, draft.options(options));
        }
        Ok(())
    }

    /// The author's message with that nonce from the past few minutes (`enforce_nonce`, resources/message).
    pub fn message_by_nonce(
        &self,
        channel: ChannelId,
        author: UserId,
        nonce: &str,
    ) -> Option<&Message> {
        let since = self.clock.now_ms() - NONCE_MS;
        let recent = self.messages.get(&channel)?.values().rev();
        recent
            .take_while(|message| message.id.created_ms() >= since)
            .find(|message| message.author == author && message.nonce.as_deref() == Some(nonce))
    }

    fn forget_in_thread(&mut self, channel: ChannelId, count: u32) {
        let thread = self.channels.get_mut(&channel).and_then(|place| place.thread.as_deref_mut());
        if let Some(thread) = thread {
            thread.message_count = thread.message_count.saturating_sub(count);
        }
    }

    /// Ephemeral messages cannot be listed or fetched, so the oldest may go under load.
    fn drop_old_ephemerals(&mut self) {
        while self.ephemerals.len() > self.keep.ephemerals {
            let Some((channel, id)) = self.ephemerals.pop_front() else { return };
            if let Some(all) = self.messages.get_mut(&channel) {
                all.remove(&id);
            }
        }
    }
}

/// Gives every component its `id`: absent or 0 ones are filled in sequence (components/reference).
pub(crate) fn number_components(components: &mut [Value]) {
    let mut next = 1;
    for component in components {
        number(component, &mut next);
    }
}

fn number(component: &mut Value, next: &mut u64) {
    let Some(map) = component.as_object_mut() else { return };
    if map.get("id").and_then(Value::as_u64).unwrap_or(0) == 0 {
        map.insert(String::from("id"), json!(*next));
    }
    *next += 1;
    for key in ["components", "accessory", "component"] {
        match map.get_mut(key) {
            Some(Value::Array(children)) => {
                for child in children {
                    number(child, next);
                }
            }
            Some(child @ Value::Object(_)) => number(child, next),
            _ => {}
        }
    }
}
