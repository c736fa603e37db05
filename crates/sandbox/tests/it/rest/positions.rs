//! Moving many channels at once.

use sandbox::world::Permissions;
use serde_json::json;

use super::client::{Api, USUAL};

#[tokio::test]
async fn positions_are_set_and_one_channel_changes_its_category() {
    let api = Api::club(USUAL).await;
    let general = api.guild.channel("general").unwrap().id;
    let overwrites = json!([{"id": api.guild.id(), "type": 0, "deny": "2048"}]);
    let category =
        api.channel(json!({"name": "Games", "type": 4, "permission_overwrites": overwrites})).await;
    let second = api.channel(json!({"name": "second"})).await;
    let body = json!([
        {"id": general, "position": 7, "parent_id": category, "lock_permissions": true},
        {"id": second, "position": 3},
    ]);
    assert_eq!(api.patch(&api.at("/channels"), body).await.status, 204);
    let moved = api.guild.channel("general").unwrap();
    assert_eq!((moved.position, moved.overwrites.len()), (7, 1));
    assert_eq!(moved.parent.unwrap().to_string(), category);
    assert_eq!(api.guild.channel("second").unwrap().position, 3);
}

#[tokio::test]
async fn two_new_parents_in_one_request_are_too_many() {
    let api = Api::club(USUAL).await;
    let general = api.guild.channel("general").unwrap().id;
    let category = api.channel(json!({"name": "Games", "type": 4})).await;
    let second = api.channel(json!({"name": "second"})).await;
    let body =
        json!([{"id": general, "parent_id": category}, {"id": second, "parent_id": category}]);
    assert_eq!(api.patch(&api.at("/channels"), body).await.refusal(), (400, 40_009));
    assert_eq!(api.guild.channel("general").unwrap().parent, None, "nothing moved");
}

#[tokio::test]
async fn refusals() {
    let api = Api::club(USUAL).await;
    let general = api.guild.channel("general").unwrap().id;
    let path = api.at("/channels");
    assert_eq!(
        api.patch(&path, json!([{"id": "1", "position": 1}])).await.refusal(),
        (404, 10_003)
    );
    assert_eq!(api.patch(&path, json!({"id": "1"})).await.field(""), "LIST_TYPE_CONVERT");
    let negative = api.patch(&path, json!([{"id": general, "position": -1}])).await;
    assert_eq!(negative.field("0.position"), "NUMBER_TYPE_MIN");
    let weak = Api::club(Permissions::VIEW_CHANNEL).await;
    let general = weak.guild.channel("general").unwrap().id;
    let body = json!([{"id": general, "position": 1}]);
    assert_eq!(weak.patch(&weak.at("/channels"), body).await.refusal(), (403, 50_013));
}
