//! Deleting channels.

use serde_json::{Value, json};

use super::client::{Api, USUAL};

#[tokio::test]
async fn a_deleted_category_leaves_its_children() {
    let api = Api::club(USUAL).await;
    let category = api.channel(json!({"name": "Games", "type": 4})).await;
    let child = api.channel(json!({"name": "child", "parent_id": category})).await;
    let gone = api.delete(&format!("/channels/{category}")).await;
    assert_eq!(gone.ok()["id"], json!(category));
    assert_eq!(api.get(&format!("/channels/{child}")).await.ok()["parent_id"], Value::Null);
    assert_eq!(api.delete(&format!("/channels/{category}")).await.refusal(), (404, 10_003));
}

#[tokio::test]
async fn messages_go_with_their_channel() {
    let api = Api::club(USUAL).await;
    let path = api.general();
    let message = api.post(&format!("{path}/messages"), json!({"content": "hi"})).await.id();
    api.delete(&path).await.ok();
    assert_eq!(api.get(&format!("{path}/messages/{message}")).await.refusal(), (404, 10_003));
    assert_eq!(
        api.post(&format!("{path}/messages"), json!({"content": "hi"})).await.refusal(),
        (404, 10_003)
    );
}

#[tokio::test]
async fn a_community_keeps_its_rules_channel() {
    let api = Api::club(USUAL).await;
    let general = api.guild.channel("general").unwrap().id;
    let id = api.guild.id();
    api.sandbox.world().guilds.get_mut(&id).unwrap().rules_channel = Some(general);
    assert_eq!(api.delete(&api.general()).await.refusal(), (400, 50_074));
}

#[tokio::test]
async fn the_reason_reaches_the_audit_log() {
    let api = Api::club(USUAL).await;
    let header = "X-Audit-Log-Reason: game%20over%20%E2%99%9F\r\n";
    let gone = api.send("DELETE", &api.general(), "application/json", header, b"").await;
    assert_eq!(gone.status, 200);
    let entry = api.guild.state().audit.back().unwrap().clone();
    assert_eq!((entry.action as u8, entry.reason.as_deref()), (12, Some("game over ♟")));
    let name = entry.changes.iter().find(|change| change.key == "name").unwrap();
    assert_eq!((name.old.clone(), name.new.clone()), (Some(json!("general")), None));
}
