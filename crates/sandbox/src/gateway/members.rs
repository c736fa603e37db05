//! Op 8, Request Guild Members (events/gateway-events).

use std::sync::Arc;

use serde_json::{Value, json};

use super::event::{Event, EventBody};
use super::payload::op;
use super::session::Session;
use crate::id::{GuildId, Snowflake, UserId};
use crate::observe::ViolationKind;
use crate::render;
use crate::sandbox::Sandbox;
use crate::world::{Intents, Member, World};

/// Members per chunk ("Guild Members Chunk").
const CHUNK: usize = 1_000;

/// Most user ids, and the highest `limit` of a prefix search.
const MAX_WANTED: usize = 100;

/// Longest nonce in bytes; longer ones are dropped.
const MAX_NONCE: usize = 32;

/// Who is asked for.
enum Wanted {
    All,
    Prefix(String, usize),
    Users(Vec<UserId>),
}

/// Answers a request. Unknown guilds, guilds the bot is not in and requests without the needed intent get no answer.
pub(super) fn request(sandbox: &Sandbox, session: &Session, data: &Value) {
    let guild = data.get("guild_id").and_then(id);
    let (Some(guild), Some(wanted)) = (guild, wanted(data)) else {
        sandbox.note(ViolationKind::Gateway, "op 8", "needs guild_id and query+limit or user_ids");
        return;
    };
    let nonce = data.get("nonce").and_then(Value::as_str).filter(|one| one.len() <= MAX_NONCE);
    let send = |name, body: &Value| {
        let body = EventBody::Ready { full: Arc::from(body.to_string()), without_content: None };
        let event = Event { name, guild: Some(guild), intents: 0, body };
        let hub = sandbox.hub();
        session.push(Arc::new(event), &hub.bounds, hub.clock.now_ms());
    };
    let world = sandbox.world();
    if matches!(wanted, Wanted::All) {
        if session.intents & Intents::GUILD_MEMBERS == 0 {
            sandbox.note(ViolationKind::Gateway, "op 8", "all members need GUILD_MEMBERS");
            return;
        }
        if let Err(left) = sandbox.limits().all_members(guild, world.clock.now_ms()) {
            send("RATE_LIMITED", &rate_limited(guild, nonce, left));
            return;
        }
    }
    let Ok(found) = world.bot_guild(guild) else { return };
    let mut members: Vec<_> =
        found.members.values().filter(|member| wanted.matches(&world, member)).collect();
    if let Wanted::Prefix(_, limit) = wanted {
        members.truncate(limit);
    }
    let missing: Vec<_> = match &wanted {
        Wanted::Users(ids) => ids.iter().filter(|id| !found.members.contains_key(id)).collect(),
        _ => Vec::new(),
    };
    let count = members.len().div_ceil(CHUNK).max(1);
    for index in 0..count {
        let part = members.iter().skip(index * CHUNK).take(CHUNK);
        let part: Vec<_> = part.map(|one| render::member(&world, one, true)).collect();
        let mut body =
            json!({"guild_id": guild, "members": part, "chunk_index": index, "chunk_count": count});
        if !missing.is_empty() {
            body["not_found"] = json!(missing);
        }
        if let Some(nonce) = nonce {
            body["nonce"] = json!(nonce);
        }
        send("GUILD_MEMBERS_CHUNK", &body);
    }
}

/// "Rate Limited": since August 2025 too frequent requests are answered instead of ignored.
fn rate_limited(guild: GuildId, nonce: Option<&str>, left: i64) -> Value {
    let retry_after = std::time::Duration::from_millis(left.unsigned_abs()).as_secs_f64();
    let mut meta = json!({"guild_id": guild});
    if let Some(nonce) = nonce {
        meta["nonce"] = json!(nonce);
    }
    json!({"opcode": op::REQUEST_MEMBERS, "retry_after": retry_after, "meta": meta})
}

fn wanted(data: &Value) -> Option<Wanted> {
    let ids = match data.get("user_ids") {
        Some(Value::Array(ids)) => ids.iter().filter_map(id).take(MAX_WANTED).collect(),
        Some(one) => id(one).into_iter().collect(),
        None => Vec::new(),
    };
    if !ids.is_empty() {
        return Some(Wanted::Users(ids));
    }
    let query = data.get("query").and_then(Value::as_str)?;
    let limit = usize::try_from(data.get("limit").and_then(Value::as_u64)?).ok()?;
    match (query, limit) {
        ("", 0) => Some(Wanted::All),
        (_, 0) => Some(Wanted::Prefix(query.to_lowercase(), MAX_WANTED)),
        _ => Some(Wanted::Prefix(query.to_lowercase(), limit.min(MAX_WANTED))),
    }
}

/// Text or, as discord.py sends it, a number.
fn id<T: Snowflake>(value: &Value) -> Option<T> {
    value.as_str().and_then(|id| id.parse().ok()).or_else(|| value.as_u64().map(T::from))
}

impl Wanted {
    fn matches(&self, world: &World, member: &Member) -> bool {
        match self {
            Self::All => true,
            Self::Users(ids) => ids.contains(&member.user),
            Self::Prefix(prefix, _) => world.users.get(&member.user).is_some_and(|user| {
                let nick = member.nick.as_deref().unwrap_or_default().to_lowercase();
                user.username.to_lowercase().starts_with(prefix) || nick.starts_with(prefix)
            }),
        }
    }
}
