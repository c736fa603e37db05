//! Roles: create, edit, move, delete.

use serde_json::{Value, json};

use crate::error::ApiError;
use crate::id::{GuildId, RoleId, Snowflake};
use crate::world::{
    AuditAction, AuditChange, AuditDraft, Cause, Guild, Permissions, Role, RoleColors, World,
};

/// Fields of a role to change; `None` leaves them alone.
#[derive(Clone, Debug, Default)]
#[expect(missing_docs, reason = "same names as in Role")]
pub struct RolePatch {
    pub name: Option<String>,
    pub permissions: Option<Permissions>,
    pub colors: Option<RoleColors>,
    pub hoist: Option<bool>,
    pub mentionable: Option<bool>,
    pub unicode_emoji: Option<Option<String>>,
}

impl World {
    /// Adds a role at position 1. `role.id` is overwritten. 30005 when the guild holds 250 roles.
    pub fn create_role(
        &mut self,
        guild: GuildId,
        mut role: Role,
        cause: &Cause,
    ) -> Result<Role, ApiError> {
        role.id = self.ids.fresh();
        let place = self.guilds.get_mut(&guild).ok_or_else(ApiError::unknown_guild)?;
        if place.roles.len() >= Guild::MAX_ROLES {
            return Err(ApiError::roles_full());
        }
        place.roles.push(role.clone());
        self.emit_role("GUILD_ROLE_CREATE", guild, &role);
        let changes = described(&role)
            .into_iter()
            .map(|(key, value)| AuditChange::created(key, value))
            .collect();
        self.audit(
            guild,
            cause,
            AuditDraft::on(AuditAction::RoleCreate, role.id.get()).changes(changes),
        );
        Ok(role)
    }

    /// Changes a role.
    pub fn edit_role(
        &mut self,
        guild: GuildId,
        id: RoleId,
        patch: RolePatch,
        cause: &Cause,
    ) -> Result<Role, ApiError> {
        let place = self.guilds.get_mut(&guild).ok_or_else(ApiError::unknown_guild)?;
        let role = place.role_mut(id).ok_or_else(ApiError::unknown_role)?;
        let before = role.clone();
        let RolePatch { name, permissions, colors, hoist, mentionable, unicode_emoji } = patch;
        role.name = name.unwrap_or(before.name.clone());
        role.permissions = permissions.unwrap_or(before.permissions);
        role.colors = colors.unwrap_or(before.colors);
        role.hoist = hoist.unwrap_or(before.hoist);
        role.mentionable = mentionable.unwrap_or(before.mentionable);
        role.unicode_emoji = unicode_emoji.unwrap_or(before.unicode_emoji.clone());
        let role = role.clone();
        if role != before {
            self.emit_role("GUILD_ROLE_UPDATE", guild, &role);
            let changes = described(&before).into_iter().zip(described(&role));
            let changes = changes
                .filter_map(|((key, old), (_, new))| AuditChange::between(key, old, new))
                .collect();
            self.audit(
                guild,
                cause,
                AuditDraft::on(AuditAction::RoleUpdate, id.get()).changes(changes),
            );
        }
        Ok(role)
    }

    /// Sets positions; one GUILD_ROLE_UPDATE per moved role. Unknown ids are ignored: callers checked them.
    pub fn move_roles(
        &mut self,
        guild: GuildId,
        moves: &[(RoleId, i32)],
        cause: &Cause,
    ) -> Result<(), ApiError> {
        for (id, position) in moves {
            let place = self.guilds.get_mut(&guild).ok_or_else(ApiError::unknown_guild)?;
            let Some(role) = place.role_mut(*id) else { continue };
            let Some(change) = AuditChange::between("position", role.position, *position) else {
                continue;
            };
            role.position = *position;
            let role = role.clone();
            self.emit_role("GUILD_ROLE_UPDATE", guild, &role);
            self.audit(
                guild,
                cause,
                AuditDraft::on(AuditAction::RoleUpdate, id.get()).changes(vec![change]),
            );
        }
        Ok(())
    }

    /// Deletes a role and takes it from all members. Only GUILD_ROLE_DELETE is certain; overwrites of the dead role
    /// stay in the channels, as clients may still see them.
    pub fn delete_role(
        &mut self,
        guild: GuildId,
        id: RoleId,
        cause: &Cause,
    ) -> Result<(), ApiError> {
        let place = self.guilds.get_mut(&guild).ok_or_else(ApiError::unknown_guild)?;
        let at =
            place.roles.iter().position(|role| role.id == id).ok_or_else(ApiError::unknown_role)?;
        let role = place.roles.remove(at);
        for member in place.members.values_mut() {
            member.roles.retain(|held| *held != id);
        }
        self.emit_role_delete(guild, id);
        let changes = described(&role)
            .into_iter()
            .map(|(key, value)| AuditChange::removed(key, value))
            .collect();
        self.audit(
            guild,
            cause,
            AuditDraft::on(AuditAction::RoleDelete, id.get()).changes(changes),
        );
        Ok(())
    }
}

/// The fields the audit log shows, in a fixed order.
fn described(role: &Role) -> Vec<(&'static str, Value)> {
    vec![
        ("name", json!(role.name)),
        ("permissions", json!(role.permissions)),
        ("color", json!(role.colors.primary)),
        ("hoist", json!(role.hoist)),
        ("mentionable", json!(role.mentionable)),
        ("unicode_emoji", json!(role.unicode_emoji)),
    ]
}
