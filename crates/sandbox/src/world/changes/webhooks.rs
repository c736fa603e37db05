//! Incoming webhooks (resources/webhook).

use serde_json::json;

use crate::error::ApiError;
use crate::id::{ChannelId, Snowflake, WebhookId};
use crate::world::{
    AuditAction, AuditChange, AuditDraft, Cause, Intents, Webhook, World, random_hex,
};

/// Webhooks of one channel (30007).
const PER_CHANNEL: usize = 15;

/// Webhooks of one guild (30058).
const PER_GUILD: usize = 1_000;

impl World {
    /// The webhooks that `pick` accepts, oldest first.
    pub fn webhooks_where(&self, pick: impl Fn(&Webhook) -> bool) -> Vec<&Webhook> {
        let mut found: Vec<_> = self.webhooks.values().filter(|one| pick(one)).collect();
        found.sort_by_key(|one| one.id);
        found
    }

    /// Adds a webhook: WEBHOOKS_UPDATE and audit type 50.
    pub fn create_webhook(
        &mut self,
        channel: ChannelId,
        name: String,
        cause: &Cause,
    ) -> Result<Webhook, ApiError> {
        let place = self.channels.get(&channel).ok_or_else(ApiError::unknown_channel)?;
        let guild = place.guild.ok_or_else(ApiError::wrong_channel_for_dm)?;
        if self.webhooks_where(|one| one.channel == channel).len() >= PER_CHANNEL {
            return Err(ApiError::webhooks_full());
        }
        if self.webhooks_where(|one| one.guild == guild).len() >= PER_GUILD {
            return Err(ApiError::guild_webhooks_full());
        }
        let id = self.ids.fresh();
        let webhook = Webhook { id, guild, channel, name, token: random_hex(4), creator: cause.by };
        self.webhooks.insert(id, webhook.clone());
        let changes = vec![
            AuditChange::created("name", webhook.name.clone()),
            AuditChange::created("type", 1),
            AuditChange::created("channel_id", json!(channel)),
        ];
        self.webhook_changed(&webhook, AuditAction::WebhookCreate, changes, cause);
        Ok(webhook)
    }

    /// Renames or moves a webhook.
    pub fn edit_webhook(
        &mut self,
        id: WebhookId,
        name: Option<String>,
        channel: Option<ChannelId>,
        cause: &Cause,
    ) -> Result<Webhook, ApiError> {
        let webhook = self.webhooks.get_mut(&id).ok_or_else(ApiError::unknown_webhook)?;
        let before = webhook.clone();
        webhook.name = name.unwrap_or(before.name.clone());
        webhook.channel = channel.unwrap_or(before.channel);
        let webhook = webhook.clone();
        let name = AuditChange::between("name", before.name, webhook.name.clone());
        let moved =
            AuditChange::between("channel_id", json!(before.channel), json!(webhook.channel));
        let changes: Vec<_> = name.into_iter().chain(moved).collect();
        if !changes.is_empty() {
            self.webhook_changed(&webhook, AuditAction::WebhookUpdate, changes, cause);
        }
        Ok(webhook)
    }

    /// Deletes a webhook.
    pub fn delete_webhook(&mut self, id: WebhookId, cause: &Cause) -> Result<(), ApiError> {
        let webhook = self.webhooks.remove(&id).ok_or_else(ApiError::unknown_webhook)?;
        let changes = vec![
            AuditChange::removed("name", webhook.name.clone()),
            AuditChange::removed("type", 1),
            AuditChange::removed("channel_id", json!(webhook.channel)),
        ];
        self.webhook_changed(&webhook, AuditAction::WebhookDelete, changes, cause);
        Ok(())
    }

    fn webhook_changed(
        &mut self,
        webhook: &Webhook,
        action: AuditAction,
        changes: Vec<AuditChange>,
        cause: &Cause,
    ) {
        let (guild, channel) = (webhook.guild, webhook.channel);
        if let Some(place) = self.channels.get(&channel) {
            self.emit_in_channel(
                "WEBHOOKS_UPDATE",
                place,
                Intents::GUILD_WEBHOOKS,
                || json!({"guild_id": guild, "channel_id": channel}),
            );
        }
        self.audit(guild, cause, AuditDraft::on(action, webhook.id.get()).changes(changes));
    }
}
