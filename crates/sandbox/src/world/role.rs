//! Roles (topics/permissions, "Role Object").

use super::Permissions;
use crate::id::{RoleId, UserId};

/// A role's colours; the two extra ones need `ENHANCED_ROLE_COLORS`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RoleColors {
    /// The colour, also shown as the deprecated `color`.
    pub primary: u32,
    /// Gradient end.
    pub secondary: Option<u32>,
    /// Holographic third.
    pub tertiary: Option<u32>,
}

/// Why a role is managed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RoleTags {
    /// The bot this role belongs to.
    pub bot: Option<UserId>,
    /// The booster role.
    pub booster: bool,
}

/// A role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    /// Id.
    pub id: RoleId,
    /// Name, 1-100 characters.
    pub name: String,
    /// Guild-wide permissions.
    pub permissions: Permissions,
    /// Colours.
    pub colors: RoleColors,
    /// Place in the order; several roles may share one.
    pub position: i32,
    /// Shown apart in the member list.
    pub hoist: bool,
    /// Anyone may mention it.
    pub mentionable: bool,
    /// Owned by an integration.
    pub managed: bool,
    /// Why it is managed.
    pub tags: RoleTags,
    /// Unicode emoji icon.
    pub unicode_emoji: Option<String>,
    /// Icon hash.
    pub icon: Option<String>,
}

impl Role {
    /// A plain role at position 1, where Discord puts new ones.
    pub fn new(id: RoleId, name: impl Into<String>, permissions: Permissions) -> Self {
        Self {
            id,
            name: name.into(),
            permissions,
            colors: RoleColors::default(),
            position: 1,
            hoist: false,
            mentionable: false,
            managed: false,
            tags: RoleTags::default(),
            unicode_emoji: None,
            icon: None,
        }
    }

    /// Rank for comparisons: a higher position wins; on a tie the lower id ranks higher.
    pub fn rank(&self) -> (i32, std::cmp::Reverse<RoleId>) {
        (self.position, std::cmp::Reverse(self.id))
    }
}
