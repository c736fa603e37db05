//! Direct messages and the bot's own lists.

use sandbox::world::Permissions;
use serde_json::json;

use super::client::{Api, USUAL};

#[tokio::test]
async fn the_same_dm_every_time() {
    let api = Api::club(USUAL).await;
    let alice = api.guild.actor("Alice");
    let body = json!({"recipient_id": alice.id()});
    let dm = api.post("/users/@me/channels", body.clone()).await.ok();
    assert_eq!((&dm["type"], &dm["recipients"][0]["id"]), (&json!(1), &json!(alice.id())));
    assert_eq!(api.post("/users/@me/channels", body).await.ok()["id"], dm["id"]);
    let path = format!("/channels/{}/messages", dm["id"].as_str().unwrap());
    assert_eq!(api.post(&path, json!({"content": "psst"})).await.ok()["content"], "psst");
    alice.refuse_dms(true);
    assert_eq!(api.post(&path, json!({"content": "psst"})).await.refusal(), (403, 50_007));
    alice.refuse_dms(false);
    alice.leave().unwrap();
    assert_eq!(api.post(&path, json!({"content": "psst"})).await.refusal(), (403, 50_007));
    let nobody = api.post("/users/@me/channels", json!({"recipient_id": "1"})).await;
    assert_eq!(nobody.refusal(), (404, 10_013));
    let bulk = api.post(&format!("{path}/bulk-delete"), json!({"messages": ["1", "2"]})).await;
    assert_eq!(bulk.refusal(), (400, 50_003));
}

#[tokio::test]
async fn the_guilds_of_the_bot() {
    let api = Api::club(USUAL).await;
    api.sandbox.new_guild("Second").bot(Permissions::NONE).build();
    api.sandbox.new_guild("Without bot").build();
    let list = api.get("/users/@me/guilds?with_counts=true").await;
    assert_eq!(list.names(), ["Club", "Second"]);
    assert_eq!(list.body[0]["approximate_member_count"], 3);
    let after = format!("/users/@me/guilds?after={}", api.guild.id());
    assert_eq!(api.get(&after).await.names(), ["Second"]);
    assert_eq!(api.get("/users/@me/guilds?limit=201").await.field("limit"), "NUMBER_TYPE_MAX");
}

#[tokio::test]
async fn the_guild_itself() {
    let api = Api::club(USUAL).await;
    let guild = api.get(&api.at("?with_counts=true")).await.ok();
    assert_eq!((&guild["name"], &guild["approximate_member_count"]), (&json!("Club"), &json!(3)));
    assert_eq!(api.get("/guilds/1").await.refusal(), (404, 10_004));
    api.guild.owner().kick_bot().unwrap();
    assert_eq!(api.get(&api.at("")).await.refusal(), (403, 50_001));
}
