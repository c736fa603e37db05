//! Bans (resources/guild, "Ban Object").

use serde_json::json;

use crate::error::ApiError;
use crate::id::{GuildId, Snowflake, UserId};
use crate::render;
use crate::world::{AuditAction, AuditDraft, Cause, Intents, World};

impl World {
    /// Bans a user, member or not; a member is removed. Banning again changes nothing.
    pub fn ban(&mut self, guild: GuildId, user: UserId, cause: &Cause) -> Result<(), ApiError> {
        let place = self.guilds.get_mut(&guild).ok_or_else(ApiError::unknown_guild)?;
        if place.bans.contains_key(&user) {
            return Ok(());
        }
        place.bans.insert(user, cause.reason.clone());
        if place.members.contains_key(&user) {
            self.leave(guild, user)?;
        }
        self.emit_ban("GUILD_BAN_ADD", guild, user);
        self.audit(guild, cause, AuditDraft::on(AuditAction::MemberBanAdd, user.get()));
        Ok(())
    }

    /// Lifts a ban; 10026 when there is none.
    pub fn unban(&mut self, guild: GuildId, user: UserId, cause: &Cause) -> Result<(), ApiError> {
        let place = self.guilds.get_mut(&guild).ok_or_else(ApiError::unknown_guild)?;
        place.bans.remove(&user).ok_or_else(ApiError::unknown_ban)?;
        self.emit_ban("GUILD_BAN_REMOVE", guild, user);
        self.audit(guild, cause, AuditDraft::on(AuditAction::MemberBanRemove, user.get()));
        Ok(())
    }

    fn emit_ban(&self, name: &'static str, guild: GuildId, user: UserId) {
        let body = json!({"guild_id": guild, "user": self.users.get(&user).map(render::user)});
        self.emit(name, Some(guild), Intents::GUILD_MODERATION, || body);
    }
}
