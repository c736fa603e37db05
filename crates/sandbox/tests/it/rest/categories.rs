//! Categories: children, inheritance, moving.

use sandbox::world::{ChannelKind, Permissions};
use serde_json::{Value, json};

use super::client::{Api, USUAL};

fn hidden_from_everyone(api: &Api) -> Value {
    json!([{"id": api.guild.id(), "type": 0, "deny": "1024"}, {"id": api.bot(), "type": 1, "allow": "1024"}])
}

#[tokio::test]
async fn a_child_copies_the_category_unless_it_brings_its_own_overwrites() {
    let api = Api::club(USUAL).await;
    let overwrites = hidden_from_everyone(&api);
    let category = api
        .channel(json!({"name": "Secret", "type": 4, "permission_overwrites": overwrites}))
        .await;
    let path = api.at("/channels");
    let child = json!({"name": "inside", "parent_id": category});
    let child = api.post(&path, child).await.ok();
    assert_eq!(child["permission_overwrites"].as_array().unwrap().len(), 2);
    let own = json!({"name": "open", "parent_id": category, "permission_overwrites": []});
    assert_eq!(api.post(&path, own).await.ok()["permission_overwrites"], json!([]));
    let general = api.guild.channel("general").unwrap().id;
    let odd = json!({"name": "x", "parent_id": general});
    assert_eq!(api.post(&path, odd).await.field("parent_id"), "CHANNEL_PARENT_INVALID_TYPE");
    let nested = json!({"name": "x", "type": 4, "parent_id": category});
    assert_eq!(api.post(&path, nested).await.field("parent_id"), "CHANNEL_PARENT_INVALID");
}

#[tokio::test]
async fn a_category_holds_fifty() {
    let api = Api::club(USUAL).await;
    let category = api.channel(json!({"name": "Full", "type": 4})).await;
    for at in 0..50 {
        api.channel(json!({"name": format!("c{at}"), "parent_id": category})).await;
    }
    let over = json!({"name": "over", "parent_id": category});
    let over = api.post(&api.at("/channels"), over).await;
    assert_eq!(over.field("parent_id"), "CHANNEL_PARENT_MAX_CHANNELS");
    let moved = api.patch(&api.general(), json!({"parent_id": category})).await;
    assert_eq!(moved.field("parent_id"), "CHANNEL_PARENT_MAX_CHANNELS");
}

#[tokio::test]
async fn moving_keeps_overwrites() {
    let api = Api::club(USUAL).await;
    let overwrites = hidden_from_everyone(&api);
    let category = api
        .channel(json!({"name": "Secret", "type": 4, "permission_overwrites": overwrites}))
        .await;
    let moved = api.patch(&api.general(), json!({"parent_id": category})).await.ok();
    assert_eq!(moved["parent_id"], json!(category));
    assert_eq!(moved["permission_overwrites"], json!([]));
    let out = api.patch(&api.general(), json!({"parent_id": null})).await.ok();
    assert_eq!(out["parent_id"], Value::Null);
}

#[tokio::test]
async fn a_category_out_of_sight_takes_nothing() {
    let api = Api::club(USUAL).await;
    let owner = api.guild.owner();
    let hidden = {
        let mut world = api.sandbox.world();
        let cause = sandbox::world::Cause::user(owner.id());
        let everyone = sandbox::world::Overwrite {
            target: sandbox::world::OverwriteTarget::Role(api.guild.id().everyone()),
            allow: Permissions::NONE,
            deny: Permissions::VIEW_CHANNEL,
        };
        let mut channel = sandbox::world::Channel::new(
            sandbox::id::ChannelId(0),
            None,
            ChannelKind::Category,
            "Staff",
        );
        channel.overwrites.push(everyone);
        world.create_channel(api.guild.id(), channel, &cause).unwrap().id
    };
    let inside = json!({"name": "x", "parent_id": hidden});
    assert_eq!(api.post(&api.at("/channels"), inside).await.refusal(), (403, 50_001));
    let moved = api.patch(&api.general(), json!({"parent_id": hidden})).await;
    assert_eq!(moved.refusal(), (403, 50_001));
    assert_eq!(api.get(&format!("/channels/{hidden}")).await.refusal(), (403, 50_001));
}

#[tokio::test]
async fn children_with_the_same_overwrites_follow_the_category() {
    let api = Api::club(USUAL).await;
    let role = api.role("Chess").await;
    let category = api.channel(json!({"name": "Chess", "type": 4})).await;
    let same = api.channel(json!({"name": "same", "parent_id": category})).await;
    let own = json!([{"id": role, "type": 0, "allow": "1024"}]);
    let other = api
        .channel(json!({"name": "other", "parent_id": category, "permission_overwrites": own}))
        .await;
    let count = |channel: Value| channel["permission_overwrites"].as_array().unwrap().len();
    let edit = json!({"type": 0, "deny": "1024"});
    let path = format!("/channels/{category}/permissions/{}", api.guild.id());
    let put = api.put(&path, edit.clone()).await;
    assert_eq!(put.refusal(), (204, 0));
    // The bot has just locked itself out of all three but the one that does not follow.
    assert_eq!(api.get(&format!("/channels/{same}")).await.refusal(), (403, 50_001));
    assert_eq!(count(api.get(&format!("/channels/{other}")).await.ok()), 1);
    let owner = api.guild.owner().id();
    {
        let mut world = api.sandbox.world();
        world.category_sync = false;
        let cause = sandbox::world::Cause::user(owner);
        let everyone = api.guild.id().0;
        let category = sandbox::id::ChannelId(category.parse().unwrap());
        world.delete_overwrite(category, everyone, &cause).unwrap();
    }
    assert_eq!(api.get(&format!("/channels/{same}")).await.refusal(), (403, 50_001));
}
