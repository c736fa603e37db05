//! From Discord's objects to the slim model the cache keeps.

use domain::plan::{ChannelKind, ObservedChannel, ObservedOverwrite, ObservedRole, OverwriteKind};
use twilight_model::{
    channel::{
        Channel, ChannelType,
        permission_overwrite::{PermissionOverwrite, PermissionOverwriteType},
    },
    guild::Role,
};

/// A role.
pub fn role(role: &Role) -> ObservedRole {
    ObservedRole {
        name: role.name.as_str().into(),
        colour: role.colors.primary_color,
        position: role.position,
        permissions: role.permissions,
        managed: role.managed,
        mentionable: role.mentionable,
    }
}

/// A channel; threads are not kept.
pub fn channel(channel: &Channel) -> Option<ObservedChannel> {
    if channel.kind.is_thread() {
        return None;
    }
    Some(ObservedChannel {
        kind: kind(channel.kind),
        name: channel.name.as_deref().unwrap_or_default().into(),
        topic: channel.topic.as_deref().filter(|topic| !topic.is_empty()).map(Into::into),
        parent: channel.parent_id,
        position: channel.position.unwrap_or(0),
        overwrites: channel
            .permission_overwrites
            .as_deref()
            .unwrap_or_default()
            .iter()
            .filter_map(overwrite)
            .collect(),
    })
}

fn kind(kind: ChannelType) -> ChannelKind {
    match kind {
        ChannelType::GuildText => ChannelKind::Text,
        ChannelType::GuildVoice => ChannelKind::Voice,
        ChannelType::GuildCategory => ChannelKind::Category,
        ChannelType::GuildAnnouncement => ChannelKind::Announcement,
        ChannelType::GuildForum => ChannelKind::Forum,
        _ => ChannelKind::Other,
    }
}

/// Discord's number for a channel kind.
pub fn channel_type(kind: ChannelKind) -> ChannelType {
    match kind {
        ChannelKind::Text | ChannelKind::Other => ChannelType::GuildText,
        ChannelKind::Voice => ChannelType::GuildVoice,
        ChannelKind::Category => ChannelType::GuildCategory,
        ChannelKind::Announcement => ChannelType::GuildAnnouncement,
        ChannelKind::Forum => ChannelType::GuildForum,
    }
}

/// An overwrite.
pub fn overwrite(overwrite: &PermissionOverwrite) -> Option<ObservedOverwrite> {
    let kind = match overwrite.kind {
        PermissionOverwriteType::Role => OverwriteKind::Role,
        PermissionOverwriteType::Member => OverwriteKind::Member,
        _ => return None,
    };
    Some(ObservedOverwrite {
        id: overwrite.id.get(),
        kind,
        allow: overwrite.allow,
        deny: overwrite.deny,
    })
}
