//! The fields of a channel that can change, and how the audit log shows them.

use serde_json::{Value, json};

use crate::id::{ChannelId, IdSource, TagId};
use crate::render;
use crate::world::{Channel, ChannelKind, ForumTag, Overwrite};

/// Fields of a channel to change; `None` leaves them alone.
#[derive(Clone, Debug, Default)]
#[expect(missing_docs, reason = "same names as in Channel")]
pub struct ChannelPatch {
    pub kind: Option<ChannelKind>,
    pub name: Option<String>,
    pub position: Option<i32>,
    pub parent: Option<Option<ChannelId>>,
    pub overwrites: Option<Vec<Overwrite>>,
    pub topic: Option<Option<String>>,
    pub nsfw: Option<bool>,
    pub slowmode: Option<u32>,
    pub bitrate: Option<u32>,
    pub user_limit: Option<u32>,
    pub rtc_region: Option<Option<String>>,
    pub video_quality: Option<Option<u8>>,
    pub default_auto_archive: Option<Option<u32>>,
    pub flags: Option<u64>,
    pub forum: ForumPatch,
    pub thread: ThreadPatch,
}

/// Fields that only forums have. A tag whose id is 0 or unknown is a new one.
#[derive(Clone, Debug, Default)]
#[expect(missing_docs, reason = "same names as in Forum")]
pub struct ForumPatch {
    pub tags: Option<Vec<ForumTag>>,
    pub default_sort_order: Option<Option<u8>>,
    pub default_layout: Option<u8>,
    pub default_thread_slowmode: Option<u32>,
    pub default_reaction: Option<Option<String>>,
}

/// Fields that only threads have.
#[derive(Clone, Debug, Default)]
#[expect(missing_docs, reason = "same names as in Thread")]
pub struct ThreadPatch {
    pub archived: Option<bool>,
    pub locked: Option<bool>,
    pub invitable: Option<bool>,
    pub auto_archive_minutes: Option<u32>,
    pub applied_tags: Option<Vec<TagId>>,
}

fn set<T>(field: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *field = value;
    }
}

impl ChannelPatch {
    /// A rename.
    pub fn name(name: impl Into<String>) -> Self {
        Self { name: Some(name.into()), ..Self::default() }
    }

    /// Applies everything that fits the channel's kind; `now` dates a change of `archived`.
    pub(crate) fn apply(self, channel: &mut Channel, ids: &mut IdSource, now: i64) {
        set(&mut channel.kind, self.kind);
        set(&mut channel.name, self.name);
        set(&mut channel.position, self.position);
        set(&mut channel.parent, self.parent);
        set(&mut channel.overwrites, self.overwrites);
        set(&mut channel.topic, self.topic);
        set(&mut channel.nsfw, self.nsfw);
        set(&mut channel.slowmode, self.slowmode);
        set(&mut channel.bitrate, self.bitrate);
        set(&mut channel.user_limit, self.user_limit);
        set(&mut channel.rtc_region, self.rtc_region);
        set(&mut channel.video_quality, self.video_quality);
        set(&mut channel.default_auto_archive, self.default_auto_archive);
        set(&mut channel.flags, self.flags);
        if let Some(forum) = channel.forum.as_deref_mut() {
            let patch = self.forum;
            set(&mut forum.default_sort_order, patch.default_sort_order);
            set(&mut forum.default_layout, patch.default_layout);
            set(&mut forum.default_thread_slowmode, patch.default_thread_slowmode);
            set(&mut forum.default_reaction, patch.default_reaction);
            if let Some(mut tags) = patch.tags {
                for tag in &mut tags {
                    if forum.tags.iter().all(|old| old.id != tag.id) {
                        tag.id = ids.fresh();
                    }
                }
                forum.tags = tags;
            }
        }
        if let Some(thread) = channel.thread.as_deref_mut() {
            let patch = self.thread;
            if patch.archived.is_some_and(|archived| archived != thread.archived) {
                thread.archive_changed_ms = now;
            }
            set(&mut thread.archived, patch.archived);
            set(&mut thread.locked, patch.locked);
            set(&mut thread.invitable, patch.invitable);
            set(&mut thread.auto_archive_minutes, patch.auto_archive_minutes);
            set(&mut thread.applied_tags, patch.applied_tags);
        }
    }
}

/// The fields the audit log shows, in a fixed order. Overwrites have entries of their own, except on create and delete.
pub(super) fn described(channel: &Channel) -> Vec<(&'static str, Value)> {
    let mut fields = vec![
        ("name", json!(channel.name)),
        ("type", json!(channel.kind.number())),
        ("rate_limit_per_user", json!(channel.slowmode)),
        ("flags", json!(channel.flags)),
    ];
    if let Some(thread) = &channel.thread {
        fields.extend([
            ("archived", json!(thread.archived)),
            ("locked", json!(thread.locked)),
            ("auto_archive_duration", json!(thread.auto_archive_minutes)),
            ("applied_tags", json!(thread.applied_tags)),
        ]);
        return fields;
    }
    fields.extend([
        ("topic", json!(channel.topic)),
        ("position", json!(channel.position)),
        ("parent_id", json!(channel.parent)),
        ("nsfw", json!(channel.nsfw)),
        ("default_auto_archive_duration", json!(channel.default_auto_archive)),
    ]);
    if channel.kind.is_voice() {
        fields.extend([
            ("bitrate", json!(channel.bitrate)),
            ("user_limit", json!(channel.user_limit)),
            ("rtc_region", json!(channel.rtc_region)),
            ("video_quality_mode", json!(channel.video_quality)),
        ]);
    }
    if let Some(forum) = &channel.forum {
        let tags: Vec<_> =
            forum.tags.iter().map(|tag| json!({"id": tag.id, "name": tag.name})).collect();
        fields.push(("available_tags", json!(tags)));
    }
    fields
}

/// [`described`] with the list of overwrites, for entries about a whole channel.
pub(super) fn described_whole(channel: &Channel) -> Vec<(&'static str, Value)> {
    let mut fields = described(channel);
    if !channel.kind.is_thread() {
        fields.push(("permission_overwrites", render::overwrites(&channel.overwrites)));
    }
    fields.retain(|(_, value)| !value.is_null());
    fields
}
