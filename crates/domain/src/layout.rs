//! Which channels a game has.

use serde::{Deserialize, Serialize};

use crate::slot::Slot;

/// Fewest voice channels of a game in Advanced mode.
pub const MIN_VOICE: u8 = 1;
/// Most voice channels of a game.
pub const MAX_VOICE: u8 = 5;

/// The channels of a game below its category.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Layout {
    /// A text channel to talk.
    pub chat: bool,
    /// A channel where only game admins write.
    pub announcements: bool,
    /// A forum.
    pub forum: bool,
    /// A text channel to find company.
    pub looking_for_group: bool,
    /// Voice channels, 0 to [`MAX_VOICE`]; new games have at least one, but accepted drift may
    /// leave none.
    pub voice: u8,
}

impl Layout {
    /// What Simple mode makes: one text and one voice channel.
    pub const SIMPLE: Self =
        Self { chat: true, announcements: false, forum: false, looking_for_group: false, voice: 1 };

    /// The channel slots, in the order people see them.
    pub fn slots(&self) -> Vec<Slot> {
        self.slots_keeping(|_| false)
    }

    /// The same, where voice channels that `exists` says are there keep their numbers: with one
    /// of three deleted and accepted, the other two stay as they are.
    pub fn slots_keeping(&self, exists: impl Fn(Slot) -> bool) -> Vec<Slot> {
        self.slots_preferring(|slot| u8::from(!exists(slot)))
    }

    /// The same, where voice channels of a lower `rank` are taken before those of a higher one.
    pub fn slots_preferring(&self, rank: impl Fn(Slot) -> u8) -> Vec<Slot> {
        let Self { chat, announcements, forum, looking_for_group, voice } = *self;
        let mut slots = Vec::new();
        if announcements {
            slots.push(Slot::Announcements);
        }
        if chat {
            slots.push(Slot::Chat);
        }
        if looking_for_group {
            slots.push(Slot::LookingForGroup);
        }
        if forum {
            slots.push(Slot::Forum);
        }
        let mut voices: Vec<Slot> = (1..=MAX_VOICE).map(Slot::Voice).collect();
        voices.sort_by_key(|slot| (rank(*slot), *slot));
        voices.truncate(usize::from(voice));
        voices.sort();
        slots.extend(voices);
        slots
    }

    /// Channels this layout needs, the category included.
    pub fn channel_count(&self) -> usize {
        self.slots().len() + 1
    }

    /// The layout without one channel, when an admin accepts that somebody deleted it. Voice
    /// channels are numbered from one, so the count goes down by one.
    #[must_use]
    pub fn without(mut self, slot: Slot) -> Self {
        match slot {
            Slot::Chat => self.chat = false,
            Slot::Announcements => self.announcements = false,
            Slot::Forum => self.forum = false,
            Slot::LookingForGroup => self.looking_for_group = false,
            Slot::Voice(_) => self.voice = self.voice.saturating_sub(1),
            Slot::PlayerRole | Slot::AdminRole | Slot::Category => {}
        }
        self
    }
}

impl Default for Layout {
    fn default() -> Self {
        Self::SIMPLE
    }
}
