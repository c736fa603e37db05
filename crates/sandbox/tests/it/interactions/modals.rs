//! Modals.

use sandbox::actor::{Filled, First, NO_OPTIONS};
use serde_json::{Value, json};

use super::stage::{Stage, button, row};

fn label(title: &str, component: Value) -> Value {
    json!({"type": 18, "label": title, "component": component})
}

fn input(id: &str, more: Value) -> Value {
    let mut input = json!({"type": 4, "style": 1, "custom_id": id});
    for (key, value) in more.as_object().unwrap() {
        input[key] = value.clone();
    }
    input
}

fn modal(components: Value) -> Value {
    json!({"custom_id": "new", "title": "New game", "components": components})
}

fn full() -> Value {
    let days = json!([{"label": "Mon", "value": "mon"}, {"label": "Tue", "value": "tue"}, {"label": "Wed", "value": "wed"}]);
    modal(json!([
        label("Name", input("name", json!({"min_length": 2, "max_length": 10}))),
        label("About", input("about", json!({"required": false, "value": "fun"}))),
        label("Days", json!({"type": 3, "custom_id": "days", "options": days, "max_values": 3})),
        label(
            "Helpers",
            json!({"type": 5, "custom_id": "who", "max_values": 5, "required": false})
        ),
        label("Open", json!({"type": 23, "custom_id": "open"})),
    ]))
}

#[tokio::test]
async fn a_filled_in_modal_arrives_with_all_its_values() {
    let stage = Stage::new().await;
    let modal = stage.open(full()).await;
    assert_eq!(modal.title, "New game");
    let inputs = modal.inputs();
    assert_eq!(
        inputs.iter().map(|one| one.label.as_str()).collect::<Vec<_>>(),
        ["Name", "About", "Days", "Helpers", "Open"]
    );
    assert!(inputs[0].required && !inputs[1].required);
    assert_eq!(modal.input("Days").unwrap().options[1].value, "tue");
    let reply = stage.alice.submit(
        &modal,
        [
            ("name", Filled::from("Chess")),
            ("Days", Filled::from(["mon", "wed"])),
            ("who", Filled::from([stage.bob.id()])),
            ("open", Filled::from(true)),
        ],
    );
    // A modal cannot be answered with a modal.
    let (status, _) = stage.answer(&reply, 9, full()).await;
    assert_eq!(status, 400);
    let (status, _) = stage.answer(&reply, 4, json!({"content": "Made", "flags": 64})).await;
    assert_eq!(status, 204);
    assert_eq!(reply.first().await, First::Message(reply.message().unwrap()));
}

#[tokio::test]
async fn the_client_refuses_what_the_inputs_forbid() {
    let stage = Stage::new().await;
    let modal = stage.open(full()).await;
    let name = || ("name", Filled::from("Chess"));
    for (values, why) in [
        (vec![("days", Filled::from("mon"))], "input name is required"),
        (vec![name()], "input days is required"),
        (vec![("name", Filled::from("x"))], "input name takes 2 to 10 characters, not 1"),
        (vec![name(), ("days", Filled::from("sun"))], "the select has no option sun"),
        (
            vec![name(), ("days", Filled::from("mon")), ("nope", Filled::from("x"))],
            "the modal has no input nope",
        ),
    ] {
        assert_eq!(stage.alice.submit(&modal, values).refusal(), Some(why));
    }
}

#[tokio::test]
async fn broken_modals_are_refused_with_discords_errors() {
    let stage = Stage::new().await;
    let ok = || label("Name", input("name", json!({})));
    let select = |more: Value| {
        let mut one =
            json!({"type": 3, "custom_id": "s", "options": [{"label": "a", "value": "a"}]});
        for (key, value) in more.as_object().unwrap() {
            one[key] = value.clone();
        }
        modal(json!([label("S", one)]))
    };
    let text = |more: Value| modal(json!([label("T", input("t", more))]));
    let six: Vec<_> = (0..6).map(|at| label("T", input(&at.to_string(), json!({})))).collect();
    let at = "components.0.component";
    let radio = json!({"type": 21, "custom_id": "r", "options": [{"label": "a", "value": "a"}]});
    let boxes = json!({"type": 22, "custom_id": "b", "max_values": 11, "options": [{"label": "a", "value": "a"}]});
    let upload = json!({"type": 19, "custom_id": "f", "max_values": 11});
    let cases = [
        (modal(json!([])), "components", "BASE_TYPE_BAD_LENGTH"),
        (modal(json!(six)), "components", "BASE_TYPE_BAD_LENGTH"),
        (json!({"custom_id": "x", "components": [ok()]}), "title", "BASE_TYPE_REQUIRED"),
        (json!({"title": "x", "components": [ok()]}), "custom_id", "BASE_TYPE_REQUIRED"),
        (
            json!({"title": "x".repeat(46), "custom_id": "x", "components": [ok()]}),
            "title",
            "BASE_TYPE_BAD_LENGTH",
        ),
        (modal(json!([button("a")])), "components.0", "UNION_TYPE_CHOICES"),
        (modal(json!([label("x", button("a"))])), at, "UNION_TYPE_CHOICES"),
        (
            modal(json!([label(&"x".repeat(46), input("a", json!({})))])),
            "components.0.label",
            "BASE_TYPE_BAD_LENGTH",
        ),
        (modal(json!([{"type": 18, "label": "x"}])), at, "BASE_TYPE_REQUIRED"),
        (
            modal(json!([ok(), ok()])),
            "components.1.component.custom_id",
            "COMPONENT_CUSTOM_ID_DUPLICATED",
        ),
        (
            select(json!({"disabled": true})),
            "components.0.component.disabled",
            "COMPONENT_VALIDATION_FAILED",
        ),
        (select(json!({"min_values": 0})), "components.0.component.min_values", "NUMBER_TYPE_MIN"),
        (text(json!({"style": 3})), "components.0.component.style", "BASE_TYPE_CHOICES"),
        (
            text(json!({"label": "own"})),
            "components.0.component.label",
            "COMPONENT_VALIDATION_FAILED",
        ),
        (text(json!({"max_length": 4001})), "components.0.component.max_length", "NUMBER_TYPE_MAX"),
        (
            text(json!({"min_length": 5, "max_length": 4})),
            "components.0.component.max_length",
            "NUMBER_TYPE_MIN",
        ),
        (
            text(json!({"max_length": 2, "value": "long"})),
            "components.0.component.value",
            "BASE_TYPE_MAX_LENGTH",
        ),
        (
            text(json!({"placeholder": "x".repeat(101)})),
            "components.0.component.placeholder",
            "BASE_TYPE_MAX_LENGTH",
        ),
        (
            modal(json!([label("R", radio)])),
            "components.0.component.options",
            "BASE_TYPE_BAD_LENGTH",
        ),
        (modal(json!([label("B", boxes)])), "components.0.component.max_values", "NUMBER_TYPE_MAX"),
        (
            modal(json!([label("F", upload)])),
            "components.0.component.max_values",
            "NUMBER_TYPE_MAX",
        ),
    ];
    for (data, path, code) in cases {
        stage.refused(9, data, path, code).await;
    }
    // An optional select may start at none, and text between the inputs is fine.
    let mut free = select(json!({"min_values": 0, "required": false}));
    free["components"].as_array_mut().unwrap().push(json!({"type": 10, "content": "Hello"}));
    assert_eq!(stage.open(free).await.text(), "New game\nS\n[ ▾]\nHello");
}

#[tokio::test]
async fn a_modal_from_a_button_may_change_the_message_below() {
    let stage = Stage::new().await;
    let panel = stage
        .show(json!({"content": "0 games", "components": [row(json!([button("new")]))]}))
        .await;
    let click = stage.alice.click(&panel, "new");
    stage.answer(&click, 9, full()).await;
    let modal = click.modal().await.unwrap();
    assert_eq!(modal.source, Some(panel.id));
    let values = [("name", "Chess"), ("days", "mon")];
    let reply = stage.alice.submit(&modal, values);
    let (status, body) = stage.answer(&reply, 7, json!({"content": "1 game"})).await;
    assert_eq!(status, 204, "{body}");
    assert_eq!(reply.first().await, First::Updated(stage.bob.read(panel.channel).remove(0)));
    assert_eq!(reply.text(), "1 game\n[new]");
}

#[tokio::test]
async fn groups_and_old_rows_work_too() {
    let stage = Stage::new().await;
    let options =
        json!([{"label": "A", "value": "a"}, {"label": "B", "value": "b", "default": true}]);
    let modal = stage
        .open(modal(json!([
            row(json!([input("old", json!({"label": "Old"}))])),
            label("One", json!({"type": 21, "custom_id": "one", "options": options})),
            label(
                "Some",
                json!({"type": 22, "custom_id": "some", "options": options, "max_values": 2})
            ),
        ])))
        .await;
    let reply = stage
        .alice
        .submit(&modal, [("Old", Filled::from("x")), ("some", Filled::from(["a", "b"]))]);
    assert!(reply.id().is_some(), "{:?}", reply.refusal());
    // After a deferred answer no modal can follow.
    let late = stage.alice.slash("ping", NO_OPTIONS);
    stage.answer(&late, 5, Value::Null).await;
    let (status, body) = stage.answer(&late, 9, full()).await;
    assert_eq!((status, &body["code"]), (400, &json!(40060)));
}
