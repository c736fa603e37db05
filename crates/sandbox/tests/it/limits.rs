//! Every shape of a rate limit, seen as the bytes a client gets.

use std::time::Duration;

use sandbox::limits::{HiddenLimit, InvalidRequests, Limit, LimitsConfig, Scope};
use sandbox::world::Permissions;
use sandbox::{Config, Sandbox};

use crate::http::{Answer, call, get};

/// A sandbox on a stopped clock, so that no window ends while a test runs.
async fn sandbox(limits: LimitsConfig) -> Sandbox {
    let sandbox = Sandbox::start(Config { limits, ..Config::default() }).await.unwrap();
    sandbox.clock().freeze();
    sandbox
}

async fn role(sandbox: &Sandbox, guild: sandbox::id::GuildId, body: &str) -> Answer {
    call(sandbox, "POST", &format!("/guilds/{guild}/roles"), body).await.unwrap()
}

fn roles(limit: Limit) -> LimitsConfig {
    let mut config = LimitsConfig::default();
    config.routes.insert("create_guild_role".into(), limit);
    config
}

#[tokio::test]
async fn a_used_up_bucket_says_when_to_come_back() {
    let sandbox = sandbox(roles(Limit::new(2, 5_500))).await;
    let guild = sandbox.new_guild("Club").bot(Permissions::ADMINISTRATOR).build().id();
    let first = role(&sandbox, guild, "{}").await;
    assert_eq!((first.status, first.header("x-ratelimit-remaining")), (200, Some("1")));
    assert_eq!(first.header("x-ratelimit-limit"), Some("2"));
    assert_eq!(first.header("x-ratelimit-reset-after"), Some("5.500"));
    assert_eq!(first.header("x-ratelimit-scope"), None, "documented for 429 only");
    assert_eq!(first.header("x-ratelimit-bucket").unwrap().len(), 32);
    sandbox.clock().advance(Duration::from_secs(1));
    assert_eq!(role(&sandbox, guild, "{}").await.header("x-ratelimit-remaining"), Some("0"));

    let refused = role(&sandbox, guild, "{}").await;
    assert_eq!(refused.status, 429);
    assert_eq!(refused.header("x-ratelimit-scope"), Some("user"));
    assert_eq!(refused.header("x-ratelimit-global"), None);
    assert_eq!(refused.header("retry-after"), Some("5"));
    // By this header discord.py tells Discord's own 429 from one of Cloudflare.
    assert!(refused.header("via").is_some());
    assert_eq!(refused.header("x-ratelimit-bucket"), first.header("x-ratelimit-bucket"));
    let expected = serde_json::json!({
        "message": "You are being rate limited.", "retry_after": 4.5, "global": false,
    });
    assert_eq!(refused.json(), expected);

    let other = sandbox.new_guild("Other").bot(Permissions::ADMINISTRATOR).build().id();
    assert_eq!(role(&sandbox, other, "{}").await.status, 200, "a bucket belongs to one guild");
    sandbox.clock().advance(Duration::from_millis(4_500));
    assert_eq!(role(&sandbox, guild, "{}").await.status, 200);
}

#[tokio::test]
async fn a_hidden_limit_strikes_while_the_headers_look_free() {
    let rename = HiddenLimit::on("create_guild_role", Limit::new(2, 600_000));
    let hidden = vec![rename.clone().with_field("name"), rename.with_field("color")];
    let mut config = roles(Limit::new(5, 15_000));
    config.hidden = hidden;
    let sandbox = sandbox(config).await;
    let guild = sandbox.new_guild("Club").bot(Permissions::ADMINISTRATOR).build().id();
    for _ in 0..2 {
        assert_eq!(role(&sandbox, guild, r#"{"name": "a"}"#).await.status, 200);
    }
    let refused = role(&sandbox, guild, r#"{"name": "a"}"#).await;
    assert_eq!(refused.status, 429);
    assert_eq!(refused.header("x-ratelimit-remaining"), Some("2"));
    assert_eq!(refused.header("x-ratelimit-reset-after"), Some("15.000"));
    assert_eq!(refused.header("retry-after"), Some("600"));
    assert_eq!(refused.header("x-ratelimit-scope"), Some("user"));
    let free = role(&sandbox, guild, r#"{"color": 1}"#).await;
    assert_eq!(free.status, 200, "fields are counted apart");
}

#[tokio::test]
async fn a_shared_limit_is_not_held_against_the_bot() {
    let budget = Limit::new(2, 600_000);
    let config = LimitsConfig {
        hidden: vec![HiddenLimit::on("create_guild_role", Limit::new(0, 3_000)).shared()],
        invalid_requests: Some(InvalidRequests { budget, block_ms: 60_000 }),
        ..LimitsConfig::default()
    };
    let sandbox = sandbox(config).await;
    let guild = sandbox.new_guild("Club").bot(Permissions::ADMINISTRATOR).build().id();
    for _ in 0..5 {
        let refused = role(&sandbox, guild, "{}").await;
        assert_eq!((refused.status, refused.header("x-ratelimit-scope")), (429, Some("shared")));
        assert!(refused.number("x-ratelimit-remaining") > 0.0);
        assert_eq!(refused.json()["message"], "The resource is being rate limited.");
    }
}

#[tokio::test]
async fn the_global_limit_spares_interaction_tokens() {
    let config = LimitsConfig { global_per_second: Some(3), ..LimitsConfig::default() };
    let sandbox = sandbox(config).await;
    for _ in 0..3 {
        assert_eq!(get(&sandbox, "/users/@me").await.status, 200);
    }
    let refused = get(&sandbox, "/applications/@me").await;
    assert_eq!(refused.status, 429);
    assert_eq!(refused.header("x-ratelimit-global"), Some("true"));
    assert_eq!(refused.header("x-ratelimit-scope"), Some("global"));
    assert_eq!(refused.header("x-ratelimit-bucket"), None);
    assert_eq!(refused.json()["global"], true);
    let callback = call(&sandbox, "POST", "/interactions/1/t/callback", r#"{"type":1}"#).await;
    assert_eq!(callback.unwrap().status, 404, "no limit, only an unknown interaction");
    sandbox.clock().advance(Duration::from_secs(1));
    assert_eq!(get(&sandbox, "/users/@me").await.status, 200);
}

#[tokio::test]
async fn too_many_refusals_end_at_cloudflare() {
    let invalid = InvalidRequests { budget: Limit::new(3, 600_000), block_ms: 60_000 };
    let config = LimitsConfig { invalid_requests: Some(invalid), ..LimitsConfig::default() };
    let sandbox = sandbox(config).await;
    let guild = sandbox.new_guild("Club").bot(Permissions(0)).build().id();
    for _ in 0..4 {
        assert_eq!(role(&sandbox, guild, "{}").await.status, 403);
    }
    for path in ["/users/@me", "/gateway"] {
        let page = get(&sandbox, path).await;
        assert_eq!((page.status, page.header("retry-after")), (429, Some("60")));
        assert!(page.header("content-type").unwrap().starts_with("text/html"));
        assert_eq!((page.header("x-ratelimit-scope"), page.header("via")), (None, None));
        assert!(page.body.contains("Cloudflare"));
    }
    sandbox.clock().advance(Duration::from_mins(1));
    assert_eq!(get(&sandbox, "/users/@me").await.status, 200);
    sandbox.limits().block(403, Duration::from_secs(10));
    assert_eq!(get(&sandbox, "/users/@me").await.status, 403);
    sandbox.limits().reset();
    assert_eq!(get(&sandbox, "/users/@me").await.status, 200);
}

#[tokio::test]
async fn operations_can_share_a_bucket_and_success_can_carry_a_scope() {
    let mut config = roles(Limit::new(2, 1_000));
    config.buckets.insert("list_guild_channels".into(), "create_guild_role".into());
    config.scope_on_success = true;
    let sandbox = sandbox(config).await;
    let guild = sandbox.new_guild("Club").bot(Permissions::ADMINISTRATOR).build().id();
    let made = role(&sandbox, guild, "{}").await;
    let listed = get(&sandbox, &format!("/guilds/{guild}/channels")).await;
    assert_eq!(listed.header("x-ratelimit-bucket"), made.header("x-ratelimit-bucket"));
    assert_eq!(listed.header("x-ratelimit-remaining"), Some("0"));
    assert_eq!(listed.header("x-ratelimit-scope"), Some("user"));
    assert_eq!(role(&sandbox, guild, "{}").await.status, 429);
}

#[tokio::test]
async fn the_off_preset_sends_no_headers_and_can_be_left_at_run_time() {
    let sandbox = sandbox(LimitsConfig::off()).await;
    assert_eq!(get(&sandbox, "/users/@me").await.header("x-ratelimit-limit"), None);
    sandbox.limits().configure(|config| *config = LimitsConfig::preset("realistic").unwrap());
    assert_eq!(get(&sandbox, "/users/@me").await.header("x-ratelimit-limit"), Some("50"));
}

#[tokio::test]
async fn the_realistic_preset_limits_renames_topics_and_role_creates() {
    let sandbox = sandbox(LimitsConfig::realistic()).await;
    let guild = sandbox.new_guild("Club").bot(Permissions::ADMINISTRATOR).build();
    let made = role(&sandbox, guild.id(), "{}").await;
    assert_eq!(made.header("x-ratelimit-limit"), Some("250"));
    assert!((made.number("x-ratelimit-reset-after") - 172_800.0).abs() < 1.0);
    let path = format!("/channels/{}", guild.channel("general").unwrap().id);
    let mut renames = Vec::new();
    for name in ["a", "b", "c"] {
        let body = format!(r#"{{"name": "{name}"}}"#);
        renames.push(call(&sandbox, "PATCH", &path, &body).await.unwrap());
    }
    let statuses: Vec<_> = renames.iter().map(|answer| answer.status).collect();
    assert_eq!(statuses, [200, 200, 429]);
    assert_eq!(renames[2].header("x-ratelimit-remaining"), Some("2"));
    assert_eq!(renames[2].header("retry-after"), Some("600"));
    let topic = call(&sandbox, "PATCH", &path, r#"{"topic": "new"}"#).await.unwrap();
    assert_eq!(topic.status, 200, "topics are counted apart");
}

#[tokio::test]
async fn edits_of_old_messages_have_their_own_limit() {
    let sandbox = sandbox(LimitsConfig::realistic()).await;
    let guild = sandbox.new_guild("Club").bot(Permissions::ADMINISTRATOR).build();
    let channel = guild.channel("general").unwrap().id;
    let path = format!("/channels/{channel}/messages");
    let posted = call(&sandbox, "POST", &path, r#"{"content": "dashboard"}"#).await.unwrap();
    let path = format!("{path}/{}", posted.json()["id"].as_str().unwrap());
    for _ in 0..5 {
        let edit = call(&sandbox, "PATCH", &path, r#"{"content": "young"}"#).await.unwrap();
        assert_eq!(edit.status, 200);
    }
    sandbox.clock().advance(Duration::from_secs(3_601));
    let mut last = None;
    for _ in 0..4 {
        last = Some(call(&sandbox, "PATCH", &path, r#"{"content": "old"}"#).await.unwrap());
    }
    let refused = last.unwrap();
    assert_eq!((refused.status, refused.json()["code"].as_u64()), (429, Some(30_046)));
    assert_eq!(refused.json()["retry_after"], 20.0);
}

#[test]
fn presets_are_known_by_name() {
    assert!(!LimitsConfig::preset("off").unwrap().enabled);
    assert_eq!(LimitsConfig::preset("realistic").unwrap().global_per_second, Some(50));
    assert!(LimitsConfig::preset("wild").is_none());
    let json = r#"{"global_per_second": 5, "hidden": [{"name": "n", "operation": "o",
        "trigger": {"field": "name"}, "limit": {"limit": 1, "per_ms": 9}, "scope": "shared"}]}"#;
    let config: LimitsConfig = serde_json::from_str(json).unwrap();
    assert_eq!((config.hidden[0].scope, config.gateway_messages_per_minute), (Scope::Shared, 120));
}
