//! Role hierarchy (topics/permissions, "Permission Hierarchy"). ADMINISTRATOR does not lift it; ownership does.

use super::{Guild, Permissions, Role};
use crate::clock::Millis;
use crate::error::ApiError;
use crate::id::UserId;

impl Guild {
    /// The highest role of a member; @everyone when there is no other.
    pub fn top_role(&self, user: UserId) -> Option<&Role> {
        let member = self.members.get(&user)?;
        let everyone = self.id.everyone();
        self.roles
            .iter()
            .filter(|role| role.id == everyone || member.roles.contains(&role.id))
            .max_by_key(|r| r.rank())
    }

    /// True when `user` stands strictly above `role`.
    pub fn outranks_role(&self, user: UserId, role: &Role) -> bool {
        self.owner == user || self.top_role(user).is_some_and(|top| top.rank() > role.rank())
    }

    /// True when `user` stands strictly above `other` (kick, ban, nickname).
    pub fn outranks_member(&self, user: UserId, other: UserId) -> bool {
        if self.owner == user {
            return true;
        }
        self.owner != other
            && match (self.top_role(user), self.top_role(other)) {
                (Some(mine), Some(theirs)) => mine.rank() > theirs.rank(),
                _ => false,
            }
    }

    /// 50013 unless the user holds `needed` guild-wide.
    pub fn require(&self, user: UserId, needed: Permissions, now: Millis) -> Result<(), ApiError> {
        if self.permissions_of(user, now).contains(needed) {
            Ok(())
        } else {
            Err(ApiError::missing_permissions())
        }
    }

    /// May `user` edit, move or delete this role?
    pub fn require_manages_role(
        &self,
        user: UserId,
        role: &Role,
        now: Millis,
    ) -> Result<(), ApiError> {
        self.require(user, Permissions::MANAGE_ROLES, now)?;
        if self.outranks_role(user, role) { Ok(()) } else { Err(ApiError::missing_permissions()) }
    }

    /// May `user` give or take this role? Managed roles and @everyone cannot be assigned by anyone.
    pub fn require_assigns_role(
        &self,
        user: UserId,
        role: &Role,
        now: Millis,
    ) -> Result<(), ApiError> {
        if role.managed || role.id == self.id.everyone() {
            return Err(ApiError::invalid_role());
        }
        self.require_manages_role(user, role, now)
    }

    /// Only bits one holds can be put into a role.
    pub fn require_holds(
        &self,
        user: UserId,
        bits: Permissions,
        now: Millis,
    ) -> Result<(), ApiError> {
        self.require(user, bits, now)
    }
}
