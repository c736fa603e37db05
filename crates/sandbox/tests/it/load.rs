//! The shape of load, without a stopwatch: what a shard with many guilds gets, and in which order. How fast it is shows
//! `gamekeeper bench box-`.

use sandbox::world::{ChannelKind, Intents, Permissions};
use sandbox::{Config, Sandbox};
use serde_json::{Value, json};

use crate::raw_shard::{Frame, RawShard};

/// More than the gateway sends in one go. A shard may have 2,500; this many take a debug build a moment.
const GUILDS: usize = 400;
const CHANNELS: usize = 50;

fn fill(sandbox: &Sandbox) {
    for number in 0..GUILDS {
        let mut guild =
            sandbox.new_guild(&format!("Guild {number}")).role("Player", Permissions(0));
        for channel in 0..CHANNELS {
            guild = guild.channel(ChannelKind::Text, &format!("channel-{channel}"));
        }
        guild.member_with("Alice", &["Player"]).bot(Permissions(0)).build();
    }
}

fn ids(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_full_shard_gets_every_guild_whole_in_order_and_its_heartbeats_answered_meanwhile() {
    let sandbox = Sandbox::start(Config::default()).await.unwrap();
    fill(&sandbox);
    for compress in ["", "&compress=zlib-stream", "&compress=zstd-stream"] {
        let mut shard = RawShard::open(&sandbox, &format!("v=10&encoding=json{compress}")).await;
        shard.identify(&sandbox, json!({"intents": Intents::GUILDS})).await;
        shard.send(json!({"op": 1, "d": null})).await;
        let ready = shard.dispatch("READY").await;
        assert_eq!(ready["guilds"].as_array().unwrap().len(), GUILDS);
        let mut guilds = Vec::new();
        let mut answered_after = None;
        while guilds.len() < GUILDS {
            let Frame::Json(frame) = shard.next().await else { panic!("the gateway hung up") };
            if frame["op"] == 11 {
                answered_after = Some(guilds.len());
                continue;
            }
            assert_eq!(
                (&frame["t"], &frame["s"]),
                (&json!("GUILD_CREATE"), &json!(guilds.len() + 2))
            );
            assert_eq!(frame["d"]["channels"].as_array().unwrap().len(), CHANNELS);
            assert_eq!(ids(&frame["d"]["roles"]).len(), 3);
            guilds.push(frame["d"]["id"].as_str().unwrap().to_owned());
        }
        assert_eq!(guilds, ids(&ready["guilds"]));
        assert!(answered_after.is_some_and(|count| count < GUILDS), "{answered_after:?}");
        shard.close(1000).await;
    }
}
