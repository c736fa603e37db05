//! REST calls that go wrong.

use std::io::ErrorKind;
use std::time::Duration;

use serde_json::{Value, json};

use super::super::stage::Stage;
use super::throw;
use crate::control::good;
use crate::http::{Answer, call, get};

pub const STORIES: usize = 16;

const OVERWRITE: &str = "/channels/{chess}/permissions/{player}";

fn allow() -> Value {
    json!({"type": 0, "allow": "1024", "deny": "0"})
}

async fn make_role(stage: &Stage, name: &str) -> Answer {
    stage.call("POST", "/guilds/{guild}/roles", &json!({"name": name, "permissions": "0"})).await
}

/// The same, when the connection may break.
async fn try_role(stage: &Stage, name: &str) -> std::io::Result<Answer> {
    let body = json!({"name": name, "permissions": "0"}).to_string();
    call(&stage.sandbox, "POST", &stage.fill("/guilds/{guild}/roles"), &body).await
}

async fn role_fault(stage: &Stage, kind: Value) {
    throw(stage, "/faults", json!({"place": "create_guild_role", "kind": kind})).await;
}

/// How many overwrites `chess` has.
fn overwrites(stage: &Stage) -> usize {
    stage.guild.channel("chess").unwrap().overwrites.len()
}

/// Limits as a whole configuration.
async fn limits(stage: &Stage, more: Value) {
    throw(stage, "/limits", more).await;
}

fn hidden(scope: &str) -> Value {
    json!({"hidden": [{
        "name": "rename", "operation": "update_channel", "trigger": {"field": "name"},
        "limit": {"limit": 1, "per_ms": 600_000}, "scope": scope,
    }]})
}

/// Renames twice: the second time is too often.
async fn second_rename(stage: &Stage) -> Answer {
    for name in ["one", "two"] {
        let answer = stage.call("PATCH", "/channels/{general}", &json!({"name": name})).await;
        if answer.status != 200 {
            return answer;
        }
    }
    panic!("nothing was refused");
}

pub async fn story(stage: &Stage, name: &str) -> bool {
    match name {
        "late acknowledgement" => {
            throw(stage, "/latency", json!({"callbacks": 60})).await;
            let start = std::time::Instant::now();
            let body = json!({"type": 5});
            let path = "/interactions/{interaction}/{itoken}/callback";
            assert_eq!(stage.call("POST", path, &body).await.status, 204);
            assert!(start.elapsed() >= Duration::from_millis(60));
        }
        "overwrites that lag" => {
            let kind = json!({"later": {"status": 204, "after": 2_000}});
            let place = "set_channel_permission_overwrite";
            throw(stage, "/faults", json!({"place": place, "kind": kind})).await;
            assert_eq!(stage.call("PUT", OVERWRITE, &allow()).await.status, 204);
            assert_eq!(overwrites(stage), 0);
            throw(stage, "/clock/advance", json!({"ms": 2_000})).await;
            for _ in 0..100 {
                if overwrites(stage) == 1 {
                    return true;
                }
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
            panic!("the overwrite never came");
        }
        "overwrites that get lost" => {
            let place = "set_channel_permission_overwrite";
            throw(stage, "/faults", json!({"place": place, "kind": {"pretend": 204}})).await;
            assert_eq!(stage.call("PUT", OVERWRITE, &allow()).await.status, 204);
            assert_eq!(overwrites(stage), 0);
        }
        "reads that lag" => {
            let count = async || {
                let roles = get(&stage.sandbox, &stage.fill("/guilds/{guild}/roles")).await;
                roles.json().as_array().unwrap().len()
            };
            throw(stage, "/lag", json!({"reads": 5_000})).await;
            let before = count().await;
            make_role(stage, "new").await;
            assert_eq!(count().await, before, "not heard of yet");
            throw(stage, "/clock/advance", json!({"ms": 5_000})).await;
            assert_eq!(count().await, before + 1);
            throw(stage, "/lag", json!({"reads": 0})).await;
            make_role(stage, "newer").await;
            assert_eq!(count().await, before + 2);
        }
        "hidden 429" => {
            limits(stage, hidden("user")).await;
            let refused = second_rename(stage).await;
            assert_eq!((refused.status, refused.header("x-ratelimit-scope")), (429, Some("user")));
            assert!(refused.number("x-ratelimit-remaining") > 0.0, "it looked free");
            assert_eq!(refused.header("retry-after"), Some("600"));
        }
        "shared 429" => {
            limits(stage, hidden("shared")).await;
            let refused = second_rename(stage).await;
            assert_eq!(refused.header("x-ratelimit-scope"), Some("shared"));
            assert_eq!(refused.json()["message"], "The resource is being rate limited.");
        }
        "global 429" => {
            let kind = json!({"rate_limited": {"scope": "global", "retry_after": 1_500}});
            throw(stage, "/faults", json!({"kind": kind})).await;
            let refused = get(&stage.sandbox, "/users/@me").await;
            assert_eq!((refused.status, refused.header("x-ratelimit-global")), (429, Some("true")));
            assert_eq!(refused.json()["retry_after"], 1.5);
        }
        "scope on success" => {
            let plain = get(&stage.sandbox, "/users/@me").await;
            assert_eq!(plain.header("x-ratelimit-scope"), None);
            limits(stage, json!({"scope_on_success": true})).await;
            let scoped = get(&stage.sandbox, "/users/@me").await;
            assert_eq!((scoped.status, scoped.header("x-ratelimit-scope")), (200, Some("user")));
        }
        "Cloudflare page 403" => {
            throw(stage, "/faults", json!({"kind": {"cloudflare": 403}})).await;
            let page = get(&stage.sandbox, "/users/@me").await;
            assert_eq!(page.status, 403);
            assert!(page.header("content-type").unwrap().starts_with("text/html"));
        }
        "Cloudflare page 429" => {
            throw(stage, "/limits/block", json!({"status": 429, "ms": 60_000})).await;
            let page = get(&stage.sandbox, "/users/@me").await;
            assert_eq!((page.status, page.header("retry-after")), (429, Some("60")));
            assert!(page.body.contains("Cloudflare"));
            good(&stage.sandbox, "DELETE", "/limits/block", Value::Null).await;
            assert_eq!(get(&stage.sandbox, "/users/@me").await.status, 200);
        }
        "5xx" => {
            for status in [500, 502, 503, 504] {
                role_fault(stage, json!({"status": status})).await;
                assert_eq!(make_role(stage, "never").await.status, status);
            }
            assert!(stage.guild.role("never").is_none());
        }
        "random faults" => {
            let mix = json!({"probability": 1.0, "kinds": [{"status": 503}], "seed": 7, "lasting": 1_000});
            throw(stage, "/faults/mix", mix).await;
            assert_eq!(get(&stage.sandbox, "/users/@me").await.status, 503);
            throw(stage, "/clock/advance", json!({"ms": 1_000})).await;
            assert_eq!(get(&stage.sandbox, "/users/@me").await.status, 200);
        }
        "reset before commit" => {
            role_fault(stage, json!("drop_request")).await;
            let broken = try_role(stage, "lost").await.unwrap_err();
            assert_eq!(broken.kind(), ErrorKind::ConnectionReset);
            assert!(stage.guild.role("lost").is_none());
        }
        "reset after commit" => {
            role_fault(stage, json!("drop_answer")).await;
            let broken = try_role(stage, "ghost").await.unwrap_err();
            assert_eq!(broken.kind(), ErrorKind::ConnectionReset);
            assert!(stage.guild.role("ghost").is_some());
        }
        "call held in the middle" => {
            let order = json!({"nth": 1, "moment": "after", "operation": "create_guild_role"});
            throw(stage, "/holds", order).await;
            let look = async {
                loop {
                    let hanging = good(&stage.sandbox, "GET", "/holds", Value::Null).await;
                    if hanging[0]["operation"] == "create_guild_role" {
                        break;
                    }
                    tokio::time::sleep(Duration::from_millis(5)).await;
                }
                assert!(stage.guild.role("held").is_some(), "it has taken effect");
                good(&stage.sandbox, "DELETE", "/holds?cut=true", Value::Null).await;
            };
            let (broken, ()) = tokio::join!(try_role(stage, "held"), look);
            assert_eq!(broken.unwrap_err().kind(), ErrorKind::ConnectionReset);
        }
        "token reset" => {
            let fresh = throw_bare(stage, "/token").await;
            let old = get(&stage.sandbox, "/users/@me").await;
            assert_eq!((old.status, &old.json()["code"]), (401, &json!(0)));
            let token = format!("Bot {}", fresh["token"].as_str().unwrap());
            let headers = [("authorization", token.as_str())];
            assert_eq!(stage.send("GET", "/users/@me", &headers, "").await.status, 200);
        }
        _ => return false,
    }
    true
}

/// A control call without a body.
async fn throw_bare(stage: &Stage, path: &str) -> Value {
    good(&stage.sandbox, "POST", path, Value::Null).await
}
