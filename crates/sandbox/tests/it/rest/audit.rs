//! Reading the audit log.

use std::time::Duration;

use sandbox::world::Permissions;
use serde_json::{Value, json};

use super::client::{Api, USUAL};

fn kinds(body: &Value) -> Vec<u64> {
    let entries = body["audit_log_entries"].as_array().unwrap();
    entries.iter().map(|entry| entry["action_type"].as_u64().unwrap()).collect()
}

#[tokio::test]
async fn newest_first_filtered_and_paged() {
    let api = Api::club(USUAL).await;
    let role = api.role("Chess").await;
    let channel = api.channel(json!({"name": "table"})).await;
    api.guild.owner().rename_channel(channel.parse().unwrap(), "board").unwrap();
    let path = api.at("/audit-logs");
    let all = api.get(&path).await.ok();
    assert_eq!(&kinds(&all)[..3], [11, 10, 30]);
    let users: Vec<_> = all["users"].as_array().unwrap().iter().map(|user| &user["id"]).collect();
    assert!(users.contains(&&json!(api.bot())) && users.contains(&&json!(api.guild.owner().id())));
    let one = api.get(&format!("{path}?action_type=30&limit=1")).await.ok();
    let entry = &one["audit_log_entries"][0];
    assert_eq!((&entry["target_id"], &entry["user_id"]), (&json!(role), &json!(api.bot())));
    let mine = api.get(&format!("{path}?user_id={}", api.bot())).await.ok();
    assert_eq!(kinds(&mine), [10, 30]);
    let about = api.get(&format!("{path}?target_id={channel}")).await.ok();
    assert_eq!(kinds(&about), [11, 10]);
    let id = entry["id"].as_str().unwrap();
    assert_eq!(kinds(&api.get(&format!("{path}?after={id}")).await.ok()), [10, 11], "oldest first");
    assert_eq!(kinds(&api.get(&format!("{path}?before={id}&limit=1")).await.ok()), [28]);
}

#[tokio::test]
async fn refusals_and_age() {
    let weak = Api::club(Permissions::VIEW_CHANNEL).await;
    assert_eq!(weak.get(&weak.at("/audit-logs")).await.refusal(), (403, 50_013));
    assert_eq!(weak.get("/guilds/1/audit-logs").await.refusal(), (404, 10_004));
    let api = Api::club(USUAL).await;
    let path = api.at("/audit-logs");
    assert_eq!(api.get(&format!("{path}?limit=101")).await.field("limit"), "NUMBER_TYPE_MAX");
    assert_eq!(api.get(&format!("{path}?before=x")).await.field("before"), "NUMBER_TYPE_COERCE");
    api.sandbox.clock().advance(Duration::from_hours(46 * 24));
    assert_eq!(api.get(&path).await.ok()["audit_log_entries"], json!([]));
}

#[tokio::test]
async fn member_roles_are_listed_as_added_and_removed() {
    let api = Api::club(USUAL).await;
    let role = api.role("Chess").await;
    let alice = api.guild.actor("Alice").id();
    let header = "X-Audit-Log-Reason: joined%20a%20table\r\n";
    let path = api.at(&format!("/members/{alice}/roles/{role}"));
    api.send("PUT", &path, "application/json", header, b"").await;
    let log = api.get(&api.at("/audit-logs?action_type=25")).await.ok();
    let entry = &log["audit_log_entries"][0];
    assert_eq!(
        entry["changes"],
        json!([{"key": "$add", "new_value": [{"id": role, "name": "Chess"}]}])
    );
    assert_eq!(entry["reason"], "joined a table");
}
