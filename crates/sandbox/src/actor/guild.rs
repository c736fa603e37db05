//! A guild made by a test.

use super::Actor;
use crate::id::{ChannelId, GuildId, RoleId, UserId};
use crate::sandbox::Sandbox;
use crate::scenario::People;
use crate::world::{Channel, Guild, Role, World};

/// A guild to look at, and the people in it.
#[derive(Clone, Debug)]
pub struct GuildHandle {
    sandbox: Sandbox,
    id: GuildId,
    users: People,
}

impl GuildHandle {
    pub(crate) fn new(sandbox: Sandbox, id: GuildId, users: People) -> Self {
        Self { sandbox, id, users }
    }

    /// Its id.
    pub fn id(&self) -> GuildId {
        self.id
    }

    /// A snapshot for assertions.
    pub fn state(&self) -> Guild {
        self.read(|_, guild| guild.clone())
    }

    /// The owner.
    pub fn owner(&self) -> Actor {
        self.user(self.read(|_, guild| guild.owner))
    }

    /// Any user, member or not.
    pub fn user(&self, id: UserId) -> Actor {
        Actor::new(self.sandbox.clone(), id, self.id)
    }

    /// The person of that name; a new member when there is none yet.
    ///
    /// # Panics
    ///
    /// When the new member cannot join.
    pub fn actor(&self, name: &str) -> Actor {
        let user = self.users.get(name).copied().unwrap_or_else(|| {
            let mut world = self.sandbox.world();
            let known = world.guilds.get(&self.id).and_then(|guild| {
                let named = |id: &&UserId| {
                    world.users.get(id).is_some_and(|user| user.username == name.to_lowercase())
                };
                guild.members.keys().find(named).copied()
            });
            known.unwrap_or_else(|| {
                let user = world.add_user(name);
                let joined = world.join(self.id, user);
                drop(world);
                joined.unwrap_or_else(|error| panic!("{name} cannot join: {error}"));
                user
            })
        });
        self.user(user)
    }

    /// A role by name.
    pub fn role(&self, name: &str) -> Option<Role> {
        self.read(|_, guild| guild.role_named(name).cloned())
    }

    /// A role's id by name.
    ///
    /// # Panics
    ///
    /// When there is no such role.
    pub fn role_id(&self, name: &str) -> RoleId {
        self.role(name).map_or_else(|| panic!("there is no role {name}"), |role| role.id)
    }

    /// A channel by name; the first one when several share it.
    pub fn channel(&self, name: &str) -> Option<Channel> {
        self.channels().into_iter().find(|channel| channel.name == name)
    }

    /// A channel's id by name.
    ///
    /// # Panics
    ///
    /// When there is no such channel.
    pub fn channel_id(&self, name: &str) -> ChannelId {
        self.channel(name)
            .map_or_else(|| panic!("there is no channel {name}"), |channel| channel.id)
    }

    /// All channels, without threads.
    pub fn channels(&self) -> Vec<Channel> {
        self.read(|world, guild| {
            guild.channels.iter().filter_map(|id| world.channels.get(id)).cloned().collect()
        })
    }

    /// Looks at the state under the lock. Guilds are never deleted, so the guild is always there.
    fn read<T>(&self, look: impl FnOnce(&World, &Guild) -> T) -> T {
        let world = self.sandbox.world();
        look(&world, &world.guilds[&self.id])
    }
}
