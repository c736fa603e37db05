//! Defaults that answers and events show although the bot left them out (components/reference).

use serde_json::{Map, Value, json};

use super::tree;

/// Fills in defaults and numbers everything.
pub(super) fn defaults(components: &mut [Value]) {
    for component in &mut *components {
        fill(component);
    }
    crate::world::number_components(components);
}

fn fill(component: &mut Value) {
    let kind = tree::kind(component);
    let Some(map) = component.as_object_mut() else { return };
    match kind {
        3 | 5..=8 => set(map, &[("min_values", json!(1)), ("max_values", json!(1))]),
        11 => set(map, &[("description", Value::Null), ("spoiler", json!(false))]),
        13 => set(map, &[("name", json!("file")), ("size", json!(0)), ("spoiler", json!(false))]),
        14 => set(map, &[("divider", json!(true)), ("spacing", json!(1))]),
        17 => set(map, &[("accent_color", Value::Null), ("spoiler", json!(false))]),
        12 => {
            let items = map.get_mut("items").and_then(Value::as_array_mut);
            for item in items.into_iter().flatten().filter_map(Value::as_object_mut) {
                set(item, &[("description", Value::Null), ("spoiler", json!(false))]);
                unfurl(item, "media");
            }
        }
        _ => {}
    }
    unfurl(map, "media");
    unfurl(map, "file");
    for key in tree::NESTS {
        match map.get_mut(key) {
            Some(Value::Array(children)) => children.iter_mut().for_each(fill),
            Some(child @ Value::Object(_)) => fill(child),
            _ => {}
        }
    }
}

/// A picture or file as answers show it. The sandbox fetches nothing, so there are no sizes.
fn unfurl(map: &mut Map<String, Value>, key: &str) {
    let Some(media) = map.get_mut(key).and_then(Value::as_object_mut) else { return };
    let url = media.get("url").cloned().unwrap_or_default();
    set(media, &[("id", json!("0")), ("proxy_url", url)]);
}

fn set(map: &mut Map<String, Value>, defaults: &[(&str, Value)]) {
    for (key, value) in defaults {
        map.entry(*key).or_insert_with(|| value.clone());
    }
}
