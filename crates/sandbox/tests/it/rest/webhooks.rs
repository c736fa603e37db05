//! Webhooks.

use sandbox::world::Permissions;
use serde_json::json;

use super::client::{Api, USUAL};

const HOOKS: Permissions = Permissions(USUAL.0 | Permissions::MANAGE_WEBHOOKS.0);

#[tokio::test]
async fn made_used_renamed_and_deleted() {
    let api = Api::club(HOOKS).await;
    let hook =
        api.post(&format!("{}/webhooks", api.general()), json!({"name": "Herald"})).await.ok();
    let (id, token) = (hook["id"].as_str().unwrap(), hook["token"].as_str().unwrap());
    let url = format!("/webhooks/{id}/{token}");
    assert_eq!(api.post(&url, json!({"content": "silent"})).await.status, 204);
    let named = json!({"content": "hi", "username": "Crier"});
    let message = api.post(&format!("{url}?wait=true"), named).await.ok();
    assert_eq!(
        (&message["author"]["username"], &message["webhook_id"]),
        (&json!("Crier"), &json!(id))
    );
    let one = format!("{url}/messages/{}", message["id"].as_str().unwrap());
    assert_eq!(api.patch(&one, json!({"content": "new"})).await.ok()["content"], "new");
    assert_eq!(api.get(&one).await.ok()["content"], "new");
    assert_eq!(api.delete(&one).await.status, 204);
    assert_eq!(api.get(&one).await.refusal(), (404, 10_008));
    let renamed = api.patch(&format!("/webhooks/{id}"), json!({"name": "Town crier"})).await;
    assert_eq!(renamed.ok()["name"], "Town crier");
    assert_eq!(api.get(&api.at("/webhooks")).await.names(), ["Town crier"]);
    assert_eq!(api.delete(&format!("/webhooks/{id}")).await.status, 204);
    assert_eq!(api.post(&url, json!({"content": "x"})).await.refusal(), (404, 10_015));
    assert_eq!(api.audit(0)[api.audit(0).len() - 3..], [50, 51, 52]);
}

#[tokio::test]
async fn refusals_and_the_limit_of_fifteen() {
    let api = Api::club(HOOKS).await;
    let path = format!("{}/webhooks", api.general());
    let clyde = api.post(&path, json!({"name": "Clyde II"})).await;
    assert_eq!(clyde.field("name"), "USERNAME_INVALID_CONTAINS");
    assert_eq!(api.post(&path, json!({})).await.field("name"), "BASE_TYPE_REQUIRED");
    for at in 0..15 {
        api.post(&path, json!({"name": format!("hook {at}")})).await.ok();
    }
    assert_eq!(api.post(&path, json!({"name": "one more"})).await.refusal(), (400, 30_007));
    let id = api.get(&path).await.ok()[0]["id"].as_str().unwrap().to_owned();
    assert_eq!(api.get(&format!("/webhooks/{id}/wrong")).await.refusal(), (401, 50_027));
    assert_eq!(api.get("/webhooks/1").await.refusal(), (404, 10_015));
    let weak = Api::club(USUAL).await;
    let path = format!("{}/webhooks", weak.general());
    assert_eq!(weak.post(&path, json!({"name": "x"})).await.refusal(), (403, 50_013));
    assert_eq!(weak.get(&path).await.refusal(), (403, 50_013));
}
