//! Ids and permissions are strings (reference, "ID Serialization"; topics/permissions), also where the description
//! says nothing: JavaScript cannot hold them as numbers.

use serde_json::Value;

use crate::finding::{Finding, Rule};

/// Keys that hold sets of permissions.
const PERMISSIONS: [&str; 5] =
    ["permissions", "allow", "deny", "app_permissions", "default_member_permissions"];

/// Adds a finding for each number where a string belongs.
pub(crate) fn check(value: &Value, findings: &mut Vec<Finding>) {
    walk(value, &mut String::new(), findings);
}

fn walk(value: &Value, at: &mut String, findings: &mut Vec<Finding>) {
    let length = at.len();
    match value {
        Value::Object(members) => {
            for (key, inner) in members {
                at.push('/');
                at.push_str(key);
                if inner.is_number() && must_be_string(key, inner) {
                    findings.push(Finding::new(Rule::Strings, at.clone(), inner.to_string()));
                }
                walk(inner, at, findings);
                at.truncate(length);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                at.push('/');
                at.push_str(&index.to_string());
                walk(item, at, findings);
                at.truncate(length);
            }
        }
        _ => {}
    }
}

/// The `id` of a component is a 32-bit number.
fn must_be_string(key: &str, number: &Value) -> bool {
    let small = number.as_u64().is_some_and(|number| u32::try_from(number).is_ok());
    PERMISSIONS.contains(&key) || key.ends_with("_id") || (key == "id" && !small)
}
