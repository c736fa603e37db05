//! Audit log entries.

use serde_json::{Map, Value, json};

use crate::world::{AuditEntry, AuditOptions};

/// One entry (resources/audit-log, "Audit Log Entry Object").
pub(crate) fn audit_entry(entry: &AuditEntry) -> Value {
    let mut body = json!({
        "id": entry.id,
        "user_id": entry.by,
        "target_id": entry.target.map(|id| id.to_string()),
        "action_type": entry.action as u8,
    });
    if !entry.changes.is_empty() {
        let changes = entry.changes.iter().map(|change| {
            let mut line = json!({"key": change.key});
            if let Some(old) = &change.old {
                line["old_value"] = old.clone();
            }
            if let Some(new) = &change.new {
                line["new_value"] = new.clone();
            }
            line
        });
        body["changes"] = changes.collect();
    }
    if let Some(found) = &entry.options {
        body["options"] = options(found);
    }
    if let Some(reason) = &entry.reason {
        body["reason"] = json!(reason);
    }
    body
}

/// Every option is a string, numbers too.
fn options(options: &AuditOptions) -> Value {
    let mut map = Map::new();
    let mut put = |key: &str, value: Option<String>| {
        if let Some(value) = value {
            map.insert(key.to_owned(), Value::String(value));
        }
    };
    put("channel_id", options.channel.map(|id| id.to_string()));
    put("message_id", options.message.map(|id| id.to_string()));
    put("count", options.count.map(|count| count.to_string()));
    put("id", options.overwrite.map(|(id, _)| id.to_string()));
    put("type", options.overwrite.map(|(_, kind)| kind.to_string()));
    put("role_name", options.role_name.clone());
    Value::Object(map)
}
