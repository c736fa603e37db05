//! One call, as a method sees it.

use crate::clock::Millis;
use crate::id::InstanceId;
use crate::instance::Instance;
use crate::permission;
use crate::session::{Place, Session};
use crate::switches::Switches;
use crate::wire::answer::Failure;
use crate::wire::args::Args;
use crate::world::World;

/// Who calls where.
#[derive(Debug)]
pub(super) struct Caller<'a> {
    pub(super) world: &'a mut World,
    pub(super) switches: &'a Switches,
    pub(super) url: &'a str,
    pub(super) now: Millis,
    pub(super) place: Place,
    pub(super) session: Option<Session>,
    pub(super) args: &'a Args,
    /// Whether the panel goes down after this call: somebody has stopped its ADS.
    pub(super) takes_the_panel_down: bool,
}

impl Caller<'_> {
    /// The instance called at; `None` at the controller, which has no game.
    pub(super) fn application(&mut self) -> Option<&mut Instance> {
        self.world.instance(self.place.instance()?, self.now)
    }

    pub(super) fn session(&self) -> Result<&Session, Failure> {
        self.session.as_ref().ok_or(Failure::NoSession)
    }

    /// Whether the session may do that here.
    pub(super) fn may(&self, node: &str) -> bool {
        let Some(session) = &self.session else { return false };
        permission::allows(&self.world.grants_of(session, self.switches), node)
    }

    /// Whether the session sees this instance.
    pub(super) fn sees(&self, id: InstanceId) -> bool {
        self.session.as_ref().is_some_and(|session| self.world.sees(session, id, self.switches))
    }

    /// An instance the session may manage.
    pub(super) fn managed(&mut self, id: InstanceId) -> Result<&mut Instance, Failure> {
        if !self.sees(id) {
            let node = self.world.manage_node(id).unwrap_or_default();
            return Err(Failure::NotPermitted(node));
        }
        self.world.instance(id, self.now).ok_or(Failure::Unavailable)
    }
}
