//! The comparison of channels and the category.

use crate::{
    ChannelId, RoleId, Slot,
    plan::{
        ChannelChange, ChannelKind, ChannelSpec, ObservedChannel, ObservedOverwrite, Op,
        OverwriteKind, OverwriteSpec, Principal, Problem, Room,
        diff::{Found, Planner, Verdict},
        place,
        room::MAX_CHILDREN,
    },
};

/// Where the game's channels are to stand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Home {
    /// In the category with this id.
    There(u64),
    /// In the category that this step makes.
    Made(usize),
    /// Not known yet: the category waits for a person.
    Unknown,
    /// In the category with this id, which is full: none can come in.
    Full(u64),
}

/// A channel of the game that Discord has.
#[derive(Clone, Copy)]
struct Existing<'a> {
    slot: Slot,
    id: u64,
    applied: Option<i64>,
    is: &'a ObservedChannel,
    spec: &'a ChannelSpec,
}

/// How a channel differs from its specification.
#[derive(Clone, PartialEq, Eq)]
struct Difference {
    /// Everything but the overwrites.
    change: ChannelChange,
    /// The overwrites that differ, where they can be written at all.
    overwrites: Vec<OverwriteSpec>,
    /// Whether it stays outside the category for want of room.
    left_out: bool,
}

impl Difference {
    fn is_empty(&self) -> bool {
        self.change.is_empty() && self.overwrites.is_empty()
    }
}

impl Planner<'_> {
    pub(super) fn channels(&mut self) {
        let mut create = Vec::new();
        let mut exist = Vec::new();
        for (slot, spec) in &self.input.desired.channels {
            match self.find_channel(*slot) {
                Found::There { id, applied, object } => {
                    exist.push(Existing { slot: *slot, id, applied, is: object, spec });
                }
                Found::Gone if !self.may_remake(*slot) => {}
                Found::Unbound | Found::Gone => create.push((*slot, spec)),
            }
        }
        let left = Room::of(self.input.guild).channels;
        if create.len() > left {
            self.plan.problems.push(Problem::ChannelsFull { needed: create.len(), left });
            create.clear();
        }
        if !self.roles_ready() {
            create.clear();
        }
        let home = self.home(&create, &exist);
        for existing in exist {
            self.update_channel(existing, home);
        }
        for (slot, spec) in create.into_iter().filter(|(slot, _)| *slot != Slot::Category) {
            let mut after = self.made_roles();
            match home {
                Home::There(_) => {}
                Home::Made(category) => after.push(category),
                Home::Unknown | Home::Full(_) => continue,
            }
            self.make(slot, Op::CreateChannel { slot, spec: spec.clone() }, after);
        }
    }

    /// Whether every role that an overwrite of a new channel names is there or on its way.
    fn roles_ready(&self) -> bool {
        [Slot::PlayerRole, Slot::AdminRole].into_iter().all(|slot| {
            self.made(slot).is_some() || matches!(self.find_role(slot), Found::There { .. })
        })
    }

    /// Finds or makes the category, and counts whether all that has to come in fits.
    fn home(&mut self, create: &[(Slot, &ChannelSpec)], exist: &[Existing<'_>]) -> Home {
        if let Some((slot, spec)) = create.iter().find(|(slot, _)| *slot == Slot::Category) {
            let after = self.made_roles();
            let op = Op::CreateChannel { slot: *slot, spec: (*spec).clone() };
            return Home::Made(self.make(*slot, op, after));
        }
        let Found::There { id, .. } = self.find_channel(Slot::Category) else {
            return Home::Unknown;
        };
        let home = Home::There(id);
        let moves = exist
            .iter()
            .filter(|existing| {
                let all = self.difference(existing, home);
                self.permitted(existing, home, all).change.into_category
            })
            .count();
        let needed = create.len() + moves;
        let inside = self.input.guild.channels.values();
        let inside =
            inside.filter(|channel| channel.parent.map(ChannelId::get) == Some(id)).count();
        let left = MAX_CHILDREN.saturating_sub(inside);
        if needed > left {
            self.plan.problems.push(Problem::CategoryFull { needed, left });
            return Home::Full(id);
        }
        home
    }

    fn update_channel(&mut self, existing: Existing<'_>, home: Home) {
        let Existing { slot, id, applied, is, spec } = existing;
        let wish = spec.fingerprint();
        let verdict = self.verdict(applied, wish);
        let mut after = Vec::new();
        if slot == Slot::Category && verdict == Verdict::Change {
            after.extend(self.place(id));
        }
        let all = self.difference(&existing, home);
        if all.is_empty() {
            // A category that is still to be moved does not show the specification yet.
            if applied != Some(wish) && !all.left_out && after.is_empty() {
                self.plan.holds.push((slot, wish));
            }
            return;
        }
        let Difference { mut change, overwrites, left_out } =
            self.permitted(&existing, home, all.clone());
        if verdict == Verdict::Ask && (&change, &overwrites) != (&all.change, &all.overwrites) {
            self.plan.problems.push(Problem::ChangedByHand { slot, deleted: false });
        }
        // Until the last step is done, the binding keeps what it had: else an interruption would
        // make the rest look like a change by hand.
        let so_far = applied.unwrap_or_default();
        let finally = if left_out { so_far } else { wish };
        let roles = self.made_roles();
        let strangers = is.overwrites.iter().any(|o| !self.is_ours(o) && self.is_alive(o));
        if strangers || verdict != Verdict::Change {
            let count = overwrites.len();
            for (index, overwrite) in overwrites.into_iter().enumerate() {
                let last = index + 1 == count && change.is_empty();
                let mut waits = roles.clone();
                if last {
                    waits.append(&mut after);
                }
                let applied = if last { finally } else { so_far };
                after.push(self.push(Op::SetOverwrite { slot, id, overwrite, applied }, waits));
            }
        } else if !overwrites.is_empty() {
            change.overwrites = Some(self.writable(&spec.overwrites));
            after.extend(roles);
        }
        if let (true, Home::Made(category)) = (change.into_category, home) {
            after.push(category);
        }
        if !change.is_empty() {
            self.push(Op::UpdateChannel { slot, id, change, applied: finally }, after);
        }
    }

    /// Everything in which a channel differs from its specification.
    fn difference(&self, existing: &Existing<'_>, home: Home) -> Difference {
        let Existing { is, spec, .. } = existing;
        // The kind is not compared: Discord converts only text to announcement and back, and
        // either serves the slot.
        let ChannelSpec { kind: _, name, topic, in_category, overwrites } = spec;
        let has_topic = matches!(is.kind, ChannelKind::Text | ChannelKind::Announcement);
        // A topic that was cleared may come back empty instead of absent.
        let shown_topic = is.topic.as_deref().filter(|topic| !topic.is_empty());
        let outside = *in_category
            && match home {
                Home::There(category) | Home::Full(category) => {
                    is.parent.map(ChannelId::get) != Some(category)
                }
                Home::Made(_) => true,
                Home::Unknown => false,
            };
        let left_out = outside && matches!(home, Home::Full(_));
        let change = ChannelChange {
            name: (**name != *is.name).then(|| name.clone()),
            topic: (has_topic && topic.as_deref() != shown_topic).then(|| topic.clone()),
            into_category: outside && !left_out,
            overwrites: None,
        };
        Difference { change, overwrites: self.differing(is, overwrites), left_out }
    }

    /// The part of a difference that is put right now. Of a change by hand that stays, this is
    /// what belongs to remaking a role or the category that was deleted by hand: nobody could
    /// have meant a channel to be without them.
    fn permitted(&self, existing: &Existing<'_>, home: Home, all: Difference) -> Difference {
        let Existing { id, applied, is, spec, .. } = *existing;
        if self.verdict(applied, spec.fingerprint()) == Verdict::Change {
            return all;
        }
        let Difference { change, mut overwrites, left_out } = all;
        // Ids grow with time, so a role or category with the higher one was made after the
        // channel; that is how an interrupted remaking is known from a change by hand.
        let new_home = match home {
            Home::There(category) => category > id && is.parent.is_none(),
            Home::Made(_) => true,
            Home::Unknown | Home::Full(_) => false,
        };
        overwrites.retain(|spec| match (spec.principal, self.resolve(spec.principal)) {
            (Principal::Role(slot), _) if self.made(slot).is_some() => true,
            (Principal::Role(_), Some((role, kind))) => {
                role > id && !is.overwrites.iter().any(|o| (o.id, o.kind) == (role, kind))
            }
            _ => false,
        });
        let into_category = change.into_category && new_home;
        Difference {
            change: ChannelChange { into_category, ..Default::default() },
            overwrites,
            left_out,
        }
    }

    fn resolve(&self, principal: Principal) -> Option<(u64, OverwriteKind)> {
        match principal {
            Principal::Everyone => Some((self.input.guild.id.get(), OverwriteKind::Role)),
            Principal::Bot => Some((self.input.guild.bot.user.get(), OverwriteKind::Member)),
            Principal::Role(slot) => match self.find_role(slot) {
                Found::There { id, .. } => Some((id, OverwriteKind::Role)),
                Found::Unbound | Found::Gone => None,
            },
        }
    }

    /// The overwrites whose role is there or on its way.
    fn writable(&self, wished: &[OverwriteSpec]) -> Vec<OverwriteSpec> {
        let is_known = |principal| match principal {
            Principal::Role(slot) if self.made(slot).is_some() => true,
            _ => self.resolve(principal).is_some(),
        };
        wished.iter().filter(|spec| is_known(spec.principal)).copied().collect()
    }

    /// The wished overwrites that Discord does not show, where they can be written at all.
    fn differing(&self, is: &ObservedChannel, wished: &[OverwriteSpec]) -> Vec<OverwriteSpec> {
        let mut differing = self.writable(wished);
        differing.retain(|spec| {
            let shown = self.resolve(spec.principal).is_some_and(|whom| {
                is.overwrites
                    .iter()
                    .any(|o| (o.id, o.kind) == whom && o.allow == spec.allow && o.deny == spec.deny)
            });
            !shown
        });
        differing
    }

    /// Whether an overwrite is one that we write.
    fn is_ours(&self, overwrite: &ObservedOverwrite) -> bool {
        [
            Principal::Everyone,
            Principal::Bot,
            Principal::Role(Slot::PlayerRole),
            Principal::Role(Slot::AdminRole),
        ]
        .into_iter()
        .any(|principal| self.resolve(principal) == Some((overwrite.id, overwrite.kind)))
    }

    /// Whether an overwrite's role still exists: Discord may go on showing those of dead roles.
    fn is_alive(&self, overwrite: &ObservedOverwrite) -> bool {
        overwrite.kind == OverwriteKind::Member
            || RoleId::new_checked(overwrite.id)
                .is_some_and(|id| self.input.guild.roles.contains_key(&id))
    }

    /// Moves the category where it belongs, when it does not stand there.
    fn place(&mut self, id: u64) -> Option<usize> {
        let down = self.input.desired.out_of_the_way;
        let positions = place::positions(self.input.guild, id, self.input.archive, down);
        let step = Op::PlaceCategory { id, out_of_the_way: down, positions: positions.clone() };
        (!positions.is_empty()).then(|| self.push(step, Vec::new()))
    }
}
