//! Creating and editing channels.

use sandbox::world::Permissions;
use serde_json::json;

use super::client::{Api, USUAL};

const UNKNOWN: &str = "/channels/1";

#[tokio::test]
async fn each_kind_is_made_with_its_own_fields() {
    let api = Api::club(USUAL).await;
    let text = json!({"name": "Game Chat!", "topic": "Rules", "nsfw": true, "rate_limit_per_user": 5, "bitrate": 9000});
    let text = api.post(&api.at("/channels"), text).await;
    assert_eq!(text.status, 201);
    assert_eq!(text.body["name"], "game-chat");
    assert_eq!(text.body["topic"], "Rules");
    assert_eq!(text.body["rate_limit_per_user"], 5);
    assert_eq!(text.body["bitrate"], json!(null));
    let voice =
        json!({"name": "Room 1: A", "type": 2, "bitrate": 96000, "user_limit": 4, "topic": "no"});
    let voice = api.post(&api.at("/channels"), voice).await.ok();
    assert_eq!((&voice["name"], &voice["user_limit"]), (&json!("Room 1: A"), &json!(4)));
    assert_eq!(voice["topic"], json!(null));
    let category =
        api.post(&api.at("/channels"), json!({"name": "Chess Club", "type": 4})).await.ok();
    assert_eq!(category["name"], "Chess Club");
    let tags = json!([{"name": "open", "emoji_name": "🟢"}, {"name": "done", "moderated": true}]);
    let forum = json!({"name": "Tables", "type": 15, "available_tags": tags, "flags": 16, "default_sort_order": 1});
    let forum = api.post(&api.at("/channels"), forum).await.ok();
    assert_eq!(forum["available_tags"][1]["moderated"], true);
    assert_ne!(forum["available_tags"][0]["id"], "0");
    assert_eq!((&forum["flags"], &forum["default_sort_order"]), (&json!(16), &json!(1)));
    assert!(api.sandbox.violations().is_empty(), "{:?}", api.sandbox.violations());
}

#[tokio::test]
async fn announcement_channels_need_the_feature_news() {
    let api = Api::club(USUAL).await;
    let body = json!({"name": "news", "type": 5});
    assert_eq!(
        api.post(&api.at("/channels"), body.clone()).await.field("type"),
        "BASE_TYPE_CHOICES"
    );
    let id = api.guild.id();
    api.sandbox.world().guilds.get_mut(&id).unwrap().features.push("NEWS".to_owned());
    let news = api.post(&api.at("/channels"), body).await.id();
    let back = api.patch(&format!("/channels/{news}"), json!({"type": 0})).await;
    assert_eq!(back.ok()["type"], 0);
    let odd = api.patch(&format!("/channels/{news}"), json!({"type": 2})).await;
    assert_eq!(odd.field("type"), "CHANNEL_TYPE_INVALID");
}

#[tokio::test]
async fn bad_fields_are_named() {
    let api = Api::club(USUAL).await;
    let path = api.at("/channels");
    let cases = [
        (json!({}), "name", "BASE_TYPE_REQUIRED"),
        (json!({"name": "x".repeat(101)}), "name", "BASE_TYPE_BAD_LENGTH"),
        (json!({"name": "!!!"}), "name", "BASE_TYPE_REQUIRED"),
        (json!({"name": "a", "type": 3}), "type", "BASE_TYPE_CHOICES"),
        (json!({"name": "a", "topic": "x".repeat(1025)}), "topic", "BASE_TYPE_MAX_LENGTH"),
        (
            json!({"name": "a", "rate_limit_per_user": 21601}),
            "rate_limit_per_user",
            "NUMBER_TYPE_MAX",
        ),
        (json!({"name": "a", "type": 2, "bitrate": 96001}), "bitrate", "NUMBER_TYPE_MAX"),
        (json!({"name": "a", "type": 2, "bitrate": 7999}), "bitrate", "NUMBER_TYPE_MIN"),
        (json!({"name": "a", "type": 2, "user_limit": 100}), "user_limit", "NUMBER_TYPE_MAX"),
        (json!({"name": "a", "parent_id": "1"}), "parent_id", "CHANNEL_PARENT_INVALID"),
        (json!({"name": "a", "parent_id": "x"}), "parent_id", "NUMBER_TYPE_COERCE"),
        (
            json!({"name": "a", "type": 15, "available_tags": [{"name": "x".repeat(21)}]}),
            "available_tags.0.name",
            "BASE_TYPE_BAD_LENGTH",
        ),
        (
            json!({"name": "a", "permission_overwrites": [{"id": "1"}]}),
            "permission_overwrites.0.type",
            "BASE_TYPE_REQUIRED",
        ),
    ];
    for (body, field, code) in cases {
        assert_eq!(api.post(&path, body.clone()).await.field(field), code, "{body}");
    }
    let topic = json!({"name": "a", "type": 15, "topic": "x".repeat(4096)});
    api.post(&path, topic).await.ok();
}

#[tokio::test]
async fn refusals_of_create_and_edit() {
    let weak = Api::club(Permissions::VIEW_CHANNEL).await;
    assert_eq!(
        weak.post(&weak.at("/channels"), json!({"name": "a"})).await.refusal(),
        (403, 50_013)
    );
    assert_eq!(weak.patch(&weak.general(), json!({"name": "a"})).await.refusal(), (403, 50_013));
    assert_eq!(weak.delete(&weak.general()).await.refusal(), (403, 50_013));
    assert_eq!(
        weak.post("/guilds/1/channels", json!({"name": "a"})).await.refusal(),
        (404, 10_004)
    );
    assert_eq!(weak.patch(UNKNOWN, json!({"name": "a"})).await.refusal(), (404, 10_003));
    assert_eq!(weak.get(UNKNOWN).await.refusal(), (404, 10_003));
    weak.guild.owner().kick_bot().unwrap();
    assert_eq!(weak.get(&weak.general()).await.refusal(), (403, 50_001));
    assert_eq!(weak.get(&weak.at("/channels")).await.refusal(), (403, 50_001));
}

#[tokio::test]
async fn five_hundred_channels_are_the_end() {
    let api = Api::club(USUAL).await;
    for at in 1..500 {
        let cause = sandbox::world::Cause::user(api.guild.owner().id());
        let kind = sandbox::world::ChannelKind::Voice;
        let channel =
            sandbox::world::Channel::new(sandbox::id::ChannelId(0), None, kind, format!("v{at}"));
        api.sandbox.world().create_channel(api.guild.id(), channel, &cause).unwrap();
    }
    let full = api.post(&api.at("/channels"), json!({"name": "one more"})).await;
    assert_eq!(full.refusal(), (400, 30_013));
    api.delete(&api.general()).await.ok();
    api.post(&api.at("/channels"), json!({"name": "one more"})).await.ok();
}

#[tokio::test]
async fn an_edit_changes_only_what_it_names() {
    let api = Api::club(USUAL).await;
    let id = api.channel(json!({"name": "table", "topic": "old", "nsfw": true})).await;
    let path = format!("/channels/{id}");
    let from = api.guild.state().audit.len();
    let edited = api.patch(&path, json!({"name": "New Table", "topic": null})).await.ok();
    assert_eq!(
        (&edited["name"], &edited["topic"], &edited["nsfw"]),
        (&json!("new-table"), &json!(null), &json!(true))
    );
    assert_eq!(api.audit(from), [11]);
    let last = api.guild.state().audit.back().unwrap().clone();
    let keys: Vec<_> = last.changes.iter().map(|change| change.key).collect();
    assert_eq!(keys, ["name", "topic"]);
    assert_eq!(api.patch(&path, json!({"name": "new-table"})).await.status, 200);
    assert_eq!(api.audit(from), [11], "no change, no entry");
    assert_eq!(api.get(&path).await.ok()["name"], "new-table");
}
