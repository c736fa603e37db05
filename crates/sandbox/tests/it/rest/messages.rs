//! Messages: post, read, edit, delete.

use std::time::Duration;

use sandbox::world::Permissions;
use serde_json::{Value, json};

use super::client::{Api, USUAL};

#[tokio::test]
async fn posting_reading_editing_deleting() {
    let api = Api::club(USUAL).await;
    let path = format!("{}/messages", api.general());
    let made = api.post(&path, json!({"content": "hi", "flags": 4096})).await;
    assert_eq!(made.status, 200);
    let id = made.id();
    let one = format!("{path}/{id}");
    let edited = api.patch(&one, json!({"content": "bye"})).await.ok();
    assert_eq!((&edited["content"], &edited["flags"]), (&json!("bye"), &json!(4096)));
    assert_ne!(edited["edited_timestamp"], Value::Null);
    assert_eq!(api.get(&one).await.ok()["content"], "bye");
    assert_eq!(api.delete(&one).await.status, 204);
    for answer in [
        api.get(&one).await,
        api.patch(&one, json!({"content": "x"})).await,
        api.delete(&one).await,
    ] {
        assert_eq!(answer.refusal(), (404, 10_008));
    }
    assert_eq!(api.audit(0).last(), Some(&28), "own messages leave no entry");
}

#[tokio::test]
async fn pages_of_history() {
    let api = Api::club(USUAL).await;
    let path = format!("{}/messages", api.general());
    let mut ids = Vec::new();
    for at in 0..6 {
        ids.push(api.post(&path, json!({"content": at.to_string()})).await.id());
    }
    let texts = async |query: &str| -> String {
        let list = api.get(&format!("{path}?{query}")).await.ok();
        list.as_array().unwrap().iter().map(|one| one["content"].as_str().unwrap()).collect()
    };
    assert_eq!(texts("").await, "543210");
    assert_eq!(texts("limit=2").await, "54");
    assert_eq!(texts(&format!("limit=2&before={}", ids[3])).await, "21");
    assert_eq!(texts(&format!("limit=2&after={}", ids[1])).await, "32");
    assert_eq!(texts(&format!("limit=3&around={}", ids[2])).await, "321");
    assert_eq!(api.get(&format!("{path}?limit=101")).await.field("limit"), "NUMBER_TYPE_MAX");
    assert_eq!(api.get(&format!("{path}?limit=0")).await.field("limit"), "NUMBER_TYPE_MIN");
}

#[tokio::test]
async fn other_peoples_messages() {
    let api = Api::club(USUAL).await;
    let alice = api.guild.actor("Alice");
    let general = api.guild.channel("general").unwrap().id;
    let said = alice.say(general, "mine").unwrap();
    let path = format!("{}/messages/{said}", api.general());
    assert_eq!(api.patch(&path, json!({"content": "x"})).await.refusal(), (403, 50_005));
    assert_eq!(api.delete(&path).await.refusal(), (403, 50_013));
    let api = Api::club(USUAL | Permissions::MANAGE_MESSAGES).await;
    let general = api.guild.channel("general").unwrap().id;
    let said = api.guild.actor("Alice").say(general, "mine").unwrap();
    let path = format!("{}/messages/{said}", api.general());
    assert_eq!(api.patch(&path, json!({"flags": 4})).await.ok()["flags"], 4);
    assert_eq!(api.delete(&path).await.status, 204);
    assert_eq!(api.audit(0).last(), Some(&72));
}

#[tokio::test]
async fn where_and_what_cannot_be_posted() {
    let api = Api::club(USUAL).await;
    let path = format!("{}/messages", api.general());
    assert_eq!(api.post(&path, json!({})).await.refusal(), (400, 50_006));
    assert_eq!(api.post(&path, json!({"content": ""})).await.refusal(), (400, 50_006));
    let long = api.post(&path, json!({"content": "x".repeat(2001)})).await;
    assert_eq!(long.field("content"), "BASE_TYPE_MAX_LENGTH");
    let category = api.channel(json!({"name": "c", "type": 4})).await;
    let there = api.post(&format!("/channels/{category}/messages"), json!({"content": "x"})).await;
    assert_eq!(there.refusal(), (400, 50_008));
    let forum = api.channel(json!({"name": "f", "type": 15})).await;
    let there = api.post(&format!("/channels/{forum}/messages"), json!({"content": "x"})).await;
    assert_eq!(there.refusal(), (400, 40_058));
    assert_eq!(
        api.post("/channels/1/messages", json!({"content": "x"})).await.refusal(),
        (404, 10_003)
    );
    let mute = json!({"type": 0, "deny": "2048"});
    let mute_all = format!("{}/permissions/{}", api.general(), api.guild.id());
    api.put(&mute_all, mute).await;
    // The bot's role has SEND_MESSAGES, but an overwrite for @everyone beats guild-wide bits of roles.
    assert_eq!(api.post(&path, json!({"content": "x"})).await.refusal(), (403, 50_013));
}

#[tokio::test]
async fn hidden_history_is_empty_not_forbidden() {
    let api = Api::club(USUAL).await;
    let path = format!("{}/messages", api.general());
    let id = api.post(&path, json!({"content": "hi"})).await.id();
    let deny = json!({"type": 0, "deny": "65536"});
    api.put(&format!("{}/permissions/{}", api.general(), api.guild.id()), deny).await;
    assert_eq!(api.get(&path).await.ok(), json!([]));
    assert_eq!(api.get(&format!("{path}/{id}")).await.refusal(), (403, 50_013));
    let reply = json!({"content": "re", "message_reference": {"message_id": id}});
    assert_eq!(api.post(&path, reply).await.refusal(), (400, 160_002));
}

#[tokio::test]
async fn a_nonce_makes_posting_safe_to_repeat() {
    let api = Api::club(USUAL).await;
    let path = format!("{}/messages", api.general());
    let body = json!({"content": "once", "nonce": "k1", "enforce_nonce": true});
    let first = api.post(&path, body.clone()).await.ok();
    assert_eq!(first["nonce"], "k1");
    let second = api.post(&path, body.clone()).await.ok();
    assert_eq!(first["id"], second["id"]);
    let loose = json!({"content": "once", "nonce": "k1"});
    assert_ne!(api.post(&path, loose).await.ok()["id"], first["id"]);
    api.sandbox.clock().advance(Duration::from_hours(1));
    assert_ne!(api.post(&path, body).await.ok()["id"], first["id"]);
    let long = json!({"content": "x", "nonce": "x".repeat(26)});
    assert_eq!(api.post(&path, long).await.field("nonce"), "BASE_TYPE_MAX_LENGTH");
}

#[tokio::test]
async fn replies_and_mentions() {
    let api = Api::club(USUAL).await;
    let path = format!("{}/messages", api.general());
    let alice = api.guild.actor("Alice");
    let said = alice.say(api.guild.channel("general").unwrap().id, "hello").unwrap();
    let reply = json!({"content": "hi", "message_reference": {"message_id": said}});
    let reply = api.post(&path, reply).await.ok();
    assert_eq!((&reply["type"], &reply["mentions"][0]["id"]), (&json!(19), &json!(alice.id())));
    assert_eq!(reply["referenced_message"]["content"], "hello");
    let gone = json!({"content": "hi", "message_reference": {"message_id": "1"}});
    assert_eq!(api.post(&path, gone).await.field("message_reference"), "REPLIES_UNKNOWN_MESSAGE");
    let soft = json!({"content": "hi", "message_reference": {"message_id": "1", "fail_if_not_exists": false}});
    assert_eq!(api.post(&path, soft).await.ok()["type"], 0);
    let ping = format!("<@{}> @everyone", alice.id());
    let loud = api.post(&path, json!({"content": ping})).await.ok();
    assert_eq!(
        (&loud["mentions"][0]["id"], &loud["mention_everyone"]),
        (&json!(alice.id()), &json!(false))
    );
    let quiet = json!({"content": ping, "allowed_mentions": {"parse": []}});
    assert_eq!(api.post(&path, quiet).await.ok()["mentions"], json!([]));
    let both =
        json!({"content": "x", "allowed_mentions": {"parse": ["users"], "users": [alice.id()]}});
    let both = api.post(&path, both).await;
    assert_eq!(both.field("allowed_mentions"), "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE");
}

#[tokio::test]
async fn embeds_have_limits_one_by_one_and_together() {
    let api = Api::club(USUAL).await;
    let path = format!("{}/messages", api.general());
    let fine = json!({"embeds": [{"title": "t", "fields": [{"name": "n", "value": "v"}]}]});
    assert_eq!(api.post(&path, fine).await.ok()["embeds"][0]["type"], "rich");
    let long = json!({"embeds": [{"title": "x".repeat(257)}]});
    assert_eq!(api.post(&path, long).await.field("embeds.0.title"), "BASE_TYPE_MAX_LENGTH");
    let empty = json!({"embeds": [{"fields": [{"name": "", "value": "v"}]}]});
    assert_eq!(api.post(&path, empty).await.field("embeds.0.fields.0.name"), "BASE_TYPE_REQUIRED");
    let sum =
        json!({"embeds": [{"description": "x".repeat(4000)}, {"description": "x".repeat(2001)}]});
    assert_eq!(api.post(&path, sum).await.field("embeds"), "MAX_EMBED_SIZE_EXCEEDED");
    let many = vec![json!({"title": "t"}); 11];
    assert_eq!(
        api.post(&path, json!({"embeds": many})).await.field("embeds"),
        "BASE_TYPE_MAX_LENGTH"
    );
    let deny = json!({"type": 0, "deny": "16384"});
    api.put(&format!("{}/permissions/{}", api.general(), api.guild.id()), deny).await;
    let refused = api.post(&path, json!({"embeds": [{"title": "t"}]})).await;
    assert_eq!(refused.refusal(), (403, 50_013));
}

#[tokio::test]
async fn many_messages_go_at_once() {
    let api = Api::club(USUAL | Permissions::MANAGE_MESSAGES).await;
    let path = format!("{}/messages", api.general());
    let bulk = format!("{path}/bulk-delete");
    let mut ids = Vec::new();
    for _ in 0..3 {
        ids.push(api.post(&path, json!({"content": "x"})).await.id());
    }
    assert_eq!(api.post(&bulk, json!({"messages": [ids[0]]})).await.refusal(), (400, 50_016));
    let twice = api.post(&bulk, json!({"messages": [ids[0], ids[0]]})).await;
    assert_eq!(twice.field("messages"), "SET_TYPE_ALREADY_CONTAINS_VALUE");
    assert_eq!(api.post(&bulk, json!({"messages": [ids[0], ids[1]]})).await.status, 204);
    assert_eq!(api.get(&path).await.ok().as_array().unwrap().len(), 1);
    assert_eq!(api.audit(0).last(), Some(&73));
    api.sandbox.clock().advance(Duration::from_hours(15 * 24));
    assert_eq!(
        api.post(&bulk, json!({"messages": [ids[2], ids[1]]})).await.refusal(),
        (400, 50_034)
    );
    let weak = Api::club(USUAL).await;
    let bulk = format!("{}/messages/bulk-delete", weak.general());
    assert_eq!(weak.post(&bulk, json!({"messages": ids})).await.refusal(), (403, 50_013));
}

#[tokio::test]
async fn bodies_that_are_not_json() {
    let api = Api::club(USUAL).await;
    let path = format!("{}/messages", api.general());
    let broken = api.send("POST", &path, "application/json", "", b"{").await;
    assert_eq!(broken.refusal(), (400, 50_109));
    let text = api.send("POST", &path, "text/plain", "", b"{}").await;
    assert_eq!(text.field(""), "CONTENT_TYPE_INVALID");
}
