//! Channels, threads, forums and overwrites (resources/channel).

use super::Permissions;
use crate::clock::Millis;
use crate::id::{ChannelId, GuildId, MessageId, RoleId, Snowflake, TagId, UserId};

/// Channel types (resources/channel, "Channel Types").
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum ChannelKind {
    /// Text channel.
    Text = 0,
    /// Direct message.
    Dm = 1,
    /// Voice channel.
    Voice = 2,
    /// Category.
    Category = 4,
    /// Announcement channel; needs the guild feature NEWS.
    Announcement = 5,
    /// Thread under an announcement channel.
    AnnouncementThread = 10,
    /// Public thread, also a forum post.
    PublicThread = 11,
    /// Private thread.
    PrivateThread = 12,
    /// Stage channel.
    Stage = 13,
    /// Directory of a hub guild.
    Directory = 14,
    /// Forum.
    Forum = 15,
    /// Media channel.
    Media = 16,
}

impl ChannelKind {
    /// From the number on the wire.
    pub fn from_number(number: i64) -> Option<Self> {
        Some(match number {
            0 => Self::Text,
            1 => Self::Dm,
            2 => Self::Voice,
            4 => Self::Category,
            5 => Self::Announcement,
            10 => Self::AnnouncementThread,
            11 => Self::PublicThread,
            12 => Self::PrivateThread,
            13 => Self::Stage,
            14 => Self::Directory,
            15 => Self::Forum,
            16 => Self::Media,
            _ => return None,
        })
    }

    /// The number on the wire.
    pub fn number(self) -> u8 {
        self as u8
    }

    /// Any kind of thread.
    pub fn is_thread(self) -> bool {
        matches!(self, Self::AnnouncementThread | Self::PublicThread | Self::PrivateThread)
    }

    /// Voice or stage.
    pub fn is_voice(self) -> bool {
        matches!(self, Self::Voice | Self::Stage)
    }

    /// Forum or media: holds posts only.
    pub fn is_forum(self) -> bool {
        matches!(self, Self::Forum | Self::Media)
    }

    /// Takes plain messages (voice and stage have a text chat).
    pub fn takes_messages(self) -> bool {
        !matches!(self, Self::Category | Self::Forum | Self::Media | Self::Directory)
    }
}

/// Whom an overwrite is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OverwriteTarget {
    /// Type 0.
    Role(RoleId),
    /// Type 1.
    Member(UserId),
}

impl OverwriteTarget {
    /// The raw id.
    pub fn id(self) -> u64 {
        match self {
            Self::Role(id) => id.get(),
            Self::Member(id) => id.get(),
        }
    }

    /// 0 role, 1 member.
    pub fn number(self) -> u8 {
        u8::from(matches!(self, Self::Member(_)))
    }
}

/// A permission overwrite.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overwrite {
    /// For whom.
    pub target: OverwriteTarget,
    /// Given.
    pub allow: Permissions,
    /// Taken.
    pub deny: Permissions,
}

/// A member of a thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ThreadMember {
    /// Who.
    pub user: UserId,
    /// Since when.
    pub joined_ms: Millis,
}

/// What only threads have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thread {
    /// Who started it.
    pub owner: UserId,
    /// Closed for lack of activity or by hand.
    pub archived: bool,
    /// Only moderators may unarchive.
    pub locked: bool,
    /// Members may add others (private threads).
    pub invitable: bool,
    /// Minutes of inactivity before archiving: 60, 1440, 4320 or 10080.
    pub auto_archive_minutes: u32,
    /// When `archived` last changed.
    pub archive_changed_ms: Millis,
    /// When it was made.
    pub created_ms: Millis,
    /// Members, at most 1000.
    pub members: Vec<ThreadMember>,
    /// Messages now.
    pub message_count: u32,
    /// Messages ever.
    pub total_sent: u32,
    /// Forum tags.
    pub applied_tags: Vec<TagId>,
}

impl Thread {
    /// True when the user is in the thread.
    pub fn has_member(&self, user: UserId) -> bool {
        self.members.iter().any(|member| member.user == user)
    }

    /// Adds a user who is not in yet.
    pub(crate) fn add_member(&mut self, user: UserId, joined_ms: Millis) {
        if !self.has_member(user) {
            self.members.push(ThreadMember { user, joined_ms });
        }
    }
}

/// A forum tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForumTag {
    /// Id.
    pub id: TagId,
    /// Name, at most 20 characters.
    pub name: String,
    /// Only moderators may apply it.
    pub moderated: bool,
    /// Unicode emoji.
    pub emoji_name: Option<String>,
}

/// What only forums have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Forum {
    /// At most 20 tags.
    pub tags: Vec<ForumTag>,
    /// 0 latest activity, 1 creation date.
    pub default_sort_order: Option<u8>,
    /// 0 not set, 1 list, 2 gallery.
    pub default_layout: u8,
    /// Slowmode of new posts.
    pub default_thread_slowmode: u32,
    /// Unicode emoji of the default reaction.
    pub default_reaction: Option<String>,
}

/// A channel, category, thread or DM.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Channel {
    /// Id.
    pub id: ChannelId,
    /// Guild; absent for DMs.
    pub guild: Option<GuildId>,
    /// Type.
    pub kind: ChannelKind,
    /// Name.
    pub name: String,
    /// Place in the list; -1 until the channel stands in a guild.
    pub position: i32,
    /// Category, or the channel a thread belongs to.
    pub parent: Option<ChannelId>,
    /// Overwrites.
    pub overwrites: Vec<Overwrite>,
    /// Topic, or a forum's guidelines.
    pub topic: Option<String>,
    /// Age-restricted.
    pub nsfw: bool,
    /// `rate_limit_per_user`, 0-21600 s.
    pub slowmode: u32,
    /// Voice bitrate.
    pub bitrate: u32,
    /// Voice user limit, 0 = none.
    pub user_limit: u32,
    /// Voice region.
    pub rtc_region: Option<String>,
    /// 1 auto, 2 full.
    pub video_quality: Option<u8>,
    /// `default_auto_archive_duration`.
    pub default_auto_archive: Option<u32>,
    /// Channel flags: PINNED 1<<1, REQUIRE_TAG 1<<4.
    pub flags: u64,
    /// Newest message.
    pub last_message: Option<MessageId>,
    /// Newest pin.
    pub last_pin_ms: Option<Millis>,
    /// The other side of a DM.
    pub recipient: Option<UserId>,
    /// Thread part.
    pub thread: Option<Box<Thread>>,
    /// Forum part.
    pub forum: Option<Box<Forum>>,
}

impl Channel {
    /// Children a category holds (resources/channel, "Channel Object").
    pub const MAX_CHILDREN: usize = 50;

    /// A channel with Discord's defaults for its kind.
    pub fn new(
        id: ChannelId,
        guild: Option<GuildId>,
        kind: ChannelKind,
        name: impl Into<String>,
    ) -> Self {
        Self {
            id,
            guild,
            kind,
            name: name.into(),
            position: -1,
            parent: None,
            overwrites: Vec::new(),
            topic: None,
            nsfw: false,
            slowmode: 0,
            bitrate: if kind.is_voice() { 64_000 } else { 0 },
            user_limit: 0,
            rtc_region: None,
            video_quality: None,
            default_auto_archive: None,
            flags: 0,
            last_message: None,
            last_pin_ms: None,
            recipient: None,
            thread: None,
            forum: kind.is_forum().then(Box::default),
        }
    }

    /// A thread that is not archived.
    pub fn is_active_thread(&self) -> bool {
        self.thread.as_ref().is_some_and(|thread| !thread.archived)
    }

    /// The overwrite for a target.
    pub fn overwrite(&self, target: OverwriteTarget) -> Option<&Overwrite> {
        self.overwrites.iter().find(|overwrite| overwrite.target == target)
    }
}
