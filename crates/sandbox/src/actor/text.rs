//! Flattening messages to text.

use serde_json::Value;

use crate::components::{kind, text, walk};

pub(super) fn flatten(content: &str, embeds: &[Value], components: &[Value]) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut push = |line: &str| {
        if !line.is_empty() {
            lines.push(line.to_owned());
        }
    };
    push(content);
    for embed in embeds {
        push(embed.get("author").map_or("", |author| text(author, "name")));
        push(text(embed, "title"));
        push(text(embed, "description"));
        for field in embed.get("fields").and_then(Value::as_array).into_iter().flatten() {
            push(&format!("{}: {}", text(field, "name"), text(field, "value")));
        }
        push(embed.get("footer").map_or("", |footer| text(footer, "text")));
    }
    walk(components, &mut |component| match kind(component) {
        2 => push(&format!("[{}]", caption(component))),
        3 | 5..=8 => push(&format!("[{} ▾]", text(component, "placeholder"))),
        10 => push(text(component, "content")),
        18 => push(text(component, "label")),
        _ => {}
    });
    lines.join("\n")
}

/// Emoji and label of a button or option, as shown.
pub(super) fn caption(component: &Value) -> String {
    let emoji = component.get("emoji").map_or("", |emoji| text(emoji, "name"));
    let parts = [emoji, text(component, "label")];
    let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(" ")
}
