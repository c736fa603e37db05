//! Roles by hand.

use super::super::Actor;
use crate::error::ApiError;
use crate::id::{GuildId, RoleId, UserId};
use crate::world::{Cause, Permissions, Role, RolePatch, World};

/// Where a dragged role ends up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Spot {
    Above(RoleId),
    Below(RoleId),
    Top,
    Bottom,
}

/// Drags a role as the client does: the whole list gets new, distinct positions.
pub(crate) fn drag(
    world: &mut World,
    guild: GuildId,
    role: RoleId,
    spot: Spot,
    cause: &Cause,
) -> Result<(), ApiError> {
    let found = world.guilds.get(&guild).ok_or_else(ApiError::unknown_guild)?;
    found.role(role).ok_or_else(ApiError::unknown_role)?;
    let mut order: Vec<&Role> = found.roles.iter().filter(|r| r.id != guild.everyone()).collect();
    order.sort_by_key(|role| role.rank());
    let mut order: Vec<RoleId> = order.into_iter().map(|role| role.id).collect();
    order.retain(|other| *other != role);
    let place =
        |other: RoleId| order.iter().position(|id| *id == other).ok_or_else(ApiError::unknown_role);
    let at = match spot {
        Spot::Above(other) => place(other)? + 1,
        Spot::Below(other) => place(other)?,
        Spot::Top => order.len(),
        Spot::Bottom => 0,
    };
    order.insert(at, role);
    let moves: Vec<_> = order.into_iter().zip(1..).collect();
    world.move_roles(guild, &moves, cause)
}

impl Actor {
    /// Gives someone a role.
    pub fn give_role(&self, user: UserId, role: RoleId) -> Result<(), ApiError> {
        self.sandbox.world().add_role(self.guild, user, role, &self.cause())
    }

    /// Takes a role from someone.
    pub fn take_role(&self, user: UserId, role: RoleId) -> Result<(), ApiError> {
        self.sandbox.world().remove_role(self.guild, user, role, &self.cause())
    }

    /// Makes a role.
    pub fn create_role(&self, name: &str, permissions: Permissions) -> Result<RoleId, ApiError> {
        let role = Role::new(RoleId::default(), name, permissions);
        self.sandbox.world().create_role(self.guild, role, &self.cause()).map(|role| role.id)
    }

    /// Changes a role.
    pub fn edit_role(&self, role: RoleId, patch: RolePatch) -> Result<Role, ApiError> {
        self.sandbox.world().edit_role(self.guild, role, patch, &self.cause())
    }

    /// Renames a role.
    pub fn rename_role(&self, role: RoleId, name: &str) -> Result<(), ApiError> {
        let patch = RolePatch { name: Some(name.to_owned()), ..RolePatch::default() };
        self.edit_role(role, patch).map(drop)
    }

    /// Sets a role's permissions.
    pub fn set_role_permissions(&self, role: RoleId, bits: Permissions) -> Result<(), ApiError> {
        let patch = RolePatch { permissions: Some(bits), ..RolePatch::default() };
        self.edit_role(role, patch).map(drop)
    }

    /// Sets one role's position and leaves the others alone, so that several may share it.
    pub fn move_role(&self, role: RoleId, position: i32) -> Result<(), ApiError> {
        self.sandbox.world().move_roles(self.guild, &[(role, position)], &self.cause())
    }

    /// Drags a role right above another.
    pub fn drag_role_above(&self, role: RoleId, other: RoleId) -> Result<(), ApiError> {
        self.drag(role, Spot::Above(other))
    }

    /// Drags a role right below another.
    pub fn drag_role_below(&self, role: RoleId, other: RoleId) -> Result<(), ApiError> {
        self.drag(role, Spot::Below(other))
    }

    /// Drags a role to the top.
    pub fn drag_role_to_top(&self, role: RoleId) -> Result<(), ApiError> {
        self.drag(role, Spot::Top)
    }

    /// Deletes a role.
    pub fn delete_role(&self, role: RoleId) -> Result<(), ApiError> {
        self.sandbox.world().delete_role(self.guild, role, &self.cause())
    }

    /// The bot's managed role.
    pub fn bot_role(&self) -> Result<RoleId, ApiError> {
        let world = self.sandbox.world();
        let guild = world.guilds.get(&self.guild).ok_or_else(ApiError::unknown_guild)?;
        let own = guild.roles.iter().find(|role| role.tags.bot == Some(world.bot()));
        own.map(|role| role.id).ok_or_else(ApiError::unknown_role)
    }

    /// Drags the bot's role right above another.
    pub fn drag_bot_role_above(&self, other: RoleId) -> Result<(), ApiError> {
        self.drag(self.bot_role()?, Spot::Above(other))
    }

    /// Drags the bot's role right below another.
    pub fn drag_bot_role_below(&self, other: RoleId) -> Result<(), ApiError> {
        self.drag(self.bot_role()?, Spot::Below(other))
    }

    /// Drags the bot's role to the top.
    pub fn drag_bot_role_to_top(&self) -> Result<(), ApiError> {
        self.drag(self.bot_role()?, Spot::Top)
    }

    /// Drags the bot's role to the bottom, where it cannot manage anything.
    pub fn drag_bot_role_to_bottom(&self) -> Result<(), ApiError> {
        self.drag(self.bot_role()?, Spot::Bottom)
    }

    /// Changes what the bot's own role may do.
    pub fn set_bot_permissions(&self, bits: Permissions) -> Result<(), ApiError> {
        self.set_role_permissions(self.bot_role()?, bits)
    }

    fn drag(&self, role: RoleId, spot: Spot) -> Result<(), ApiError> {
        drag(&mut self.sandbox.world(), self.guild, role, spot, &self.cause())
    }
}
