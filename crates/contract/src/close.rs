//! The closed reading of the description: an object has the keys that are listed and no others.
//!
//! JSON Schema lets an object have any further key, so a misspelt optional key would never be noticed.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

/// Closes every object below `value`, whose pointer is `at`. `allowed` are further keys by pointer.
pub(crate) fn close(value: &mut Value, at: &str, allowed: &BTreeMap<String, Vec<String>>) {
    match value {
        Value::Object(object) => {
            for (key, inner) in object.iter_mut() {
                let key = key.replace('~', "~0").replace('/', "~1");
                close(inner, &format!("{at}/{key}"), allowed);
            }
            if object.get("properties").is_some_and(Value::is_object) && is_schema(object) {
                shut(object, allowed.get(at).map_or(&[], Vec::as_slice));
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter_mut().enumerate() {
                close(item, &format!("{at}/{index}"), allowed);
            }
        }
        _ => {}
    }
}

/// A schema with properties, not a property that happens to be called `properties`.
fn is_schema(object: &Map<String, Value>) -> bool {
    match object.get("type") {
        Some(Value::String(kind)) => kind == "object",
        Some(Value::Array(kinds)) => kinds.iter().any(|kind| kind == "object"),
        _ => false,
    }
}

fn shut(object: &mut Map<String, Value>, further: &[String]) {
    object.entry("additionalProperties").or_insert(Value::Bool(false));
    if let Some(Value::Object(properties)) = object.get_mut("properties") {
        for key in further {
            properties.entry(key.clone()).or_insert(json!(true));
        }
    }
}
