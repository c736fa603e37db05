//! Users of the panel, and the hand of the administrator who makes and changes them.

use std::sync::Arc;

use crate::amp::Inner;
use crate::clock::Millis;
use crate::id::{Guid, InstanceId};
use crate::world::World;

#[derive(Debug)]
pub(crate) struct User {
    pub(crate) id: Guid,
    pub(crate) name: String,
    pub(crate) password: String,
    pub(crate) super_admin: bool,
    pub(crate) totp: Option<String>,
    pub(crate) must_set_up_totp: bool,
    pub(crate) must_change_password: bool,
    pub(crate) disabled: bool,
    /// Known to this instance alone.
    pub(crate) only_at: Option<InstanceId>,
    pub(crate) last_login: Millis,
    grants: Vec<String>,
    grants_at: Vec<(InstanceId, String)>,
}

impl User {
    pub(crate) fn new(id: Guid, name: &str, password: &str) -> Self {
        Self {
            id,
            name: name.to_owned(),
            password: password.to_owned(),
            super_admin: false,
            totp: None,
            must_set_up_totp: false,
            must_change_password: false,
            disabled: false,
            only_at: None,
            last_login: 0,
            grants: Vec::new(),
            grants_at: Vec::new(),
        }
    }

    /// What is granted and denied here; `None` is the controller.
    pub(crate) fn grants(&self, place: Option<InstanceId>) -> Vec<String> {
        let everything = self.super_admin.then(|| "*".to_owned());
        let here = self.grants_at.iter().filter(|(at, _)| Some(*at) == place).map(|(_, node)| node);
        everything.into_iter().chain(self.grants.iter().chain(here).cloned()).collect()
    }
}

/// A user, to be changed by the administrator. Changes hold at once; permissions, from the next login on (see
/// `Switches::permissions_fixed_at_login`).
#[derive(Clone, Debug)]
pub struct UserHandle {
    pub(crate) amp: Arc<Inner>,
    pub(crate) name: String,
}

impl UserHandle {
    /// The name to log in with.
    pub fn name(&self) -> &str {
        &self.name
    }

    fn change(self, change: impl FnOnce(&mut User, &World)) -> Self {
        let mut world = self.amp.world.lock();
        // Taken out while it is changed, so that the change may look at the rest.
        if let Some(mut user) = world.users.remove(&World::key(&self.name)) {
            change(&mut user, &world);
            world.users.insert(World::key(&self.name), user);
        }
        drop(world);
        self
    }

    /// Grants a node everywhere; `*` at the end grants all below.
    pub fn permission(self, node: &str) -> Self {
        self.change(|user, _| user.grants.push(node.to_owned()))
    }

    /// Grants a node at one instance.
    pub fn permission_at(self, instance: InstanceId, node: &str) -> Self {
        self.change(|user, _| user.grants_at.push((instance, node.to_owned())))
    }

    /// Denies a node everywhere, whatever is granted.
    pub fn deny(self, node: &str) -> Self {
        self.permission(&format!("-{node}"))
    }

    /// Takes back a grant or a denial, letter by letter.
    pub fn revoke(self, node: &str) -> Self {
        self.change(|user, _| {
            user.grants.retain(|granted| granted != node);
            user.grants_at.retain(|(_, granted)| granted != node);
        })
    }

    /// Grants `Instances.<target>.<instance>.Manage`: it sees the instance and may log in there.
    pub fn manages(self, instance: InstanceId) -> Self {
        self.change(|user, world| user.grants.extend(world.manage_node(instance)))
    }

    /// Takes that back.
    pub fn manages_no_more(self, instance: InstanceId) -> Self {
        self.change(|user, world| {
            let node = world.manage_node(instance);
            user.grants.retain(|granted| Some(granted) != node.as_ref());
        })
    }

    /// May do everything.
    pub fn super_admin(self) -> Self {
        self.change(|user, _| user.super_admin = true)
    }

    /// Has an authenticator with this Base32 secret.
    pub fn totp(self, secret: &str) -> Self {
        self.change(|user, _| user.totp = Some(secret.to_owned()))
    }

    /// Has to set up an authenticator first (result 45).
    pub fn must_set_up_totp(self) -> Self {
        self.change(|user, _| user.must_set_up_totp = true)
    }

    /// Has to change the password first (result 20).
    pub fn must_change_password(self) -> Self {
        self.change(|user, _| user.must_change_password = true)
    }

    /// May not log in (result 25).
    pub fn disabled(self) -> Self {
        self.change(|user, _| user.disabled = true)
    }

    /// May log in again.
    pub fn enabled(self) -> Self {
        self.change(|user, _| user.disabled = false)
    }

    /// Known to this instance only, so that the controller refuses it.
    pub fn only_at(self, instance: InstanceId) -> Self {
        self.change(|user, _| user.only_at = Some(instance))
    }

    /// A new password. Remembered tokens are good no more: they get result 2.
    pub fn password(self, password: &str) -> Self {
        let this = self.change(|user, _| password.clone_into(&mut user.password));
        this.amp.world.lock().tokens.spoil(&World::key(&this.name));
        this
    }
}
