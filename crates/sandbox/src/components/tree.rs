//! Walking a tree of components.

use serde_json::Value;

/// Where components hold others.
pub(super) const NESTS: [&str; 3] = ["components", "accessory", "component"];

/// Every component, parents before children, in reading order.
pub(crate) fn walk<'a>(components: &'a [Value], visit: &mut impl FnMut(&'a Value)) {
    for component in components {
        visit(component);
        for key in NESTS {
            match component.get(key) {
                Some(Value::Array(children)) => walk(children, visit),
                Some(child @ Value::Object(_)) => walk(std::slice::from_ref(child), visit),
                _ => {}
            }
        }
    }
}

/// The first component that fits.
pub(crate) fn find<'a>(
    components: &'a [Value],
    fits: impl Fn(&'a Value) -> bool,
) -> Option<&'a Value> {
    let mut found = None;
    walk(components, &mut |component| {
        if found.is_none() && fits(component) {
            found = Some(component);
        }
    });
    found
}

/// A component's type; 0 when it has none.
pub(crate) fn kind(component: &Value) -> u64 {
    component.get("type").and_then(Value::as_u64).unwrap_or_default()
}

/// A text field; empty when absent.
pub(crate) fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}
