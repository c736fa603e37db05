//! What there is: the application, its users and guilds.

use axum::Json;
use axum::extract::State;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::body::{Body, Path};
use super::refusal::{Refusal, Shown};
use crate::id::{ApplicationId, GuildId, UserId};
use crate::render;
use crate::sandbox::Sandbox;

/// What a bot needs to connect.
#[derive(Serialize, JsonSchema)]
pub(super) struct About {
    /// Of everything the sandbox serves.
    origin: String,
    /// The REST API.
    rest: String,
    gateway: String,
    /// The bot's token as it is now.
    token: String,
    application_id: ApplicationId,
}

pub(super) async fn about(State(sandbox): State<Sandbox>) -> Json<About> {
    let token = sandbox.world().application.token.clone();
    Json(About {
        origin: sandbox.origin(),
        rest: format!("{}/api/v10", sandbox.origin()),
        gateway: sandbox.gateway_url(),
        token,
        application_id: sandbox.application_id(),
    })
}

/// The token that counts from now on.
#[derive(Serialize, JsonSchema)]
pub(super) struct NewToken {
    token: String,
}

/// The owner resets the bot's token.
pub(super) async fn reset_token(State(sandbox): State<Sandbox>) -> Json<NewToken> {
    Json(NewToken { token: sandbox.reset_token() })
}

/// A new account.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewUser {
    name: String,
}

/// The account, which is in no guild yet.
#[derive(Serialize, JsonSchema)]
pub(super) struct MadeUser {
    id: UserId,
}

pub(super) async fn new_user(
    State(sandbox): State<Sandbox>,
    Body(body): Body<NewUser>,
) -> Json<MadeUser> {
    Json(MadeUser { id: sandbox.world().add_user(&body.name) })
}

/// A guild in the list.
#[derive(Serialize, JsonSchema)]
pub(super) struct Listed {
    id: GuildId,
    name: String,
    /// Whether the bot is a member.
    bot: bool,
}

pub(super) async fn guilds(State(sandbox): State<Sandbox>) -> Json<Vec<Listed>> {
    let world = sandbox.world();
    let bot = world.bot();
    let guilds = world.guilds.values().map(|guild| Listed {
        id: guild.id,
        name: guild.name.clone(),
        bot: guild.members.contains_key(&bot),
    });
    Json(guilds.collect())
}

/// Everything about a guild. Roles, members, channels and audit entries are Discord's own objects.
#[derive(Serialize, JsonSchema)]
pub(super) struct GuildState {
    id: GuildId,
    name: String,
    owner: UserId,
    features: Vec<String>,
    roles: Vec<Value>,
    members: Vec<Value>,
    /// Threads too.
    channels: Vec<Value>,
    audit: Vec<Value>,
}

/// Everything about a guild, whether the bot sees it or not.
pub(super) async fn guild(
    State(sandbox): State<Sandbox>,
    Path(name): Path<String>,
) -> Shown<GuildState> {
    let id = super::names::guild(&sandbox, &name.as_str().into())?;
    let world = sandbox.world();
    let found = world.guilds.get(&id).ok_or_else(|| Refusal::unknown("guild", &name))?;
    let channels = found.channels.iter().chain(&found.threads);
    let channels = channels.filter_map(|id| world.channels.get(id));
    Ok(Json(GuildState {
        id: found.id,
        name: found.name.clone(),
        owner: found.owner,
        features: found.features.clone(),
        roles: found.roles.iter().map(render::role).collect(),
        members: found.members.values().map(|one| render::member(&world, one, true)).collect(),
        channels: channels.map(|one| render::channel(&world, one)).collect(),
        audit: found.audit.iter().map(render::audit_entry).collect(),
    }))
}
