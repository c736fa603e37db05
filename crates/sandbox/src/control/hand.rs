//! Changes by hand: one call with `"do"` naming the change. Names may stand for ids everywhere.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::body::{Body, Path};
use super::names::{Name, channel, channel_of, guild, role, user};
use super::refusal::{Refusal, Shown};
use crate::actor::Actor;
use crate::id::{GuildId, MessageId};
use crate::sandbox::Sandbox;
use crate::world::{ChannelKind, ChannelPatch, LOCALES, OverwriteTarget, Permissions, RolePatch};

/// A change and who makes it.
#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "HandOrder")]
pub(super) struct Order {
    /// The owner when absent.
    by: Option<Name>,
    #[serde(flatten)]
    change: Change,
}

#[derive(Deserialize, JsonSchema)]
#[serde(tag = "do", rename_all = "snake_case")]
enum Change {
    GiveRole {
        user: Name,
        role: Name,
    },
    TakeRole {
        user: Name,
        role: Name,
    },
    CreateRole {
        name: String,
        #[serde(default)]
        permissions: Permissions,
    },
    EditRole {
        role: Name,
        name: Option<String>,
        permissions: Option<Permissions>,
    },
    MoveRole {
        role: Name,
        position: Option<i32>,
        above: Option<Name>,
        below: Option<Name>,
    },
    DeleteRole {
        role: Name,
    },
    CreateChannel {
        name: String,
        #[serde(default, rename = "type")]
        kind: Option<ChannelKind>,
        parent: Option<Name>,
    },
    EditChannel {
        channel: Name,
        name: Option<String>,
        topic: Option<String>,
        position: Option<i32>,
    },
    MoveChannel {
        channel: Name,
        parent: Option<Name>,
    },
    DeleteChannel {
        channel: Name,
    },
    SetOverwrite {
        channel: Name,
        role: Option<Name>,
        user: Option<Name>,
        #[serde(default)]
        allow: Permissions,
        #[serde(default)]
        deny: Permissions,
    },
    RemoveOverwrite {
        channel: Name,
        role: Option<Name>,
        user: Option<Name>,
    },
    Say {
        channel: Name,
        text: String,
    },
    DeleteMessage {
        message: MessageId,
    },
    Pin {
        message: MessageId,
        #[serde(default = "yes")]
        pinned: bool,
    },
    React {
        message: MessageId,
        emoji: String,
        #[serde(default = "yes")]
        on: bool,
    },
    Join {
        user: Name,
    },
    Leave {
        user: Name,
    },
    Kick {
        user: Name,
    },
    Nickname {
        user: Name,
        nick: Option<String>,
    },
    TimeOut {
        user: Name,
        ms: u64,
    },
    /// The language of a person's client, by its code.
    Language {
        user: Name,
        locale: String,
    },
    InviteBot {
        permissions: Permissions,
    },
    KickBot,
    BotPermissions {
        permissions: Permissions,
    },
    RenameGuild {
        name: String,
    },
    Outage {
        on: bool,
    },
    Fill {
        what: Fullness,
        /// The category, to fill that one.
        category: Option<Name>,
        /// How many more still fit.
        #[serde(default)]
        left: usize,
    },
}

/// What there is to be full of.
#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Fullness {
    Channels,
    Roles,
    Category,
}

fn yes() -> bool {
    true
}

/// Finds what the names of an order mean.
struct Finder<'a> {
    sandbox: &'a Sandbox,
    guild: GuildId,
}

impl Finder<'_> {
    fn role(&self, name: &Name) -> Result<crate::id::RoleId, Refusal> {
        role(self.sandbox, self.guild, name)
    }

    fn user(&self, name: &Name) -> Result<crate::id::UserId, Refusal> {
        user(self.sandbox, self.guild, name)
    }

    fn channel(&self, name: &Name) -> Result<crate::id::ChannelId, Refusal> {
        channel(self.sandbox, self.guild, name)
    }

    fn actor(&self, name: &Name) -> Result<Actor, Refusal> {
        Ok(Actor::new(self.sandbox.clone(), self.user(name)?, self.guild))
    }

    fn target(&self, role: Option<&Name>, user: Option<&Name>) -> Result<OverwriteTarget, Refusal> {
        match (role, user) {
            (Some(role), None) => Ok(OverwriteTarget::Role(self.role(role)?)),
            (None, Some(user)) => Ok(OverwriteTarget::Member(self.user(user)?)),
            _ => Err(Refusal::bad("name either a role or a user")),
        }
    }
}

/// The change is made.
#[derive(Serialize, JsonSchema)]
pub(super) struct Changed {
    ok: bool,
    /// The id of what was made, if anything.
    id: Option<String>,
}

/// Makes the change; answers the id of what was made, if anything.
pub(super) async fn change(
    State(sandbox): State<Sandbox>,
    Path(place): Path<String>,
    Body(order): Body<Order>,
) -> Shown<Changed> {
    let id = guild(&sandbox, &place.as_str().into())?;
    let find = Finder { sandbox: &sandbox, guild: id };
    let by = find.actor(&order.by.unwrap_or_else(|| "owner".into()))?;
    let made = match order.change {
        one @ (Change::GiveRole { .. }
        | Change::TakeRole { .. }
        | Change::CreateRole { .. }
        | Change::EditRole { .. }
        | Change::MoveRole { .. }
        | Change::DeleteRole { .. }) => roles(&find, &by, one)?,
        one @ (Change::CreateChannel { .. }
        | Change::EditChannel { .. }
        | Change::MoveChannel { .. }
        | Change::DeleteChannel { .. }
        | Change::SetOverwrite { .. }
        | Change::RemoveOverwrite { .. }
        | Change::Say { .. }
        | Change::DeleteMessage { .. }
        | Change::Pin { .. }
        | Change::React { .. }) => channels(&find, &by, one)?,
        one => members(&find, &by, one)?,
    };
    Ok(Json(Changed { ok: true, id: made }))
}

fn roles(find: &Finder<'_>, by: &Actor, change: Change) -> Result<Option<String>, Refusal> {
    match change {
        Change::GiveRole { user, role } => by.give_role(find.user(&user)?, find.role(&role)?)?,
        Change::TakeRole { user, role } => by.take_role(find.user(&user)?, find.role(&role)?)?,
        Change::CreateRole { name, permissions } => {
            return Ok(Some(by.create_role(&name, permissions)?.to_string()));
        }
        Change::EditRole { role, name, permissions } => {
            let patch = RolePatch { name, permissions, ..RolePatch::default() };
            by.edit_role(find.role(&role)?, patch)?;
        }
        Change::MoveRole { role, position, above, below } => {
            let role = find.role(&role)?;
            match (position, above, below) {
                (Some(position), None, None) => by.move_role(role, position)?,
                (None, Some(other), None) => by.drag_role_above(role, find.role(&other)?)?,
                (None, None, Some(other)) => by.drag_role_below(role, find.role(&other)?)?,
                _ => return Err(Refusal::bad("name one of position, above and below")),
            }
        }
        Change::DeleteRole { role } => by.delete_role(find.role(&role)?)?,
        _ => {}
    }
    Ok(None)
}

fn channels(find: &Finder<'_>, by: &Actor, change: Change) -> Result<Option<String>, Refusal> {
    match change {
        Change::CreateChannel { name, kind, parent } => {
            let kind = kind.unwrap_or(ChannelKind::Text);
            let parent = parent.map(|parent| find.channel(&parent)).transpose()?;
            return Ok(Some(by.create_channel(kind, &name, parent)?.to_string()));
        }
        Change::EditChannel { channel, name, topic, position } => {
            let topic = topic.map(Some);
            let patch = ChannelPatch { name, position, topic, ..ChannelPatch::default() };
            by.edit_channel(find.channel(&channel)?, patch)?;
        }
        Change::MoveChannel { channel, parent } => {
            let parent = parent.map(|parent| find.channel(&parent)).transpose()?;
            by.move_channel(find.channel(&channel)?, parent)?;
        }
        Change::DeleteChannel { channel } => by.delete_channel(find.channel(&channel)?)?,
        Change::SetOverwrite { channel, role, user, allow, deny } => {
            let target = find.target(role.as_ref(), user.as_ref())?;
            let place = find.channel(&channel)?;
            by.set_overwrite(place, target, allow, deny)?;
        }
        Change::RemoveOverwrite { channel, role, user } => {
            let target = find.target(role.as_ref(), user.as_ref())?;
            by.remove_overwrite(find.channel(&channel)?, target)?;
        }
        Change::Say { channel, text } => {
            return Ok(Some(by.say(find.channel(&channel)?, &text)?.to_string()));
        }
        Change::DeleteMessage { message } => {
            by.delete_message(channel_of(find.sandbox, message)?, message)?;
        }
        Change::Pin { message, pinned } => {
            by.pin(channel_of(find.sandbox, message)?, message, pinned)?;
        }
        Change::React { message, emoji, on } => {
            by.react(channel_of(find.sandbox, message)?, message, &emoji, on)?;
        }
        _ => {}
    }
    Ok(None)
}

fn members(find: &Finder<'_>, by: &Actor, change: Change) -> Result<Option<String>, Refusal> {
    match change {
        Change::Join { user } => find.actor(&user)?.rejoin()?,
        Change::Leave { user } => find.actor(&user)?.leave()?,
        Change::Kick { user } => by.kick(find.user(&user)?)?,
        Change::Nickname { user, nick } => by.nickname(find.user(&user)?, nick.as_deref())?,
        Change::TimeOut { user, ms } => {
            by.time_out(find.user(&user)?, Duration::from_millis(ms))?;
        }
        Change::Language { user, locale } => {
            let known = LOCALES.iter().find(|known| **known == locale);
            let known = known.ok_or_else(|| Refusal::unknown("locale", &locale))?;
            find.actor(&user)?.set_locale(known);
        }
        Change::InviteBot { permissions } => {
            return Ok(Some(by.invite_bot(permissions)?.to_string()));
        }
        Change::KickBot => by.kick_bot()?,
        Change::BotPermissions { permissions } => {
            by.set_bot_permissions(permissions)?;
        }
        Change::RenameGuild { name } => by.rename_guild(&name)?,
        Change::Outage { on } => by.set_outage(on)?,
        Change::Fill { what, category, left } => {
            match (what, category) {
                (Fullness::Channels, None) => by.fill_channels(left)?,
                (Fullness::Roles, None) => by.fill_roles(left)?,
                (Fullness::Category, Some(one)) => by.fill_category(find.channel(&one)?, left)?,
                _ => return Err(Refusal::bad("only a category is filled by name")),
            };
        }
        _ => {}
    }
    Ok(None)
}
