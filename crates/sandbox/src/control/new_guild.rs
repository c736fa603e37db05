//! A new guild.

use axum::Json;
use axum::extract::State;
use schemars::JsonSchema;
use serde::Serialize;

use super::body::Body;
use super::refusal::Shown;
use crate::actor::GuildHandle;
use crate::id::{ChannelId, GuildId, RoleId, UserId};
use crate::sandbox::Sandbox;
use crate::scenario::GuildPlan;
use crate::world::Role;

/// Something made, with its name.
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
    /// As they were planned, without the owner.
    members: Vec<Made<UserId>>,
    /// Lowest first, @everyone and the bot's own included.
    roles: Vec<Made<RoleId>>,
    channels: Vec<Made<ChannelId>>,
}

pub(super) async fn new_guild(
    State(sandbox): State<Sandbox>,
    Body(plan): Body<GuildPlan>,
) -> Shown<MadeGuild> {
    Ok(Json(told(&plan, &sandbox.make_guild(&plan)?)))
}

fn told(plan: &GuildPlan, made: &GuildHandle) -> MadeGuild {
    let members = plan.members.iter().map(|member| member.name.clone());
    let mut roles = made.state().roles;
    roles.sort_by_key(Role::rank);
    MadeGuild {
        id: made.id(),
        owner: made.owner().id(),
        members: members.map(|name| Made { id: made.actor(&name).id(), name }).collect(),
        roles: roles.into_iter().map(|role| Made { id: role.id, name: role.name }).collect(),
        channels: made
            .channels()
            .into_iter()
            .map(|one| Made { id: one.id, name: one.name })
            .collect(),
    }
}
