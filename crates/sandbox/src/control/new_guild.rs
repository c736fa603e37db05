//! A new guild.

use axum::Json;
use axum::extract::State;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::body::Body;
use super::refusal::{Refusal, Shown};
use crate::id::{ChannelId, GuildId, UserId};
use crate::sandbox::Sandbox;
use crate::world::{ChannelKind, Permissions};

/// A new guild: see [`crate::actor::GuildBuilder`].
#[derive(Deserialize, JsonSchema)]
pub(super) struct NewGuild {
    name: String,
    owner: Option<String>,
    #[serde(default)]
    members: Vec<NewMember>,
    /// Lowest first.
    #[serde(default)]
    roles: Vec<NewRole>,
    #[serde(default)]
    channels: Vec<NewChannel>,
    #[serde(default)]
    features: Vec<String>,
    bot: Option<NewBot>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(untagged)]
enum NewMember {
    Name(String),
    WithRoles { name: String, roles: Vec<String> },
}

#[derive(Deserialize, JsonSchema)]
struct NewRole {
    name: String,
    #[serde(default)]
    permissions: u64,
}

#[derive(Deserialize, JsonSchema)]
struct NewChannel {
    name: String,
    #[serde(default, rename = "type")]
    kind: i64,
    /// Name of a category earlier in the list.
    parent: Option<String>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(untagged)]
enum NewBot {
    Permissions(u64),
    Placed { permissions: u64, above: Option<String> },
}

/// Something made, with the name it was asked for.
#[derive(Serialize, JsonSchema)]
struct Made<T> {
    name: String,
    id: T,
}

/// The ids of a new guild.
#[derive(Serialize, JsonSchema)]
pub(super) struct MadeGuild {
    id: GuildId,
    owner: UserId,
    members: Vec<Made<UserId>>,
    channels: Vec<Made<ChannelId>>,
}

pub(super) async fn new_guild(
    State(sandbox): State<Sandbox>,
    Body(body): Body<NewGuild>,
) -> Shown<MadeGuild> {
    let mut builder = sandbox.new_guild(&body.name);
    if let Some(owner) = &body.owner {
        builder = builder.owner(owner);
    }
    for feature in &body.features {
        builder = builder.feature(feature);
    }
    for role in &body.roles {
        builder = builder.role(&role.name, Permissions(role.permissions));
    }
    for channel in &body.channels {
        let kind = ChannelKind::from_number(channel.kind);
        let kind = kind.ok_or_else(|| Refusal::bad("unknown channel type"))?;
        builder = match &channel.parent {
            Some(parent) => builder.channel_in(parent, kind, &channel.name),
            None => builder.channel(kind, &channel.name),
        };
    }
    for member in &body.members {
        builder = match member {
            NewMember::Name(name) => builder.member(name),
            NewMember::WithRoles { name, roles } => {
                let roles: Vec<_> = roles.iter().map(String::as_str).collect();
                builder.member_with(name, &roles)
            }
        };
    }
    builder = match &body.bot {
        None => builder,
        Some(NewBot::Permissions(bits)) => builder.bot(Permissions(*bits)),
        Some(NewBot::Placed { permissions, above }) => {
            let builder = builder.bot(Permissions(*permissions));
            match above {
                Some(above) => builder.bot_above(above),
                None => builder,
            }
        }
    };
    let made = builder.try_build()?;
    let name = |member: &NewMember| match member {
        NewMember::Name(name) | NewMember::WithRoles { name, .. } => name.clone(),
    };
    let member = |name: String| Made { id: made.actor(&name).id(), name };
    Ok(Json(MadeGuild {
        id: made.id(),
        owner: made.owner().id(),
        members: body.members.iter().map(name).map(member).collect(),
        channels: made
            .channels()
            .into_iter()
            .map(|one| Made { id: one.id, name: one.name })
            .collect(),
    }))
}
