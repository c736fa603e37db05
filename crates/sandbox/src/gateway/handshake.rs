//! IDENTIFY and RESUME.

use std::sync::Arc;

use serde_json::{Value, json};

use super::compression::Compression;
use super::event::{Event, EventBody, shard_of};
use super::payload::close;
use super::session::Session;
use crate::faults::Upset;
use crate::limits::Identify;
use crate::render;
use crate::sandbox::Sandbox;
use crate::world::{Intents, World};

/// Why a handshake failed.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// A close code.
    Close(u16),
    /// Op 9 with `d: false`.
    Invalid,
}

/// Opens a session. Returns it with the READY body.
pub(crate) fn identify(
    sandbox: &Sandbox,
    data: &Value,
    connection: u64,
) -> Result<(Arc<Session>, Value), Refusal> {
    let mut world = sandbox.world();
    check_token(&world, data)?;
    let intents =
        data.get("intents").and_then(Value::as_u64).ok_or(Refusal::Close(close::DECODE))?;
    if intents & !Intents::ALL != 0 {
        return Err(Refusal::Close(close::BAD_INTENTS));
    }
    if intents & Intents::PRIVILEGED & !world.application.privileged_intents != 0 {
        return Err(Refusal::Close(close::DISALLOWED_INTENTS));
    }
    let shard = shard(data.get("shard"))?;
    let bot = world.bot();
    let guilds: Vec<_> = world
        .guilds
        .values()
        .filter(|guild| guild.members.contains_key(&bot))
        .map(|g| g.id)
        .collect();
    let guilds: Vec<_> =
        guilds.into_iter().filter(|guild| shard_of(*guild, shard.1) == shard.0).collect();
    // "Sharding": at most 2500 guilds a shard.
    if guilds.len() > sandbox.limits().config().guilds_per_shard {
        return Err(Refusal::Close(close::SHARDING_REQUIRED));
    }
    let now = world.clock.now_ms();
    match sandbox.limits().identify(now, shard.0, sandbox.config().max_concurrency) {
        Identify::Welcome => {}
        Identify::TooSoon => return Err(Refusal::Invalid),
        Identify::Exhausted => {
            // "Session Start Limit": all sessions end and the owner has to fetch a new token.
            world.application.reset_token();
            sandbox.hub().upset_all(Upset::Close(close::BAD_TOKEN));
            return Err(Refusal::Close(close::BAD_TOKEN));
        }
    }
    let id = crate::interactions::random_token(2);
    let served = *sandbox.hub().moods.compression.read() == Compression::Served;
    let compress = served && data.get("compress").and_then(Value::as_bool).unwrap_or(false);
    let session = Arc::new(Session::new(id, shard, intents, compress, connection));
    let unavailable: Vec<_> =
        guilds.iter().map(|guild| json!({"id": guild, "unavailable": true})).collect();
    let mut ready = json!({
        "v": 10,
        "user": render::bot_user(&world),
        "user_settings": {},
        "guilds": unavailable,
        "session_id": session.id,
        "session_type": "normal",
        "resume_gateway_url": sandbox.gateway_url(),
        "application": {"id": world.application.id, "flags": world.application.flags()},
        "private_channels": [],
        "relationships": [],
        "presences": [],
        "guild_join_requests": [],
        "geo_ordered_rtc_regions": [],
        "_trace": ["sandbox"],
    });
    if data.get("shard").is_some_and(|shard| !shard.is_null()) {
        ready["shard"] = json!([shard.0, shard.1]);
    }
    // Still under the world's lock: no change can slip in between READY and the guilds.
    let hub = sandbox.hub();
    for guild in guilds {
        let event = Event {
            name: "GUILD_CREATE",
            guild: Some(guild),
            intents: 0,
            body: EventBody::Guild(guild),
        };
        session.push(Arc::new(event), &hub.bounds, now);
    }
    hub.add(Arc::clone(&session));
    Ok((session, ready))
}

/// Takes a session up again.
pub(crate) fn resume(
    sandbox: &Sandbox,
    data: &Value,
    connection: u64,
) -> Result<Arc<Session>, Refusal> {
    check_token(&sandbox.world(), data)?;
    let id = data.get("session_id").and_then(Value::as_str).ok_or(Refusal::Close(close::DECODE))?;
    let seq = data.get("seq").and_then(Value::as_u64).ok_or(Refusal::Close(close::DECODE))?;
    let session = sandbox.hub().find(id).ok_or(Refusal::Invalid)?;
    match session.resume(connection, seq) {
        Ok(true) => Ok(session),
        Ok(false) => Err(Refusal::Invalid),
        Err(_) => Err(Refusal::Close(close::BAD_SEQ)),
    }
}

fn check_token(world: &World, data: &Value) -> Result<(), Refusal> {
    if !data.is_object() {
        return Err(Refusal::Close(close::DECODE));
    }
    let token = data.get("token").and_then(Value::as_str).unwrap_or_default();
    let token = token.strip_prefix("Bot ").unwrap_or(token);
    if token == world.application.token { Ok(()) } else { Err(Refusal::Close(close::BAD_TOKEN)) }
}

fn shard(value: Option<&Value>) -> Result<(u32, u32), Refusal> {
    let Some(value) = value.filter(|value| !value.is_null()) else { return Ok((0, 1)) };
    let bad = Refusal::Close(close::BAD_SHARD);
    match serde_json::from_value::<(u32, u32)>(value.clone()) {
        Ok((id, count)) if id < count => Ok((id, count)),
        _ => Err(bad),
    }
}
