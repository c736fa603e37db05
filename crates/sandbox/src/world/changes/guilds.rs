//! Guilds: made by the control side only (applications cannot create guilds any more), and the bot's coming and going.

use serde_json::json;

use crate::error::ApiError;
use crate::id::{GuildId, RoleId, Snowflake, UserId};
use crate::render;
use crate::world::{
    AuditAction, AuditChange, AuditDraft, Cause, Guild, Intents, Member, Permissions, Role,
    RoleTags, User, World,
};

impl World {
    /// Adds a user account.
    pub fn add_user(&mut self, name: &str) -> UserId {
        let id = self.ids.fresh();
        self.users.insert(id, User::new(id, name));
        id
    }

    /// Adds a guild with its owner in it. The bot is not a member yet.
    pub fn add_guild(&mut self, name: &str, owner: UserId) -> GuildId {
        let id = self.ids.fresh();
        self.guilds.insert(id, Guild::new(id, name, owner, self.clock.now_ms()));
        id
    }

    /// The same with an id of one's own choice, which must be a guild's for the first time.
    pub fn add_guild_as(
        &mut self,
        id: Option<GuildId>,
        name: &str,
        owner: UserId,
    ) -> Result<GuildId, ApiError> {
        let Some(id) = id else { return Ok(self.add_guild(name, owner)) };
        if self.guilds.contains_key(&id) {
            return Err(ApiError::field("id", "GUILD_ID_TAKEN", "There is a guild with this id"));
        }
        self.guilds.insert(id, Guild::new(id, name, owner, self.clock.now_ms()));
        Ok(id)
    }

    /// Invites the bot: with permissions it gets a managed role at the bottom, then GUILD_CREATE follows.
    /// Refused with 30005 when the guild is full of roles.
    pub fn add_bot(
        &mut self,
        guild: GuildId,
        permissions: Permissions,
        cause: &Cause,
    ) -> Result<RoleId, ApiError> {
        let (bot, now) = (self.bot(), self.clock.now_ms());
        let id = self.ids.fresh();
        let name = self.application.name.clone();
        let place = self.guilds.get_mut(&guild).ok_or_else(ApiError::unknown_guild)?;
        if place.roles.len() >= Guild::MAX_ROLES {
            return Err(ApiError::roles_full());
        }
        let tags = RoleTags { bot: Some(bot), booster: false };
        place.roles.push(Role { managed: true, tags, ..Role::new(id, name, permissions) });
        place.members.insert(bot, Member { roles: vec![id], ..Member::new(bot, now) });
        self.emit_guild_create(guild);
        self.audit(guild, cause, AuditDraft::on(AuditAction::BotAdd, bot.get()));
        Ok(id)
    }

    /// Removes the bot and its managed role; GUILD_DELETE without `unavailable` (events/gateway-events).
    pub fn remove_bot(&mut self, guild: GuildId) -> Result<(), ApiError> {
        let bot = self.bot();
        let place = self.guilds.get_mut(&guild).ok_or_else(ApiError::unknown_guild)?;
        place.members.remove(&bot).ok_or_else(ApiError::unknown_member)?;
        place.roles.retain(|role| role.tags.bot != Some(bot));
        self.emit_always("GUILD_DELETE", Some(guild), Intents::GUILDS, &json!({"id": guild}));
        Ok(())
    }

    /// Renames a guild: GUILD_UPDATE.
    pub fn rename_guild(
        &mut self,
        guild: GuildId,
        name: &str,
        cause: &Cause,
    ) -> Result<(), ApiError> {
        let place = self.guilds.get_mut(&guild).ok_or_else(ApiError::unknown_guild)?;
        let before = std::mem::replace(&mut place.name, name.to_owned());
        let place = self.guilds.get(&guild).ok_or_else(ApiError::unknown_guild)?;
        self.emit("GUILD_UPDATE", Some(guild), Intents::GUILDS, || render::guild(place));
        let change = AuditChange::between("name", json!(before), json!(name));
        let draft = AuditDraft::on(AuditAction::GuildUpdate, guild.get());
        self.audit(guild, cause, draft.changes(change.into_iter().collect()));
        Ok(())
    }

    /// Starts or ends an outage of one guild.
    pub fn set_unavailable(&mut self, guild: GuildId, unavailable: bool) -> Result<(), ApiError> {
        let place = self.guilds.get_mut(&guild).ok_or_else(ApiError::unknown_guild)?;
        place.unavailable = unavailable;
        if unavailable {
            self.emit_always(
                "GUILD_DELETE",
                Some(guild),
                Intents::GUILDS,
                &json!({"id": guild, "unavailable": true}),
            );
        } else {
            self.emit_guild_create(guild);
        }
        Ok(())
    }
}
