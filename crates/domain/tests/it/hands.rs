//! People who change a game's roles and channels by hand.

use domain::{
    ChannelId, Permissions, RoleId, Slot,
    plan::{ChannelKind, ObservedOverwrite, OverwriteKind},
};

use crate::world::{BOT_ROLE, LOBBY, STAFF, World};

/// One change by hand; which of the game's roles or channels it hits is drawn with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Deed {
    DeleteRole,
    RenameRole,
    RecolourRole,
    EmpowerRole,
    MakeRoleMentionable,
    DeleteChannel,
    DeleteCategory,
    RenameChannel,
    ChangeTopic,
    MoveOut,
    MoveElsewhere,
    DropOverwrite,
    ChangeOverwrite,
    /// Not drift: people may let others in.
    AddOverwrite,
    /// Not drift: either kind serves.
    ConvertToAnnouncement,
    MoveCategory,
    GiveRole,
    TakeRole,
}

impl Deed {
    /// Changes that leave all roles and channels there.
    pub(crate) const CHANGES: [Self; 12] = [
        Self::RenameRole,
        Self::RecolourRole,
        Self::EmpowerRole,
        Self::MakeRoleMentionable,
        Self::RenameChannel,
        Self::ChangeTopic,
        Self::MoveOut,
        Self::MoveElsewhere,
        Self::DropOverwrite,
        Self::ChangeOverwrite,
        Self::AddOverwrite,
        Self::ConvertToAnnouncement,
    ];
    /// The rest.
    pub(crate) const OTHERS: [Self; 6] = [
        Self::DeleteRole,
        Self::DeleteChannel,
        Self::DeleteCategory,
        Self::MoveCategory,
        Self::GiveRole,
        Self::TakeRole,
    ];
}

/// A deed, and what it hits.
pub(crate) type Hand = (Deed, usize);

impl World {
    /// Does a change by hand, where there is something to change.
    pub(crate) fn by_hand(&mut self, (deed, which): Hand) {
        let there = |world: &Self, is: fn(Slot) -> bool| {
            let slots: Vec<Slot> = world.bindings.keys().copied().collect();
            let slots: Vec<Slot> =
                slots.into_iter().filter(|s| is(*s) && world.id_of(*s).is_some()).collect();
            (!slots.is_empty()).then(|| slots[which % slots.len()])
        };
        let role = there(self, Slot::is_role);
        let leaf = there(self, Slot::is_leaf_channel);
        let any = there(self, |slot| !slot.is_role());
        let category = there(self, |slot| slot == Slot::Category);
        match (deed, role, leaf, any) {
            (Deed::DeleteRole, Some(slot), ..) | (Deed::DeleteChannel, _, Some(slot), _) => {
                self.lose(slot);
            }
            (Deed::RenameRole, Some(slot), ..) => self.role(slot).name = "Renamed".into(),
            (Deed::RecolourRole, Some(slot), ..) => self.role(slot).colour = 0x00ab_cdef,
            (Deed::EmpowerRole, Some(slot), ..) => {
                self.role(slot).permissions = Permissions::KICK_MEMBERS;
            }
            (Deed::MakeRoleMentionable, Some(slot), ..) => self.role(slot).mentionable = true,
            (Deed::DeleteCategory, ..) => {
                if let Some(slot) = category {
                    self.lose(slot);
                }
            }
            (Deed::RenameChannel, .., Some(slot)) => self.channel(slot).name = "renamed".into(),
            (Deed::ChangeTopic, _, Some(slot), _) => {
                self.channel(slot).topic = Some("By hand.".into());
            }
            (Deed::MoveOut, _, Some(slot), _) => self.channel(slot).parent = None,
            (Deed::MoveElsewhere, _, Some(slot), _) => self.channel(slot).parent = Some(LOBBY),
            (Deed::DropOverwrite, .., Some(slot)) => {
                let mut all = self.channel(slot).overwrites.to_vec();
                if !all.is_empty() {
                    all.remove(which / 16 % all.len());
                }
                self.channel(slot).overwrites = all.into();
            }
            (Deed::ChangeOverwrite, .., Some(slot)) => {
                let all = &mut self.channel(slot).overwrites;
                let Some(changed) = (which / 16).checked_rem(all.len()) else { return };
                all[changed].allow ^= Permissions::SEND_MESSAGES | Permissions::CREATE_INVITE;
            }
            (Deed::AddOverwrite, .., Some(slot)) => self.let_in(slot, which / 16),
            (Deed::ConvertToAnnouncement, _, Some(slot), _)
                if self.guild.has_news && self.channel(slot).kind == ChannelKind::Text =>
            {
                self.channel(slot).kind = ChannelKind::Announcement;
            }
            (Deed::MoveCategory, ..) => {
                if let Some(slot) = category {
                    self.channel(slot).position = i32::try_from(which % 7).expect("small");
                }
            }
            (Deed::GiveRole | Deed::TakeRole, Some(slot), ..) if !self.seats.is_empty() => {
                let seat = which / 16 % self.seats.len();
                let seat = &mut self.seats[seat];
                let gives = deed == Deed::GiveRole && seat.present;
                match slot {
                    Slot::PlayerRole => seat.has_player_role = gives,
                    _ => seat.has_admin_role = gives,
                }
            }
            _ => {}
        }
    }

    /// Somebody lets the staff, or a person, see one of the game's channels.
    pub(crate) fn let_in(&mut self, slot: Slot, whom: usize) {
        let (id, kind) = match whom % 2 {
            0 => (STAFF.get(), OverwriteKind::Role),
            _ => (77, OverwriteKind::Member),
        };
        let channel = self.channel(slot);
        let mut all = channel.overwrites.to_vec();
        all.retain(|overwrite| overwrite.id != id);
        let (allow, deny) = (Permissions::VIEW_CHANNEL, Permissions::MENTION_EVERYONE);
        all.insert(0, ObservedOverwrite { id, kind, allow, deny });
        channel.overwrites = all.into();
    }

    /// Somebody drags one of the game's roles above the bot's.
    pub(crate) fn drag_above_bot(&mut self, slot: Slot) {
        let top = self.guild.roles[&BOT_ROLE].position;
        self.role(slot).position = top + 1;
    }

    /// Fills the guild up with roles and channels that are not ours, until so many are there; and
    /// our own category until so many channels stand in it.
    pub(crate) fn fill(&mut self, roles: usize, channels: usize, children: usize) {
        while self.guild.roles.len() < roles {
            let id = RoleId::new(self.new_id());
            let role = crate::world::a_role("filler", 1, Permissions::empty());
            self.guild.roles.insert(id, role);
        }
        let home = self.id_of(Slot::Category).map(ChannelId::new);
        let inside = self.guild.channels.values().filter(|c| home.is_some() && c.parent == home);
        let mut to_come = children.saturating_sub(inside.count());
        while self.guild.channels.len() < channels {
            let id = ChannelId::new(self.new_id());
            let parent = home.filter(|_| to_come > 0);
            to_come = to_come.saturating_sub(1);
            let channel = crate::world::a_channel(ChannelKind::Text, "filler", parent, 0);
            self.guild.channels.insert(id, channel);
        }
    }
}
