//! Who acts, and with what standing in the guild.

use serde::{Deserialize, Serialize};

use crate::{GuildId, GuildSettings, Permissions, RoleId, UserId};

/// A person at the moment of an action. Built from the roles and permissions Discord sent with
/// that very action, never from a cache.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The guild the action happens in.
    pub guild: GuildId,
    /// The person.
    pub user: UserId,
    /// The person's roles right now.
    pub roles: Vec<RoleId>,
    /// The person's permissions right now.
    pub permissions: Permissions,
}

/// What a person may do at most, ordered from least to most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Anyone in the guild.
    Player,
    /// An admin of the game the action is about.
    GameAdmin,
    /// Manage Guild, Administrator, or one of the guild's configured admin roles.
    CommunityAdmin,
}

impl Actor {
    /// Whether the person is a community admin under these settings.
    pub fn is_community_admin(&self, settings: &GuildSettings) -> bool {
        self.permissions.intersects(Permissions::ADMINISTRATOR | Permissions::MANAGE_GUILD)
            || self.roles.iter().any(|role| settings.admin_roles.contains(role))
    }

    /// The person's standing towards one game (or towards none in particular). `admin_of_game`
    /// is what the database says and `admin_role` the role that carries it: both must hold, so
    /// that a role taken away by hand takes the right away at once. A game whose admin role does
    /// not exist yet goes by the database alone.
    pub fn standing(
        &self,
        settings: &GuildSettings,
        admin_of_game: bool,
        admin_role: Option<RoleId>,
    ) -> Standing {
        if self.is_community_admin(settings) {
            Standing::CommunityAdmin
        } else if admin_of_game && admin_role.is_none_or(|role| self.roles.contains(&role)) {
            Standing::GameAdmin
        } else {
            Standing::Player
        }
    }
}
