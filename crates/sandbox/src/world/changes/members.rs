//! Members: join, leave, roles, nickname, timeout.

use serde_json::json;

use crate::clock::Millis;
use crate::error::ApiError;
use crate::id::{GuildId, RoleId, Snowflake, UserId};
use crate::render;
use crate::world::{AuditAction, AuditChange, AuditDraft, Cause, Guild, Intents, Member, World};

/// Fields of a member to change; `None` leaves them alone.
#[derive(Clone, Debug, Default)]
#[expect(missing_docs, reason = "same names as in Member")]
pub struct MemberPatch {
    pub nick: Option<Option<String>>,
    pub roles: Option<Vec<RoleId>>,
    pub timed_out_until: Option<Option<Millis>>,
    pub mute: Option<bool>,
    pub deaf: Option<bool>,
}

impl World {
    fn guild_mut(&mut self, guild: GuildId) -> Result<&mut Guild, ApiError> {
        self.guilds.get_mut(&guild).ok_or_else(ApiError::unknown_guild)
    }

    /// A user joins (again). Roles are not given back.
    pub fn join(&mut self, guild: GuildId, user: UserId) -> Result<(), ApiError> {
        let now = self.clock.now_ms();
        self.guild_mut(guild)?.members.entry(user).or_insert_with(|| Member::new(user, now));
        if let Some(place) = self.guilds.get(&guild) {
            self.emit_member("GUILD_MEMBER_ADD", place, user);
        }
        Ok(())
    }

    /// A user leaves or is removed. For the bot itself see [`World::remove_bot`].
    pub fn leave(&mut self, guild: GuildId, user: UserId) -> Result<(), ApiError> {
        let place = self.guild_mut(guild)?;
        place.members.remove(&user).ok_or_else(ApiError::unknown_member)?;
        place.voice.retain(|voice| voice.user != user);
        let body = json!({"guild_id": guild, "user": self.users.get(&user).map(render::user)});
        self.emit("GUILD_MEMBER_REMOVE", Some(guild), Intents::GUILD_MEMBERS, || body);
        Ok(())
    }

    /// Kicks a user: leave plus an audit entry.
    pub fn kick(&mut self, guild: GuildId, user: UserId, cause: &Cause) -> Result<(), ApiError> {
        self.leave(guild, user)?;
        self.audit(guild, cause, AuditDraft::on(AuditAction::MemberKick, user.get()));
        Ok(())
    }

    /// Gives one role; nothing happens when the member already has it.
    pub fn add_role(
        &mut self,
        guild: GuildId,
        user: UserId,
        role: RoleId,
        cause: &Cause,
    ) -> Result<(), ApiError> {
        let member =
            self.guild_mut(guild)?.members.get(&user).ok_or_else(ApiError::unknown_member)?;
        let mut roles = member.roles.clone();
        if !roles.contains(&role) {
            roles.push(role);
        }
        self.edit_member(
            guild,
            user,
            MemberPatch { roles: Some(roles), ..MemberPatch::default() },
            cause,
        )
    }

    /// Takes one role.
    pub fn remove_role(
        &mut self,
        guild: GuildId,
        user: UserId,
        role: RoleId,
        cause: &Cause,
    ) -> Result<(), ApiError> {
        let member =
            self.guild_mut(guild)?.members.get(&user).ok_or_else(ApiError::unknown_member)?;
        let roles = member.roles.iter().copied().filter(|held| *held != role).collect();
        self.edit_member(
            guild,
            user,
            MemberPatch { roles: Some(roles), ..MemberPatch::default() },
            cause,
        )
    }

    /// Changes a member: one GUILD_MEMBER_UPDATE, audit entries of type 24 and 25 as needed.
    pub fn edit_member(
        &mut self,
        guild: GuildId,
        user: UserId,
        patch: MemberPatch,
        cause: &Cause,
    ) -> Result<(), ApiError> {
        let member =
            self.guild_mut(guild)?.members.get_mut(&user).ok_or_else(ApiError::unknown_member)?;
        let before = member.clone();
        let MemberPatch { nick, roles, timed_out_until, mute, deaf } = patch;
        member.nick = nick.unwrap_or(before.nick.clone());
        member.roles = roles.unwrap_or(before.roles.clone());
        member.timed_out_until = timed_out_until.unwrap_or(before.timed_out_until);
        member.mute = mute.unwrap_or(before.mute);
        member.deaf = deaf.unwrap_or(before.deaf);
        let after = member.clone();
        if after == before {
            return Ok(());
        }
        let Some(place) = self.guilds.get(&guild) else { return Ok(()) };
        self.emit_member("GUILD_MEMBER_UPDATE", place, user);
        let roles = role_changes(place, &before, &after);
        let until = |member: &Member| json!(member.timed_out_until.map(crate::clock::iso));
        let fields: Vec<_> = [
            AuditChange::between("nick", json!(before.nick), json!(after.nick)),
            AuditChange::between("communication_disabled_until", until(&before), until(&after)),
            AuditChange::between("mute", before.mute, after.mute),
            AuditChange::between("deaf", before.deaf, after.deaf),
        ]
        .into_iter()
        .flatten()
        .collect();
        if !roles.is_empty() {
            self.audit(
                guild,
                cause,
                AuditDraft::on(AuditAction::MemberRoleUpdate, user.get()).changes(roles),
            );
        }
        if !fields.is_empty() {
            self.audit(
                guild,
                cause,
                AuditDraft::on(AuditAction::MemberUpdate, user.get()).changes(fields),
            );
        }
        Ok(())
    }
}

/// `$add` / `$remove` with `{id, name}` lists (resources/audit-log, "Audit Log Change Exceptions").
fn role_changes(guild: &Guild, before: &Member, after: &Member) -> Vec<AuditChange> {
    let list = |from: &Member, without: &Member| -> Vec<_> {
        let missing = from.roles.iter().filter(|role| !without.roles.contains(role));
        missing
            .map(|id| json!({"id": id, "name": guild.role(*id).map(|role| role.name.as_str())}))
            .collect()
    };
    [("$add", list(after, before)), ("$remove", list(before, after))]
        .into_iter()
        .filter(|(_, roles)| !roles.is_empty())
        .map(|(key, roles)| AuditChange::created(key, roles))
        .collect()
}
