//! Members.

use sandbox::world::{Intents, Permissions};
use serde_json::json;

use super::client::{Api, USUAL};

#[tokio::test]
async fn one_role_is_given_and_taken_once() {
    let api = Api::club(USUAL).await;
    let role = api.role("Chess").await;
    let alice = api.guild.actor("Alice").id();
    let path = api.at(&format!("/members/{alice}/roles/{role}"));
    let from = api.guild.state().audit.len();
    for _ in 0..2 {
        assert_eq!(api.put(&path, json!({})).await.status, 204);
    }
    let member = api.get(&api.at(&format!("/members/{alice}"))).await.ok();
    assert_eq!(member["roles"], json!([role]));
    for _ in 0..2 {
        assert_eq!(api.delete(&path).await.status, 204);
    }
    assert_eq!(api.audit(from), [25, 25]);
    let entry = api.guild.state().audit.back().unwrap().clone();
    assert_eq!(entry.changes[0].key, "$remove");
    assert_eq!(entry.changes[0].new.as_ref().unwrap()[0]["name"], "Chess");
    let gone = api.at(&format!("/members/{alice}/roles/1"));
    assert_eq!(api.put(&gone, json!({})).await.refusal(), (404, 10_011));
    let managed = api.guild.role("Bot").unwrap().id;
    let managed = api.at(&format!("/members/{alice}/roles/{managed}"));
    assert_eq!(api.put(&managed, json!({})).await.refusal(), (400, 50_028));
}

#[tokio::test]
async fn a_list_of_roles_replaces_them_all() {
    let api = Api::club(USUAL).await;
    let (chess, go) = (api.role("Chess").await, api.role("Go").await);
    let alice = api.guild.actor("Alice").id();
    let path = api.at(&format!("/members/{alice}"));
    api.patch(&path, json!({"roles": [chess]})).await.ok();
    let both = api.patch(&path, json!({"roles": [go]})).await.ok();
    assert_eq!(both["roles"], json!([go]));
    api.guild.owner().move_role(go.parse().unwrap(), 9).unwrap();
    assert_eq!(api.patch(&path, json!({"roles": []})).await.refusal(), (403, 50_013));
    let kept = api.patch(&path, json!({"roles": [go, chess]})).await.ok();
    assert_eq!(
        kept["roles"].as_array().unwrap().len(),
        2,
        "a high role that stays does not matter"
    );
    let twice = api.patch(&path, json!({"roles": [chess, chess]})).await;
    assert_eq!(twice.field("roles"), "SET_TYPE_ALREADY_CONTAINS_VALUE");
    assert_eq!(api.patch(&path, json!({"roles": ["1"]})).await.refusal(), (404, 10_011));
}

#[tokio::test]
async fn nicknames_and_timeouts_look_at_rank() {
    let rights = USUAL | Permissions::MANAGE_NICKNAMES | Permissions::MODERATE_MEMBERS;
    let api = Api::club(rights).await;
    let alice = api.at(&format!("/members/{}", api.guild.actor("Alice").id()));
    let owner = api.at(&format!("/members/{}", api.guild.owner().id()));
    assert_eq!(api.patch(&alice, json!({"nick": "Queen"})).await.ok()["nick"], "Queen");
    assert_eq!(api.patch(&alice, json!({"nick": ""})).await.ok()["nick"], json!(null));
    assert_eq!(api.patch(&owner, json!({"nick": "x"})).await.refusal(), (403, 50_013));
    let long = api.patch(&alice, json!({"nick": "x".repeat(33)})).await;
    assert_eq!(long.field("nick"), "BASE_TYPE_MAX_LENGTH");
    let soon = sandbox::clock::iso(api.sandbox.clock().now_ms() + 60_000);
    let body = json!({"communication_disabled_until": soon});
    assert_eq!(
        api.patch(&alice, body.clone()).await.ok()["communication_disabled_until"],
        json!(soon)
    );
    assert_eq!(api.patch(&owner, body).await.refusal(), (403, 50_013));
    let late = sandbox::clock::iso(api.sandbox.clock().now_ms() + 29 * 24 * 3_600_000);
    let late = api.patch(&alice, json!({"communication_disabled_until": late})).await;
    assert_eq!(late.refusal(), (400, 50_035));
    assert_eq!(api.patch(&alice, json!({"mute": true})).await.refusal(), (403, 50_013));
}

#[tokio::test]
async fn only_people_in_voice_can_be_moved() {
    let api = Api::club(USUAL | Permissions::MOVE_MEMBERS | Permissions::MUTE_MEMBERS).await;
    let alice = api.guild.actor("Alice").id();
    let (one, two) = (
        api.channel(json!({"name": "one", "type": 2})).await,
        api.channel(json!({"name": "two", "type": 2})).await,
    );
    let path = api.at(&format!("/members/{alice}"));
    let there = json!({"channel_id": two});
    assert_eq!(api.patch(&path, there.clone()).await.refusal(), (400, 40_032));
    let room = Some(one.parse().unwrap());
    api.sandbox.world().set_voice(api.guild.id(), alice, room).unwrap();
    api.patch(&path, there).await.ok();
    assert_eq!(api.guild.state().voice[0].channel.to_string(), two);
    let general = api.guild.channel("general").unwrap().id;
    let odd = api.patch(&path, json!({"channel_id": general})).await;
    assert_eq!(odd.refusal(), (400, 50_024));
    assert_eq!(api.patch(&path, json!({"mute": true})).await.ok()["mute"], true);
    api.patch(&path, json!({"channel_id": null})).await.ok();
    assert!(api.guild.state().voice.is_empty());
}

#[tokio::test]
async fn the_bot_renames_itself() {
    let api = Api::club(Permissions::CHANGE_NICKNAME).await;
    let own = api.patch(&api.at("/members/@me"), json!({"nick": "Butler"})).await.ok();
    assert_eq!(own["nick"], "Butler");
    assert_eq!(
        api.patch("/guilds/1/members/@me", json!({"nick": "x"})).await.refusal(),
        (404, 10_004)
    );
}

#[tokio::test]
async fn listing_needs_the_privileged_intent_and_searching_does_not() {
    let api = Api::club(USUAL).await;
    for name in ["Albert", "Bob"] {
        api.guild.actor(name);
    }
    let path = api.at("/members?limit=1000");
    assert_eq!(api.get(&path).await.ok().as_array().unwrap().len(), 5);
    assert_eq!(api.get(&api.at("/members")).await.ok().as_array().unwrap().len(), 1);
    let found = api.get(&api.at("/members/search?query=AL&limit=10")).await.ok();
    assert_eq!(found.as_array().unwrap().len(), 2);
    assert_eq!(api.get(&api.at("/members/search")).await.field("query"), "BASE_TYPE_REQUIRED");
    assert_eq!(api.get(&api.at("/members?limit=1001")).await.field("limit"), "NUMBER_TYPE_MAX");
    api.sandbox.world().application.privileged_intents &= !Intents::GUILD_MEMBERS;
    assert_eq!(api.get(&path).await.refusal(), (403, 50_001));
}

#[tokio::test]
async fn strangers_and_people_who_left_differ() {
    let api = Api::club(USUAL).await;
    let alice = api.guild.actor("Alice");
    alice.leave().unwrap();
    let path = api.at(&format!("/members/{}", alice.id()));
    assert_eq!(api.get(&path).await.refusal(), (404, 10_007));
    assert_eq!(api.get(&api.at("/members/1")).await.refusal(), (404, 10_013));
    let role = api.role("Chess").await;
    assert_eq!(api.put(&format!("{path}/roles/{role}"), json!({})).await.refusal(), (404, 10_007));
    assert_eq!(api.get("/users/1").await.refusal(), (404, 10_013));
}
