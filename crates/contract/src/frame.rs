//! Judging a gateway frame. The published description has no schema for the gateway; `data/gateway.json` says of
//! which parts of it each frame and event consists.

use serde_json::Value;

use crate::finding::{Finding, Rule};
use crate::known;
use crate::schemas::{Reading, Schemas};
use crate::strings;

/// Documented frames that twilight 0.18 cannot read all the same.
fn is_beyond_twilight(name: &str, data: &Value) -> bool {
    match name {
        // Documented since August 2025; twilight wants its metadata under the name of a Rust variant.
        "RATE_LIMITED" => true,
        // Documented without a guild in private messages; twilight insists on one.
        "MESSAGE_REACTION_REMOVE_EMOJI" => data.get("guild_id").is_none(),
        _ => false,
    }
}

/// What a frame was and what is wrong with it.
#[derive(Debug)]
pub struct Frame {
    /// The event's name, or `op N`.
    pub name: String,
    /// Everything wrong with it.
    pub findings: Vec<Finding>,
}

pub(crate) fn judge(schemas: &Schemas, text: &str) -> Frame {
    let Ok(value) = serde_json::from_str::<Value>(text) else {
        let findings = vec![Finding::new(Rule::Frame, "", "no JSON")];
        return Frame { name: String::from("frame"), findings };
    };
    let op = value.get("op").and_then(Value::as_u64).unwrap_or(u64::MAX);
    let event = value.get("t").and_then(Value::as_str);
    let (name, schema) = match (op, event) {
        (0, Some(event)) => (event.to_owned(), format!("/gateway/events/{event}")),
        _ => (format!("op {op}"), format!("/gateway/frames/{op}")),
    };
    let mut findings = Vec::new();
    let data = value.get("d").unwrap_or(&Value::Null);
    if schemas.get(&schema).is_some() {
        let failed = schemas.check(Reading::Open, &schema, data);
        findings.extend(failed.into_iter().map(|(at, why)| Finding::new(Rule::Frame, at, why)));
    } else {
        findings.push(Finding::new(Rule::Frame, "", "not described in data/gateway.json"));
    }
    strings::check(data, &mut findings);
    if !is_beyond_twilight(&name, data) {
        match known::read(text) {
            Ok(true) => {}
            Ok(false) => {
                findings.push(Finding::new(Rule::Client, "", "something unknown to twilight"));
            }
            Err(why) => findings.push(Finding::new(Rule::Client, "", why)),
        }
    }
    Frame { name, findings }
}
