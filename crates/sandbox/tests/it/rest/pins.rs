//! Pins.

use sandbox::world::Permissions;
use serde_json::{Value, json};

use super::client::{Api, USUAL};

#[tokio::test]
async fn pinning_posts_a_notice_and_lists_newest_first() {
    let api = Api::club(USUAL).await;
    let path = format!("{}/messages", api.general());
    let first = api.post(&path, json!({"content": "first"})).await.id();
    let second = api.post(&path, json!({"content": "second"})).await.id();
    for id in [&first, &second, &second] {
        assert_eq!(api.put(&format!("{path}/pins/{id}"), Value::Null).await.status, 204);
        api.sandbox.clock().advance(std::time::Duration::from_secs(1));
    }
    let page = api.get(&format!("{path}/pins?limit=1")).await.ok();
    assert_eq!(
        (&page["items"][0]["message"]["content"], &page["has_more"]),
        (&json!("second"), &json!(true))
    );
    let before = page["items"][0]["pinned_at"].as_str().unwrap().replace('+', "%2B");
    let rest = api.get(&format!("{path}/pins?before={before}")).await.ok();
    assert_eq!(
        (&rest["items"][0]["message"]["id"], &rest["has_more"]),
        (&json!(first), &json!(false))
    );
    let newest = api.get(&format!("{path}?limit=1")).await.ok();
    assert_eq!(
        (&newest[0]["type"], &newest[0]["message_reference"]["message_id"]),
        (&json!(6), &json!(second))
    );
    assert_eq!(api.delete(&format!("{path}/pins/{first}")).await.status, 204);
    assert_eq!(api.audit(0)[api.audit(0).len() - 3..], [74, 74, 75]);
}

#[tokio::test]
async fn refusals() {
    let rights = Permissions(USUAL.0 & !Permissions::PIN_MESSAGES.0);
    let api = Api::club(rights | Permissions::MANAGE_MESSAGES).await;
    let path = format!("{}/messages", api.general());
    let id = api.post(&path, json!({"content": "x"})).await.id();
    let pin = api.put(&format!("{path}/pins/{id}"), Value::Null).await;
    assert_eq!(pin.refusal(), (403, 50_013), "MANAGE_MESSAGES is not enough");
    let api = Api::club(USUAL).await;
    let path = format!("{}/messages", api.general());
    assert_eq!(api.put(&format!("{path}/pins/1"), Value::Null).await.refusal(), (404, 10_008));
    assert_eq!(api.get(&format!("{path}/pins?limit=51")).await.field("limit"), "NUMBER_TYPE_MAX");
    let category = api.channel(json!({"name": "c", "type": 4})).await;
    let there = api.get(&format!("/channels/{category}/messages/pins")).await;
    assert_eq!(there.refusal(), (400, 50_008));
}

#[tokio::test]
async fn the_251st_pin_is_refused() {
    let api = Api::club(USUAL).await;
    let path = format!("{}/messages", api.general());
    let general = api.guild.channel("general").unwrap().id;
    let owner = api.guild.owner();
    let cause = sandbox::world::Cause::user(owner.id());
    for _ in 0..250 {
        let id = owner.say(general, "x").unwrap();
        api.sandbox.world().set_pinned(general, id, true, &cause).unwrap();
    }
    let id = api.post(&path, json!({"content": "x"})).await.id();
    assert_eq!(api.put(&format!("{path}/pins/{id}"), Value::Null).await.refusal(), (400, 30_003));
}
