//! Rows and buttons.

use serde_json::{Value, json};

use super::stage::{Stage, button, row};

#[tokio::test]
async fn a_click_reaches_the_bot_and_changes_the_message() {
    let stage = Stage::new().await;
    let message = stage
        .show(json!({"content": "Chess?", "components": [row(json!([button("join"), button("leave")]))]}))
        .await;
    assert_eq!(message.text(), "Chess?\n[join]\n[leave]");
    let reply = stage.bob.click(&message, "join");
    stage.answer(&reply, 7, json!({"content": "Chess: Bob", "components": []})).await;
    let now = reply.when(|message| message.content == "Chess: Bob").await.unwrap();
    assert!(now.buttons().is_empty());
    assert_eq!(now.id, message.id);
    // The old view is outdated: the button is not there any more.
    let late = stage.alice.click(&message, "join");
    assert_eq!(late.refusal(), Some("the message has no button join"));
}

#[tokio::test]
async fn people_cannot_click_what_they_cannot_see_or_what_is_disabled() {
    let stage = Stage::new().await;
    let off = json!({"type": 2, "style": 2, "label": "Off", "custom_id": "off", "disabled": true});
    let link = json!({"type": 2, "style": 5, "label": "Site", "url": "https://example.org"});
    let data =
        json!({"content": "x", "flags": 64, "components": [row(json!([button("on"), off, link]))]});
    let message = stage.show(data).await;
    assert!(message.ephemeral);
    assert_eq!(stage.alice.click(&message, "Off").refusal(), Some("Off is disabled"));
    assert_eq!(stage.alice.click(&message, "Site").refusal(), Some("Site opens a link"));
    assert_eq!(stage.bob.click(&message, "on").refusal(), Some("the message is gone"));
    assert!(stage.alice.click(&message, "on").id().is_some());
    assert_eq!(stage.bob.read(message.channel), []);
    assert_eq!(stage.alice.read(message.channel).len(), 1);
    let owner = stage.guild.owner();
    let open =
        stage.show(json!({"content": "x", "components": [row(json!([button("on")]))]})).await;
    owner.hide_channel(open.channel).unwrap();
    assert_eq!(stage.bob.click(&open, "on").refusal(), Some("the message is gone"));
}

#[tokio::test]
async fn broken_rows_and_buttons_are_refused_with_discords_errors() {
    let stage = Stage::new().await;
    let long = "x".repeat(101);
    let with = |change: Value| {
        let mut one = button("a");
        for (key, value) in change.as_object().unwrap() {
            one[key] = value.clone();
        }
        one
    };
    let no_id = json!({"type": 2, "style": 1, "label": "a"});
    let select = json!({"type": 5, "custom_id": "who"});
    let six = json!([button("1"), button("2"), button("3"), button("4"), button("5"), button("6")]);
    let at = "components.0.components.0";
    let cases = [
        (json!([row(json!([]))]), "components.0.components", "BASE_TYPE_BAD_LENGTH"),
        (json!([row(six)]), "components.0.components", "BASE_TYPE_BAD_LENGTH"),
        (
            json!([row(json!([button("a"), select]))]),
            "components.0.components.1",
            "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
        ),
        (json!([button("a")]), "components.0", "UNION_TYPE_CHOICES"),
        (json!([row(json!([{"type": 10, "content": "x"}]))]), at, "UNION_TYPE_CHOICES"),
        (
            json!([row(json!([{"style": 1}]))]),
            "components.0.components.0.type",
            "BASE_TYPE_REQUIRED",
        ),
        (json!([5]), "components.0", "DICT_TYPE_CONVERT"),
        (json!("row"), "components", "LIST_TYPE_CONVERT"),
        (
            json!([row(json!([no_id]))]),
            "components.0.components.0.custom_id",
            "BUTTON_COMPONENT_CUSTOM_ID_REQUIRED",
        ),
        (
            json!([row(json!([with(json!({"custom_id": long}))]))]),
            "components.0.components.0.custom_id",
            "BASE_TYPE_BAD_LENGTH",
        ),
        (
            json!([row(json!([with(json!({"label": long}))]))]),
            "components.0.components.0.label",
            "BASE_TYPE_MAX_LENGTH",
        ),
        (
            json!([row(json!([with(json!({"style": 9}))]))]),
            "components.0.components.0.style",
            "BASE_TYPE_CHOICES",
        ),
        (
            json!([row(json!([with(json!({"url": "https://x.org"}))]))]),
            at,
            "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE",
        ),
        (
            json!([row(json!([{"type": 2, "style": 5, "label": "x"}]))]),
            "components.0.components.0.url",
            "BASE_TYPE_REQUIRED",
        ),
        (
            json!([row(json!([{"type": 2, "style": 1, "custom_id": "x"}]))]),
            at,
            "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED",
        ),
        (
            json!([row(json!([with(json!({"emoji": {"name": "chess"}}))]))]),
            "components.0.components.0.emoji",
            "BUTTON_COMPONENT_INVALID_EMOJI",
        ),
        (
            json!([row(json!([button("a")])), row(json!([with(json!({"disabled": true}))]))]),
            "components.1.components.0.custom_id",
            "COMPONENT_CUSTOM_ID_DUPLICATED",
        ),
        (
            json!([row(json!([with(json!({"id": 7}))])), {"type": 1, "id": 7, "components": [button("b")]}]),
            "components.1.id",
            "COMPONENT_ID_DUPLICATED",
        ),
    ];
    for (components, path, code) in cases {
        stage.refused(4, json!({"content": "x", "components": components}), path, code).await;
    }
    let rows: Vec<_> = (0..6).map(|at| row(json!([button(&at.to_string())]))).collect();
    stage.refused(4, json!({"components": rows}), "components", "BASE_TYPE_MAX_LENGTH").await;
}

#[tokio::test]
async fn channel_messages_obey_the_same_rules() {
    let stage = Stage::new().await;
    let channel = stage.guild.channel_id("general");
    let path = format!("/channels/{channel}/messages");
    let twice = json!({"content": "x", "components": [row(json!([button("a"), button("a")]))]});
    let (status, body) = stage.rest("POST", &path, &twice).await;
    assert_eq!(status, 400);
    let at = "components.0.components.1.custom_id";
    assert_eq!(super::stage::leaf(&body, at), "COMPONENT_CUSTOM_ID_DUPLICATED");
    let good = json!({"content": "x", "components": [row(json!([button("a")]))]});
    let (_, body) = stage.rest("POST", &path, &good).await;
    assert_eq!(body["components"][0]["components"][0]["id"], 2);
    let one = format!("{path}/{}", body["id"].as_str().unwrap());
    let (status, _) = stage.rest("PATCH", &one, &twice).await;
    assert_eq!(status, 400);
}
