//! Files that come with answers: shown, served, replaced and dropped.

use sandbox::actor::{First, MessageView, Reply};
use serde_json::{Value, json};

use super::stage::{Stage, button, row};
use crate::http::{self, raw};

/// The start of a PNG of 2 × 3 pixels; more of it nobody reads.
const PICTURE: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x02\0\0\0\x03";

/// Sends a body with one file along.
async fn upload(stage: &Stage, method: &str, path: &str, body: &Value, file: &[u8]) -> u16 {
    let mut form = format!(
        "--B\r\nContent-Disposition: form-data; name=\"payload_json\"\r\nContent-Type: application/json\r\n\r\n\
         {body}\r\n--B\r\nContent-Disposition: form-data; name=\"files[0]\"; filename=\"day 1.png\"\r\n\r\n"
    )
    .into_bytes();
    form.extend_from_slice(file);
    form.extend_from_slice(b"\r\n--B--\r\n");
    let headers = [("content-type", "multipart/form-data; boundary=B")];
    raw(&stage.sandbox, method, &format!("/api/v10{path}"), &headers, &form).await.status
}

fn callback(stage: &Stage, reply: &Reply) -> String {
    format!("/interactions/{}/{}/callback", reply.id().unwrap(), stage.token(reply))
}

/// A page with a picture and a button.
fn page() -> Value {
    let media = json!({"media": {"url": "attachment://day_1.png"}, "description": "a day"});
    json!({
        "flags": 1 << 15 | 1 << 6,
        "components": [{"type": 12, "items": [media]}, row(json!([button("next")]))],
        "attachments": [{"id": 0, "filename": "day_1.png"}],
    })
}

/// The picture's item in the gallery.
fn media(view: &MessageView) -> &Value {
    &view.components[0]["items"][0]["media"]
}

/// What is at an address of the sandbox.
async fn fetch(stage: &Stage, url: &str) -> http::Answer {
    let path = url.strip_prefix(&stage.sandbox.origin()).unwrap();
    raw(&stage.sandbox, "GET", path, &[], b"").await
}

#[tokio::test]
async fn an_answer_shows_a_file_and_the_next_one_replaces_it() {
    let stage = Stage::new().await;
    let reply = stage.ping();
    let first = json!({"type": 4, "data": page()});
    assert_eq!(upload(&stage, "POST", &callback(&stage, &reply), &first, PICTURE).await, 204);
    let First::Message(shown) = reply.first().await else { panic!("no message") };
    assert_eq!(shown.attachments.len(), 1);
    assert_eq!(shown.attachments[0].content_type.as_deref(), Some("image/png"));
    assert_eq!((&media(&shown)["width"], &media(&shown)["height"]), (&json!(2), &json!(3)));
    assert_eq!(media(&shown)["attachment_id"], json!(shown.attachments[0].id));
    let url = media(&shown)["url"].as_str().unwrap();
    let served = fetch(&stage, url).await;
    assert_eq!((served.status, served.header("content-type")), (200, Some("image/png")));
    assert_eq!(served.header("x-content-type-options"), Some("nosniff"));

    // The button's answer takes its place.
    let click = stage.alice.click(&shown, "next");
    let next = json!({"type": 7, "data": page()});
    assert_eq!(upload(&stage, "POST", &callback(&stage, &click), &next, PICTURE).await, 204);
    let First::Updated(updated) = click.first().await else { panic!("no update") };
    assert_eq!((updated.id, updated.attachments.len()), (shown.id, 1));
    assert_ne!(media(&updated)["url"], media(&shown)["url"]);
    assert_eq!(fetch(&stage, url).await.status, 404);

    // A page without it says so.
    let click = stage.alice.click(&updated, "next");
    let words = json!({"components": [{"type": 10, "content": "words"}], "attachments": []});
    assert_eq!(stage.answer(&click, 7, words).await.0, 204);
    let First::Updated(last) = click.first().await else { panic!("no update") };
    assert!(last.attachments.is_empty());
}

#[tokio::test]
async fn a_file_comes_after_thinking_too() {
    let stage = Stage::new().await;
    let reply = stage.ping();
    assert_eq!(stage.answer(&reply, 5, json!({"flags": 64})).await.0, 204);
    let (application, token) = (stage.sandbox.application_id(), stage.token(&reply));
    let path = format!("/webhooks/{application}/{token}/messages/@original");
    assert_eq!(upload(&stage, "PATCH", &path, &page(), PICTURE).await, 200);
    let shown = reply.settled().await.unwrap();
    assert_eq!(fetch(&stage, media(&shown)["url"].as_str().unwrap()).await.status, 200);
}

#[tokio::test]
async fn what_is_no_picture_is_never_opened_in_a_browser() {
    let stage = Stage::new().await;
    let reply = stage.ping();
    let body = json!({"type": 4, "data": {"content": "look"}});
    let script = b"<script>steal()</script>";
    assert_eq!(upload(&stage, "POST", &callback(&stage, &reply), &body, script).await, 204);
    let (_, message) = stage.webhook(&reply, "GET", "/messages/@original", Value::Null).await;
    let url = message["attachments"][0]["url"].as_str().unwrap();
    let served = fetch(&stage, url).await;
    assert_eq!(served.header("content-disposition"), Some("attachment"));
    assert_eq!(served.header("content-type"), Some("application/octet-stream"));
    // Without its message it is gone.
    stage.webhook(&reply, "DELETE", "/messages/@original", Value::Null).await;
    assert_eq!(fetch(&stage, url).await.status, 404);
}
