//! Overwrites: one at a time (`PUT/DELETE /channels/{c}/permissions/{id}`), and the log of whole-list edits.

use serde_json::json;

use crate::error::ApiError;
use crate::id::{ChannelId, Snowflake};
use crate::world::{
    AuditAction, AuditChange, AuditDraft, AuditOptions, Cause, Channel, Overwrite, OverwriteTarget,
    World,
};

/// Overwrites of one channel (30060).
pub(crate) const MAX_OVERWRITES: usize = 1_000;

impl World {
    /// Sets one overwrite. 30060 at 1000 on a channel. Setting what stands there already changes nothing and emits
    /// nothing.
    pub fn put_overwrite(
        &mut self,
        id: ChannelId,
        overwrite: Overwrite,
        cause: &Cause,
    ) -> Result<(), ApiError> {
        let channel = self.channels.get_mut(&id).ok_or_else(ApiError::unknown_channel)?;
        let before = channel.clone();
        let full = channel.overwrites.len() >= MAX_OVERWRITES;
        match channel.overwrites.iter_mut().find(|old| old.target == overwrite.target) {
            Some(old) => *old = overwrite,
            None if full => return Err(ApiError::overwrites_full()),
            None => channel.overwrites.push(overwrite),
        }
        let after = channel.clone();
        self.overwrites_changed(&before, &after, cause);
        Ok(())
    }

    /// Removes one overwrite. 10009 when there is none.
    pub fn delete_overwrite(
        &mut self,
        id: ChannelId,
        target: u64,
        cause: &Cause,
    ) -> Result<(), ApiError> {
        let channel = self.channels.get_mut(&id).ok_or_else(ApiError::unknown_channel)?;
        let before = channel.clone();
        let at = channel.overwrites.iter().position(|old| old.target.id() == target);
        channel.overwrites.remove(at.ok_or_else(ApiError::unknown_overwrite)?);
        let after = channel.clone();
        self.overwrites_changed(&before, &after, cause);
        Ok(())
    }

    fn overwrites_changed(&mut self, before: &Channel, after: &Channel, cause: &Cause) {
        if before.overwrites != after.overwrites {
            self.emit_channel("CHANNEL_UPDATE", after);
            self.emit_thread_list_sync(before, after);
            self.audit_overwrites(before, after, cause);
            self.sync_children(before, after);
        }
    }

    /// One entry of type 13, 14 or 15 for each overwrite that differs.
    pub(super) fn audit_overwrites(&mut self, before: &Channel, after: &Channel, cause: &Cause) {
        for new in &after.overwrites {
            let Some(old) = before.overwrite(new.target) else {
                let changes = vec![
                    AuditChange::created("allow", json!(new.allow)),
                    AuditChange::created("deny", json!(new.deny)),
                ];
                self.audit_overwrite(
                    after,
                    new.target,
                    AuditAction::OverwriteCreate,
                    changes,
                    cause,
                );
                continue;
            };
            let allow = AuditChange::between("allow", json!(old.allow), json!(new.allow));
            let deny = AuditChange::between("deny", json!(old.deny), json!(new.deny));
            let changes: Vec<_> = allow.into_iter().chain(deny).collect();
            if !changes.is_empty() {
                self.audit_overwrite(
                    after,
                    new.target,
                    AuditAction::OverwriteUpdate,
                    changes,
                    cause,
                );
            }
        }
        for old in before.overwrites.iter().filter(|old| after.overwrite(old.target).is_none()) {
            let changes = vec![
                AuditChange::removed("allow", json!(old.allow)),
                AuditChange::removed("deny", json!(old.deny)),
            ];
            self.audit_overwrite(after, old.target, AuditAction::OverwriteDelete, changes, cause);
        }
    }

    fn audit_overwrite(
        &mut self,
        channel: &Channel,
        target: OverwriteTarget,
        action: AuditAction,
        changes: Vec<AuditChange>,
        cause: &Cause,
    ) {
        let Some(guild) = channel.guild else { return };
        let role_name = match target {
            OverwriteTarget::Role(role) => self
                .guilds
                .get(&guild)
                .and_then(|guild| guild.role(role))
                .map(|role| role.name.clone()),
            OverwriteTarget::Member(_) => None,
        };
        let overwrite = Some((target.id(), target.number()));
        let options = AuditOptions { overwrite, role_name, ..AuditOptions::default() };
        let draft = AuditDraft::on(action, channel.id.get()).changes(changes);
        self.audit(guild, cause, draft.options(options));
    }
}
