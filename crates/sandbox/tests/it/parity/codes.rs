//! Every close code: a client can earn it, and it can be ordered.

use std::time::Duration;

use sandbox::limits::LimitsConfig;
use sandbox::parity::CLOSE_CODES;
use sandbox::world::{Intents, Permissions};
use sandbox::{Config, Sandbox};
use serde_json::json;

use crate::raw_shard::{Frame, RawShard};

const QUERY: &str = "v=10&encoding=json";

/// A sandbox in which every code can be earned: one guild a shard, no privileged intents, an impatient gateway.
async fn strict(heartbeat: Duration) -> Sandbox {
    let limits = LimitsConfig { guilds_per_shard: 1, ..LimitsConfig::default() };
    let config = Config {
        limits,
        privileged_intents: 0,
        heartbeat_interval: heartbeat,
        ..Config::default()
    };
    Sandbox::start(config).await.unwrap()
}

/// What a client has to do; answers how it ends.
async fn earn(code: u16) -> Frame {
    let heartbeat = Duration::from_millis(if code == 4009 { 100 } else { 45_000 });
    let sandbox = strict(heartbeat).await;
    let identify = async |data| {
        let mut shard = RawShard::open(&sandbox, QUERY).await;
        shard.identify(&sandbox, data).await;
        shard.control().await
    };
    let say = async |text: &str| {
        let mut shard = RawShard::open(&sandbox, QUERY).await;
        shard.say(text).await;
        shard.control().await
    };
    match code {
        4000 => {
            // Another connection takes the session over.
            let (mut shard, ready) = RawShard::ready(&sandbox, 1).await;
            let mut other = RawShard::open(&sandbox, QUERY).await;
            other.resume(&sandbox, &ready, 1).await;
            other.dispatch("RESUMED").await;
            shard.control().await
        }
        4001 => say(r#"{"op": 99, "d": null}"#).await,
        4002 => say("{").await,
        4003 => say(r#"{"op": 3, "d": {}}"#).await,
        4004 => identify(json!({"token": "wrong"})).await,
        4005 => {
            let (mut shard, _) = RawShard::ready(&sandbox, 1).await;
            shard.identify(&sandbox, json!({})).await;
            shard.control().await
        }
        4007 => {
            let (shard, ready) = RawShard::ready(&sandbox, 1).await;
            drop(shard);
            let mut again = RawShard::open(&sandbox, QUERY).await;
            again.resume(&sandbox, &ready, 999).await;
            again.control().await
        }
        4008 => {
            let (mut shard, _) = RawShard::ready(&sandbox, 1).await;
            for _ in 0..120 {
                shard.send(json!({"op": 3, "d": {}})).await;
            }
            shard.control().await
        }
        4009 => RawShard::ready(&sandbox, 1).await.0.control().await,
        4010 => identify(json!({"shard": [2, 2]})).await,
        4011 => {
            for name in ["One", "Two"] {
                sandbox.new_guild(name).bot(Permissions::NONE).build();
            }
            identify(json!({})).await
        }
        4012 => RawShard::connect(&sandbox, "v=6&encoding=json").await.next().await,
        4013 => identify(json!({"intents": 1_u64 << 40})).await,
        4014 => identify(json!({"intents": Intents::MESSAGE_CONTENT})).await,
        other => panic!("{other} has no story"),
    }
}

#[tokio::test]
async fn every_close_code_can_be_earned() {
    for one in CLOSE_CODES {
        assert_eq!(earn(one.code).await, Frame::Close(one.code), "{}", one.meaning);
    }
}

#[tokio::test]
async fn every_close_code_can_be_ordered() {
    for one in CLOSE_CODES {
        let sandbox = Sandbox::start(Config::default()).await.unwrap();
        let (mut shard, ready) = RawShard::ready(&sandbox, 1).await;
        let order = json!({"upset": {"close": one.code}});
        crate::control::good(&sandbox, "POST", "/gateway", order).await;
        assert_eq!(shard.control().await, Frame::Close(one.code));
        let mut again = RawShard::open(&sandbox, QUERY).await;
        again.resume(&sandbox, &ready, 1).await;
        if one.resumable {
            again.dispatch("RESUMED").await;
        } else {
            let Frame::Json(invalid) = again.control().await else { panic!("closed") };
            assert_eq!((&invalid["op"], &invalid["d"]), (&json!(9), &json!(false)), "{}", one.code);
        }
    }
}
