//! The audit log (resources/audit-log).

use serde_json::Value;

use super::{Cause, World};
use crate::id::{ChannelId, EntryId, GuildId, MessageId, UserId};

/// `action_type` values in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
#[expect(missing_docs, reason = "the names are those of the documented table")]
pub enum AuditAction {
    GuildUpdate = 1,
    ChannelCreate = 10,
    ChannelUpdate = 11,
    ChannelDelete = 12,
    OverwriteCreate = 13,
    OverwriteUpdate = 14,
    OverwriteDelete = 15,
    MemberKick = 20,
    MemberBanAdd = 22,
    MemberBanRemove = 23,
    MemberUpdate = 24,
    MemberRoleUpdate = 25,
    BotAdd = 28,
    RoleCreate = 30,
    RoleUpdate = 31,
    RoleDelete = 32,
    WebhookCreate = 50,
    WebhookUpdate = 51,
    WebhookDelete = 52,
    MessageDelete = 72,
    MessageBulkDelete = 73,
    MessagePin = 74,
    MessageUnpin = 75,
    ThreadCreate = 110,
    ThreadUpdate = 111,
    ThreadDelete = 112,
}

/// One changed field.
#[derive(Clone, Debug, PartialEq)]
pub struct AuditChange {
    /// Field name, or `$add` / `$remove` for roles.
    pub key: &'static str,
    /// Before.
    pub old: Option<Value>,
    /// After.
    pub new: Option<Value>,
}

impl AuditChange {
    /// A change, or `None` when nothing changed.
    pub fn between(
        key: &'static str,
        old: impl Into<Value>,
        new: impl Into<Value>,
    ) -> Option<Self> {
        let (old, new) = (old.into(), new.into());
        (old != new).then_some(Self { key, old: Some(old), new: Some(new) })
    }

    /// A field of a new thing.
    pub fn created(key: &'static str, new: impl Into<Value>) -> Self {
        Self { key, old: None, new: Some(new.into()) }
    }

    /// A field of a deleted thing.
    pub fn removed(key: &'static str, old: impl Into<Value>) -> Self {
        Self { key, old: Some(old.into()), new: None }
    }
}

/// The documented `options`; all travel as strings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditOptions {
    /// Channel of the messages.
    pub channel: Option<ChannelId>,
    /// Message pinned or unpinned.
    pub message: Option<MessageId>,
    /// How many.
    pub count: Option<u32>,
    /// Target of an overwrite: id and type.
    pub overwrite: Option<(u64, u8)>,
    /// Name of an overwrite's role.
    pub role_name: Option<String>,
}

/// One entry.
#[derive(Clone, Debug, PartialEq)]
pub struct AuditEntry {
    /// Id.
    pub id: EntryId,
    /// Who did it.
    pub by: UserId,
    /// What kind.
    pub action: AuditAction,
    /// On what.
    pub target: Option<u64>,
    /// Changed fields.
    pub changes: Vec<AuditChange>,
    /// Extra information.
    pub options: Option<AuditOptions>,
    /// Why.
    pub reason: Option<String>,
}

impl World {
    /// Appends an entry and emits GUILD_AUDIT_LOG_ENTRY_CREATE.
    pub fn audit(&mut self, guild: GuildId, cause: &Cause, entry: AuditDraft) {
        let entry = AuditEntry {
            id: self.ids.fresh(),
            by: cause.by,
            action: entry.action,
            target: entry.target,
            changes: entry.changes,
            options: entry.options,
            reason: cause.reason.clone(),
        };
        self.emit_audit_entry(guild, &entry);
        let keep = self.keep.audit_entries;
        if let Some(guild) = self.guilds.get_mut(&guild) {
            while guild.audit.len() >= keep.max(1) {
                guild.audit.pop_front();
            }
            guild.audit.push_back(entry);
        }
    }
}

/// What an entry is made from.
#[derive(Debug)]
pub struct AuditDraft {
    pub(crate) action: AuditAction,
    pub(crate) target: Option<u64>,
    pub(crate) changes: Vec<AuditChange>,
    pub(crate) options: Option<AuditOptions>,
}

impl AuditDraft {
    /// An entry about `target`.
    pub fn on(action: AuditAction, target: u64) -> Self {
        Self { action, target: Some(target), changes: Vec::new(), options: None }
    }

    /// With changes.
    pub fn changes(mut self, changes: Vec<AuditChange>) -> Self {
        self.changes = changes;
        self
    }

    /// With options.
    pub fn options(mut self, options: AuditOptions) -> Self {
        self.options = Some(options);
        self
    }
}
