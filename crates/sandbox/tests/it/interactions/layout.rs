//! Messages made of components (the flag IS_COMPONENTS_V2).

use serde_json::{Value, json};

use super::stage::{Stage, button, leaf, row, v2};

fn text(content: &str) -> Value {
    json!({"type": 10, "content": content})
}

#[tokio::test]
async fn a_panel_of_all_parts_is_shown_and_read() {
    let stage = Stage::new().await;
    let picture = json!({"media": {"url": "https://example.org/a.png"}, "description": "A board"});
    let mut thumbnail = picture.clone();
    thumbnail["type"] = json!(11);
    let panel = json!({"type": 17, "accent_color": 0x00ff_0000, "components": [
        text("# Games"),
        {"type": 9, "components": [text("Chess"), text("3/4")], "accessory": button("join")},
        {"type": 9, "components": [text("Go")], "accessory": thumbnail},
        {"type": 14, "spacing": 2},
        {"type": 12, "items": [picture]},
        row(json!([button("create"), button("delete")])),
    ]});
    let view = stage.show(v2(json!([panel, text("bye")]))).await;
    assert_eq!(view.text(), "# Games\nChess\n3/4\n[join]\nGo\n[create]\n[delete]\nbye");
    assert_eq!(view.component_kinds(), [17, 10, 9, 10, 10, 2, 9, 10, 11, 14, 12, 1, 2, 2, 10]);
    // Everything is numbered and the documented defaults are filled in.
    assert_eq!(view.components[0]["id"], 1);
    assert_eq!(view.components[0]["spoiler"], false);
    assert_eq!(view.components[0]["components"][3]["divider"], true);
    assert_eq!(view.component("join").unwrap()["id"], 6);
    assert!(stage.bob.click(&view, "join").id().is_some());
}

#[tokio::test]
async fn forty_components_and_four_thousand_characters_are_the_limit() {
    let stage = Stage::new().await;
    let many = |count: usize| v2((0..count).map(|_| text("x")).collect());
    assert_eq!(stage.show(many(40)).await.component_kinds().len(), 40);
    let code = "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED";
    stage.refused(4, many(41), "components", code).await;
    // Nested ones count too.
    let rows: Vec<_> = (0..14)
        .map(|at| row(json!([button(&format!("a{at}")), button(&format!("b{at}"))])))
        .collect();
    stage.refused(4, v2(json!(rows)), "components", code).await;
    let half = "x".repeat(2000);
    stage.show(v2(json!([text(&half), text(&half)]))).await;
    let code = "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED";
    stage.refused(4, v2(json!([text(&half), text(&half), text("x")])), "components", code).await;
}

#[tokio::test]
async fn the_old_fields_do_not_go_with_it() {
    let stage = Stage::new().await;
    let code = "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2";
    for (key, value) in [
        ("content", json!("x")),
        ("embeds", json!([{"title": "x"}])),
        ("poll", json!({"question": {"text": "?"}})),
    ] {
        let mut data = v2(json!([text("x")]));
        data[key] = value;
        stage.refused(4, data, key, code).await;
    }
    // Without the flag the new parts are refused.
    stage
        .refused(4, json!({"components": [text("x")]}), "components.0", "UNION_TYPE_CHOICES")
        .await;
    let (status, body) = stage.answer(&stage.ping(), 4, json!({"flags": 1 << 15})).await;
    assert_eq!((status, &body["code"]), (400, &json!(50006)));
}

#[tokio::test]
async fn broken_parts_are_refused_with_discords_errors() {
    let stage = Stage::new().await;
    let four = json!([text("a"), text("b"), text("c"), text("d")]);
    let media = |url: &str| json!({"media": {"url": url}});
    let eleven: Vec<_> = (0..11).map(|_| media("https://example.org")).collect();
    let file = json!({"type": 13, "file": {"url": "https://example.org"}});
    let cases = [
        (text(""), "components.0.content", "BASE_TYPE_BAD_LENGTH"),
        (json!({"type": 10}), "components.0.content", "BASE_TYPE_REQUIRED"),
        (
            json!({"type": 9, "components": four, "accessory": button("a")}),
            "components.0.components",
            "BASE_TYPE_BAD_LENGTH",
        ),
        (
            json!({"type": 9, "components": [text("a")]}),
            "components.0.accessory",
            "BASE_TYPE_REQUIRED",
        ),
        (
            json!({"type": 9, "components": [text("a")], "accessory": text("b")}),
            "components.0.accessory",
            "UNION_TYPE_CHOICES",
        ),
        (json!({"type": 12, "items": []}), "components.0.items", "BASE_TYPE_BAD_LENGTH"),
        (json!({"type": 12, "items": eleven}), "components.0.items", "BASE_TYPE_BAD_LENGTH"),
        (
            json!({"type": 12, "items": [media("ftp://x")]}),
            "components.0.items.0.media.url",
            "URL_TYPE_INVALID_SCHEME",
        ),
        (file, "components.0.file.url", "URL_TYPE_INVALID_SCHEME"),
        (json!({"type": 14, "spacing": 3}), "components.0.spacing", "BASE_TYPE_CHOICES"),
        (json!({"type": 17, "components": []}), "components.0.components", "BASE_TYPE_BAD_LENGTH"),
        (
            json!({"type": 17, "accent_color": 0x0100_0000, "components": [text("a")]}),
            "components.0.accent_color",
            "NUMBER_TYPE_MAX",
        ),
        (
            json!({"type": 17, "components": [{"type": 17, "components": [text("a")]}]}),
            "components.0.components.0",
            "UNION_TYPE_CHOICES",
        ),
        (json!({"type": 18, "label": "x"}), "components.0", "UNION_TYPE_CHOICES"),
    ];
    for (component, path, code) in cases {
        stage.refused(4, v2(json!([component])), path, code).await;
    }
}

#[tokio::test]
async fn an_edit_may_turn_a_message_into_one_but_not_back() {
    let stage = Stage::new().await;
    let reply = stage.ping();
    stage.answer(&reply, 4, json!({"content": "old"})).await;
    let at = "/messages/@original";
    let (status, body) = stage.webhook(&reply, "PATCH", at, v2(json!([text("new")]))).await;
    let code = "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2";
    assert_eq!((status, leaf(&body, "content")), (400, code.to_owned()));
    let mut upgrade = v2(json!([text("new")]));
    upgrade["content"] = Value::Null;
    let (status, body) = stage.webhook(&reply, "PATCH", at, upgrade).await;
    assert_eq!((status, &body["flags"]), (200, &json!(1 << 15)), "{body}");
    assert_eq!(reply.text(), "new");
    // Edits need not repeat the flag, and cannot take it off.
    let (status, _) =
        stage.webhook(&reply, "PATCH", at, json!({"components": [text("newer")]})).await;
    assert_eq!((status, reply.text()), (200, "newer".to_owned()));
    let (status, _) = stage.webhook(&reply, "PATCH", at, json!({"content": "x"})).await;
    assert_eq!(status, 400);
    let (status, _) = stage.webhook(&reply, "PATCH", at, json!({"flags": 0})).await;
    assert_eq!(status, 400);
}
