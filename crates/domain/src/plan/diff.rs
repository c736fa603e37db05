//! The comparison itself.
//!
//! Ordering rules, each where it bites: a role exists before an overwrite names it; a category
//! exists before a channel stands in it; channels go before their category, and the category
//! before the roles, so that nobody sees a half-deleted game open up to everyone. What a step
//! waits for always stands before it in the list.
//!
//! Roles, grants and deletions are compared here, channels in [`super::channels`].

use std::fmt;

use crate::{
    ChannelId, DriftPolicy, Permissions, RoleId, Slot,
    plan::{
        Bindings, Desired, ObservedChannel, ObservedGuild, ObservedRole, Op, Problem, RoleChange,
        RoleSpec, Room, Step, access,
    },
};

/// What the planner looks at.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// What should be.
    pub desired: &'a Desired,
    /// What fills the game's slots.
    pub bindings: &'a Bindings,
    /// What Discord has.
    pub guild: &'a ObservedGuild,
    /// Categories of the guild's *other* archived games.
    pub archive: &'a [ChannelId],
    /// What to do about changes by hand.
    pub policy: DriftPolicy,
    /// A person asked for a repair: changes by hand are put right whatever the policy says.
    pub repair: bool,
}

/// An ordered set of steps, and what stands in the way of more.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// The steps; `after` indices point into this list, at earlier steps.
    pub steps: Vec<Step>,
    /// What only a person can change.
    pub problems: Vec<Problem>,
    /// Specifications that Discord already shows, with their fingerprints: worth remembering as
    /// applied.
    pub holds: Vec<(Slot, i64)>,
    /// Bound slots that are not wanted any more and whose object is gone: worth forgetting, or
    /// the object would count as deleted by hand when the slot is wanted again.
    pub forget: Vec<Slot>,
}

impl Plan {
    /// Whether there is nothing to do and nothing in the way.
    pub fn is_settled(&self) -> bool {
        self.steps.is_empty() && self.problems.is_empty()
    }
}

/// One numbered line a step, then the problems.
impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, step) in self.steps.iter().enumerate() {
            writeln!(f, "{}. {}", index + 1, step.op)?;
        }
        for problem in &self.problems {
            writeln!(f, "! {problem}")?;
        }
        Ok(())
    }
}

/// Compares what should be with what is.
pub fn plan(input: &Input<'_>) -> Plan {
    let mut planner = Planner { input: *input, plan: Plan::default(), made: Vec::new() };
    let missing = access::NEEDED - input.guild.bot_permissions();
    if !missing.is_empty() {
        planner.plan.problems.push(Problem::MissingPermissions { bits: missing });
    }
    // Without these nothing at all can be done; trying would only collect refusals. A bot that
    // does not see channels itself can not hide a game's from others either.
    if missing.intersects(
        Permissions::VIEW_CHANNEL | Permissions::MANAGE_ROLES | Permissions::MANAGE_CHANNELS,
    ) {
        return planner.plan;
    }
    planner.roles();
    planner.channels();
    planner.grants();
    planner.deletions();
    planner.plan
}

/// A plan in the making.
pub(super) struct Planner<'a> {
    pub(super) input: Input<'a>,
    pub(super) plan: Plan,
    /// Slots whose creation is in the plan, with the step's index.
    made: Vec<(Slot, usize)>,
}

/// How a slot stands in Discord.
pub(super) enum Found<T> {
    /// Never made.
    Unbound,
    /// Made, and gone since.
    Gone,
    /// There.
    There { id: u64, applied: Option<i64>, object: T },
}

/// What is done about a difference.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It is put right.
    Change,
    /// It is somebody's change by hand and stays.
    Leave,
    /// It is somebody's change by hand, stays for now, and a person is asked.
    Ask,
}

impl<'a> Planner<'a> {
    pub(super) fn push(&mut self, op: Op, after: Vec<usize>) -> usize {
        self.plan.steps.push(Step { op, after });
        self.plan.steps.len() - 1
    }

    /// Creates what fills a slot.
    pub(super) fn make(&mut self, slot: Slot, op: Op, after: Vec<usize>) -> usize {
        let index = self.push(op, after);
        self.made.push((slot, index));
        index
    }

    pub(super) fn made(&self, slot: Slot) -> Option<usize> {
        self.made.iter().find(|(made, _)| *made == slot).map(|(_, index)| *index)
    }

    /// The steps that make roles.
    pub(super) fn made_roles(&self) -> Vec<usize> {
        self.made.iter().filter(|(slot, _)| slot.is_role()).map(|(_, index)| *index).collect()
    }

    pub(super) fn find_role(&self, slot: Slot) -> Found<&'a ObservedRole> {
        let Some(binding) = self.input.bindings.get(&slot) else { return Found::Unbound };
        match RoleId::new_checked(binding.id).and_then(|id| self.input.guild.roles.get(&id)) {
            Some(object) => Found::There { id: binding.id, applied: binding.applied, object },
            None => Found::Gone,
        }
    }

    pub(super) fn find_channel(&self, slot: Slot) -> Found<&'a ObservedChannel> {
        let Some(binding) = self.input.bindings.get(&slot) else { return Found::Unbound };
        match ChannelId::new_checked(binding.id).and_then(|id| self.input.guild.channels.get(&id)) {
            Some(object) => Found::There { id: binding.id, applied: binding.applied, object },
            None => Found::Gone,
        }
    }

    /// Whether something deleted by hand is made again. Accepted deletions never get here: they
    /// have left the desired state (see [`super::drift`]). Roles and the category are always
    /// made again, because a game can not be without them, unless the guild wants to be asked.
    pub(super) fn may_remake(&mut self, slot: Slot) -> bool {
        let ask = self.input.policy == DriftPolicy::Ask && !self.input.repair;
        if ask {
            self.plan.problems.push(Problem::ChangedByHand { slot, deleted: true });
        }
        !ask
    }

    /// Whether a difference is put right: always when the wish is new, else by policy.
    pub(super) fn verdict(&self, applied: Option<i64>, wish: i64) -> Verdict {
        if applied != Some(wish) || self.input.repair {
            return Verdict::Change;
        }
        match self.input.policy {
            DriftPolicy::Repair => Verdict::Change,
            DriftPolicy::Accept => Verdict::Leave,
            DriftPolicy::Ask => Verdict::Ask,
        }
    }

    /// The same, and a person is asked where that is the verdict.
    fn may_change(&mut self, slot: Slot, applied: Option<i64>, wish: i64) -> bool {
        let verdict = self.verdict(applied, wish);
        if verdict == Verdict::Ask {
            self.plan.problems.push(Problem::ChangedByHand { slot, deleted: false });
        }
        verdict == Verdict::Change
    }

    fn roles(&mut self) {
        let desired = self.input.desired;
        let mut create = Vec::new();
        for (slot, spec) in &desired.roles {
            match self.find_role(*slot) {
                Found::Unbound => create.push((*slot, spec)),
                Found::Gone => {
                    if self.may_remake(*slot) {
                        create.push((*slot, spec));
                    }
                }
                Found::There { id, applied, object } => {
                    self.update_role(*slot, id, applied, object, spec);
                    // Said at once, not only when somebody is to get the role and cannot.
                    self.outranked(*slot, Some(id));
                }
            }
        }
        let left = Room::of(self.input.guild).roles;
        if create.len() > left {
            self.plan.problems.push(Problem::RolesFull { needed: create.len(), left });
            return;
        }
        for (slot, spec) in create {
            self.make(slot, Op::CreateRole { slot, spec: spec.clone() }, Vec::new());
        }
    }

    fn update_role(
        &mut self,
        slot: Slot,
        id: u64,
        applied: Option<i64>,
        is: &ObservedRole,
        spec: &RoleSpec,
    ) {
        // No `..`: a new field must be decided on here.
        let RoleSpec { name, colour, mentionable } = spec;
        let change = RoleChange {
            name: (**name != *is.name).then(|| name.clone()),
            colour: (*colour != is.colour).then_some(*colour),
            mentionable: (*mentionable != is.mentionable).then_some(*mentionable),
            clear_permissions: !is.permissions.is_empty(),
        };
        let wish = spec.fingerprint();
        if change.is_empty() {
            if applied != Some(wish) {
                self.plan.holds.push((slot, wish));
            }
        } else if self.may_change(slot, applied, wish) && self.outranked(slot, Some(id)) {
            self.push(Op::UpdateRole { slot, id, change, applied: wish }, Vec::new());
        }
    }

    /// Whether the bot may touch the role; notes the problem when not. A role that is yet to be
    /// made (no `id`) will stand at the bottom, below any role that the bot has.
    fn outranked(&mut self, slot: Slot, id: Option<u64>) -> bool {
        let guild = self.input.guild;
        let can = match id.and_then(RoleId::new_checked) {
            Some(id) => guild.bot_outranks(id),
            None => {
                guild.bot.user == guild.owner
                    || guild.bot.roles.iter().any(|role| guild.roles.contains_key(role))
            }
        };
        let problem = Problem::RoleAboveBot { slot };
        if !can && !self.plan.problems.contains(&problem) {
            self.plan.problems.push(problem);
        }
        can
    }

    fn grants(&mut self) {
        for grant in &self.input.desired.grants {
            let made = self.made(grant.slot);
            let there = match self.find_role(grant.slot) {
                Found::There { id, .. } => Some(id),
                Found::Unbound | Found::Gone => None,
            };
            // A role that is made anew is on nobody, whatever was last seen.
            let has = grant.has && made.is_none();
            let (user, slot) = (grant.user, grant.slot);
            if grant.wanted == has || (made.is_none() && there.is_none()) {
                continue;
            }
            if !self.outranked(slot, there) {
                continue;
            }
            let op =
                if grant.wanted { Op::Grant { user, slot } } else { Op::Revoke { user, slot } };
            self.push(op, made.into_iter().collect());
        }
    }

    fn deletions(&mut self) {
        let desired = self.input.desired;
        let wanted = |slot: Slot| {
            desired.roles.iter().any(|(s, _)| *s == slot)
                || desired.channels.iter().any(|(s, _)| *s == slot)
        };
        let bound = self.input.bindings.keys().copied();
        let slots: Vec<Slot> = bound.filter(|slot| !wanted(*slot)).collect();
        let is_gone = |slot: &Slot| {
            matches!(self.find_role(*slot), Found::Gone)
                && matches!(self.find_channel(*slot), Found::Gone)
        };
        self.plan.forget = slots.iter().copied().filter(is_gone).collect();
        let mut gone = Vec::new();
        for slot in slots.iter().copied().filter(|slot| slot.is_leaf_channel()) {
            if let Found::There { id, .. } = self.find_channel(slot) {
                gone.push(self.push(Op::DeleteChannel { slot, id }, Vec::new()));
            }
        }
        if slots.contains(&Slot::Category)
            && let Found::There { id, .. } = self.find_channel(Slot::Category)
        {
            let step = self.push(Op::DeleteChannel { slot: Slot::Category, id }, gone.clone());
            gone.push(step);
        }
        for slot in slots.into_iter().filter(|slot| slot.is_role()) {
            if let Found::There { id, .. } = self.find_role(slot)
                && self.outranked(slot, Some(id))
            {
                self.push(Op::DeleteRole { slot, id }, gone.clone());
            }
        }
    }
}
