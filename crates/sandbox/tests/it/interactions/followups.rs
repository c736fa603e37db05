//! Follow-ups and the life of a token.

use std::time::Duration;

use serde_json::{Value, json};

use super::stage::{Stage, button, leaf, row};

#[tokio::test]
async fn follow_ups_come_edited_and_go() {
    let stage = Stage::new().await;
    let reply = stage.ping();
    stage.answer(&reply, 4, json!({"content": "first"})).await;
    let (status, one) =
        stage.webhook(&reply, "POST", "", json!({"content": "one", "flags": 64})).await;
    assert_eq!(status, 200);
    let (_, two) = stage.webhook(&reply, "POST", "", json!({"content": "two"})).await;
    let seen = reply.followup(|message| message.content == "two").await.unwrap();
    assert!(!seen.ephemeral && reply.followups()[0].ephemeral);
    assert_eq!(stage.bob.read(seen.channel).len(), 2);
    let at = format!("/messages/{}", one["id"].as_str().unwrap());
    let (status, body) = stage.webhook(&reply, "PATCH", &at, json!({"content": "uno"})).await;
    assert_eq!((status, &body["content"], &body["flags"]), (200, &json!("uno"), &json!(64)));
    let (_, body) = stage.webhook(&reply, "GET", &at, Value::Null).await;
    assert_eq!(body["content"], "uno");
    let two = format!("/messages/{}", two["id"].as_str().unwrap());
    let (status, _) = stage.webhook(&reply, "DELETE", &two, Value::Null).await;
    assert_eq!(status, 204);
    assert_eq!(reply.followups().len(), 1);
    let (status, _) = stage.webhook(&reply, "DELETE", "/messages/@original", Value::Null).await;
    assert_eq!(status, 204);
    assert!(reply.deleted().await);
    let (status, body) = stage.webhook(&reply, "GET", "/messages/@original", Value::Null).await;
    assert_eq!((status, &body["code"]), (404, &json!(10008)));
}

#[tokio::test]
async fn nothing_works_before_the_first_answer() {
    let stage = Stage::new().await;
    let reply = stage.ping();
    for (method, at) in
        [("POST", ""), ("PATCH", "/messages/@original"), ("DELETE", "/messages/@original")]
    {
        let (status, body) = stage.webhook(&reply, method, at, json!({"content": "x"})).await;
        assert_eq!((status, &body["code"]), (404, &json!(10015)), "{method}");
    }
}

#[tokio::test]
async fn a_follow_up_straight_after_defer_fills_the_loading_message() {
    let stage = Stage::new().await;
    let reply = stage.ping();
    stage.answer(&reply, 5, json!({"flags": 64})).await;
    let (_, body) = stage.webhook(&reply, "POST", "", json!({"content": "here"})).await;
    assert_eq!(body["flags"], 64);
    assert_eq!(reply.settled().await.unwrap().content, "here");
    assert!(reply.followups().is_empty());
    stage.webhook(&reply, "POST", "", json!({"content": "more"})).await;
    assert_eq!(reply.followups().len(), 1);
}

#[tokio::test]
async fn the_token_lives_for_fifteen_minutes() {
    let stage = Stage::new().await;
    let reply = stage.ping();
    stage.answer(&reply, 4, json!({"content": "first"})).await;
    stage.sandbox.clock().advance(Duration::from_mins(14));
    let (status, _) = stage.webhook(&reply, "POST", "", json!({"content": "still"})).await;
    assert_eq!(status, 200);
    stage.sandbox.clock().advance(Duration::from_secs(61));
    for (method, at) in
        [("POST", ""), ("PATCH", "/messages/@original"), ("GET", "/messages/@original")]
    {
        let (status, body) = stage.webhook(&reply, method, at, json!({"content": "x"})).await;
        assert_eq!((status, &body["code"]), (401, &json!(50027)), "{method}");
    }
}

#[tokio::test]
async fn follow_ups_and_edits_obey_the_message_rules() {
    let stage = Stage::new().await;
    let reply = stage.ping();
    stage.answer(&reply, 4, json!({"content": "first"})).await;
    let twice = json!({"components": [row(json!([button("a"), button("a")]))]});
    let at = "components.0.components.1.custom_id";
    for (method, path) in [("POST", ""), ("PATCH", "/messages/@original")] {
        let (status, body) = stage.webhook(&reply, method, path, twice.clone()).await;
        assert_eq!((status, leaf(&body, at)), (400, "COMPONENT_CUSTOM_ID_DUPLICATED".to_owned()));
    }
    let (status, body) = stage.webhook(&reply, "POST", "", json!({})).await;
    assert_eq!((status, &body["code"]), (400, &json!(50006)));
    let (status, body) =
        stage.webhook(&reply, "PATCH", "/messages/@original", json!({"content": ""})).await;
    assert_eq!((status, &body["code"]), (400, &json!(50006)));
}

/// discord.js sends the `@` encoded.
#[tokio::test]
async fn the_original_may_be_spelt_encoded() {
    let stage = Stage::new().await;
    let reply = stage.ping();
    stage.answer(&reply, 4, json!({"content": "first"})).await;
    let change = json!({"content": "second"});
    let (status, _) = stage.webhook(&reply, "PATCH", "/messages/%40original", change).await;
    assert_eq!((status, reply.text().as_str()), (200, "second"));
    let calls = stage.sandbox.requests().all();
    assert_eq!(calls.last().unwrap().operation, "update_original_webhook_message");
    assert_eq!(stage.rest("GET", "/users/%40me", &Value::Null).await.0, 200);
}
