//! Setting up a guild.

use std::collections::HashMap;

use super::guild::GuildHandle;
use super::hand::{Spot, drag};
use crate::error::ApiError;
use crate::id::{ChannelId, GuildId, RoleId, UserId};
use crate::sandbox::Sandbox;
use crate::world::{
    Cause, Channel, ChannelKind, Overwrite, OverwriteTarget, Permissions, Role, World,
};

/// Why a guild could not be set up.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum BuildError {
    /// A role is named that was not declared.
    #[error("there is no role {0}")]
    NoRole(String),
    /// Two roles of one name: which one would a member get?
    #[error("role {0} is declared twice")]
    TwoRoles(String),
    /// A category is named that was not declared before.
    #[error("there is no category {0}")]
    NoCategory(String),
    /// Announcement channels need the guild feature NEWS.
    #[error("channel {0} needs the feature NEWS")]
    NeedsNews(String),
    /// A place for the bot's role without a bot.
    #[error("the bot was not invited")]
    NoBot,
    /// Discord's own refusal, e.g. too many roles.
    #[error("{0}")]
    Refused(ApiError),
}

impl From<ApiError> for BuildError {
    fn from(error: ApiError) -> Self {
        Self::Refused(error)
    }
}

#[derive(Clone, Debug)]
struct PlannedChannel {
    kind: ChannelKind,
    name: String,
    parent: Option<String>,
    /// Hidden from everyone but these roles.
    only_for: Option<Vec<String>>,
}

#[derive(Clone, Debug)]
enum BotPlace {
    Above(String),
    Top,
}

/// Collects what a guild starts with; [`GuildBuilder::build`] makes it. Without own channels it gets `general`.
#[derive(Debug)]
#[must_use]
pub struct GuildBuilder {
    sandbox: Sandbox,
    name: String,
    owner: String,
    members: Vec<(String, Vec<String>)>,
    roles: Vec<(String, Permissions)>,
    channels: Vec<PlannedChannel>,
    features: Vec<String>,
    everyone: Option<Permissions>,
    bot: Option<Permissions>,
    place: Option<BotPlace>,
}

impl GuildBuilder {
    pub(crate) fn new(sandbox: Sandbox, name: &str) -> Self {
        Self {
            sandbox,
            name: name.to_owned(),
            owner: String::from("owner"),
            members: Vec::new(),
            roles: Vec::new(),
            channels: Vec::new(),
            features: Vec::new(),
            everyone: None,
            bot: None,
            place: None,
        }
    }

    /// Names the owner; "owner" otherwise.
    pub fn owner(mut self, name: &str) -> Self {
        name.clone_into(&mut self.owner);
        self
    }

    /// Adds a member.
    pub fn member(self, name: &str) -> Self {
        self.member_with(name, &[])
    }

    /// Adds a member with roles declared by [`GuildBuilder::role`]. A name used twice is the same person.
    pub fn member_with(mut self, name: &str, roles: &[&str]) -> Self {
        self.members.push((name.to_owned(), roles.iter().map(|&role| role.to_owned()).collect()));
        self
    }

    /// Adds a role; later ones rank higher.
    pub fn role(mut self, name: &str, permissions: Permissions) -> Self {
        self.roles.push((name.to_owned(), permissions));
        self
    }

    /// Replaces what @everyone may do.
    pub fn everyone(mut self, permissions: Permissions) -> Self {
        self.everyone = Some(permissions);
        self
    }

    /// Adds a channel.
    pub fn channel(self, kind: ChannelKind, name: &str) -> Self {
        self.planned(PlannedChannel { kind, name: name.to_owned(), parent: None, only_for: None })
    }

    /// Adds a channel to a category declared before.
    pub fn channel_in(self, category: &str, kind: ChannelKind, name: &str) -> Self {
        let parent = Some(category.to_owned());
        self.planned(PlannedChannel { kind, name: name.to_owned(), parent, only_for: None })
    }

    /// Adds a channel that only some roles see.
    pub fn private_channel(self, kind: ChannelKind, name: &str, roles: &[&str]) -> Self {
        let only_for = Some(roles.iter().map(|&role| role.to_owned()).collect());
        self.planned(PlannedChannel { kind, name: name.to_owned(), parent: None, only_for })
    }

    fn planned(mut self, channel: PlannedChannel) -> Self {
        self.channels.push(channel);
        self
    }

    /// Adds a guild feature such as `NEWS` or `COMMUNITY`.
    pub fn feature(mut self, name: &str) -> Self {
        self.features.push(name.to_owned());
        self
    }

    /// Invites the bot with these permissions; its managed role starts at the bottom.
    pub fn bot(mut self, permissions: Permissions) -> Self {
        self.bot = Some(permissions);
        self
    }

    /// Places the bot's role right above a declared one.
    pub fn bot_above(mut self, role: &str) -> Self {
        self.place = Some(BotPlace::Above(role.to_owned()));
        self
    }

    /// Places the bot's role above all others.
    pub fn bot_on_top(mut self) -> Self {
        self.place = Some(BotPlace::Top);
        self
    }

    /// Makes the guild.
    ///
    /// # Panics
    ///
    /// When something does not fit, with the reason: a test that sets up nonsense must not go on.
    pub fn build(self) -> GuildHandle {
        let name = self.name.clone();
        self.try_build().unwrap_or_else(|error| panic!("guild {name}: {error}"))
    }

    /// Makes the guild, or says why not; names are checked before anything is made.
    pub fn try_build(self) -> Result<GuildHandle, BuildError> {
        self.check()?;
        let sandbox = self.sandbox.clone();
        let mut world = sandbox.world();
        let owner = world.add_user(&self.owner);
        let id = world.add_guild(&self.name, owner);
        let cause = Cause::user(owner);
        if let Some(guild) = world.guilds.get_mut(&id) {
            guild.features.clone_from(&self.features);
            if let Some(permissions) = self.everyone {
                guild.roles[0].permissions = permissions;
            }
        }
        let roles = self.make_roles(&mut world, id, &cause)?;
        self.make_channels(&mut world, id, &roles, &cause)?;
        let mut users = HashMap::from([(self.owner.clone(), owner)]);
        for (name, held) in &self.members {
            let user = *users.entry(name.clone()).or_insert_with_key(|name| world.add_user(name));
            if user != owner {
                world.join(id, user)?;
            }
            for role in held {
                world.add_role(id, user, roles[role], &cause)?;
            }
        }
        if let Some(permissions) = self.bot {
            let role = world.add_bot(id, permissions, &cause)?;
            let spot = match &self.place {
                Some(BotPlace::Above(other)) => Spot::Above(roles[other]),
                Some(BotPlace::Top) => Spot::Top,
                None => Spot::Bottom,
            };
            drag(&mut world, id, role, spot, &cause)?;
        }
        drop(world);
        Ok(GuildHandle::new(self.sandbox, id, owner, users))
    }

    fn check(&self) -> Result<(), BuildError> {
        let known = |role: &String| self.roles.iter().any(|(name, _)| name == role);
        for (at, (name, _)) in self.roles.iter().enumerate() {
            if self.roles[..at].iter().any(|(other, _)| other == name) {
                return Err(BuildError::TwoRoles(name.clone()));
            }
        }
        let by_channels = self.channels.iter().filter_map(|one| one.only_for.as_ref()).flatten();
        let by_members = self.members.iter().flat_map(|(_, roles)| roles);
        let by_bot = match &self.place {
            Some(BotPlace::Above(role)) => Some(role),
            _ => None,
        };
        let mut named = by_members.chain(by_channels).chain(by_bot);
        if let Some(missing) = named.find(|role| !known(role)) {
            return Err(BuildError::NoRole(missing.clone()));
        }
        if self.place.is_some() && self.bot.is_none() {
            return Err(BuildError::NoBot);
        }
        for (at, channel) in self.channels.iter().enumerate() {
            let is_category = |parent: &String| {
                let earlier = &self.channels[..at];
                earlier.iter().any(|one| one.kind == ChannelKind::Category && one.name == *parent)
            };
            if let Some(parent) = channel.parent.as_ref().filter(|parent| !is_category(parent)) {
                return Err(BuildError::NoCategory(parent.clone()));
            }
            let news = self.features.iter().any(|feature| feature == "NEWS");
            if channel.kind == ChannelKind::Announcement && !news {
                return Err(BuildError::NeedsNews(channel.name.clone()));
            }
        }
        Ok(())
    }

    fn make_roles(
        &self,
        world: &mut World,
        guild: GuildId,
        cause: &Cause,
    ) -> Result<HashMap<String, RoleId>, BuildError> {
        let mut made = HashMap::new();
        for (name, permissions) in &self.roles {
            let role = Role::new(RoleId::default(), name, *permissions);
            let id = world.create_role(guild, role, cause)?.id;
            drag(world, guild, id, Spot::Top, cause)?;
            made.insert(name.clone(), id);
        }
        Ok(made)
    }

    fn make_channels(
        &self,
        world: &mut World,
        guild: GuildId,
        roles: &HashMap<String, RoleId>,
        cause: &Cause,
    ) -> Result<(), BuildError> {
        let mut made: HashMap<String, ChannelId> = HashMap::new();
        let general = PlannedChannel {
            kind: ChannelKind::Text,
            name: String::from("general"),
            parent: None,
            only_for: None,
        };
        let planned =
            if self.channels.is_empty() { std::slice::from_ref(&general) } else { &self.channels };
        for one in planned {
            let view = Permissions::VIEW_CHANNEL;
            let role =
                |id, allow, deny| Overwrite { target: OverwriteTarget::Role(id), allow, deny };
            let overwrites = one.only_for.iter().flat_map(|allowed| {
                let hidden = role(guild.everyone(), Permissions::NONE, view);
                let shown = allowed.iter().map(|name| role(roles[name], view, Permissions::NONE));
                std::iter::once(hidden).chain(shown).collect::<Vec<_>>()
            });
            let channel = Channel {
                parent: one.parent.as_ref().and_then(|parent| made.get(parent)).copied(),
                overwrites: overwrites.collect(),
                ..Channel::new(ChannelId::default(), Some(guild), one.kind, &one.name)
            };
            let id = world.create_channel(guild, channel, cause)?.id;
            if one.kind == ChannelKind::Category {
                made.insert(one.name.clone(), id);
            }
        }
        Ok(())
    }
}

/// People by the name a test gave them.
pub(super) type People = HashMap<String, UserId>;
