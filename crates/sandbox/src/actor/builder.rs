//! Setting up a guild, step by step. What it collects is a [`GuildPlan`], as files and control calls write it.

use super::guild::GuildHandle;
use crate::error::ApiError;
use crate::sandbox::Sandbox;
use crate::scenario::{
    self, BotPlace, BotPlan, ChannelPlan, Flaw, GuildPlan, MemberPlan, People, RolePlan,
};
use crate::world::{ChannelKind, Permissions};

/// Why a guild could not be set up.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum BuildError {
    /// The plan cannot be.
    #[error("{0}")]
    Flaw(#[from] Flaw),
    /// A place for the bot's role without a bot.
    #[error("the bot was not invited")]
    NoBot,
    /// Discord's own refusal.
    #[error("{0}")]
    Refused(#[from] ApiError),
}

/// Collects what a guild starts with; [`GuildBuilder::build`] makes it. Without own channels it gets `general`.
#[derive(Debug)]
#[must_use]
pub struct GuildBuilder {
    sandbox: Sandbox,
    plan: GuildPlan,
    place: Option<BotPlace>,
}

impl GuildBuilder {
    pub(crate) fn new(sandbox: Sandbox, name: &str) -> Self {
        let plan = GuildPlan { name: name.to_owned(), ..GuildPlan::default() };
        Self { sandbox, plan, place: None }
    }

    /// Names the owner; "owner" otherwise.
    pub fn owner(mut self, name: &str) -> Self {
        self.plan.owner = Some(name.to_owned());
        self
    }

    /// Adds a member.
    pub fn member(self, name: &str) -> Self {
        self.member_with(name, &[])
    }

    /// Adds a member with roles declared by [`GuildBuilder::role`]. A name used twice is the same person.
    pub fn member_with(mut self, name: &str, roles: &[&str]) -> Self {
        let roles = roles.iter().map(|&role| role.to_owned()).collect();
        self.plan.members.push(MemberPlan { name: name.to_owned(), roles, nick: None });
        self
    }

    /// Adds a role; later ones rank higher.
    pub fn role(mut self, name: &str, permissions: Permissions) -> Self {
        let name = name.to_owned();
        self.plan.roles.push(RolePlan { name, permissions, ..RolePlan::default() });
        self
    }

    /// Replaces what @everyone may do.
    pub fn everyone(mut self, permissions: Permissions) -> Self {
        self.plan.everyone = Some(permissions);
        self
    }

    /// Adds a channel.
    pub fn channel(self, kind: ChannelKind, name: &str) -> Self {
        self.planned(ChannelPlan::new(kind, name))
    }

    /// Adds a channel to a category declared before.
    pub fn channel_in(self, category: &str, kind: ChannelKind, name: &str) -> Self {
        let parent = Some(category.to_owned());
        self.planned(ChannelPlan { parent, ..ChannelPlan::new(kind, name) })
    }

    /// Adds a channel that only some roles see.
    pub fn private_channel(self, kind: ChannelKind, name: &str, roles: &[&str]) -> Self {
        let only_for = Some(roles.iter().map(|&role| role.to_owned()).collect());
        self.planned(ChannelPlan { only_for, ..ChannelPlan::new(kind, name) })
    }

    fn planned(mut self, channel: ChannelPlan) -> Self {
        self.plan.channels.push(channel);
        self
    }

    /// Adds a guild feature such as `NEWS` or `COMMUNITY`.
    pub fn feature(mut self, name: &str) -> Self {
        self.plan.features.push(name.to_owned());
        self
    }

    /// Invites the bot with these permissions; its managed role starts at the bottom.
    pub fn bot(mut self, permissions: Permissions) -> Self {
        self.plan.bot = Some(BotPlan { permissions, place: BotPlace::Bottom });
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
        let name = self.plan.name.clone();
        self.try_build().unwrap_or_else(|error| panic!("guild {name}: {error}"))
    }

    /// Makes the guild, or says why not; the plan is checked before anything is made.
    pub fn try_build(mut self) -> Result<GuildHandle, BuildError> {
        if let Some(place) = self.place {
            self.plan.bot.as_mut().ok_or(BuildError::NoBot)?.place = place;
        }
        self.sandbox.make_guild(&self.plan)
    }
}

impl Sandbox {
    /// Makes a guild of a plan, or says why not.
    pub fn make_guild(&self, plan: &GuildPlan) -> Result<GuildHandle, BuildError> {
        plan.check()?;
        let mut people = People::new();
        let id = scenario::make(&mut self.world(), plan, &mut people)?;
        Ok(GuildHandle::new(self.clone(), id, people))
    }
}
