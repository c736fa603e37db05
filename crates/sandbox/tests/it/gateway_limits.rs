//! Limits and moods of the gateway.

use std::time::Duration;

use sandbox::limits::LimitsConfig;
use sandbox::world::{Intents, Permissions};
use sandbox::{Config, Sandbox};
use serde_json::json;

use crate::http::get;
use crate::raw_shard::{Frame, RawShard};

const QUERY: &str = "v=10&encoding=json";

async fn sandbox(limits: LimitsConfig) -> Sandbox {
    let sandbox = Sandbox::start(Config { limits, ..Config::default() }).await.unwrap();
    sandbox.clock().freeze();
    sandbox
}

#[tokio::test]
async fn identifies_keep_to_max_concurrency() {
    let limits = LimitsConfig { identify_concurrency: true, ..LimitsConfig::default() };
    let sandbox = sandbox(limits).await;
    let (_first, _) = RawShard::ready(&sandbox, 1).await;
    let mut second = RawShard::open(&sandbox, QUERY).await;
    second.identify(&sandbox, json!({"intents": 1})).await;
    let Frame::Json(refused) = second.control().await else { panic!("closed") };
    assert_eq!((refused["op"].as_u64(), &refused["d"]), (Some(9), &json!(false)));
    sandbox.clock().advance(Duration::from_secs(5));
    second.identify(&sandbox, json!({"intents": 1})).await;
    second.dispatch("READY").await;
}

#[tokio::test]
async fn too_many_identifies_a_day_cost_the_token() {
    let limits = LimitsConfig { identifies_per_day: 2, ..LimitsConfig::default() };
    let sandbox = sandbox(limits).await;
    let (mut first, _) = RawShard::ready(&sandbox, 1).await;
    let left = get(&sandbox, "/gateway/bot").await.json()["session_start_limit"].clone();
    assert_eq!((left["total"].as_u64(), left["remaining"].as_u64()), (Some(2), Some(1)));
    assert_eq!(left["reset_after"], 86_400_000);
    let _second = RawShard::ready(&sandbox, 1).await;
    let mut third = RawShard::open(&sandbox, QUERY).await;
    third.identify(&sandbox, json!({"intents": 1})).await;
    assert_eq!(third.control().await, Frame::Close(4004));
    assert_eq!(first.control().await, Frame::Close(4004));
    assert_eq!(get(&sandbox, "/users/@me").await.status, 401);
}

#[tokio::test]
async fn a_reset_token_ends_everything() {
    let sandbox = sandbox(LimitsConfig::default()).await;
    let (mut shard, ready) = RawShard::ready(&sandbox, 1).await;
    let token = sandbox.reset_token();
    assert_ne!(token, sandbox.token());
    assert_eq!(shard.control().await, Frame::Close(4004));
    let mut again = RawShard::open(&sandbox, QUERY).await;
    again.resume(&sandbox, &ready, 1).await;
    assert_eq!(again.control().await, Frame::Close(4004));
    let mut fresh = RawShard::open(&sandbox, QUERY).await;
    fresh.identify(&sandbox, json!({"token": token})).await;
    fresh.dispatch("READY").await;
}

#[tokio::test]
async fn a_hundred_and_twenty_messages_a_minute_and_no_more() {
    let sandbox = sandbox(LimitsConfig::default()).await;
    let (mut shard, ready) = RawShard::ready(&sandbox, 1).await;
    for _ in 0..120 {
        shard.send(json!({"op": 1, "d": null})).await;
    }
    let mut acks = 0;
    let end = loop {
        match shard.next().await {
            Frame::Json(value) if value["op"] == 11 => acks += 1,
            end => break end,
        }
    };
    assert_eq!((acks, end), (119, Frame::Close(4008)), "IDENTIFY was the first");
    let mut again = RawShard::open(&sandbox, QUERY).await;
    again.resume(&sandbox, &ready, 1).await;
    again.dispatch("RESUMED").await;
}

#[tokio::test]
async fn all_members_once_in_thirty_seconds() {
    let sandbox = sandbox(LimitsConfig::default()).await;
    let guild = sandbox.new_guild("Club").member("Alice").bot(Permissions(0)).build();
    let (mut shard, _) = RawShard::ready(&sandbox, Intents::GUILDS | Intents::GUILD_MEMBERS).await;
    let all =
        json!({"op": 8, "d": {"guild_id": guild.id(), "query": "", "limit": 0, "nonce": "n"}});
    shard.send(all.clone()).await;
    let chunk = shard.dispatch("GUILD_MEMBERS_CHUNK").await;
    assert_eq!((chunk["members"].as_array().unwrap().len(), &chunk["nonce"]), (3, &json!("n")));
    sandbox.clock().advance(Duration::from_secs(10));
    shard.send(all).await;
    let limited = shard.dispatch("RATE_LIMITED").await;
    let meta = json!({"guild_id": guild.id(), "nonce": "n"});
    assert_eq!(limited, json!({"opcode": 8, "retry_after": 20.0, "meta": meta}));
    // discord.py sends ids as numbers.
    let some = json!({"guild_id": guild.id().0, "query": "ali", "limit": 5});
    shard.send(json!({"op": 8, "d": some})).await;
    let chunk = shard.dispatch("GUILD_MEMBERS_CHUNK").await;
    assert_eq!(chunk["members"].as_array().unwrap().len(), 1);
    let ids = json!({"guild_id": guild.id(), "user_ids": [guild.owner().id(), "1"]});
    shard.send(json!({"op": 8, "d": ids})).await;
    let chunk = shard.dispatch("GUILD_MEMBERS_CHUNK").await;
    assert_eq!(chunk["not_found"], json!(["1"]));
}

#[tokio::test]
async fn ready_can_be_late_and_acks_can_be_missing() {
    let sandbox = sandbox(LimitsConfig::default()).await;
    sandbox.gateway().delay_ready(Duration::from_millis(80));
    let start = std::time::Instant::now();
    let (mut shard, _) = RawShard::ready(&sandbox, 1).await;
    assert!(start.elapsed() >= Duration::from_millis(80));
    sandbox.gateway().mute_acks(true);
    shard.send(json!({"op": 1, "d": shard.seq})).await;
    assert!(tokio::time::timeout(Duration::from_millis(80), shard.control()).await.is_err());
    sandbox.gateway().mute_acks(false);
    shard.send(json!({"op": 1, "d": shard.seq})).await;
    let Frame::Json(ack) = shard.control().await else { panic!("closed") };
    assert_eq!(ack["op"], 11);
}

#[tokio::test]
async fn the_server_asks_for_a_heartbeat() {
    let sandbox = sandbox(LimitsConfig::default()).await;
    let (mut shard, _) = RawShard::ready(&sandbox, 1).await;
    sandbox.gateway().ask_heartbeat();
    let Frame::Json(asked) = shard.control().await else { panic!("closed") };
    assert_eq!(asked["op"], 1);
}

#[tokio::test]
async fn a_silent_client_times_out() {
    let interval = Duration::from_millis(200);
    let config = Config { heartbeat_interval: interval, ..Config::default() };
    let sandbox = Sandbox::start(config).await.unwrap();
    let (mut shard, _) = RawShard::ready(&sandbox, 1).await;
    for _ in 0..3 {
        tokio::time::sleep(Duration::from_millis(120)).await;
        shard.send(json!({"op": 1, "d": null})).await;
        let Frame::Json(ack) = shard.control().await else { panic!("closed") };
        assert_eq!(ack["op"], 11);
    }
    assert_eq!(shard.control().await, Frame::Close(4009));
    assert_eq!(sandbox.session_count(), 0);
}

#[tokio::test]
async fn a_closed_gateway_refuses_connections() {
    let sandbox = sandbox(LimitsConfig::default()).await;
    let url = format!("{}/?{QUERY}", sandbox.gateway_url());
    sandbox.gateway().refuse_connections(true);
    let refused = tokio_tungstenite::connect_async(&url).await.unwrap_err();
    assert!(refused.to_string().contains("503"), "{refused}");
    sandbox.gateway().refuse_connections(false);
    RawShard::ready(&sandbox, 1).await;
}

#[tokio::test]
async fn a_guild_can_be_down_and_come_back() {
    let sandbox = sandbox(LimitsConfig::default()).await;
    let guild = sandbox.new_guild("Club").bot(Permissions::ADMINISTRATOR).build();
    let (mut shard, _) = RawShard::ready(&sandbox, Intents::GUILDS).await;
    shard.dispatch("GUILD_CREATE").await;
    sandbox.gateway().outage(guild.id());
    let gone = shard.dispatch("GUILD_DELETE").await;
    assert_eq!(gone, json!({"id": guild.id(), "unavailable": true}));
    let general = guild.channel("general").unwrap();
    guild.owner().rename_channel(general.id, "lobby").unwrap();
    assert_eq!(shard.events().await, Vec::<String>::new());
    let (mut late, _) = RawShard::ready(&sandbox, Intents::GUILDS).await;
    assert_eq!(late.dispatch("GUILD_CREATE").await["unavailable"], true);
    sandbox.gateway().recover(guild.id());
    for shard in [&mut shard, &mut late] {
        let back = shard.dispatch("GUILD_CREATE").await;
        assert_eq!(back["channels"][0]["name"], "lobby");
    }
}
