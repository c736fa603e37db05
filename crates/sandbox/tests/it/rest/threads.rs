//! Threads and forum posts.

use sandbox::world::Permissions;
use serde_json::{Value, json};

use super::client::{Api, USUAL};

const THREADS: Permissions = Permissions(
    USUAL.0
        | Permissions::CREATE_PUBLIC_THREADS.0
        | Permissions::SEND_MESSAGES_IN_THREADS.0
        | Permissions::MANAGE_THREADS.0,
);

#[tokio::test]
async fn a_thread_on_a_message_shares_its_id() {
    let api = Api::club(THREADS).await;
    let path = format!("{}/messages", api.general());
    let message = api.post(&path, json!({"content": "start"})).await.id();
    let start = format!("{path}/{message}/threads");
    let thread = api.post(&start, json!({"name": "Talk", "auto_archive_duration": 60})).await;
    assert_eq!(
        (thread.status, &thread.body["id"], &thread.body["type"]),
        (201, &json!(message), &json!(11))
    );
    assert_eq!(api.post(&start, json!({"name": "Talk"})).await.refusal(), (400, 160_004));
    let starter = api.get(&format!("{path}/{message}")).await.ok();
    assert_eq!((&starter["flags"], &starter["thread"]["name"]), (&json!(32), &json!("Talk")));
    let inside = format!("/channels/{message}/messages");
    api.post(&inside, json!({"content": "hello"})).await.ok();
    let active = api.get(&api.at("/threads/active")).await.ok();
    assert_eq!(active["threads"][0]["message_count"], 1);
    assert_eq!(active["members"][0]["user_id"], json!(api.bot()));
}

#[tokio::test]
async fn archiving_locking_and_waking() {
    let api = Api::club(THREADS).await;
    let threads = format!("{}/threads", api.general());
    let id = api.post(&threads, json!({"name": "Game", "type": 11})).await.id();
    let path = format!("/channels/{id}");
    let said = api.post(&format!("{path}/messages"), json!({"content": "x"})).await.id();
    let shut = api.patch(&path, json!({"archived": true})).await.ok();
    assert_eq!(shut["thread_metadata"]["archived"], true);
    assert_eq!(api.patch(&path, json!({"name": "New"})).await.refusal(), (400, 50_083));
    let edit = api.patch(&format!("{path}/messages/{said}"), json!({"content": "y"})).await;
    assert_eq!(edit.refusal(), (400, 50_083));
    let listed = api.get(&format!("{}/threads/archived/public", api.general())).await.ok();
    assert_eq!((&listed["threads"][0]["id"], &listed["has_more"]), (&json!(id), &json!(false)));
    api.post(&format!("{path}/messages"), json!({"content": "wake"})).await.ok();
    assert_eq!(api.get(&path).await.ok()["thread_metadata"]["archived"], false);
    api.delete(&path).await.ok();
    assert_eq!(api.get(&path).await.refusal(), (404, 10_003));
    assert_eq!(api.audit(0).last(), Some(&112));
}

#[tokio::test]
async fn members_come_and_go() {
    let api = Api::club(THREADS).await;
    let threads = format!("{}/threads", api.general());
    let id = api.post(&threads, json!({"name": "Game", "type": 11})).await.id();
    let alice = api.guild.actor("Alice").id();
    let members = format!("/channels/{id}/thread-members");
    assert_eq!(api.put(&format!("{members}/{alice}"), Value::Null).await.status, 204);
    assert_eq!(api.get(&members).await.ok().as_array().unwrap().len(), 2);
    assert_eq!(api.get(&format!("{members}/{alice}")).await.ok()["user_id"], json!(alice));
    assert_eq!(api.delete(&format!("{members}/{alice}")).await.status, 204);
    assert_eq!(api.delete(&format!("{members}/{alice}")).await.refusal(), (404, 10_007));
    assert_eq!(api.delete(&format!("{members}/@me")).await.status, 204);
    assert_eq!(api.put(&format!("{members}/@me"), Value::Null).await.status, 204);
    assert_eq!(api.put(&format!("{members}/1"), Value::Null).await.refusal(), (404, 10_007));
    let odd = api.put(&format!("{}/thread-members/@me", api.general()), Value::Null).await;
    assert_eq!(odd.refusal(), (400, 50_024));
}

#[tokio::test]
async fn a_post_is_a_thread_with_its_first_message() {
    let api = Api::club(USUAL | Permissions::SEND_MESSAGES_IN_THREADS).await;
    let tags = json!([{"name": "open"}, {"name": "staff", "moderated": true}]);
    let forum = json!({"name": "tables", "type": 15, "available_tags": tags, "flags": 16});
    let forum = api.post(&api.at("/channels"), forum).await.ok();
    let path = format!("/channels/{}/threads", forum["id"].as_str().unwrap());
    let tag = |at: usize| forum["available_tags"][at]["id"].clone();
    let bare = json!({"name": "Table 1", "message": {"content": "first"}});
    assert_eq!(api.post(&path, bare).await.refusal(), (400, 40_067));
    let body =
        json!({"name": "Table 1", "applied_tags": [tag(0)], "message": {"content": "first"}});
    let post = api.post(&path, body).await;
    assert_eq!(post.status, 201);
    assert_eq!(post.body["id"], post.body["message"]["id"]);
    assert_eq!(post.body["applied_tags"], json!([tag(0)]));
    let staff = json!({"name": "x", "applied_tags": [tag(1)], "message": {"content": "x"}});
    assert_eq!(api.post(&path, staff).await.refusal(), (403, 50_013));
    let empty = json!({"name": "x", "applied_tags": [tag(0)], "message": {}});
    assert_eq!(api.post(&path, empty).await.refusal(), (400, 50_006));
    let none = json!({"name": "x", "applied_tags": [tag(0)]});
    assert_eq!(api.post(&path, none).await.field("message"), "BASE_TYPE_REQUIRED");
    let owned = format!("/channels/{}", post.id());
    assert_eq!(api.patch(&owned, json!({"name": "Table 2"})).await.ok()["name"], "Table 2");
    assert_eq!(api.patch(&owned, json!({"locked": true})).await.refusal(), (403, 50_013));
}

#[tokio::test]
async fn refusals() {
    let api = Api::club(USUAL).await;
    let threads = format!("{}/threads", api.general());
    let private = json!({"name": "x"});
    let everyone = api.guild.id().everyone();
    let owner = api.guild.owner();
    owner.set_role_permissions(everyone, Permissions::NONE).unwrap();
    assert_eq!(api.post(&threads, private).await.refusal(), (403, 50_013));
    let odd = json!({"name": "x", "type": 10});
    assert_eq!(api.post(&threads, odd).await.refusal(), (400, 50_024));
    let minutes = json!({"name": "x", "auto_archive_duration": 61});
    assert_eq!(
        api.post(&threads, minutes).await.field("auto_archive_duration"),
        "BASE_TYPE_CHOICES"
    );
    assert_eq!(
        api.post("/channels/1/threads", json!({"name": "x"})).await.refusal(),
        (404, 10_003)
    );
    let from = format!("{}/messages/1/threads", api.general());
    assert_eq!(api.post(&from, json!({"name": "x"})).await.refusal(), (403, 50_013));
}

#[tokio::test]
async fn a_guild_has_a_thousand_active_threads() {
    let api = Api::club(THREADS).await;
    let threads = format!("{}/threads", api.general());
    let first = api.post(&threads, json!({"name": "x", "type": 11})).await.id();
    {
        let mut world = api.sandbox.world();
        let cause = sandbox::world::Cause::user(api.guild.id().0.into());
        let model = world.channels[&first.parse().unwrap()].clone();
        for _ in 1..1000 {
            let id = sandbox::id::ChannelId(0);
            let thread = sandbox::world::Channel { id, ..model.clone() };
            world.create_thread(api.guild.id(), thread, &cause).unwrap();
        }
    }
    let full = api.post(&threads, json!({"name": "x", "type": 11})).await;
    assert_eq!(full.refusal(), (400, 160_006));
    api.patch(&format!("/channels/{first}"), json!({"archived": true})).await.ok();
    api.post(&threads, json!({"name": "x", "type": 11})).await.ok();
}
