//! Embed limits (resources/message, "Embed Limits").

use serde_json::{Value, json};

use crate::rest::{Field, Form};

/// Embeds of one message.
const MAX_EMBEDS: usize = 10;

/// Characters over all embeds of a message.
const MAX_TOTAL: usize = 6_000;

/// Reads `embeds`, as answers show them: each with the type `rich`.
pub(super) fn read(form: &mut Form<'_>) -> Field<Vec<Value>> {
    let mut total = 0;
    let read = form.list("embeds", MAX_EMBEDS, |form| {
        total += embed(form);
    });
    if total > MAX_TOTAL {
        let message = "Embed size exceeds maximum size of 6000";
        form.fail("embeds", "MAX_EMBED_SIZE_EXCEEDED", message);
    }
    let Field::Value(_) = read else { return read.map(|_| Vec::new()) };
    form.raw("embeds").map(|list| {
        let mut list = list.as_array().cloned().unwrap_or_default();
        for embed in list.iter_mut().filter_map(Value::as_object_mut) {
            embed.insert(String::from("type"), json!("rich"));
            embed.retain(|_, value| !value.is_null());
            for field in embed.get_mut("fields").and_then(Value::as_array_mut).into_iter().flatten()
            {
                if field["inline"].is_null() {
                    field["inline"] = json!(false);
                }
            }
        }
        list
    })
}

/// Checks one embed and says how many characters count towards the total.
fn embed(form: &mut Form<'_>) -> usize {
    form.ignore(&["type", "timestamp", "provider", "video", "flags"]);
    form.text("url", 0..=2_048);
    form.int("color", 0..=0x00ff_ffff);
    for key in ["image", "thumbnail"] {
        form.object(key, |form| {
            form.ignore(&["proxy_url", "height", "width", "placeholder", "placeholder_version"]);
            form.ignore(&["description", "flags", "content_type", "is_animated"]);
            let url = form.text("url", 0..=2_048);
            form.required("url", url);
        });
    }
    let mut total = counted(form, "title", 256) + counted(form, "description", 4_096);
    let author = form.object("author", |form| {
        form.ignore(&["url", "icon_url", "proxy_icon_url"]);
        counted(form, "name", 256)
    });
    let footer = form.object("footer", |form| {
        form.ignore(&["icon_url", "proxy_icon_url"]);
        counted(form, "text", 2_048)
    });
    let fields = form.list("fields", 25, |form| {
        form.boolean("inline");
        required(form, "name", 256) + required(form, "value", 1_024)
    });
    total += author.value().unwrap_or(0) + footer.value().unwrap_or(0);
    total + fields.value().map_or(0, |fields| fields.iter().sum())
}

/// Blanks at the ends do not count.
fn counted(form: &mut Form<'_>, key: &'static str, max: usize) -> usize {
    form.text(key, 0..=max).value().map_or(0, |text| text.trim().chars().count())
}

fn required(form: &mut Form<'_>, key: &'static str, max: usize) -> usize {
    let text = form.text(key, 0..=max);
    let text = form.required(key, text);
    let count = text.trim().chars().count();
    if count == 0 {
        form.fail(key, "BASE_TYPE_REQUIRED", "This field is required");
    }
    count
}
