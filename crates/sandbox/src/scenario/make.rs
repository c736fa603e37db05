//! Making what was planned.

use std::collections::HashMap;

use super::plan::{BotPlace, ChannelPlan, GuildPlan, OverwritePlan};
use crate::actor::{Spot, drag};
use crate::error::ApiError;
use crate::id::{ChannelId, GuildId, RoleId, UserId};
use crate::world::{
    Cause, Channel, ChannelKind, MemberPatch, MessageSpec, Overwrite, OverwriteTarget, Permissions,
    Role, RoleColors, World,
};

/// People by name.
pub(crate) type People = HashMap<String, UserId>;

/// Makes a guild of a plan that was checked. People already known by name join it, the others are new accounts.
pub(crate) fn make(
    world: &mut World,
    plan: &GuildPlan,
    people: &mut People,
) -> Result<GuildId, ApiError> {
    let owner = person(world, people, plan.owner_name());
    let id = world.add_guild_as(plan.id, &plan.name, owner)?;
    let cause = Cause::user(owner);
    if let Some(guild) = world.guilds.get_mut(&id) {
        guild.features.clone_from(&plan.features);
        if let Some(permissions) = plan.everyone {
            guild.roles[0].permissions = permissions;
        }
    }
    let mut stage = Stage { world, id, cause, people, roles: HashMap::new() };
    stage.make_roles(plan)?;
    stage.gather(plan)?;
    stage.make_channels(plan)?;
    stage.invite_bot(plan)?;
    Ok(id)
}

fn person(world: &mut World, people: &mut People, name: &str) -> UserId {
    if let Some(known) = people.get(name) {
        return *known;
    }
    let id = world.add_user(name);
    people.insert(name.to_owned(), id);
    id
}

/// A guild in the making.
struct Stage<'a> {
    world: &'a mut World,
    id: GuildId,
    cause: Cause,
    people: &'a mut People,
    roles: HashMap<&'a str, RoleId>,
}

impl<'a> Stage<'a> {
    fn make_roles(&mut self, plan: &'a GuildPlan) -> Result<(), ApiError> {
        for one in &plan.roles {
            let colors = RoleColors { primary: one.color.0, ..RoleColors::default() };
            let role = Role {
                colors,
                hoist: one.hoist,
                mentionable: one.mentionable,
                ..Role::new(RoleId::default(), &one.name, one.permissions)
            };
            let id = self.world.create_role(self.id, role, &self.cause)?.id;
            drag(self.world, self.id, id, Spot::Top, &self.cause)?;
            self.roles.insert(&one.name, id);
        }
        Ok(())
    }

    fn gather(&mut self, plan: &GuildPlan) -> Result<(), ApiError> {
        let owner = self.cause.by;
        for member in &plan.members {
            let user = person(self.world, self.people, &member.name);
            if user != owner {
                self.world.join(self.id, user)?;
            }
            for role in &member.roles {
                self.world.add_role(self.id, user, self.role(role)?, &self.cause)?;
            }
            if let Some(nick) = &member.nick {
                let patch =
                    MemberPatch { nick: Some(Some(nick.clone())), ..MemberPatch::default() };
                self.world.edit_member(self.id, user, patch, &self.cause)?;
            }
        }
        Ok(())
    }

    fn make_channels(&mut self, plan: &GuildPlan) -> Result<(), ApiError> {
        let mut categories: HashMap<&str, ChannelId> = HashMap::new();
        let general = ChannelPlan::new(ChannelKind::Text, "general");
        let planned = match plan.channels.as_slice() {
            [] => std::slice::from_ref(&general),
            channels => channels,
        };
        for one in planned {
            let channel = Channel {
                parent: one.parent.as_deref().and_then(|parent| categories.get(parent)).copied(),
                overwrites: self.overwrites(one)?,
                topic: one.topic.clone(),
                nsfw: one.nsfw,
                slowmode: one.slowmode,
                user_limit: one.user_limit,
                ..Channel::new(ChannelId::default(), Some(self.id), one.kind, &one.name)
            };
            let id = self.world.create_channel(self.id, channel, &self.cause)?.id;
            if one.kind == ChannelKind::Category {
                categories.insert(&one.name, id);
            }
            for message in &one.messages {
                let by = message.by.as_deref().map_or(Ok(self.cause.by), |by| self.user(by))?;
                let spec = MessageSpec { content: message.text.clone(), ..MessageSpec::default() };
                let said = self.world.create_message(id, by, spec)?.id;
                if message.pinned {
                    self.world.set_pinned(id, said, true, &self.cause)?;
                }
            }
        }
        Ok(())
    }

    fn overwrites(&self, plan: &ChannelPlan) -> Result<Vec<Overwrite>, ApiError> {
        let view = Permissions::VIEW_CHANNEL;
        let role = |id, allow, deny| Overwrite { target: OverwriteTarget::Role(id), allow, deny };
        let mut list = Vec::new();
        if let Some(allowed) = &plan.only_for {
            list.push(role(self.id.everyone(), Permissions::NONE, view));
            for name in allowed {
                list.push(role(self.role(name)?, view, Permissions::NONE));
            }
        }
        for one in &plan.overwrites {
            let target = self.target(one)?;
            list.retain(|other| other.target != target);
            list.push(Overwrite { target, allow: one.allow, deny: one.deny });
        }
        Ok(list)
    }

    fn target(&self, plan: &OverwritePlan) -> Result<OverwriteTarget, ApiError> {
        match (plan.role.as_deref(), plan.member.as_deref()) {
            (Some("@everyone"), _) => Ok(OverwriteTarget::Role(self.id.everyone())),
            (Some(role), _) => self.role(role).map(OverwriteTarget::Role),
            (None, Some("bot")) => Ok(OverwriteTarget::Member(self.world.bot())),
            (None, member) => self.user(member.unwrap_or_default()).map(OverwriteTarget::Member),
        }
    }

    fn invite_bot(&mut self, plan: &GuildPlan) -> Result<(), ApiError> {
        let Some(bot) = &plan.bot else { return Ok(()) };
        let own = self.world.add_bot(self.id, bot.permissions, &self.cause)?;
        let spot = match &bot.place {
            BotPlace::Above(role) => Spot::Above(self.role(role)?),
            BotPlace::Top => Spot::Top,
            BotPlace::Bottom => Spot::Bottom,
        };
        drag(self.world, self.id, own, spot, &self.cause)
    }

    fn role(&self, name: &str) -> Result<RoleId, ApiError> {
        self.roles.get(name).copied().ok_or_else(ApiError::unknown_role)
    }

    fn user(&self, name: &str) -> Result<UserId, ApiError> {
        self.people.get(name).copied().ok_or_else(ApiError::unknown_user)
    }
}
