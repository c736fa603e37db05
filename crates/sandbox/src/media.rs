//! Files that came with messages: where they are, and what components say of them.
//!
//! Discord serves them at `cdn.discordapp.com`, the sandbox at its own address. Whoever has the URL may have the file,
//! there as here.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::{
    CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS,
};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value, json};

use crate::id::{AttachmentId, ChannelId};
use crate::sandbox::Sandbox;
use crate::world::Attachment;

/// How a component names a file of its own message (reference, "Using Attachments within Components").
const OWN: &str = "attachment://";

const PATH: &str = "/attachments/";

/// What a PNG begins with; its size follows as two numbers of 32 bits, behind the length and name of its first chunk.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

pub(crate) fn router() -> Router<Sandbox> {
    Router::new().route("/attachments/{channel}/{attachment}/{name}", get(serve))
}

/// Width and height of a PNG; none for anything else.
pub(crate) fn png_size(content: &[u8]) -> Option<(u32, u32)> {
    let rest = content.strip_prefix(PNG)?;
    let number = |at: usize| {
        let bytes = rest.get(at..at + 4)?;
        Some(u32::from_be_bytes(bytes.try_into().ok()?))
    };
    (rest.get(4..8)? == b"IHDR").then_some((number(8)?, number(12)?))
}

/// Where a file is.
pub(crate) fn url(origin: &str, channel: ChannelId, file: &Attachment) -> String {
    let name = utf8_percent_encode(&file.filename, NON_ALPHANUMERIC).to_string();
    // As Discord writes them: what is usual in names stays readable.
    let name = name.replace("%2E", ".").replace("%5F", "_").replace("%2D", "-");
    format!("{origin}{PATH}{channel}/{}/{name}", file.id)
}

/// Puts the files' addresses in place of `attachment://…`, with what is known of them.
pub(crate) fn resolve(
    components: &mut [Value],
    origin: &str,
    channel: ChannelId,
    files: &[Attachment],
) {
    each_media(components, &mut |media| {
        let named = media.get("url").and_then(Value::as_str).and_then(|url| url.strip_prefix(OWN));
        let Some(file) = named.and_then(|name| files.iter().find(|one| one.filename == name))
        else {
            return;
        };
        let url = url(origin, channel, file);
        media.insert(String::from("proxy_url"), json!(url));
        media.insert(String::from("url"), json!(url));
        media.insert(String::from("attachment_id"), json!(file.id));
        media.insert(String::from("content_type"), json!(file.content_type));
        if let Some((width, height)) = png_size(&file.content) {
            media.insert(String::from("width"), json!(width));
            media.insert(String::from("height"), json!(height));
        }
    });
}

/// The components for a page, which may have come here by another name than ours: addresses of files without an origin.
pub(crate) fn below(origin: &str, components: &[Value]) -> Vec<Value> {
    let mut components = components.to_vec();
    each_media(&mut components, &mut |media| {
        let url = media.get("url").and_then(Value::as_str);
        let path = url.and_then(|url| url.strip_prefix(origin));
        if let Some(path) = path.filter(|path| path.starts_with(PATH)).map(ToOwned::to_owned) {
            media.insert(String::from("url"), json!(path));
        }
    });
    components
}

/// Every unfurled media item in a tree.
fn each_media(values: &mut [Value], change: &mut impl FnMut(&mut Map<String, Value>)) {
    for map in values.iter_mut().filter_map(Value::as_object_mut) {
        for key in ["media", "file"] {
            if let Some(media) = map.get_mut(key).and_then(Value::as_object_mut) {
                change(media);
            }
        }
        for key in ["components", "items", "accessory"] {
            match map.get_mut(key) {
                Some(Value::Array(children)) => each_media(children, change),
                Some(child @ Value::Object(_)) => each_media(std::slice::from_mut(child), change),
                _ => {}
            }
        }
    }
}

/// A file. Nothing but a picture is shown in a browser, and nothing in it runs: it would run where the control API is.
async fn serve(
    State(sandbox): State<Sandbox>,
    Path((channel, attachment, _)): Path<(ChannelId, AttachmentId, String)>,
) -> Response {
    let found = {
        let world = sandbox.world();
        let messages = world.messages.get(&channel).into_iter().flat_map(|all| all.values());
        let mut files = messages.flat_map(|message| &message.attachments);
        files.find(|file| file.id == attachment).cloned()
    };
    let Some(file) = found else {
        return (StatusCode::NOT_FOUND, "This content is no longer available.").into_response();
    };
    let is_picture = png_size(&file.content).is_some();
    let headers = [
        (CONTENT_TYPE, if is_picture { "image/png" } else { "application/octet-stream" }),
        (CONTENT_DISPOSITION, if is_picture { "inline" } else { "attachment" }),
        (CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, file.content).into_response()
}
