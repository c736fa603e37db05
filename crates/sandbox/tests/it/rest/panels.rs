//! Panels made of components (Components V2).

use serde_json::{Value, json};

use super::client::{Api, USUAL};

const V2: u64 = 1 << 15;

fn panel(text: &str) -> Value {
    json!([{"type": 17, "accent_color": 255, "components": [
        {"type": 10, "content": text},
        {"type": 14},
        {"type": 1, "components": [{"type": 2, "style": 1, "label": "Join", "custom_id": "join"}]},
    ]}])
}

#[tokio::test]
async fn a_panel_is_posted_and_edited() {
    let api = Api::club(USUAL).await;
    let path = format!("{}/messages", api.general());
    let body =
        json!({"flags": V2, "components": panel("Table 1"), "allowed_mentions": {"parse": []}});
    let made = api.post(&path, body).await.ok();
    assert_eq!((&made["flags"], &made["content"]), (&json!(V2), &json!("")));
    assert_eq!(made["components"][0]["components"][0]["id"], 2, "every component has an id");
    let one = format!("{path}/{}", made["id"].as_str().unwrap());
    let edited = api.patch(&one, json!({"components": panel("Table 2")})).await.ok();
    assert_eq!(edited["components"][0]["components"][0]["content"], "Table 2");
    assert_eq!(edited["flags"], json!(V2));
    let with_flag = api.patch(&one, json!({"flags": V2, "components": panel("Table 3")})).await;
    assert_eq!(with_flag.status, 200);
    assert!(api.sandbox.violations().is_empty(), "{:?}", api.sandbox.violations());
}

#[tokio::test]
async fn panels_have_no_content_and_stay_panels() {
    let api = Api::club(USUAL).await;
    let path = format!("{}/messages", api.general());
    let legacy = "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2";
    let with_text = json!({"flags": V2, "content": "x", "components": panel("t")});
    assert_eq!(api.post(&path, with_text).await.field("content"), legacy);
    let with_embed = json!({"flags": V2, "embeds": [{"title": "x"}], "components": panel("t")});
    assert_eq!(api.post(&path, with_embed).await.field("embeds"), legacy);
    assert_eq!(api.post(&path, json!({"flags": V2})).await.refusal(), (400, 50_006));
    let no_flag = api.post(&path, json!({"components": panel("t")})).await;
    assert_eq!(no_flag.field("components.0"), "UNION_TYPE_CHOICES");
    let id = api.post(&path, json!({"flags": V2, "components": panel("t")})).await.id();
    let one = format!("{path}/{id}");
    assert_eq!(api.patch(&one, json!({"content": "x"})).await.field("content"), legacy);
    assert_eq!(api.patch(&one, json!({"flags": 0})).await.refusal(), (400, 50_035));
    assert_eq!(api.patch(&one, json!({"components": []})).await.refusal(), (400, 50_006));
}

#[tokio::test]
async fn an_old_message_becomes_a_panel_only_without_its_text() {
    let api = Api::club(USUAL).await;
    let path = format!("{}/messages", api.general());
    let id = api.post(&path, json!({"content": "old"})).await.id();
    let one = format!("{path}/{id}");
    let half = api.patch(&one, json!({"flags": V2, "components": panel("t")})).await;
    assert_eq!(half.refusal(), (400, 50_035));
    let whole = json!({"flags": V2, "content": null, "components": panel("t")});
    let whole = api.patch(&one, whole).await.ok();
    assert_eq!((&whole["content"], &whole["flags"]), (&json!(""), &json!(V2)));
}

#[tokio::test]
async fn text_displays_mention() {
    let api = Api::club(USUAL).await;
    let alice = api.guild.actor("Alice").id();
    let path = format!("{}/messages", api.general());
    let text = format!("Your turn, <@{alice}>");
    let loud = json!({"flags": V2, "components": panel(&text)});
    assert_eq!(api.post(&path, loud).await.ok()["mentions"][0]["id"], json!(alice));
    let quiet = json!({"flags": V2, "components": panel(&text), "allowed_mentions": {"parse": []}});
    assert_eq!(api.post(&path, quiet).await.ok()["mentions"], json!([]));
}
