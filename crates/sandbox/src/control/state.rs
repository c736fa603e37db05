//! Looking at the sandbox and setting things up.

use axum::Json;
use axum::extract::{Path, State};
use serde::Deserialize;
use serde_json::{Value, json};

use super::refusal::{Refusal, Shown};
use crate::render;
use crate::rest;
use crate::sandbox::Sandbox;
use crate::world::{ChannelKind, Permissions};

/// What a bot needs to connect.
pub(super) async fn about(State(sandbox): State<Sandbox>) -> Json<Value> {
    Json(json!({
        "origin": sandbox.origin(), "gateway": sandbox.gateway_url(), "token": sandbox.token(),
        "application_id": sandbox.application_id(),
    }))
}

/// The owner resets the bot's token.
pub(super) async fn reset_token(State(sandbox): State<Sandbox>) -> Json<Value> {
    Json(json!({"token": sandbox.reset_token()}))
}

/// A new account.
#[derive(Deserialize)]
pub(super) struct NewUser {
    name: String,
}

pub(super) async fn new_user(
    State(sandbox): State<Sandbox>,
    Json(body): Json<NewUser>,
) -> Json<Value> {
    Json(json!({"id": sandbox.world().add_user(&body.name)}))
}

pub(super) async fn guilds(State(sandbox): State<Sandbox>) -> Json<Value> {
    let world = sandbox.world();
    let bot = world.bot();
    let guilds = world.guilds.values().map(|guild| {
        json!({"id": guild.id, "name": guild.name, "bot": guild.members.contains_key(&bot)})
    });
    Json(guilds.collect())
}

/// Everything about a guild, whether the bot sees it or not.
pub(super) async fn guild(State(sandbox): State<Sandbox>, Path(name): Path<String>) -> Shown {
    let id = super::names::guild(&sandbox, &name.as_str().into())?;
    let world = sandbox.world();
    let found = world.guilds.get(&id).ok_or_else(|| Refusal::unknown("guild", &name))?;
    let channels = found.channels.iter().chain(&found.threads);
    let channels = channels.filter_map(|id| world.channels.get(id));
    let channels: Vec<_> = channels.map(|one| render::channel(&world, one)).collect();
    let members = found.members.values().map(|one| render::member(&world, one, true));
    Ok(Json(json!({
        "id": found.id, "name": found.name, "owner": found.owner, "features": found.features,
        "roles": found.roles.iter().map(render::role).collect::<Vec<_>>(),
        "members": members.collect::<Vec<_>>(),
        "channels": channels,
        "audit": found.audit.iter().map(render::audit_entry).collect::<Vec<_>>(),
    })))
}

/// A new guild: see [`crate::actor::GuildBuilder`].
#[derive(Deserialize)]
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

#[derive(Deserialize)]
#[serde(untagged)]
enum NewMember {
    Name(String),
    WithRoles { name: String, roles: Vec<String> },
}

#[derive(Deserialize)]
struct NewRole {
    name: String,
    #[serde(default)]
    permissions: u64,
}

#[derive(Deserialize)]
struct NewChannel {
    name: String,
    #[serde(default, rename = "type")]
    kind: i64,
    /// Name of a category earlier in the list.
    parent: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum NewBot {
    Permissions(u64),
    Placed { permissions: u64, above: Option<String> },
}

pub(super) async fn new_guild(State(sandbox): State<Sandbox>, Json(body): Json<NewGuild>) -> Shown {
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
    let members = body.members.iter().map(name);
    let members: Vec<_> =
        members.map(|name| json!({"name": name, "id": made.actor(&name).id()})).collect();
    let channels = made.channels();
    let channels: Vec<_> =
        channels.iter().map(|one| json!({"name": one.name, "id": one.id})).collect();
    Ok(Json(json!({
        "id": made.id(), "owner": made.owner().id(), "members": members, "channels": channels,
    })))
}

/// Interactions shown at once.
const SHOWN: usize = 50;

/// The newest interactions with their tokens: whoever plays the bot by hand answers them.
pub(super) async fn interactions(State(sandbox): State<Sandbox>) -> Json<Value> {
    let world = sandbox.world();
    let list = world.interactions.newest().take(SHOWN).map(|one| {
        json!({
            "id": one.id, "token": one.token, "type": one.kind, "user": one.user, "channel": one.channel,
            "answered": one.is_answered(),
        })
    });
    Json(list.collect())
}

pub(super) async fn violations(State(sandbox): State<Sandbox>) -> Json<Value> {
    let list = sandbox.violations();
    let list = list.iter().map(
        |one| json!({"kind": format!("{:?}", one.kind), "place": one.place, "detail": one.detail}),
    );
    Json(list.collect())
}

pub(super) async fn forget_violations(State(sandbox): State<Sandbox>) -> Json<Value> {
    sandbox.forget_violations();
    Json(json!({"ok": true}))
}

pub(super) async fn requests(State(sandbox): State<Sandbox>) -> Json<Value> {
    let all = sandbox.requests().all();
    let all = all.iter().map(|one| {
        json!({
            "at": one.at, "method": one.method, "operation": one.operation, "path": one.path, "status": one.status,
            "code": one.code, "reason": one.reason, "body": String::from_utf8_lossy(&one.body),
        })
    });
    Json(all.collect())
}

pub(super) async fn forget_requests(State(sandbox): State<Sandbox>) -> Json<Value> {
    sandbox.requests().clear();
    Json(json!({"ok": true}))
}

/// The parity table: every route the sandbox knows.
pub(super) async fn routes() -> Json<Value> {
    let all = rest::table().map(|route| {
        let info = &route.info;
        json!({"operation": info.operation, "method": info.method.as_str(), "path": info.path})
    });
    Json(all.collect())
}
