//! The reviewed corrections: where the published description and documented behaviour differ.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value};

/// The file, one correction and one reason a line.
const FILE: &str = include_str!("../data/overlay.json");

/// One correction.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Correction {
    /// JSON pointers into the document.
    pub(crate) at: Vec<String>,
    /// What stands there instead. Keys of an object that is there already are set one by one.
    #[serde(default)]
    pub(crate) put: Option<Value>,
    /// Keys that the object there may have besides its own when unknown keys are looked for.
    #[serde(default)]
    pub(crate) allow: Vec<String>,
    #[serde(default)]
    pub(crate) why: String,
}

/// The corrections of the project.
pub(crate) fn ours() -> Result<Vec<Correction>, serde_json::Error> {
    serde_json::from_str(FILE)
}

/// Applies them. Returns the keys that closed objects may have besides their own, by pointer. A correction that
/// has nothing to correct any more is an error: the document has moved on.
pub(crate) fn apply(
    document: &mut Value,
    corrections: &[Correction],
) -> Result<BTreeMap<String, Vec<String>>, String> {
    let mut allowed = BTreeMap::new();
    for correction in corrections {
        if correction.why.trim().is_empty() {
            return Err(format!("no reason given for {:?}", correction.at));
        }
        for at in &correction.at {
            if let Some(value) = &correction.put {
                put(document, at, value)?;
            }
            if !correction.allow.is_empty() {
                if document.pointer(at).is_none() {
                    return Err(format!("nothing at {at}"));
                }
                allowed
                    .entry(at.clone())
                    .or_insert_with(Vec::new)
                    .extend(correction.allow.iter().cloned());
            }
        }
    }
    Ok(allowed)
}

fn put(document: &mut Value, at: &str, value: &Value) -> Result<(), String> {
    if let (Some(Value::Object(there)), Value::Object(new)) = (document.pointer_mut(at), value) {
        merge(there, new);
        return Ok(());
    }
    let (parent, key) = at.rsplit_once('/').ok_or_else(|| format!("no pointer: {at}"))?;
    let key = key.replace("~1", "/").replace("~0", "~");
    match document.pointer_mut(parent) {
        Some(Value::Object(parent)) => {
            parent.insert(key, value.clone());
            Ok(())
        }
        Some(Value::Array(parent)) => {
            let place = key.parse::<usize>().ok().and_then(|index| parent.get_mut(index));
            *place.ok_or_else(|| format!("nothing at {at}"))? = value.clone();
            Ok(())
        }
        _ => Err(format!("nothing at {parent}")),
    }
}

/// Null takes a key away.
fn merge(there: &mut Map<String, Value>, new: &Map<String, Value>) {
    for (key, value) in new {
        if value.is_null() {
            there.remove(key);
        } else {
            there.insert(key.clone(), value.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn correction(value: Value) -> Vec<Correction> {
        vec![serde_json::from_value(value).unwrap()]
    }

    #[test]
    fn every_correction_of_ours_has_a_reason() {
        for correction in ours().unwrap() {
            assert!(correction.why.len() > 20, "{:?}", correction.at);
            assert!(correction.put.is_some() || !correction.allow.is_empty());
        }
    }

    #[test]
    fn a_correction_sets_keys_and_takes_them_away() {
        let mut document = json!({"a": {"type": "integer", "minimum": 0}});
        let new = correction(
            json!({"at": ["/a"], "put": {"type": "string", "minimum": null}, "why": "x"}),
        );
        apply(&mut document, &new).unwrap();
        assert_eq!(document, json!({"a": {"type": "string"}}));
    }

    #[test]
    fn a_correction_of_nothing_is_an_error() {
        let mut document = json!({});
        let new = correction(json!({"at": ["/gone/key"], "put": {}, "why": "x"}));
        assert_eq!(apply(&mut document, &new).unwrap_err(), "nothing at /gone");
        let new = correction(json!({"at": ["/gone"], "allow": ["key"], "why": "x"}));
        assert_eq!(apply(&mut document, &new).unwrap_err(), "nothing at /gone");
    }

    #[test]
    fn a_correction_without_a_reason_is_an_error() {
        let mut document = json!({"a": 1});
        let new = correction(json!({"at": ["/a"], "put": 2}));
        assert!(apply(&mut document, &new).is_err());
    }
}
