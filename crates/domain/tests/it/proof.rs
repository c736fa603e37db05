//! What must be true of a world, worked out without the planner's own comparison.

use std::collections::BTreeMap;

use domain::{
    ChannelId, RoleId, Slot,
    plan::{
        ChannelKind, ChannelSpec, ObservedChannel, ObservedOverwrite, ObservedRole, OverwriteKind,
        Principal, RoleSpec,
    },
};

use crate::world::{BOT, GUILD, World};

/// How one slot or grant is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Mismatch {
    /// Wished, and not there.
    Missing(Slot),
    /// There, and not as wished.
    Different(Slot),
    /// There, and not wished.
    Leftover(Slot),
    /// A person has a role that is not theirs, or lacks one that is.
    Grant(Slot, u64),
}

impl World {
    /// All that is not as it should be. What cannot be before something else is there (a place in
    /// the category, an overwrite for a role) is not held against a channel.
    pub(crate) fn mismatches(&self) -> Vec<Mismatch> {
        let desired = self.desired();
        let mut found = Vec::new();
        for (slot, spec) in &desired.roles {
            match self.id_of(*slot).and_then(|id| self.guild.roles.get(&RoleId::new(id))) {
                None => found.push(Mismatch::Missing(*slot)),
                Some(role) if !is_as_wished(role, spec) => found.push(Mismatch::Different(*slot)),
                Some(_) => {}
            }
        }
        for (slot, spec) in &desired.channels {
            match self.id_of(*slot).and_then(|id| self.guild.channels.get(&ChannelId::new(id))) {
                None => found.push(Mismatch::Missing(*slot)),
                Some(channel) if !self.shows(channel, spec) => {
                    found.push(Mismatch::Different(*slot));
                }
                Some(_) => {}
            }
        }
        let wished = |slot| {
            desired.roles.iter().any(|(s, _)| *s == slot)
                || desired.channels.iter().any(|(s, _)| *s == slot)
        };
        for slot in self.bindings.keys().copied().filter(|slot| !wished(*slot)) {
            if self.id_of(slot).is_some() {
                found.push(Mismatch::Leftover(slot));
            }
        }
        for seat in desired.grants.iter().filter(|grant| grant.wanted != grant.has) {
            if self.id_of(seat.slot).is_some() {
                found.push(Mismatch::Grant(seat.slot, seat.user.get()));
            }
        }
        found
    }

    fn shows(&self, channel: &ObservedChannel, spec: &ChannelSpec) -> bool {
        let has_topic = matches!(channel.kind, ChannelKind::Text | ChannelKind::Announcement);
        let topic = channel.topic.as_deref().unwrap_or_default();
        let home = self.id_of(Slot::Category).map(ChannelId::new).filter(|_| spec.in_category);
        *channel.name == *spec.name
            && (!has_topic || topic == spec.topic.as_deref().unwrap_or_default())
            && (home.is_none() || channel.parent == home)
            && spec.overwrites.iter().all(|wish| {
                let (id, kind) = match wish.principal {
                    Principal::Everyone => (GUILD.get(), OverwriteKind::Role),
                    Principal::Bot => (BOT.get(), OverwriteKind::Member),
                    Principal::Role(slot) => match self.id_of(slot) {
                        Some(id) => (id, OverwriteKind::Role),
                        None => return true,
                    },
                };
                let (allow, deny) = (wish.allow, wish.deny);
                channel.overwrites.contains(&ObservedOverwrite { id, kind, allow, deny })
            })
    }

    /// Whether the category stands on the wrong side: an archived game's above one in use, or
    /// one in use below an archived game's.
    pub(crate) fn is_misplaced(&self) -> bool {
        let desired = self.desired();
        let own = self.id_of(Slot::Category).filter(|_| !desired.channels.is_empty());
        let Some(own) = own.map(ChannelId::new) else { return false };
        let rank = |id: ChannelId| (self.guild.channels[&id].position, id);
        let others = self
            .guild
            .channels
            .iter()
            .filter(|(id, channel)| **id != own && channel.kind == ChannelKind::Category);
        others.map(|(id, _)| *id).any(|id| {
            let archived = self.archive.contains(&id);
            if desired.out_of_the_way {
                !archived && rank(id) > rank(own)
            } else {
                archived && rank(id) < rank(own)
            }
        })
    }
}

fn is_as_wished(role: &ObservedRole, spec: &RoleSpec) -> bool {
    *role.name == *spec.name
        && role.colour == spec.colour
        && role.mentionable == spec.mentionable
        && role.permissions.is_empty()
}

/// Everything in a guild that is not ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Foreign {
    roles: BTreeMap<RoleId, ObservedRole>,
    channels: BTreeMap<ChannelId, ObservedChannel>,
    overwrites: BTreeMap<u64, Vec<ObservedOverwrite>>,
}

impl Foreign {
    pub(crate) fn of(world: &World) -> Self {
        let is_ours = |slots: fn(Slot) -> bool, id: u64| {
            world.bindings.iter().any(|(slot, binding)| slots(*slot) && binding.id == id)
        };
        let role = |id: &RoleId| is_ours(Slot::is_role, id.get());
        let channel = |id: &ChannelId| is_ours(|slot| !slot.is_role(), id.get());
        let (ours, theirs): (BTreeMap<_, _>, BTreeMap<_, _>) =
            world.guild.channels.clone().into_iter().partition(|(id, _)| channel(id));
        let home = world.id_of(Slot::Category).map(ChannelId::new);
        let strangers = |channel: ObservedChannel| {
            let mut kept = channel.overwrites.to_vec();
            kept.retain(|overwrite| world.is_foreign(overwrite));
            kept
        };
        Self {
            roles: world.guild.roles.clone().into_iter().filter(|(id, _)| !role(id)).collect(),
            channels: theirs
                .into_iter()
                .map(|(id, mut channel)| {
                    // What stands in our category stands outside when the category goes, and
                    // categories of other archived games make room.
                    channel.parent = channel.parent.filter(|parent| Some(*parent) != home);
                    if world.archive.contains(&id) {
                        channel.position = 0;
                    }
                    (id, channel)
                })
                .collect(),
            overwrites: ours.into_iter().map(|(id, c)| (id.get(), strangers(c))).collect(),
        }
    }

    /// Panics unless everything that is not ours is still as it was, overwrites of other people
    /// on our own channels included.
    pub(crate) fn assert_untouched(self, world: &World) {
        let mut now = Self::of(world);
        now.overwrites.retain(|id, _| self.overwrites.contains_key(id));
        let mut before = self;
        before.overwrites.retain(|id, _| now.overwrites.contains_key(id));
        assert_eq!(before, now, "something that is not ours was touched");
    }
}
