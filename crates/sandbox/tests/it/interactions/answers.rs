//! First answers: deadlines, kinds, and what people see.

use std::time::Duration;

use sandbox::actor::{First, NO_OPTIONS};
use sandbox::faults::{Fault, FaultKind};
use sandbox::observe::ViolationKind;
use serde_json::{Value, json};

use super::stage::{Stage, button, leaf, row};

const NO_RESPONSE: &str = "The application did not respond";

#[tokio::test]
async fn three_seconds_are_enough_and_a_moment_more_is_not() {
    let stage = Stage::new().await;
    let reply = stage.ping();
    stage.sandbox.clock().advance(Duration::from_millis(2_500));
    let (status, _) = stage.answer(&reply, 4, json!({"content": "just in time"})).await;
    assert_eq!(status, 204);
    let late = stage.ping();
    stage.sandbox.clock().advance(Duration::from_millis(3_001));
    assert_eq!(late.failure().await.as_deref(), Some(NO_RESPONSE));
    let (status, body) = stage.answer(&late, 4, json!({"content": "too late"})).await;
    assert_eq!((status, &body["code"]), (404, &json!(10062)));
    let (status, body) = stage.webhook(&late, "POST", "", json!({"content": "x"})).await;
    assert_eq!((status, &body["code"]), (404, &json!(10015)));
    assert_eq!(stage.sandbox.violations()[0].kind, ViolationKind::Interaction);
}

#[tokio::test]
async fn who_was_held_up_is_too_late_but_not_to_blame() {
    let stage = Stage::new().await;
    let reply = stage.ping();
    let broken = Fault::on("create_interaction_response", FaultKind::Status(503));
    stage.sandbox.faults().add(broken);
    let (status, _) = stage.answer(&reply, 4, json!({"content": "not heard"})).await;
    assert_eq!(status, 503);
    stage.sandbox.clock().advance(Duration::from_millis(3_001));
    let (status, body) = stage.answer(&reply, 4, json!({"content": "once more"})).await;
    assert_eq!((status, &body["code"]), (404, &json!(10062)));
    assert!(stage.sandbox.violations().is_empty());
}

#[tokio::test]
async fn a_second_answer_is_refused_and_a_wrong_token_unknown() {
    let stage = Stage::new().await;
    let reply = stage.ping();
    stage.answer(&reply, 4, json!({"content": "one"})).await;
    let (status, body) = stage.answer(&reply, 4, json!({"content": "two"})).await;
    assert_eq!((status, &body["code"]), (400, &json!(40060)));
    assert_eq!(body["message"], "Interaction has already been acknowledged.");
    assert_eq!(reply.text(), "one");
    let path = format!("/interactions/{}/nonsense/callback", reply.id().unwrap());
    let (status, body) = stage.rest("POST", &path, &json!({"type": 6})).await;
    assert_eq!((status, &body["code"]), (404, &json!(10062)));
}

#[tokio::test]
async fn a_refused_answer_leaves_the_interaction_open() {
    let stage = Stage::new().await;
    let reply = stage.ping();
    let (status, body) = stage.answer(&reply, 4, json!({"content": "x".repeat(2001)})).await;
    assert_eq!((status, leaf(&body, "data.content")), (400, "BASE_TYPE_MAX_LENGTH".to_owned()));
    let (status, body) = stage.answer(&reply, 4, json!({})).await;
    assert_eq!((status, &body["code"]), (400, &json!(50006)));
    let (status, body) = stage.answer(&reply, 4, Value::Null).await;
    assert_eq!((status, leaf(&body, "data")), (400, "BASE_TYPE_REQUIRED".to_owned()));
    let (status, _) = stage.answer(&reply, 4, json!({"content": "good"})).await;
    assert_eq!(status, 204);
}

#[tokio::test]
async fn each_kind_fits_certain_interactions_only() {
    let stage = Stage::new().await;
    let panel =
        stage.show(json!({"content": "x", "components": [row(json!([button("b")]))]})).await;
    let code = "INTERACTION_CALLBACK_TYPE_INVALID";
    for kind in [1, 6, 7, 8] {
        let (status, body) = stage.answer(&stage.ping(), kind, json!({})).await;
        assert_eq!((status, leaf(&body, "type")), (400, code.to_owned()), "type {kind}");
    }
    for kind in [1, 8] {
        let (status, _) = stage.answer(&stage.bob.click(&panel, "b"), kind, json!({})).await;
        assert_eq!(status, 400, "type {kind}");
    }
    let (_, body) = stage.answer(&stage.ping(), 99, json!({})).await;
    assert_eq!(leaf(&body, "type"), "BASE_TYPE_CHOICES");
}

#[tokio::test]
async fn a_deferred_answer_thinks_until_the_edit() {
    let stage = Stage::new().await;
    let reply = stage.ping();
    stage.answer(&reply, 5, json!({"flags": 64})).await;
    let First::Deferred(view) = reply.first().await else { panic!("not deferred") };
    assert!(view.loading && view.ephemeral);
    let at = "/messages/@original";
    let (status, body) = stage.webhook(&reply, "PATCH", at, json!({"content": "done"})).await;
    assert_eq!((status, &body["flags"]), (200, &json!(64)));
    let done = reply.settled().await.unwrap();
    assert_eq!((done.content.as_str(), done.ephemeral, done.id), ("done", true, view.id));
    assert!(stage.sandbox.violations().is_empty());
    // Other flags do not belong on a deferred answer.
    stage.answer(&stage.ping(), 5, json!({"flags": 1 << 15})).await;
    assert_eq!(stage.sandbox.violations()[0].kind, ViolationKind::Interaction);
}

#[tokio::test]
async fn a_deferred_update_and_a_later_edit_change_the_clicked_message() {
    let stage = Stage::new().await;
    let panel =
        stage.show(json!({"content": "old", "components": [row(json!([button("b")]))]})).await;
    let reply = stage.bob.click(&panel, "b");
    stage.answer(&reply, 6, Value::Null).await;
    assert_eq!(reply.first().await, First::DeferredUpdate);
    stage.webhook(&reply, "PATCH", "/messages/@original", json!({"content": "new"})).await;
    let now = reply.when(|message| message.content == "new").await.unwrap();
    assert_eq!(now.id, panel.id);
    // Other people's clicks on other people's panels may also be answered privately.
    let private = stage.bob.click(&panel, "b");
    stage.answer(&private, 4, json!({"content": "psst", "flags": 64})).await;
    assert!(private.settled().await.unwrap().ephemeral);
    assert_eq!(stage.alice.read(panel.channel).len(), 1);
    assert_eq!(stage.bob.read(panel.channel).len(), 2);
}

#[tokio::test]
async fn with_response_shows_what_was_made() {
    let stage = Stage::new().await;
    let reply = stage.ping();
    let path = format!(
        "/interactions/{}/{}/callback?with_response=true",
        reply.id().unwrap(),
        stage.token(&reply)
    );
    let (status, body) = stage
        .rest("POST", &path, &json!({"type": 4, "data": {"content": "hi", "flags": 64}}))
        .await;
    assert_eq!(status, 200);
    assert_eq!(body["interaction"]["response_message_ephemeral"], true);
    assert_eq!(body["resource"]["type"], 4);
    assert_eq!(body["resource"]["message"]["content"], "hi");
}

#[tokio::test]
async fn answers_ping_people_only_unless_told_otherwise() {
    let stage = Stage::new().await;
    let reply = stage.ping();
    let player = stage.guild.role_id("Player");
    let text = format!("@everyone <@{}> <@&{player}>", stage.bob.id());
    stage.answer(&reply, 4, json!({"content": text})).await;
    let (_, message) = stage.webhook(&reply, "GET", "/messages/@original", Value::Null).await;
    assert_eq!(message["mentions"][0]["username"], "bob");
    assert_eq!(
        (&message["mention_everyone"], &message["mention_roles"]),
        (&json!(false), &json!([]))
    );
    let none = json!({"content": text, "allowed_mentions": {"parse": []}});
    let (_, message) = stage.webhook(&reply, "PATCH", "/messages/@original", none).await;
    assert_eq!(message["mentions"], json!([]));
}

#[tokio::test]
async fn autocomplete_is_answered_with_at_most_twenty_five_choices() {
    let stage = Stage::new().await;
    stage
        .register(json!([{"name": "join", "description": "Join", "options": [
            {"type": 3, "name": "game", "description": "Which", "required": true, "autocomplete": true}]}]))
        .await;
    let typing = || stage.alice.autocomplete("join", [("game", "ch")], "game");
    let choices = |count: usize| -> Value {
        let list: Vec<_> = (0..count)
            .map(|at| json!({"name": format!("Chess {at}"), "value": at.to_string()}))
            .collect();
        json!({"choices": list})
    };
    let reply = typing();
    stage.answer(&reply, 8, choices(25)).await;
    let shown = reply.choices().await.unwrap();
    assert_eq!((shown.len(), shown[24].name.as_str()), (25, "Chess 24"));
    for (data, path, code) in [
        (choices(26), "data.choices", "BASE_TYPE_MAX_LENGTH"),
        (json!({}), "data.choices", "BASE_TYPE_REQUIRED"),
        (
            json!({"choices": [{"name": "", "value": "x"}]}),
            "data.choices.0.name",
            "BASE_TYPE_BAD_LENGTH",
        ),
        (json!({"choices": [{"name": "x"}]}), "data.choices.0.value", "BASE_TYPE_REQUIRED"),
        (
            json!({"choices": [{"name": "x", "value": "x".repeat(101)}]}),
            "data.choices.0.value",
            "BASE_TYPE_MAX_LENGTH",
        ),
    ] {
        let (status, body) = stage.answer(&typing(), 8, data).await;
        assert_eq!((status, leaf(&body, path)), (400, code.to_owned()));
    }
    let (status, _) = stage.answer(&typing(), 4, json!({"content": "x"})).await;
    assert_eq!(status, 400);
    assert_eq!(stage.alice.slash("join", NO_OPTIONS).refusal(), Some("option game is required"));
}

/// py-cord sends answers like this when there is no file to go with them.
#[tokio::test]
async fn an_answer_may_come_as_a_form_with_the_payload_in_it() {
    let stage = Stage::new().await;
    let reply = stage.ping();
    let (id, token) = (reply.id().unwrap(), stage.token(&reply));
    let path = format!("/api/v10/interactions/{id}/{token}/callback");
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let body =
        b"payload_json=%7B%22type%22%3A+4%2C+%22data%22%3A+%7B%22content%22%3A+%22a+form%22%7D%7D";
    let answer = crate::http::raw(&stage.sandbox, "POST", &path, &form, body).await;
    assert_eq!(answer.status, 204, "{}", answer.body);
    assert_eq!(reply.text(), "a form");
}
