//! Time, and what people do.

use sandbox::world::Intents;
use serde_json::{Value, json};

use super::super::stage::Stage;
use super::throw;
use crate::control::good;
use crate::raw_shard::RawShard;

pub const STORIES: usize = 8;

async fn hand(stage: &Stage, change: Value) {
    throw(stage, "/guilds/{guild}/hand", change).await;
}

async fn make_channel(stage: &Stage, parent: Option<&str>) -> (u16, u64) {
    let mut body = json!({"name": "one-more"});
    if let Some(parent) = parent {
        body["parent_id"] = json!(stage.fill(parent));
    }
    let answer = stage.call("POST", "/guilds/{guild}/channels", &body).await;
    (answer.status, answer.json()["code"].as_u64().unwrap_or(0))
}

async fn listen(stage: &Stage) -> RawShard {
    let (mut shard, _) = RawShard::ready(&stage.sandbox, Intents::GUILDS).await;
    shard.dispatch("GUILD_CREATE").await;
    shard
}

pub async fn story(stage: &Stage, name: &str) -> bool {
    match name {
        "clock" => {
            let stopped = good(&stage.sandbox, "POST", "/clock/stop", Value::Null).await;
            let now = stopped["now_ms"].as_i64().unwrap();
            let pushed = throw(stage, "/clock/advance", json!({"ms": 3_001})).await;
            assert_eq!(pushed["now_ms"], now + 3_001);
            // An interaction is dead three seconds later.
            let path = "/interactions/{interaction}/{itoken}/callback";
            let late = stage.call("POST", path, &json!({"type": 5})).await;
            assert_eq!((late.status, &late.json()["code"]), (404, &json!(10_062)));
            good(&stage.sandbox, "POST", "/clock/run", Value::Null).await;
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
            let shown = good(&stage.sandbox, "GET", "/clock", Value::Null).await;
            assert!(shown["now_ms"].as_i64().unwrap() > now + 3_001, "it runs again");
        }
        "guild outage" => {
            let mut shard = listen(stage).await;
            hand(stage, json!({"do": "outage", "on": true})).await;
            let gone = shard.dispatch("GUILD_DELETE").await;
            assert_eq!(gone, json!({"id": stage.guild.id(), "unavailable": true}));
            hand(stage, json!({"do": "outage", "on": false})).await;
            assert_eq!(shard.dispatch("GUILD_CREATE").await["name"], "Club");
        }
        "GUILD_CREATE with unavailable" => {
            hand(stage, json!({"do": "outage", "on": true})).await;
            let (mut shard, _) = RawShard::ready(&stage.sandbox, Intents::GUILDS).await;
            let down = shard.dispatch("GUILD_CREATE").await;
            assert_eq!(down, json!({"id": stage.guild.id(), "unavailable": true}));
        }
        "role dragged above the bot" => {
            let path = "/guilds/{guild}/members/{bob}/roles/{player}";
            assert_eq!(stage.call("PUT", path, &Value::Null).await.status, 204);
            hand(stage, json!({"do": "move_role", "role": "player", "above": "bot"})).await;
            let refused = stage.call("DELETE", path, &Value::Null).await;
            assert_eq!((refused.status, &refused.json()["code"]), (403, &json!(50_013)));
        }
        "resources deleted by hand" => {
            let mut shard = listen(stage).await;
            hand(stage, json!({"do": "delete_role", "role": "player"})).await;
            assert_eq!(
                shard.dispatch("GUILD_ROLE_DELETE").await["role_id"],
                stage.fill("{player}")
            );
            hand(stage, json!({"do": "delete_channel", "channel": "Games"})).await;
            assert_eq!(shard.dispatch("CHANNEL_DELETE").await["id"], stage.fill("{Games}"));
            let gone = stage.call("GET", "/channels/{Games}", &Value::Null).await;
            assert_eq!((gone.status, &gone.json()["code"]), (404, &json!(10_003)));
        }
        "guild nearly full of channels" => {
            hand(stage, json!({"do": "fill", "what": "channels", "left": 1})).await;
            assert_eq!(make_channel(stage, None).await, (201, 0));
            assert_eq!(make_channel(stage, None).await, (400, 30_013));
        }
        "guild nearly full of roles" => {
            hand(stage, json!({"do": "fill", "what": "roles", "left": 1})).await;
            let body = json!({"name": "last", "permissions": "0"});
            assert_eq!(stage.call("POST", "/guilds/{guild}/roles", &body).await.status, 200);
            let over = stage.call("POST", "/guilds/{guild}/roles", &body).await;
            assert_eq!((over.status, &over.json()["code"]), (400, &json!(30_005)));
        }
        "category nearly full" => {
            let order = json!({"do": "fill", "what": "category", "category": "Games", "left": 1});
            hand(stage, order).await;
            assert_eq!(make_channel(stage, Some("{Games}")).await, (201, 0));
            assert_eq!(make_channel(stage, Some("{Games}")).await, (400, 50_035));
        }
        _ => return false,
    }
    true
}
