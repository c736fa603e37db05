//! A model of Discord, strict where Discord is strict: applying a step that Discord would refuse
//! is a panic, and so is a step on something that is not ours.

use domain::{
    ChannelId, Permissions, RoleId, Slot,
    plan::{
        Binding, ChannelChange, ChannelKind, ChannelSpec, ObservedChannel, ObservedOverwrite,
        ObservedRole, Op, OverwriteKind, OverwriteSpec, Plan, Principal, RoleChange, RoleSpec,
    },
};

use crate::world::World;

impl World {
    /// Does every step.
    pub(crate) fn apply(&mut self, plan: &Plan) {
        self.apply_some(plan, &[], usize::MAX);
    }

    /// Does up to `limit` steps, in an order that `whims` choose among those that respect what
    /// steps wait for.
    pub(crate) fn apply_some(&mut self, plan: &Plan, whims: &[usize], limit: usize) {
        for (index, step) in plan.steps.iter().enumerate() {
            assert!(step.after.iter().all(|a| *a < index), "step waits for a later one\n{plan}");
        }
        let mut done = vec![false; plan.steps.len()];
        for turn in 0..limit.min(plan.steps.len()) {
            let ready: Vec<usize> = (0..plan.steps.len())
                .filter(|i| !done[*i] && plan.steps[*i].after.iter().all(|a| done[*a]))
                .collect();
            let whim = whims.get(turn % whims.len().max(1)).copied().unwrap_or_default();
            let chosen = ready[whim % ready.len()];
            self.step(&plan.steps[chosen].op);
            done[chosen] = true;
        }
        // What the engine does with the rest of a plan.
        for (slot, applied) in &plan.holds {
            self.bindings.get_mut(slot).expect("only bound slots hold").applied = Some(*applied);
        }
        for slot in &plan.forget {
            self.bindings.remove(slot);
        }
    }

    fn step(&mut self, op: &Op) {
        let held = self.guild.bot_permissions();
        match op {
            Op::CreateRole { slot, spec } => {
                require(held, Permissions::MANAGE_ROLES, op);
                self.create_role(*slot, spec);
            }
            Op::UpdateRole { slot, id, change, applied } => {
                require(held, Permissions::MANAGE_ROLES, op);
                self.update_role(*slot, *id, change);
                self.bind(*slot, *id, *applied);
            }
            Op::DeleteRole { slot, id } => {
                require(held, Permissions::MANAGE_ROLES, op);
                self.assert_bound(*slot, *id);
                self.assert_outranked(*id);
                self.lose_role(*id);
                self.bindings.remove(slot);
            }
            Op::CreateChannel { slot, spec } => {
                require(held, Permissions::MANAGE_CHANNELS, op);
                self.create_channel(*slot, spec);
            }
            Op::UpdateChannel { slot, id, change, applied } => {
                require(held, Permissions::MANAGE_CHANNELS, op);
                self.update_channel(*slot, *id, change);
                self.bind(*slot, *id, *applied);
            }
            Op::SetOverwrite { slot, id, overwrite, applied } => {
                require(held, Permissions::MANAGE_ROLES, op);
                self.assert_bound(*slot, *id);
                let new = self.resolve(overwrite);
                let channel = self.channel_mut(*id);
                let mut all = channel.overwrites.to_vec();
                all.retain(|o| (o.id, o.kind) != (new.id, new.kind));
                all.push(new);
                channel.overwrites = all.into();
                self.bind(*slot, *id, *applied);
            }
            Op::DeleteChannel { slot, id } => {
                require(held, Permissions::MANAGE_CHANNELS, op);
                self.assert_bound(*slot, *id);
                self.lose_channel(*id);
                self.bindings.remove(slot);
            }
            Op::PlaceCategory { id, positions, .. } => {
                require(held, Permissions::MANAGE_CHANNELS, op);
                self.assert_bound(Slot::Category, *id);
                assert!(!positions.is_empty(), "places nothing");
                for (moved, position) in positions {
                    let ours = moved == id || self.archive.contains(&ChannelId::new(*moved));
                    assert!(ours, "moves a category that is not ours");
                    self.channel_mut(*moved).position = *position;
                }
            }
            Op::Grant { user, slot } | Op::Revoke { user, slot } => {
                require(held, Permissions::MANAGE_ROLES, op);
                let role = self.bindings.get(slot).expect("the role is bound").id;
                assert!(self.guild.roles.contains_key(&RoleId::new(role)), "{op}: no such role");
                self.assert_outranked(role);
                let give = matches!(op, Op::Grant { .. });
                let seat = self.seats.iter_mut().find(|s| s.user == *user).expect("has a seat");
                assert!(seat.present, "{op}: not in the guild");
                let has = match slot {
                    Slot::PlayerRole => &mut seat.has_player_role,
                    Slot::AdminRole => &mut seat.has_admin_role,
                    other => panic!("{other} is not a role"),
                };
                assert!(*has != give, "{op}: pointless");
                *has = give;
            }
        }
    }

    fn create_role(&mut self, slot: Slot, spec: &RoleSpec) {
        assert!(slot.is_role());
        assert!(self.guild.roles.len() < 250, "more than 250 roles");
        self.assert_free(slot);
        check_name(&spec.name);
        assert!(spec.colour <= 0x00ff_ffff, "no such colour");
        let id = self.new_id();
        let role = ObservedRole {
            name: spec.name.as_str().into(),
            colour: spec.colour,
            position: 1,
            permissions: Permissions::empty(),
            managed: false,
            mentionable: spec.mentionable,
        };
        self.guild.roles.insert(RoleId::new(id), role);
        self.bind(slot, id, spec.fingerprint());
        // Nobody has a new role, and the engine knows.
        for seat in &mut self.seats {
            match slot {
                Slot::PlayerRole => seat.has_player_role = false,
                _ => seat.has_admin_role = false,
            }
        }
    }

    fn update_role(&mut self, slot: Slot, id: u64, change: &RoleChange) {
        self.assert_bound(slot, id);
        self.assert_outranked(id);
        assert!(!change.is_empty(), "changes nothing");
        let role = self.guild.roles.get_mut(&RoleId::new(id)).expect("the role exists");
        let RoleChange { name, colour, mentionable, clear_permissions } = change;
        if let Some(name) = name {
            check_name(name);
            role.name = name.as_str().into();
        }
        if let Some(colour) = colour {
            assert!(*colour <= 0x00ff_ffff, "no such colour");
            role.colour = *colour;
        }
        if let Some(mentionable) = mentionable {
            role.mentionable = *mentionable;
        }
        if *clear_permissions {
            role.permissions = Permissions::empty();
        }
    }

    /// A role goes, with everyone losing it. Some channels go on showing overwrites of it.
    pub(crate) fn lose_role(&mut self, id: u64) {
        self.guild.roles.remove(&RoleId::new(id)).expect("the role exists");
        if !self.keeps_dead_overwrites {
            for channel in self.guild.channels.values_mut() {
                channel.overwrites =
                    channel.overwrites.iter().filter(|o| o.id != id).copied().collect();
            }
        }
        let lost = |slot| self.bindings.get(&slot).is_some_and(|b| b.id == id);
        let (player, admin) = (lost(Slot::PlayerRole), lost(Slot::AdminRole));
        for seat in &mut self.seats {
            seat.has_player_role &= !player;
            seat.has_admin_role &= !admin;
        }
    }

    fn create_channel(&mut self, slot: Slot, spec: &ChannelSpec) {
        assert!(!slot.is_role());
        assert!(self.guild.channels.len() < 500, "more than 500 channels");
        self.assert_free(slot);
        check_name(&spec.name);
        let is_category = spec.kind == ChannelKind::Category;
        assert_eq!(is_category, slot == Slot::Category);
        assert_eq!(is_category, !spec.in_category);
        assert!(spec.kind != ChannelKind::Announcement || self.guild.has_news, "no NEWS");
        check_topic(spec.kind, spec.topic.as_deref());
        let parent = spec.in_category.then(|| self.room_in_category());
        let overwrites = spec.overwrites.iter().map(|o| self.resolve(o)).collect();
        let last = self.guild.channels.values().map(|c| c.position).max();
        let channel = ObservedChannel {
            kind: spec.kind,
            name: spec.name.as_str().into(),
            topic: spec.topic.as_deref().map(Into::into),
            parent,
            position: last.map_or(0, |last| last + 1),
            overwrites,
        };
        let id = self.new_id();
        self.guild.channels.insert(ChannelId::new(id), channel);
        self.bind(slot, id, spec.fingerprint());
    }

    fn update_channel(&mut self, slot: Slot, id: u64, change: &ChannelChange) {
        self.assert_bound(slot, id);
        assert!(!change.is_empty(), "changes nothing");
        let ChannelChange { name, topic, into_category, overwrites } = change;
        let mut channel = self.channel_mut(id).clone();
        if let Some(name) = name {
            check_name(name);
            channel.name = name.as_str().into();
        }
        if let Some(topic) = topic {
            let by_kind = matches!(channel.kind, ChannelKind::Text | ChannelKind::Announcement);
            assert!(by_kind, "a topic on a {}", channel.kind);
            check_topic(channel.kind, topic.as_deref());
            // Discord may show a cleared topic as an empty one.
            channel.topic = Some(topic.as_deref().unwrap_or_default().into());
        }
        if *into_category {
            assert_ne!(slot, Slot::Category, "a category in a category");
            let home = self.room_in_category();
            assert_ne!(channel.parent, Some(home), "it is there already");
            channel.parent = Some(home);
        }
        if let Some(overwrites) = overwrites {
            let new: Vec<_> = overwrites.iter().map(|o| self.resolve(o)).collect();
            for old in &channel.overwrites {
                let kept = new.iter().any(|o| (o.id, o.kind) == (old.id, old.kind));
                assert!(kept || !self.is_foreign(old), "drops somebody's overwrite");
            }
            channel.overwrites = new.into();
        }
        *self.channel_mut(id) = channel;
    }

    /// A channel or category goes; what stood in it stands outside then.
    pub(crate) fn lose_channel(&mut self, id: u64) {
        self.guild.channels.remove(&ChannelId::new(id)).expect("the channel exists");
        for channel in self.guild.channels.values_mut() {
            channel.parent = channel.parent.filter(|parent| parent.get() != id);
        }
    }

    fn room_in_category(&self) -> ChannelId {
        let home = self.bindings.get(&Slot::Category).expect("the category is bound").id;
        let home = ChannelId::new(home);
        assert!(self.guild.channels.contains_key(&home), "the category exists");
        let inside = self.guild.channels.values().filter(|c| c.parent == Some(home)).count();
        assert!(inside < 50, "more than 50 channels in a category");
        home
    }

    /// Writes an overwrite's bits out, as the bot may.
    fn resolve(&self, overwrite: &OverwriteSpec) -> ObservedOverwrite {
        let OverwriteSpec { principal, allow, deny } = *overwrite;
        let held = self.guild.bot_permissions();
        assert!(held.contains(allow | deny), "names bits that the bot does not hold");
        let (id, kind) = match principal {
            Principal::Everyone => (self.guild.id.get(), OverwriteKind::Role),
            Principal::Bot => (self.guild.bot.user.get(), OverwriteKind::Member),
            Principal::Role(slot) => {
                let id = self.bindings.get(&slot).expect("the role is bound").id;
                assert!(self.guild.roles.contains_key(&RoleId::new(id)), "the role exists");
                (id, OverwriteKind::Role)
            }
        };
        ObservedOverwrite { id, kind, allow, deny }
    }

    fn channel_mut(&mut self, id: u64) -> &mut ObservedChannel {
        self.guild.channels.get_mut(&ChannelId::new(id)).expect("the channel exists")
    }

    fn bind(&mut self, slot: Slot, id: u64, applied: i64) {
        self.bindings.insert(slot, Binding { id, applied: Some(applied) });
    }

    fn assert_bound(&self, slot: Slot, id: u64) {
        let bound = self.bindings.get(&slot).map(|binding| binding.id);
        assert_eq!(bound, Some(id), "a step on something that is not ours");
    }

    fn assert_free(&self, slot: Slot) {
        let taken = self.bindings.get(&slot).is_some_and(|b| self.exists(slot, b.id));
        assert!(!taken, "{slot} would be there twice");
    }

    fn assert_outranked(&self, role: u64) {
        assert!(self.guild.bot_outranks(RoleId::new(role)), "role above the bot");
        assert!(!self.guild.bot.roles.is_empty(), "the bot has no role");
        assert!(!self.guild.roles[&RoleId::new(role)].managed, "a managed role");
        assert_ne!(role, self.guild.id.get(), "the role of everyone");
    }
}

fn require(held: Permissions, needed: Permissions, op: &Op) {
    assert!(held.contains(needed | Permissions::VIEW_CHANNEL), "missing permissions to {op}");
}

fn check_name(name: &str) {
    assert!((1..=100).contains(&name.chars().count()), "bad name “{name}”");
}

fn check_topic(kind: ChannelKind, topic: Option<&str>) {
    let Some(topic) = topic else { return };
    assert!(matches!(kind, ChannelKind::Text | ChannelKind::Announcement | ChannelKind::Forum));
    assert!(topic.chars().count() <= 1024, "topic too long");
}
