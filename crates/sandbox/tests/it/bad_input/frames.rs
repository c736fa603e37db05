//! Broken gateway messages.

use sandbox::Sandbox;
use serde_json::json;

use crate::parity::stage::Stage;
use crate::raw_shard::{Frame, RawShard};

const QUERY: &str = "v=10&encoding=json";

/// How a connection ends that says this instead of IDENTIFY.
async fn end(sandbox: &Sandbox, text: &str) -> Frame {
    let mut shard = RawShard::open(sandbox, QUERY).await;
    shard.say(text).await;
    shard.control().await
}

#[tokio::test]
async fn text_that_cannot_be_read() {
    let stage = Stage::set().await;
    let deep = format!("{}{}", "[".repeat(2_000), "]".repeat(2_000));
    for text in [
        "",
        "{",
        "null",
        "[]",
        "17",
        r#"{"op": "2"}"#,
        r#"{"op": -1}"#,
        r#"{"op": 1.5}"#,
        r#"{"op": null}"#,
        r#"{"op": 2, "d": null}"#,
        r#"{"op": 2, "d": []}"#,
        r#"{"op": 2, "d": "token"}"#,
        r#"{"op": 6, "d": 5}"#,
        deep.as_str(),
    ] {
        assert_eq!(end(&stage.sandbox, text).await, Frame::Close(4002), "{text:.60}");
    }
    for text in [r#"{"op": 0}"#, r#"{"op": 5}"#, r#"{"op": 7}"#, r#"{"op": 99999999999}"#] {
        assert_eq!(end(&stage.sandbox, text).await, Frame::Close(4001), "{text}");
    }
    RawShard::ready(&stage.sandbox, 1).await;
}

#[tokio::test]
async fn messages_that_are_too_long() {
    let stage = Stage::set().await;
    for length in [4_097, 60_000, 500_000] {
        let text = json!({"op": 1, "d": "x".repeat(length)}).to_string();
        assert_eq!(end(&stage.sandbox, &text).await, Frame::Close(4002), "{length}");
    }
    // So long that it is not even read to its end.
    let mut shard = RawShard::open(&stage.sandbox, QUERY).await;
    shard.try_say(&"x".repeat(8 << 20)).await;
    assert!(matches!(shard.control().await, Frame::Broken | Frame::Close(_)));
    RawShard::ready(&stage.sandbox, 1).await;
}

#[tokio::test]
async fn binary_frames() {
    let stage = Stage::set().await;
    let mut shard = RawShard::open(&stage.sandbox, QUERY).await;
    shard.say_bytes(br#"{"op": 1, "d": null}"#).await;
    let Frame::Json(ack) = shard.control().await else { panic!("closed") };
    assert_eq!(ack["op"], 11, "JSON is JSON");
    shard.say_bytes(b"\x83t\x00\x00\x00\xff").await;
    assert_eq!(shard.control().await, Frame::Close(4002));
}

#[tokio::test]
async fn identifies_and_requests_with_nonsense_in_them() {
    let stage = Stage::set().await;
    for (data, code) in [
        (json!({"intents": -1}), 4002),
        (json!({"intents": "1"}), 4002),
        (json!({"intents": null}), 4002),
        (json!({"intents": u64::MAX}), 4013),
        (json!({"token": null}), 4004),
        (json!({"token": 5}), 4004),
        (json!({"shard": [0, 0]}), 4010),
        (json!({"shard": [-1, 1]}), 4010),
        (json!({"shard": [0, 1, 2]}), 4010),
        (json!({"shard": [0, 99_999_999_999_u64]}), 4010),
    ] {
        let mut shard = RawShard::open(&stage.sandbox, QUERY).await;
        shard.identify(&stage.sandbox, data.clone()).await;
        assert_eq!(shard.control().await, Frame::Close(code), "{data}");
    }
    let (mut shard, ready) = RawShard::ready(&stage.sandbox, 1).await;
    for data in [
        json!(null),
        json!([]),
        json!({"guild_id": 5}),
        json!({"guild_id": "x", "query": "", "limit": 0}),
        json!({"guild_id": stage.guild.id(), "query": "", "limit": -5}),
        json!({"guild_id": stage.guild.id(), "user_ids": [null, "x", {}, 1.5]}),
        json!({"guild_id": stage.guild.id(), "query": [], "limit": 1}),
    ] {
        shard.send(json!({"op": 8, "d": data})).await;
    }
    shard.send(json!({"op": 1, "d": {"not": "a number"}})).await;
    let Frame::Json(ack) = shard.control().await else { panic!("closed") };
    assert_eq!(ack["op"], 11, "requests that make no sense get no answer");
    drop(shard);
    for (seq, code) in
        [(json!(-1), 4002), (json!("1"), 4002), (json!(null), 4002), (json!(99), 4007)]
    {
        let data =
            json!({"token": stage.sandbox.token(), "session_id": ready["session_id"], "seq": seq});
        let text = json!({"op": 6, "d": data}).to_string();
        assert_eq!(end(&stage.sandbox, &text).await, Frame::Close(code), "{seq}");
    }
}
