//! The developer's panel: what the bot asked for, what it was told, and what is switched on against it.

use serde_json::{Value, json};

use crate::sandbox::Sandbox;

/// Calls and events shown at once.
const MOST: usize = 200;

/// Bytes shown of a body.
const BODY: usize = 4_096;

/// Violations shown, the newest ones.
const VIOLATIONS: usize = 100;

fn cut(text: &str) -> &str {
    &text[..text.floor_char_boundary(BODY)]
}

/// The calls a page has not seen yet.
pub(super) fn calls(sandbox: &Sandbox, seen: &mut u64) -> Value {
    let fresh = sandbox.requests().after(*seen, MOST);
    *seen = fresh.last().map_or(*seen, |(number, _)| *number);
    let show = |(number, one): &(u64, crate::observe::RequestRecord)| {
        let body = String::from_utf8_lossy(&one.body);
        json!({
            "number": number, "at": one.at, "took": one.took, "method": one.method, "operation": one.operation,
            "path": one.path, "status": one.status, "code": one.code, "reason": one.reason,
            "body": cut(&body), "size": one.body.len(),
        })
    };
    fresh.iter().map(show).collect()
}

/// The events a page has not seen yet.
pub(super) fn events(sandbox: &Sandbox, seen: &mut u64) -> Value {
    let fresh = sandbox.events().after(*seen, MOST);
    *seen = fresh.last().map_or(*seen, |(number, _)| *number);
    let show = |(number, one): &(u64, crate::observe::EventRecord)| {
        json!({
            "number": number, "at": one.at, "shard": one.shard, "name": one.name, "seq": one.seq,
            "body": cut(&one.body), "size": one.body.len(),
        })
    };
    fresh.iter().map(show).collect()
}

/// Everything that is no log.
pub(super) fn state(sandbox: &Sandbox) -> Value {
    let violations = sandbox.violations();
    let newest = violations.iter().rev().take(VIOLATIONS).map(
        |one| json!({"kind": format!("{:?}", one.kind), "place": one.place, "detail": one.detail}),
    );
    let sessions = sandbox.gateway().sessions();
    let sessions = sessions.iter().map(|one| {
        json!({
            "id": one.id, "shard": one.shard.0, "of": one.shard.1, "connected": one.connected, "seq": one.seq,
        })
    });
    let (rest, events) = (sandbox.faults(), sandbox.event_faults());
    json!({
        "violations": newest.collect::<Vec<_>>(), "violated": violations.len(),
        "sessions": sessions.take(50).collect::<Vec<_>>(),
        "faults": {"waiting": rest.waiting(), "struck": rest.struck(), "mixing": rest.is_mixing()},
        "event_faults": {"waiting": events.waiting(), "struck": events.struck(), "mixing": events.is_mixing()},
        "latency": {"rest": millis(sandbox.latency().rest()), "callbacks": millis(sandbox.latency().callbacks())},
    })
}

fn millis(time: std::time::Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}
