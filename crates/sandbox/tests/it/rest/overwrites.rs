//! Overwrites: who may write which bits.

use sandbox::world::Permissions;
use serde_json::json;

use super::client::{Api, USUAL};

const SPEAK: &str = "2097152";
const MANAGE_ROLES: &str = "268435456";

#[tokio::test]
async fn a_list_replaces_the_whole_list_and_is_logged_line_by_line() {
    let api = Api::club(USUAL).await;
    let (chess, go) = (api.role("Chess").await, api.role("Go").await);
    let list = json!([{"id": chess, "type": 0, "allow": "1024"}, {"id": api.bot(), "type": 1, "allow": "1024"}]);
    let id = api.channel(json!({"name": "table", "permission_overwrites": list})).await;
    let from = api.guild.state().audit.len();
    let list = json!([{"id": go, "type": 0, "allow": "1024"}, {"id": api.bot(), "type": 1, "allow": "3072"}]);
    let edited =
        api.patch(&format!("/channels/{id}"), json!({"permission_overwrites": list})).await.ok();
    assert_eq!(edited["permission_overwrites"][0]["id"], json!(go));
    assert_eq!(edited["permission_overwrites"][0]["deny"], "0");
    assert_eq!(api.audit(from), [13, 14, 15]);
    let entry = api.guild.state().audit.back().unwrap().clone();
    let options = entry.options.unwrap();
    assert_eq!(options.role_name.as_deref(), Some("Chess"));
    assert_eq!(entry.target.unwrap().to_string(), id);
}

#[tokio::test]
async fn put_adds_and_replaces_and_delete_removes() {
    let api = Api::club(USUAL).await;
    let alice = api.guild.actor("Alice").id();
    let path = format!("{}/permissions/{alice}", api.general());
    let from = api.guild.state().audit.len();
    assert_eq!(api.put(&path, json!({"type": 1, "allow": "1024"})).await.status, 204);
    assert_eq!(api.put(&path, json!({"type": 1, "deny": "1024"})).await.status, 204);
    assert!(
        !api.guild
            .actor("Alice")
            .visible_channels()
            .contains(&api.guild.channel("general").unwrap().id)
    );
    assert_eq!(api.put(&path, json!({"type": 1, "deny": "1024"})).await.status, 204);
    assert_eq!(api.delete(&path).await.status, 204);
    assert_eq!(api.audit(from), [13, 14, 15]);
    assert_eq!(api.delete(&path).await.refusal(), (404, 10_009));
    assert_eq!(api.put(&path, json!({"allow": "1024"})).await.field("type"), "BASE_TYPE_REQUIRED");
}

#[tokio::test]
async fn only_bits_the_bot_holds_and_never_manage_roles() {
    // The bot cannot speak: @everyone may, so take that away first.
    let api = Api::club(USUAL).await;
    let everyone = api.guild.id().everyone();
    let owner = api.guild.owner().id();
    {
        let mut world = api.sandbox.world();
        let patch = sandbox::world::RolePatch {
            permissions: Some(Permissions::NONE),
            ..sandbox::world::RolePatch::default()
        };
        let cause = sandbox::world::Cause::user(owner);
        world.edit_role(api.guild.id(), everyone, patch, &cause).unwrap();
    }
    let role = api.role("Chess").await;
    let path = format!("{}/permissions/{role}", api.general());
    for bits in [SPEAK, MANAGE_ROLES] {
        let list = json!([{"id": role, "type": 0, "allow": bits}]);
        let made = json!({"name": "x", "permission_overwrites": list});
        assert_eq!(api.post(&api.at("/channels"), made).await.refusal(), (403, 50_013), "{bits}");
        let edit = json!({"permission_overwrites": list});
        assert_eq!(api.patch(&api.general(), edit).await.refusal(), (403, 50_013), "{bits}");
        let denied = json!({"type": 0, "deny": bits});
        assert_eq!(api.put(&path, denied).await.refusal(), (403, 50_013), "{bits}");
    }
    let trusted = sandbox::world::Overwrite {
        target: sandbox::world::OverwriteTarget::Member(api.bot().parse().unwrap()),
        allow: Permissions::MANAGE_ROLES,
        deny: Permissions::NONE,
    };
    let general = api.guild.channel("general").unwrap().id;
    let cause = sandbox::world::Cause::user(owner);
    api.sandbox.world().put_overwrite(general, trusted, &cause).unwrap();
    assert_eq!(api.put(&path, json!({"type": 0, "allow": SPEAK})).await.status, 204);
}

#[tokio::test]
async fn administrators_may_write_anything() {
    let api = Api::club(Permissions::ADMINISTRATOR).await;
    let role = api.role("Chess").await;
    let list = json!([{"id": role, "type": 0, "allow": MANAGE_ROLES}]);
    api.channel(json!({"name": "x", "permission_overwrites": list})).await;
}

#[tokio::test]
async fn refusals() {
    let api = Api::club(USUAL).await;
    let role = api.role("Chess").await;
    let strange = json!([{"id": "1", "type": 0, "allow": "0"}]);
    let made = json!({"name": "x", "permission_overwrites": strange});
    assert_eq!(api.post(&api.at("/channels"), made).await.refusal(), (404, 10_009));
    let put = api.put(&format!("{}/permissions/1", api.general()), json!({"type": 1})).await;
    assert_eq!(put.refusal(), (404, 10_009));
    let twice = json!([{"id": role, "type": 0}, {"id": role, "type": 0}]);
    let made = json!({"name": "x", "permission_overwrites": twice});
    let made = api.post(&api.at("/channels"), made).await;
    assert_eq!(made.field("permission_overwrites.1"), "SET_TYPE_ALREADY_CONTAINS_VALUE");
    let many: Vec<_> = (0..101).map(|id| json!({"id": id, "type": 1})).collect();
    let made = json!({"name": "x", "permission_overwrites": many});
    let made = api.post(&api.at("/channels"), made).await;
    assert_eq!(made.field("permission_overwrites"), "BASE_TYPE_MAX_LENGTH");
    assert_eq!(
        api.put("/channels/1/permissions/1", json!({"type": 1})).await.refusal(),
        (404, 10_003)
    );
    let weak = Api::club(Permissions::VIEW_CHANNEL | Permissions::MANAGE_CHANNELS).await;
    let path = format!("{}/permissions/{}", weak.general(), weak.guild.id());
    assert_eq!(weak.put(&path, json!({"type": 0, "deny": "1024"})).await.refusal(), (403, 50_013));
    assert_eq!(weak.delete(&path).await.refusal(), (403, 50_013));
}

#[tokio::test]
async fn a_thousand_overwrites_fill_a_channel() {
    let api = Api::club(USUAL).await;
    let general = api.guild.channel("general").unwrap().id;
    {
        let mut world = api.sandbox.world();
        let place = world.channels.get_mut(&general).unwrap();
        for id in 1..=1000 {
            place.overwrites.push(sandbox::world::Overwrite {
                target: sandbox::world::OverwriteTarget::Member(sandbox::id::UserId(id)),
                allow: Permissions::NONE,
                deny: Permissions::NONE,
            });
        }
    }
    let path = format!("{}/permissions/{}", api.general(), api.bot());
    assert_eq!(api.put(&path, json!({"type": 1, "allow": "1024"})).await.refusal(), (400, 30_060));
}
