//! Whether a plan can be: every name leads somewhere, and nothing is more than Discord allows.

use std::collections::HashSet;

use super::flaw::Flaw;
use super::plan::{
    BotPlace, ChannelPlan, GuildPlan, MemberPlan, MessagePlan, OverwritePlan, RolePlan,
};
use crate::world::{Channel, ChannelKind, Guild, channel_name};

/// Overwrites in one request.
const OVERWRITES: usize = 100;
/// Not Discord's: what a file may ask of this machine.
const MEMBERS: usize = 10_000;
/// Not Discord's: messages a channel starts with.
const MESSAGES: usize = 100;
/// Not Discord's: more than there are kinds of feature.
const FEATURES: usize = 100;

/// The names a plan declares, found quickly.
struct Known<'a> {
    roles: HashSet<&'a str>,
    people: HashSet<&'a str>,
}

impl Known<'_> {
    fn role(&self, key: &'static str, name: &str) -> Result<(), Flaw> {
        if self.roles.contains(name) {
            return Ok(());
        }
        Err(Flaw::at(key, format!("there is no role {name}")))
    }

    fn person(&self, key: &'static str, name: &str) -> Result<(), Flaw> {
        if self.people.contains(name) {
            return Ok(());
        }
        Err(Flaw::at(key, format!("there is no member {name}")))
    }
}

fn length(key: &'static str, text: &str, min: usize, max: usize) -> Result<(), Flaw> {
    let count = text.chars().count();
    if (min..=max).contains(&count) {
        return Ok(());
    }
    Err(Flaw::at(key, format!("must be {min} to {max} characters long, not {count}")))
}

fn at_most(key: &'static str, count: usize, max: usize, what: &str) -> Result<(), Flaw> {
    if count <= max {
        return Ok(());
    }
    Err(Flaw::item(key, max, format!("{what}; these are {count}")))
}

fn each<T>(
    key: &'static str,
    list: &[T],
    check: impl Fn(usize, &T) -> Result<(), Flaw>,
) -> Result<(), Flaw> {
    list.iter()
        .enumerate()
        .try_for_each(|(at, one)| check(at, one).map_err(|flaw| flaw.within(key, at)))
}

impl GuildPlan {
    /// Says what cannot be, if anything.
    pub fn check(&self) -> Result<(), Flaw> {
        length("name", &self.name, 2, 100)?;
        if let Some(owner) = &self.owner {
            length("owner", owner, 1, 32)?;
        }
        at_most("features", self.features.len(), FEATURES, "a guild has at most 100 features")?;
        // Room for @everyone, and for the bot's own.
        let max = Guild::MAX_ROLES;
        let roles = max - 1 - usize::from(self.bot.is_some());
        let told =
            format!("a guild holds at most {max} roles, @everyone and the bot's own included");
        at_most("roles", self.roles.len(), roles, &told)?;
        let max = Guild::MAX_CHANNELS;
        let told = format!("a guild holds at most {max} channels, categories included");
        at_most("channels", self.channels.len(), max, &told)?;
        let told = format!("the sandbox makes at most {MEMBERS} members for a guild");
        at_most("members", self.members.len(), MEMBERS, &told)?;
        each("roles", &self.roles, |at, role| self.check_role(at, role))?;
        let owner = self.owner_name();
        let people = self.members.iter().map(|member| member.name.as_str());
        let known = Known {
            roles: self.roles.iter().map(|role| role.name.as_str()).collect(),
            people: people.chain([owner]).collect(),
        };
        each("members", &self.members, |_, member| check_member(member, &known))?;
        each("channels", &self.channels, |at, one| self.check_channel(at, one, &known))?;
        match self.bot.as_ref().map(|bot| &bot.place) {
            Some(BotPlace::Above(role)) => known.role("bot", role),
            _ => Ok(()),
        }
    }

    pub(super) fn owner_name(&self) -> &str {
        self.owner.as_deref().unwrap_or("owner")
    }

    fn check_role(&self, at: usize, role: &RolePlan) -> Result<(), Flaw> {
        length("name", &role.name, 1, 100)?;
        // Which one would a member get?
        if role.name == "@everyone" || self.roles[..at].iter().any(|one| one.name == role.name) {
            return Err(Flaw::at("name", format!("role {} is there twice", role.name)));
        }
        Ok(())
    }

    fn check_channel(&self, at: usize, one: &ChannelPlan, known: &Known<'_>) -> Result<(), Flaw> {
        length("name", &one.name, 1, 100)?;
        if channel_name(one.kind, &one.name).is_empty() {
            return Err(Flaw::at("name", "Discord leaves nothing of this name"));
        }
        if let Some(parent) = &one.parent {
            self.check_parent(at, one, parent)?;
        }
        if one.kind == ChannelKind::Announcement && !self.features.iter().any(|one| one == "NEWS") {
            return Err(Flaw::at("type", format!("channel {} needs the feature NEWS", one.name)));
        }
        if let Some(topic) = &one.topic {
            length("topic", topic, 0, if one.kind.is_forum() { 4096 } else { 1024 })?;
        }
        if one.slowmode > 21_600 {
            return Err(Flaw::at("slowmode", "slowmode is at most 21600 seconds"));
        }
        if one.user_limit > 99 {
            return Err(Flaw::at("user_limit", "a voice channel is limited to 99 people at most"));
        }
        let only_for = one.only_for.iter().flatten();
        only_for.into_iter().try_for_each(|role| known.role("only_for", role))?;
        let told = format!("the sandbox makes at most {OVERWRITES} overwrites for a channel");
        at_most("overwrites", one.overwrites.len(), OVERWRITES, &told)?;
        each("overwrites", &one.overwrites, |_, overwrite| check_overwrite(overwrite, known))?;
        let told = format!("the sandbox makes at most {MESSAGES} messages for a channel");
        at_most("messages", one.messages.len(), MESSAGES, &told)?;
        if !one.kind.takes_messages() && !one.messages.is_empty() {
            return Err(Flaw::at("messages", format!("channel {} takes no messages", one.name)));
        }
        each("messages", &one.messages, |_, message| check_message(message, known))
    }

    fn check_parent(&self, at: usize, child: &ChannelPlan, parent: &str) -> Result<(), Flaw> {
        let is_parent = |one: &ChannelPlan| one.kind == ChannelKind::Category && one.name == parent;
        if !self.channels[..at].iter().any(is_parent) {
            let told = format!("there is no category {parent} earlier in the list");
            return Err(Flaw::at("parent", told));
        }
        if child.kind == ChannelKind::Category {
            return Err(Flaw::at("parent", "a category stands in no other"));
        }
        let before = self.channels[..at].iter();
        if before.filter(|one| one.parent.as_deref() == Some(parent)).count()
            >= Channel::MAX_CHILDREN
        {
            return Err(Flaw::at(
                "parent",
                format!("a category holds at most {} channels", Channel::MAX_CHILDREN),
            ));
        }
        Ok(())
    }
}

fn check_member(member: &MemberPlan, known: &Known<'_>) -> Result<(), Flaw> {
    length("name", &member.name, 1, 32)?;
    if let Some(nick) = &member.nick {
        length("nick", nick, 1, 32)?;
    }
    member.roles.iter().try_for_each(|role| known.role("roles", role))
}

fn check_overwrite(overwrite: &OverwritePlan, known: &Known<'_>) -> Result<(), Flaw> {
    match (&overwrite.role, &overwrite.member) {
        (Some(role), None) if role == "@everyone" => Ok(()),
        (Some(role), None) => known.role("role", role),
        (None, Some(member)) if member == "bot" => Ok(()),
        (None, Some(member)) => known.person("member", member),
        _ => Err(Flaw::at("role", "an overwrite is for either a role or a member")),
    }
}

fn check_message(message: &MessagePlan, known: &Known<'_>) -> Result<(), Flaw> {
    length("text", &message.text, 1, 2000)?;
    message.by.iter().try_for_each(|by| known.person("by", by))
}
