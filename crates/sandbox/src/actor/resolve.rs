//! The `resolved` part of interaction data: everything that was picked, in full (interactions/receiving-and-responding,
//! "Resolved Data Structure").

use serde_json::{Map, Value, json};

use crate::id::{ChannelId, MessageId, RoleId, Snowflake, UserId};
use crate::render;
use crate::world::{Channel, World};

/// What may be picked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    User,
    Role,
    Mentionable,
    Channel,
}

impl Wanted {
    /// By the type of a command option.
    pub(super) fn of_option(kind: u64) -> Option<Self> {
        Some(match kind {
            6 => Self::User,
            7 => Self::Channel,
            8 => Self::Role,
            9 => Self::Mentionable,
            _ => return None,
        })
    }

    /// By the type of a select.
    pub(super) fn of_select(kind: u64) -> Option<Self> {
        Some(match kind {
            5 => Self::User,
            6 => Self::Role,
            7 => Self::Mentionable,
            8 => Self::Channel,
            _ => return None,
        })
    }
}

/// Who looks, and from where.
#[derive(Clone, Copy, Debug)]
pub(super) struct Picker<'a> {
    pub(super) world: &'a World,
    pub(super) user: UserId,
    pub(super) place: &'a Channel,
}

/// The collected objects.
#[derive(Debug, Default)]
pub(super) struct Resolved(Map<String, Value>);

impl Resolved {
    /// Adds what `id` names, if the client would offer it. `rules` may hold `channel_types`.
    pub(super) fn add(
        &mut self,
        by: Picker<'_>,
        wanted: Wanted,
        id: u64,
        rules: &Value,
    ) -> Result<(), String> {
        let found = match wanted {
            Wanted::User => self.user(by, UserId(id)),
            Wanted::Role => self.role(by, RoleId(id)),
            Wanted::Mentionable => self.user(by, UserId(id)) || self.role(by, RoleId(id)),
            Wanted::Channel => return self.channel(by, ChannelId(id), rules),
        };
        if found { Ok(()) } else { Err(format!("there is no {wanted:?} {id} to pick")) }
    }

    /// A user, with the member when there is one here: without `user`, `deaf` and `mute`.
    pub(super) fn user(&mut self, by: Picker<'_>, id: UserId) -> bool {
        let Some(user) = by.world.users.get(&id) else { return false };
        self.put("users", id.get(), render::user(user));
        let guild = by.place.guild.and_then(|guild| by.world.guilds.get(&guild));
        if let Some(member) = guild.and_then(|guild| guild.members.get(&id)) {
            let mut body = render::interaction_member(by.world, member, by.place);
            if let Some(map) = body.as_object_mut() {
                map.retain(|key, _| !matches!(key.as_str(), "user" | "deaf" | "mute"));
            }
            self.put("members", id.get(), body);
        }
        true
    }

    fn role(&mut self, by: Picker<'_>, id: RoleId) -> bool {
        let guild = by.place.guild.and_then(|guild| by.world.guilds.get(&guild));
        let Some(role) = guild.and_then(|guild| guild.role(id)) else { return false };
        self.put("roles", id.get(), render::role(role));
        true
    }

    /// A channel of the same guild that the user can see; with permissions of user and application (July 2026).
    fn channel(&mut self, by: Picker<'_>, id: ChannelId, rules: &Value) -> Result<(), String> {
        let here = |channel: &&Channel| channel.guild == by.place.guild;
        let channel = by.world.channels.get(&id).filter(here);
        let channel = channel.filter(|channel| by.world.can_view(by.user, channel));
        let channel = channel.ok_or_else(|| format!("there is no Channel {id} to pick"))?;
        if let Some(Value::Array(kinds)) = rules.get("channel_types")
            && !kinds.is_empty()
            && !kinds.contains(&json!(channel.kind.number()))
        {
            return Err(format!("channel {} has a type that is not offered", channel.name));
        }
        let mut body = render::partial_channel(by.world, channel, by.user);
        body["app_permissions"] = json!(by.world.shown_permissions(by.world.bot(), channel));
        self.put("channels", id.get(), body);
        Ok(())
    }

    /// The message a message command was used on.
    pub(super) fn message(&mut self, by: Picker<'_>, id: MessageId) -> bool {
        let found = by.world.message(by.place.id, id);
        let found = found.filter(|found| found.only_for.is_none_or(|only| only == by.user));
        let Some(message) = found else { return false };
        self.put("messages", id.get(), render::message(by.world, message));
        true
    }

    fn put(&mut self, kind: &str, id: u64, body: Value) {
        let group = self.0.entry(kind).or_insert_with(|| json!({}));
        group[id.to_string()] = body;
    }

    /// The field's value; `None` when nothing was picked.
    pub(super) fn into_value(self) -> Option<Value> {
        (!self.0.is_empty()).then_some(Value::Object(self.0))
    }
}
