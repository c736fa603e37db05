//! Things may be named by id or, for convenience, by name.

use schemars::JsonSchema;
use serde::Deserialize;

use super::refusal::Refusal;
use crate::actor::Actor;
use crate::id::{ChannelId, GuildId, MessageId, RoleId, UserId};
use crate::sandbox::Sandbox;
use crate::world::{Guild, World};

/// An id (as text or number) or a name.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(super) enum Name {
    Number(u64),
    Text(String),
}

impl Name {
    pub(super) fn text(&self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Text(text) => text.clone(),
        }
    }
}

impl From<&str> for Name {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

fn guild_of(world: &World, id: GuildId) -> Result<&Guild, Refusal> {
    world.guilds.get(&id).ok_or_else(|| Refusal::unknown("guild", &id.to_string()))
}

/// A guild by id or name.
pub(super) fn guild(sandbox: &Sandbox, name: &Name) -> Result<GuildId, Refusal> {
    let (text, world) = (name.text(), sandbox.world());
    let by_id = text.parse().ok().filter(|id| world.guilds.contains_key(id));
    let named = || world.guilds.values().find(|guild| guild.name == text).map(|guild| guild.id);
    by_id.or_else(named).ok_or_else(|| Refusal::unknown("guild", &text))
}

/// A user by id, or someone in the guild by name; the owner as "owner" unless someone is called so.
pub(super) fn user(sandbox: &Sandbox, guild: GuildId, name: &Name) -> Result<UserId, Refusal> {
    let (text, world) = (name.text(), sandbox.world());
    if let Some(id) = text.parse().ok().filter(|id| world.users.contains_key(id)) {
        return Ok(id);
    }
    let found = guild_of(&world, guild)?;
    let called =
        |id: &&UserId| world.users.get(id).is_some_and(|user| user.username == text.to_lowercase());
    let owner = || (text == "owner").then_some(found.owner);
    let bot = || (text == "bot").then(|| world.bot());
    let known = found.members.keys().find(called).copied().or_else(owner).or_else(bot);
    // Somebody who left can still be named.
    let known = known.or_else(|| world.users.keys().find(called).copied());
    known.ok_or_else(|| Refusal::unknown("user", &text))
}

/// The person of a path.
pub(super) fn actor(sandbox: &Sandbox, guild: &str, user: &str) -> Result<Actor, Refusal> {
    let guild = self::guild(sandbox, &guild.into())?;
    let user = self::user(sandbox, guild, &user.into())?;
    Ok(Actor::new(sandbox.clone(), user, guild))
}

/// A role by id or name; the bot's own as "bot" unless a role is called so.
pub(super) fn role(sandbox: &Sandbox, guild: GuildId, name: &Name) -> Result<RoleId, Refusal> {
    let (text, world) = (name.text(), sandbox.world());
    let found = guild_of(&world, guild)?;
    let by_id = text.parse().ok().filter(|id| found.role(*id).is_some());
    let named = || found.role_named(&text).map(|role| role.id);
    let own = || {
        let own = found.roles.iter().find(|role| role.tags.bot == Some(world.bot()));
        own.filter(|_| text == "bot").map(|role| role.id)
    };
    by_id.or_else(named).or_else(own).ok_or_else(|| Refusal::unknown("role", &text))
}

/// A channel or thread by id or name.
pub(super) fn channel(
    sandbox: &Sandbox,
    guild: GuildId,
    name: &Name,
) -> Result<ChannelId, Refusal> {
    let (text, world) = (name.text(), sandbox.world());
    if let Some(id) = text.parse().ok().filter(|id| world.channels.contains_key(id)) {
        return Ok(id);
    }
    let found = guild_of(&world, guild)?;
    let mut all = found.channels.iter().chain(&found.threads);
    let called = |id: &&ChannelId| world.channels.get(id).is_some_and(|one| one.name == text);
    all.find(called).copied().ok_or_else(|| Refusal::unknown("channel", &text))
}

/// The channel a message stands in.
pub(super) fn channel_of(sandbox: &Sandbox, message: MessageId) -> Result<ChannelId, Refusal> {
    let world = sandbox.world();
    let found = world.messages.iter().find(|(_, all)| all.contains_key(&message));
    let found = found.map(|(channel, _)| *channel);
    found.ok_or_else(|| Refusal::unknown("message", &message.to_string()))
}
