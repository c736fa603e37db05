//! Roles.

use sandbox::world::Permissions;
use serde_json::json;

use super::client::{Api, USUAL};

#[tokio::test]
async fn without_permissions_a_role_copies_everyone() {
    let api = Api::club(USUAL).await;
    let plain = api.post(&api.at("/roles"), json!({"name": "Trap"})).await.ok();
    assert_eq!(plain["permissions"], json!(Permissions::DEFAULT_EVERYONE.0.to_string()));
    let fields = json!({"name": "Chess", "permissions": "0", "color": 255, "hoist": true, "mentionable": true});
    let role = api.post(&api.at("/roles"), fields).await;
    assert_eq!(role.status, 200);
    let role = role.ok();
    assert_eq!((&role["permissions"], &role["position"]), (&json!("0"), &json!(1)));
    assert_eq!(role["colors"]["primary_color"], 255);
    let id = role["id"].as_str().unwrap();
    assert_eq!(api.get(&api.at(&format!("/roles/{id}"))).await.ok(), role);
    assert_eq!(api.get(&api.at("/roles")).await.names(), ["@everyone", "Bot", "Trap", "Chess"]);
}

#[tokio::test]
async fn bits_the_bot_lacks_and_roles_above_it_are_refused() {
    let api = Api::club(USUAL).await;
    let kick = json!({"name": "Kicker", "permissions": "2"});
    assert_eq!(api.post(&api.at("/roles"), kick).await.refusal(), (403, 50_013));
    let role = api.role("Chess").await;
    let path = api.at(&format!("/roles/{role}"));
    assert_eq!(api.patch(&path, json!({"permissions": "2"})).await.refusal(), (403, 50_013));
    assert_eq!(api.patch(&path, json!({"name": "Schach"})).await.ok()["name"], "Schach");
    api.guild.owner().move_role(role.parse().unwrap(), 5).unwrap();
    assert_eq!(api.patch(&path, json!({"name": "x"})).await.refusal(), (403, 50_013));
    assert_eq!(api.delete(&path).await.refusal(), (403, 50_013));
    let member = api.at(&format!("/members/{}/roles/{role}", api.bot()));
    assert_eq!(api.put(&member, json!({})).await.refusal(), (403, 50_013));
    let weak = Api::club(Permissions::NONE).await;
    assert_eq!(weak.post(&weak.at("/roles"), json!({})).await.refusal(), (403, 50_013));
}

#[tokio::test]
async fn what_needs_boosts_or_is_malformed() {
    let api = Api::club(USUAL).await;
    let path = api.at("/roles");
    let gradient = json!({"name": "x", "permissions": "0", "colors": {"primary_color": 1, "secondary_color": 2}});
    assert_eq!(api.post(&path, gradient.clone()).await.refusal(), (400, 50_101));
    assert_eq!(api.post(&path, json!({"unicode_emoji": "♟"})).await.refusal(), (400, 50_101));
    let id = api.guild.id();
    api.sandbox
        .world()
        .guilds
        .get_mut(&id)
        .unwrap()
        .features
        .push("ENHANCED_ROLE_COLORS".to_owned());
    assert_eq!(api.post(&path, gradient).await.ok()["colors"]["secondary_color"], 2);
    let long = json!({"name": "x".repeat(101)});
    assert_eq!(api.post(&path, long).await.field("name"), "BASE_TYPE_BAD_LENGTH");
    let color = json!({"color": 0x0100_0000});
    assert_eq!(api.post(&path, color).await.field("color"), "NUMBER_TYPE_MAX");
    assert_eq!(api.get(&api.at("/roles/1")).await.refusal(), (404, 10_011));
    assert_eq!(api.delete(&api.at("/roles/1")).await.refusal(), (404, 10_011));
    let everyone = api.at(&format!("/roles/{}", api.guild.id()));
    assert_eq!(api.delete(&everyone).await.refusal(), (400, 50_028));
}

#[tokio::test]
async fn the_guild_is_full_at_250_with_everyone_and_managed_roles() {
    let api = Api::club(USUAL).await;
    for at in 2..250 {
        api.role(&format!("r{at}")).await;
    }
    let over = api.post(&api.at("/roles"), json!({"permissions": "0"})).await;
    assert_eq!(over.refusal(), (400, 30_005));
    assert!(over.body["message"].as_str().unwrap().contains("250"));
}

#[tokio::test]
async fn roles_move_below_the_bot_only() {
    let api = Api::club(USUAL).await;
    let (chess, go) = (api.role("Chess").await, api.role("Go").await);
    let own = api.guild.role("Bot").unwrap().id;
    let move_them = json!([{"id": chess, "position": 3}, {"id": go, "position": 2}]);
    let path = api.at("/roles");
    assert_eq!(api.patch(&path, move_them.clone()).await.refusal(), (403, 50_013));
    api.guild.owner().move_role(own, 10).unwrap();
    let all = api.patch(&path, move_them).await;
    assert_eq!(all.names().len(), 4);
    assert_eq!(api.guild.role("Chess").unwrap().position, 3);
    assert_eq!(api.guild.role("Go").unwrap().position, 2);
    for body in [
        json!([{"id": chess, "position": 11}]),
        json!([{"id": own, "position": 5}]),
        json!([{"id": api.guild.id(), "position": 5}]),
    ] {
        assert_eq!(api.patch(&path, body.clone()).await.refusal(), (403, 50_013), "{body}");
    }
    assert_eq!(
        api.patch(&path, json!([{"id": "1", "position": 1}])).await.refusal(),
        (404, 10_011)
    );
}

#[tokio::test]
async fn member_counts_leave_everyone_out() {
    let api = Api::club(USUAL).await;
    let role = api.role("Chess").await;
    let alice = api.guild.actor("Alice").id();
    assert_eq!(
        api.put(&api.at(&format!("/members/{alice}/roles/{role}")), json!({})).await.status,
        204
    );
    let counts = api.get(&api.at("/roles/member-counts")).await.ok();
    assert_eq!(counts[&role], 1);
    assert_eq!(counts.as_object().unwrap().len(), 2);
    assert_eq!(api.get("/guilds/1/roles/member-counts").await.refusal(), (404, 10_004));
}
