//! Channels: create and edit. Threads use the same edit with their own events.

use serde_json::Value;

use super::channel_patch::{ChannelPatch, described, described_whole};
use crate::error::ApiError;
use crate::id::{ChannelId, GuildId, Snowflake};
use crate::world::{
    AuditAction, AuditChange, AuditDraft, Cause, Channel, ChannelKind, Guild, Overwrite, World,
    channel_name,
};

impl World {
    /// Adds a channel to its guild. `channel.id` is overwritten; a negative position means "at the end". 30013 at 500
    /// channels, categories included, threads not.
    pub fn create_channel(
        &mut self,
        guild: GuildId,
        mut channel: Channel,
        cause: &Cause,
    ) -> Result<Channel, ApiError> {
        channel.name = usable_name(channel.kind, &channel.name)?;
        let place = self.guilds.get(&guild).ok_or_else(ApiError::unknown_guild)?;
        if place.channels.len() >= Guild::MAX_CHANNELS {
            return Err(ApiError::channels_full());
        }
        self.check_parent(guild, channel.kind, channel.parent)?;
        channel.id = self.ids.fresh();
        channel.guild = Some(guild);
        if channel.position < 0 {
            let others = place.channels.iter().filter_map(|id| self.channels.get(id));
            channel.position = others.map(|other| other.position + 1).max().unwrap_or(0);
        }
        if let Some(place) = self.guilds.get_mut(&guild) {
            place.channels.push(channel.id);
        }
        self.channels.insert(channel.id, channel.clone());
        self.emit_channel("CHANNEL_CREATE", &channel);
        let changes = described_whole(&channel).into_iter();
        let changes = changes.map(|(key, value)| AuditChange::created(key, value)).collect();
        let draft = AuditDraft::on(AuditAction::ChannelCreate, channel.id.get());
        self.audit(guild, cause, draft.changes(changes));
        Ok(channel)
    }

    /// Changes a channel and emits CHANNEL_UPDATE or THREAD_UPDATE. Children of a category whose overwrites were the
    /// same follow it.
    pub fn edit_channel(
        &mut self,
        id: ChannelId,
        mut patch: ChannelPatch,
        cause: &Cause,
    ) -> Result<Channel, ApiError> {
        let now = self.clock.now_ms();
        let before = self.channels.get(&id).ok_or_else(ApiError::unknown_channel)?.clone();
        let kind = patch.kind.unwrap_or(before.kind);
        if let Some(name) = &mut patch.name {
            *name = usable_name(kind, name)?;
        }
        if let (Some(parent), Some(guild)) = (patch.parent, before.guild)
            && parent != before.parent
        {
            self.check_parent(guild, kind, parent)?;
        }
        let channel = self.channels.get_mut(&id).ok_or_else(ApiError::unknown_channel)?;
        patch.apply(channel, &mut self.ids, now);
        let channel = channel.clone();
        if channel == before {
            return Ok(channel);
        }
        let (event, action) = if channel.kind.is_thread() {
            ("THREAD_UPDATE", AuditAction::ThreadUpdate)
        } else {
            ("CHANNEL_UPDATE", AuditAction::ChannelUpdate)
        };
        self.emit_channel(event, &channel);
        let Some(guild) = channel.guild else { return Ok(channel) };
        let changes = differences(&described(&before), &described(&channel));
        if !changes.is_empty() {
            self.audit(guild, cause, AuditDraft::on(action, id.get()).changes(changes));
        }
        if channel.overwrites != before.overwrites {
            self.emit_thread_list_sync(&before, &channel);
            self.audit_overwrites(&before, &channel, cause);
            self.sync_children(&before, &channel);
        }
        Ok(channel)
    }

    /// Children with the category's old overwrites get the new ones, each with its own CHANNEL_UPDATE
    /// (topics/permissions, "Permission Syncing"). Whether every route does so is disputed, hence the switch.
    pub(super) fn sync_children(&mut self, before: &Channel, after: &Channel) {
        if after.kind != ChannelKind::Category || !self.category_sync {
            return;
        }
        let same = |list: &[Overwrite]| {
            list.len() == before.overwrites.len()
                && list.iter().all(|one| before.overwrites.contains(one))
        };
        for child in self.children(after) {
            let Some(channel) =
                self.channels.get_mut(&child).filter(|child| same(&child.overwrites))
            else {
                continue;
            };
            channel.overwrites.clone_from(&after.overwrites);
            let channel = channel.clone();
            self.emit_channel("CHANNEL_UPDATE", &channel);
        }
    }

    /// The channels in a category.
    pub(super) fn children(&self, category: &Channel) -> Vec<ChannelId> {
        let guild = category.guild.and_then(|guild| self.guilds.get(&guild));
        let channels = guild.map_or(&[][..], |guild| guild.channels.as_slice());
        let inside = |id: &&ChannelId| {
            self.channels.get(id).is_some_and(|one| one.parent == Some(category.id))
        };
        channels.iter().filter(inside).copied().collect()
    }

    /// A parent must be a category of the same guild with room for one more; categories have none.
    fn check_parent(
        &self,
        guild: GuildId,
        kind: ChannelKind,
        parent: Option<ChannelId>,
    ) -> Result<(), ApiError> {
        let Some(parent) = parent else { return Ok(()) };
        let refuse = |code, message| Err(ApiError::field("parent_id", code, message));
        let found = self.channels.get(&parent).filter(|found| found.guild == Some(guild));
        let Some(found) = found else {
            return refuse("CHANNEL_PARENT_INVALID", "Category does not exist");
        };
        if found.kind != ChannelKind::Category {
            return refuse("CHANNEL_PARENT_INVALID_TYPE", "Not a category");
        }
        if kind == ChannelKind::Category {
            return refuse("CHANNEL_PARENT_INVALID", "Categories cannot have subcategories");
        }
        if self.children(found).len() >= Channel::MAX_CHILDREN {
            let message = "Maximum number of channels in category reached (50)";
            return refuse("CHANNEL_PARENT_MAX_CHANNELS", message);
        }
        Ok(())
    }
}

/// The name as stored; nothing left is a form error.
fn usable_name(kind: ChannelKind, name: &str) -> Result<String, ApiError> {
    let name = channel_name(kind, name);
    if name.is_empty() {
        return Err(ApiError::field("name", "BASE_TYPE_REQUIRED", "This field is required"));
    }
    Ok(name)
}

/// Changes between two descriptions; a field only one side has was added or removed.
fn differences(
    before: &[(&'static str, Value)],
    after: &[(&'static str, Value)],
) -> Vec<AuditChange> {
    let value = |list: &[(&str, Value)], key: &str| {
        list.iter().find(|(other, _)| *other == key).map(|(_, value)| value.clone())
    };
    let keys = after.iter().map(|(key, _)| *key);
    keys.filter_map(|key| {
        let (old, new) = (value(before, key), value(after, key));
        let shown = |value: Option<Value>| value.filter(|value| !value.is_null());
        (old != new).then(|| AuditChange { key, old: shown(old), new: shown(new) })
    })
    .collect()
}
