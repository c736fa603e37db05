//! All that the panel knows.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::chance::Chance;
use crate::clock::{Millis, to_millis};
use crate::id::{Guid, InstanceId};
use crate::instance::Instance;
use crate::permission;
use crate::session::{Session, Sessions, Tokens};
use crate::spec::InstanceSpec;
use crate::state::AppState;
use crate::switches::{StateWhileDown, Switches};
use crate::user::User;

/// A machine with a controller of its own.
#[derive(Debug)]
pub(crate) struct Target {
    pub(crate) id: Guid,
    /// The instance that is its ADS.
    pub(crate) ads: InstanceId,
    pub(crate) friendly_name: String,
}

impl Target {
    /// Whoever has this may stop the controller itself.
    pub(crate) fn manage_node(&self) -> String {
        format!("Instances.{}.{}.Manage", self.id, self.ads)
    }
}

/// What the roster shows, which may be old.
#[derive(Debug, Default)]
struct Roster {
    taken: Option<Millis>,
    seen: BTreeMap<InstanceId, (AppState, Value)>,
}

#[derive(Debug)]
pub(crate) struct World {
    /// By [`World::key`].
    pub(crate) users: BTreeMap<String, User>,
    pub(crate) targets: Vec<Target>,
    /// In the order they were made.
    pub(crate) instances: Vec<Instance>,
    pub(crate) sessions: Sessions,
    pub(crate) tokens: Tokens,
    pub(crate) chance: Chance,
    pub(crate) started: Millis,
    /// The instance at the base address, if there is no controller.
    pub(crate) alone: Option<InstanceId>,
    roster: Roster,
}

/// The panel's port of the first instance.
const FIRST_PORT: u16 = 8_081;

impl World {
    pub(crate) fn new(seed: u64, now: Millis) -> Self {
        let mut world = Self {
            users: BTreeMap::new(),
            targets: Vec::new(),
            instances: Vec::new(),
            sessions: Sessions::default(),
            tokens: Tokens::default(),
            chance: Chance::new(seed),
            started: now,
            alone: None,
            roster: Roster::default(),
        };
        world.add_target("Local Instances");
        world
    }

    /// Names of users are compared without case.
    pub(crate) fn key(name: &str) -> String {
        name.to_lowercase()
    }

    pub(crate) fn guid(&mut self) -> Guid {
        Guid(self.chance.wide())
    }

    pub(crate) fn add_target(&mut self, friendly_name: &str) -> usize {
        let target = Target {
            id: self.guid(),
            ads: InstanceId(self.guid()),
            friendly_name: friendly_name.to_owned(),
        };
        self.targets.push(target);
        self.targets.len() - 1
    }

    pub(crate) fn add(&mut self, mut spec: InstanceSpec, now: Millis) -> InstanceId {
        let id = InstanceId(self.guid());
        spec.target = spec.target.min(self.targets.len() - 1);
        let place = u16::try_from(self.instances.len()).unwrap_or(u16::MAX);
        let port = FIRST_PORT.saturating_add(place);
        self.instances.push(Instance::new(id, spec, port, now));
        id
    }

    /// The instance, with everything that was due.
    pub(crate) fn instance(&mut self, id: InstanceId, now: Millis) -> Option<&mut Instance> {
        let found = self.instances.iter_mut().find(|instance| instance.id == id)?;
        found.settle(now);
        Some(found)
    }

    /// All of that name: names are unique on a target only.
    pub(crate) fn named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = InstanceId> + 'a {
        let found = self.instances.iter().filter(move |instance| instance.spec.name == name);
        found.map(|instance| instance.id)
    }

    pub(crate) fn settle(&mut self, now: Millis) {
        for instance in &mut self.instances {
            instance.settle(now);
        }
    }

    /// `Instances.<target>.<instance>.Manage`.
    pub(crate) fn manage_node(&self, id: InstanceId) -> Option<String> {
        let instance = self.instances.iter().find(|instance| instance.id == id)?;
        let target = self.targets.get(instance.spec.target)?;
        Some(format!("Instances.{}.{id}.Manage", target.id))
    }

    /// The instances these grants show.
    pub(crate) fn visible<'a>(
        &'a self,
        grants: &'a [String],
    ) -> impl Iterator<Item = InstanceId> + 'a {
        let ids = self.instances.iter().map(|instance| instance.id);
        ids.filter(|id| self.manage_node(*id).is_some_and(|node| permission::allows(grants, &node)))
    }

    /// What a session may do now.
    pub(crate) fn grants_of(&self, session: &Session, switches: &Switches) -> Vec<String> {
        if switches.permissions_fixed_at_login {
            return session.grants.clone();
        }
        let user = self.users.get(&session.user);
        user.map(|user| user.grants(session.place.instance())).unwrap_or_default()
    }

    /// Whether a session sees an instance.
    pub(crate) fn sees(&self, session: &Session, id: InstanceId, switches: &Switches) -> bool {
        if switches.permissions_fixed_at_login {
            return session.visible.contains(&id);
        }
        let node = self.manage_node(id);
        node.is_some_and(|node| permission::allows(&self.grants_of(session, switches), &node))
    }

    /// Takes a new picture for the roster when the old one is too old. `describe` says what an instance measures.
    pub(crate) fn refresh(
        &mut self,
        now: Millis,
        switches: &Switches,
        describe: impl Fn(&Instance) -> Value,
    ) {
        self.settle(now);
        let lag = to_millis(switches.roster_lag);
        let old = self.roster.taken.is_none_or(|taken| now - taken >= lag);
        let due: Vec<&Instance> = self
            .instances
            .iter()
            .filter(|instance| old || !self.roster.seen.contains_key(&instance.id))
            .collect();
        for instance in due {
            let state = match switches.state_while_down {
                _ if instance.running => instance.shown_state(),
                StateWhileDown::Undefined => AppState::Undefined,
                StateWhileDown::Stale => instance.last_seen,
            };
            self.roster.seen.insert(instance.id, (state, describe(instance)));
        }
        if old {
            self.roster.taken = Some(now);
        }
    }

    /// What the roster shows.
    pub(crate) fn in_roster(&self, id: InstanceId) -> (AppState, Value) {
        self.roster.seen.get(&id).cloned().unwrap_or((AppState::Undefined, Value::Null))
    }

    /// The roster is taken anew at the next look.
    pub(crate) fn forget_roster(&mut self) {
        self.roster = Roster::default();
    }
}
