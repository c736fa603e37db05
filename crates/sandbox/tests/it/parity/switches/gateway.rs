//! Events that go astray, and connections.

use std::time::{Duration, Instant};

use sandbox::world::Intents;
use serde_json::{Value, json};

use super::super::stage::Stage;
use super::throw;
use crate::raw_shard::{Frame, RawShard};

pub const STORIES: usize = 15;

const QUERY: &str = "v=10&encoding=json";

async fn listen(stage: &Stage) -> (RawShard, Value) {
    let (mut shard, ready) = RawShard::ready(&stage.sandbox, Intents::GUILDS).await;
    shard.dispatch("GUILD_CREATE").await;
    (shard, ready)
}

/// Renames a channel twice; the names the bot hears.
async fn renames(stage: &Stage, shard: &mut RawShard, names: &[&str]) -> Vec<String> {
    let general = stage.guild.channel("general");
    let general = general.map_or_else(|| stage.fill("{general}").parse().unwrap(), |one| one.id);
    for name in names {
        stage.guild.owner().rename_channel(general, name).unwrap();
    }
    shard.renames().await
}

async fn event_fault(stage: &Stage, kind: Value) -> Vec<String> {
    let (mut shard, _) = listen(stage).await;
    throw(stage, "/event-faults", json!({"place": "CHANNEL_UPDATE", "kind": kind})).await;
    renames(stage, &mut shard, &["one", "two"]).await
}

async fn op(shard: &mut RawShard) -> (Value, Value) {
    match shard.control().await {
        Frame::Json(value) => (value["op"].clone(), value["d"].clone()),
        end => panic!("{end:?}"),
    }
}

pub async fn story(stage: &Stage, name: &str) -> bool {
    match name {
        "lost events" => assert_eq!(event_fault(stage, json!("lose")).await, ["two"]),
        "duplicate events" => {
            assert_eq!(event_fault(stage, json!("twice")).await, ["one", "one", "two"]);
        }
        "reordered events" => assert_eq!(event_fault(stage, json!("swap")).await, ["two", "one"]),
        "late and stale events" => {
            let (mut shard, _) = listen(stage).await;
            for kind in [json!({"delay": 1_000}), json!({"echo": 2_000})] {
                let order = json!({"place": "CHANNEL_UPDATE", "kind": kind});
                throw(stage, "/event-faults", order).await;
            }
            // Both strike the first event: it is late, and comes again later still.
            assert_eq!(renames(stage, &mut shard, &["one", "two"]).await, ["two"]);
            throw(stage, "/clock/advance", json!({"ms": 1_000})).await;
            assert_eq!(shard.renames().await, ["one"]);
            throw(stage, "/clock/advance", json!({"ms": 1_000})).await;
            assert_eq!(shard.renames().await, ["one"]);
        }
        "op 7" => {
            let (mut shard, _) = listen(stage).await;
            throw(stage, "/gateway", json!({"upset": "reconnect"})).await;
            assert_eq!(op(&mut shard).await, (json!(7), Value::Null));
        }
        "op 9 true" | "op 9 false" => {
            let (mut shard, ready) = listen(stage).await;
            let resumable = name == "op 9 true";
            let order = json!({"upset": {"invalid_session": {"resumable": resumable}}});
            throw(stage, "/gateway", order).await;
            assert_eq!(op(&mut shard).await, (json!(9), json!(resumable)));
            let seq = shard.seq;
            shard.resume(&stage.sandbox, &ready, seq).await;
            if resumable {
                shard.dispatch("RESUMED").await;
            } else {
                assert_eq!(op(&mut shard).await, (json!(9), json!(false)));
            }
        }
        "each close code" => {
            for one in sandbox::parity::CLOSE_CODES {
                let (mut shard, _) = listen(stage).await;
                throw(stage, "/gateway", json!({"upset": {"close": one.code}})).await;
                assert_eq!(shard.control().await, Frame::Close(one.code));
            }
        }
        "gateway reset" => {
            let (mut shard, _) = listen(stage).await;
            throw(stage, "/gateway", json!({"upset": "drop"})).await;
            assert_eq!(shard.control().await, Frame::Broken);
        }
        "gateway closed" => {
            let url = format!("{}/?{QUERY}", stage.sandbox.gateway_url());
            throw(stage, "/gateway/mood", json!({"closed": true})).await;
            let refused = tokio_tungstenite::connect_async(&url).await.unwrap_err();
            assert!(refused.to_string().contains("503"), "{refused}");
            throw(stage, "/gateway/mood", json!({"closed": false})).await;
            listen(stage).await;
        }
        "heartbeats without ACK" => {
            let (mut shard, _) = listen(stage).await;
            throw(stage, "/gateway/mood", json!({"acks_muted": true})).await;
            shard.send(json!({"op": 1, "d": null})).await;
            let silence = tokio::time::timeout(Duration::from_millis(80), shard.control()).await;
            assert!(silence.is_err());
        }
        "compression ignored" => {
            throw(stage, "/gateway/mood", json!({"compression": "ignored"})).await;
            let query = format!("{QUERY}&compress=zstd-stream");
            let mut shard = RawShard::open(&stage.sandbox, &query).await;
            shard.identify(&stage.sandbox, json!({"intents": 1, "compress": true})).await;
            shard.dispatch("GUILD_CREATE").await;
            assert_eq!(shard.binary, 0, "everything came as text");
        }
        "compression refused" => {
            throw(stage, "/gateway/mood", json!({"compression": "refused"})).await;
            let query = format!("{QUERY}&compress=zstd-stream");
            let mut shard = RawShard::connect(&stage.sandbox, &query).await;
            assert_eq!(shard.next().await, Frame::Close(4002));
            listen(stage).await;
        }
        "slow READY" => {
            throw(stage, "/gateway/mood", json!({"ready_delay": 80})).await;
            let start = Instant::now();
            listen(stage).await;
            assert!(start.elapsed() >= Duration::from_millis(80));
        }
        "intent refused" => {
            throw(stage, "/intents", json!({"privileged": 0})).await;
            let mut shard = RawShard::open(&stage.sandbox, QUERY).await;
            let intents = json!({"intents": Intents::GUILD_MEMBERS});
            shard.identify(&stage.sandbox, intents).await;
            assert_eq!(shard.control().await, Frame::Close(4014));
        }
        _ => return false,
    }
    true
}
