//! The audit log (resources/audit-log).

use axum::http::Method;
use serde_json::{Value, json};

use crate::id::{EntryId, Snowflake, UserId};
use crate::render;
use crate::rest::{Answer, ApiResult, Call, Major, Route};
use crate::world::{AuditEntry, Permissions};

pub(super) const ROUTES: &[Route] = &[Route::new(
    Method::GET,
    "/guilds/{guild_id}/audit-logs",
    "list_guild_audit_log_entries",
    Major::Guild,
    list,
)];

/// Entries live 45 days.
const LIFETIME_MS: i64 = 45 * 24 * 60 * 60 * 1_000;

/// Newest first; with `after` oldest first. Needs VIEW_AUDIT_LOG. Comes with the users and channels the entries name.
fn list(call: &Call) -> ApiResult {
    let query = &call.query;
    let limit = query.number("limit", 50, 1, 100)?;
    let action = query.number("action_type", 0, 0, 255)?;
    let (before, after) = (query.id::<EntryId>("before")?, query.id::<EntryId>("after")?);
    let by = query.id::<UserId>("user_id")?;
    let target = query.id::<EntryId>("target_id")?;
    let id = call.guild_id()?;
    let world = call.world();
    let now = world.clock.now_ms();
    let guild = world.bot_guild(id)?;
    guild.require(world.bot(), Permissions::VIEW_AUDIT_LOG, now)?;
    let fits = |entry: &&AuditEntry| {
        now - entry.id.created_ms() < LIFETIME_MS
            && before.is_none_or(|before| entry.id < before)
            && after.is_none_or(|after| entry.id > after)
            && by.is_none_or(|by| entry.by == by)
            && target.is_none_or(|target| entry.target == Some(target.get()))
            && (action == 0 || entry.action as usize == action)
    };
    let entries: Vec<_> = if after.is_some() {
        guild.audit.iter().filter(fits).take(limit).collect()
    } else {
        guild.audit.iter().rev().filter(fits).take(limit).collect()
    };
    let mut named: Vec<_> = entries
        .iter()
        .flat_map(|entry| [Some(entry.by), entry.target.map(UserId)])
        .flatten()
        .collect();
    named.sort_unstable();
    named.dedup();
    let users: Vec<_> =
        named.iter().filter_map(|id| world.users.get(id)).map(render::user).collect();
    let targets: Vec<_> = entries.iter().filter_map(|entry| entry.target).collect();
    let threads = guild.threads.iter().filter(|id| targets.contains(&id.get()));
    let threads: Vec<_> = threads
        .filter_map(|id| world.channels.get(id))
        .map(|thread| render::channel(&world, thread))
        .collect();
    let webhooks = world.webhooks_where(|one| targets.contains(&one.id.get()));
    let webhooks: Vec<Value> =
        webhooks.into_iter().map(|one| render::webhook(&world, one, false)).collect();
    Answer::ok(json!({
        "audit_log_entries": entries.into_iter().map(render::audit_entry).collect::<Vec<_>>(),
        "users": users,
        "threads": threads,
        "webhooks": webhooks,
        "application_commands": [],
        "auto_moderation_rules": [],
        "guild_scheduled_events": [],
        "integrations": [],
    }))
}
