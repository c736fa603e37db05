//! The gateway protocol as bytes: close codes, compressions, resume, op 7, op 9, sharding, intents.

use std::time::Duration;

use sandbox::limits::LimitsConfig;
use sandbox::world::{Intents, Permissions};
use sandbox::{Config, Sandbox};
use serde_json::{Value, json};

use crate::raw_shard::{Frame, RawShard};

const QUERY: &str = "v=10&encoding=json";

async fn sandbox() -> Sandbox {
    Sandbox::start(Config::default()).await.unwrap()
}

/// Op of the next frame that is no dispatch, with its data.
async fn op(shard: &mut RawShard) -> (u64, Value) {
    match shard.control().await {
        Frame::Json(value) => (value["op"].as_u64().unwrap(), value["d"].clone()),
        end => panic!("{end:?}"),
    }
}

#[tokio::test]
async fn broken_protocol_is_answered_with_the_documented_code() {
    let sandbox = sandbox().await;
    for (query, code) in [
        ("encoding=json", 4012),
        ("v=8&encoding=json", 4012),
        ("v=10&encoding=etf", 4002),
        ("v=10&encoding=json&compress=brotli", 4002),
    ] {
        let mut shard = RawShard::connect(&sandbox, query).await;
        assert_eq!(shard.next().await, Frame::Close(code), "{query}");
    }
    let big = json!({"op": 3, "d": "x".repeat(4_100)}).to_string();
    for (text, code) in [
        ("{", 4002),
        (r#"{"d": 1}"#, 4002),
        (big.as_str(), 4002),
        (r#"{"op": 99, "d": null}"#, 4001),
        (r#"{"op": 8, "d": {}}"#, 4003),
        (r#"{"op": 2, "d": {"token": "wrong", "intents": 0}}"#, 4004),
        (r#"{"op": 6, "d": {"token": "wrong", "session_id": "x", "seq": 0}}"#, 4004),
    ] {
        let mut shard = RawShard::open(&sandbox, QUERY).await;
        shard.say(text).await;
        assert_eq!(shard.control().await, Frame::Close(code), "{text}");
    }
    assert_eq!(sandbox.session_count(), 0);
}

#[tokio::test]
async fn bad_identifies_are_answered_with_the_documented_code() {
    let limits = LimitsConfig { guilds_per_shard: 2, ..LimitsConfig::default() };
    let config = Config { privileged_intents: 0, limits, ..Config::default() };
    let sandbox = Sandbox::start(config).await.unwrap();
    for name in ["First", "Second", "Third"] {
        sandbox.new_guild(name).bot(Permissions(0)).build();
    }
    for (data, code) in [
        (json!({"intents": "many"}), 4002),
        (json!({"intents": 1 << 30, "shard": [0, 10]}), 4013),
        (json!({"intents": Intents::GUILD_MEMBERS, "shard": [0, 10]}), 4014),
        (json!({"shard": [3, 3]}), 4010),
        (json!({"shard": "zero"}), 4010),
        (json!({}), 4011),
    ] {
        let mut shard = RawShard::open(&sandbox, QUERY).await;
        shard.identify(&sandbox, data.clone()).await;
        assert_eq!(shard.control().await, Frame::Close(code), "{data}");
    }
}

#[tokio::test]
async fn a_second_identify_closes_but_keeps_the_session() {
    let sandbox = sandbox().await;
    let (mut shard, ready) = RawShard::ready(&sandbox, 1).await;
    shard.identify(&sandbox, json!({})).await;
    assert_eq!(shard.control().await, Frame::Close(4005));
    let mut again = RawShard::open(&sandbox, QUERY).await;
    again.resume(&sandbox, &ready, 1).await;
    again.dispatch("RESUMED").await;
}

#[tokio::test]
async fn every_code_can_be_ordered_and_decides_about_the_session() {
    let sandbox = sandbox().await;
    for (code, resumable) in [
        (4000, true),
        (4001, true),
        (4002, true),
        (4005, true),
        (4008, true),
        (4003, false),
        (4004, false),
        (4007, false),
        (4009, false),
        (4010, false),
        (4011, false),
        (4012, false),
        (4013, false),
        (4014, false),
    ] {
        let (mut shard, ready) = RawShard::ready(&sandbox, 1).await;
        sandbox.gateway().close(code);
        assert_eq!(shard.control().await, Frame::Close(code));
        let mut again = RawShard::open(&sandbox, QUERY).await;
        again.resume(&sandbox, &ready, 1).await;
        if resumable {
            again.dispatch("RESUMED").await;
        } else {
            assert_eq!(op(&mut again).await, (9, json!(false)), "{code}");
        }
        again.close(1000).await;
    }
    // 1000 ends a session as soon as the server has read it.
    while sandbox.session_count() > 0 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

#[tokio::test]
async fn every_compression_carries_the_same_events() {
    let sandbox = sandbox().await;
    let mut builder = sandbox.new_guild("Club").bot(Permissions::ADMINISTRATOR);
    for number in 0..40 {
        builder = builder.role(&format!("Role {number}"), Permissions(0));
    }
    let guild = builder.build();
    let general = guild.channel("general").unwrap();
    for (query, compress, binary) in [
        ("v=10", false, 0),
        ("v=10&encoding=json&compress=zlib-stream", false, 5),
        ("v=10&encoding=json&compress=zstd-stream", false, 5),
        // Only the big GUILD_CREATE is worth packing.
        (QUERY, true, 1),
    ] {
        let mut shard = RawShard::open(&sandbox, query).await;
        let data = json!({"intents": Intents::GUILDS, "compress": compress});
        shard.identify(&sandbox, data).await;
        shard.dispatch("READY").await;
        let created = shard.dispatch("GUILD_CREATE").await;
        assert_eq!(created["roles"].as_array().unwrap().len(), 42, "{query}");
        for name in ["lobby", "general"] {
            guild.owner().rename_channel(general.id, name).unwrap();
            assert_eq!(shard.dispatch("CHANNEL_UPDATE").await["name"], name);
        }
        assert_eq!(shard.binary, binary, "{query} {compress}");
        shard.close(1000).await;
    }
}

#[tokio::test]
async fn a_resume_replays_exactly_what_was_missed() {
    let sandbox = sandbox().await;
    let guild = sandbox.new_guild("Club").bot(Permissions::ADMINISTRATOR).build();
    let general = guild.channel("general").unwrap().id;
    let (mut shard, ready) = RawShard::ready(&sandbox, Intents::GUILDS).await;
    shard.dispatch("GUILD_CREATE").await;
    guild.owner().rename_channel(general, "seen").unwrap();
    shard.dispatch("CHANNEL_UPDATE").await;
    let seen = shard.seq;
    sandbox.gateway().cut();
    assert_eq!(shard.control().await, Frame::Broken);
    for name in ["one", "two", "three"] {
        guild.owner().rename_channel(general, name).unwrap();
    }
    let mut again = RawShard::open(&sandbox, QUERY).await;
    again.resume(&sandbox, &ready, seen).await;
    for (step, name) in ["one", "two", "three"].into_iter().enumerate() {
        assert_eq!(again.dispatch("CHANNEL_UPDATE").await["name"], name);
        assert_eq!(again.seq, seen + 1 + step as u64);
    }
    again.dispatch("RESUMED").await;
    guild.owner().rename_channel(general, "four").unwrap();
    assert_eq!(again.dispatch("CHANNEL_UPDATE").await["name"], "four");
}

#[tokio::test]
async fn resumes_that_cannot_work() {
    let config = Config { replay_events: 2, ..Config::default() };
    let sandbox = Sandbox::start(config).await.unwrap();
    let guild = sandbox.new_guild("Club").bot(Permissions::ADMINISTRATOR).build();
    let general = guild.channel("general").unwrap().id;
    let (shard, ready) = RawShard::ready(&sandbox, Intents::GUILDS).await;
    drop(shard);
    let mut future = RawShard::open(&sandbox, QUERY).await;
    future.resume(&sandbox, &ready, 99).await;
    assert_eq!(future.control().await, Frame::Close(4007));

    for name in ["one", "two", "three", "four"] {
        guild.owner().rename_channel(general, name).unwrap();
    }
    let mut far = RawShard::open(&sandbox, QUERY).await;
    far.resume(&sandbox, &ready, 1).await;
    assert_eq!(op(&mut far).await, (9, json!(false)), "too far back");
    far.identify(&sandbox, json!({"intents": 1})).await;
    let ready = far.dispatch("READY").await;

    far.close(4_999).await;
    sandbox.clock().advance(Duration::from_secs(181));
    let mut late = RawShard::open(&sandbox, QUERY).await;
    late.resume(&sandbox, &ready, 1).await;
    assert_eq!(op(&mut late).await, (9, json!(false)), "the session is forgotten");
    assert_eq!(sandbox.session_count(), 0, "expired sessions are pruned");
}

#[tokio::test]
async fn a_new_connection_takes_the_session_over() {
    let sandbox = sandbox().await;
    let guild = sandbox.new_guild("Club").bot(Permissions::ADMINISTRATOR).build();
    let general = guild.channel("general").unwrap().id;
    let (mut old, ready) = RawShard::ready(&sandbox, Intents::GUILDS).await;
    old.dispatch("GUILD_CREATE").await;
    let mut new = RawShard::open(&sandbox, QUERY).await;
    new.resume(&sandbox, &ready, old.seq).await;
    new.dispatch("RESUMED").await;
    guild.owner().rename_channel(general, "lobby").unwrap();
    assert_eq!(new.dispatch("CHANNEL_UPDATE").await["name"], "lobby");
    assert_eq!(old.next().await, Frame::Close(4000));
}

#[tokio::test]
async fn op_7_and_op_9_leave_or_end_the_session() {
    let sandbox = sandbox().await;
    let (mut shard, ready) = RawShard::ready(&sandbox, 1).await;
    sandbox.gateway().ask_reconnect();
    assert_eq!(op(&mut shard).await, (7, Value::Null));
    shard.close(4_900).await;
    let mut shard = RawShard::open(&sandbox, QUERY).await;
    shard.resume(&sandbox, &ready, 1).await;
    shard.dispatch("RESUMED").await;

    sandbox.gateway().invalidate(true);
    assert_eq!(op(&mut shard).await, (9, json!(true)));
    shard.resume(&sandbox, &ready, 1).await;
    shard.dispatch("RESUMED").await;

    sandbox.gateway().invalidate(false);
    assert_eq!(op(&mut shard).await, (9, json!(false)));
    shard.resume(&sandbox, &ready, 1).await;
    assert_eq!(op(&mut shard).await, (9, json!(false)));
    shard.identify(&sandbox, json!({"intents": 1})).await;
    shard.dispatch("READY").await;
    sandbox.gateway().cut();
    assert_eq!(shard.control().await, Frame::Broken);
    sandbox.gateway().forget_detached();
    assert_eq!(sandbox.session_count(), 0);
}

#[tokio::test]
async fn a_shard_gets_its_guilds_and_nothing_else() {
    let sandbox = sandbox().await;
    let mut guilds = Vec::new();
    for number in 0..4 {
        guilds.push(
            sandbox.new_guild(&format!("Guild {number}")).bot(Permissions::ADMINISTRATOR).build(),
        );
        // The shard follows from the millisecond in the guild's id.
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    let mut seen = 0;
    for id in 0..2_u64 {
        let mut shard = RawShard::open(&sandbox, QUERY).await;
        let data = json!({"intents": Intents::GUILDS, "shard": [id, 2]});
        shard.identify(&sandbox, data).await;
        let ready = shard.dispatch("READY").await;
        assert_eq!(ready["shard"], json!([id, 2]));
        let told: Vec<_> = ready["guilds"].as_array().unwrap().clone();
        assert!(told.iter().all(|guild| guild["unavailable"] == true));
        let own: Vec<_> = guilds.iter().filter(|guild| (guild.id().0 >> 22) % 2 == id).collect();
        let expected: Vec<_> = own.iter().map(|guild| json!(guild.id())).collect();
        assert_eq!(told.iter().map(|guild| guild["id"].clone()).collect::<Vec<_>>(), expected);
        shard.events().await;
        for guild in &guilds {
            let general = guild.channels()[0].id;
            guild.owner().rename_channel(general, &format!("shard-{id}")).unwrap();
        }
        assert_eq!(shard.events().await.len(), own.len());
        seen += own.len();
    }
    assert_eq!(seen, guilds.len());
    let shards: Vec<_> = sandbox.gateway().sessions().iter().map(|one| one.shard).collect();
    assert_eq!(shards, [(0, 2), (1, 2)]);
    assert_eq!(sandbox.gateway().shard(1).sessions().len(), 1);
}

#[tokio::test]
async fn intents_decide_what_is_told() {
    let sandbox = sandbox().await;
    let guild = sandbox.new_guild("Club").member("Alice").bot(Permissions::ADMINISTRATOR).build();
    let general = guild.channel("general").unwrap().id;
    let content = Intents::GUILD_MESSAGES | Intents::MESSAGE_CONTENT;
    let mut heard = Vec::new();
    let mut shards = Vec::new();
    for intents in [0, Intents::GUILDS, Intents::GUILD_MEMBERS, Intents::GUILD_MESSAGES, content] {
        let (mut shard, _) = RawShard::ready(&sandbox, intents).await;
        shard.dispatch("GUILD_CREATE").await;
        shards.push(shard);
    }
    guild.owner().rename_channel(general, "lobby").unwrap();
    guild.actor("Alice").leave().unwrap();
    guild.owner().say(general, "hello").unwrap();
    let mut texts = Vec::new();
    for shard in &mut shards {
        let mut names = Vec::new();
        while let Ok(Frame::Json(event)) =
            tokio::time::timeout(Duration::from_millis(150), shard.next()).await
        {
            names.push(event["t"].as_str().unwrap().to_owned());
            if event["t"] == "MESSAGE_CREATE" {
                texts.push(event["d"]["content"].as_str().unwrap().to_owned());
            }
        }
        heard.push(names.join(" "));
    }
    assert_eq!(
        heard,
        ["", "CHANNEL_UPDATE", "GUILD_MEMBER_REMOVE", "MESSAGE_CREATE", "MESSAGE_CREATE"]
    );
    assert_eq!(texts, ["", "hello"], "the text needs MESSAGE_CONTENT");
}

#[tokio::test]
async fn a_long_backlog_arrives_whole_and_in_order() {
    let sandbox = sandbox().await;
    let guild = sandbox.new_guild("Club").bot(Permissions::ADMINISTRATOR).build();
    let general = guild.channel("general").unwrap().id;
    let (mut shard, _) = RawShard::ready(&sandbox, Intents::GUILDS).await;
    shard.dispatch("GUILD_CREATE").await;
    for number in 0..1_000 {
        guild.owner().rename_channel(general, &format!("n{number}")).unwrap();
    }
    for number in 0..1_000 {
        let told = shard.dispatch("CHANNEL_UPDATE").await;
        assert_eq!(told["name"], format!("n{number}"));
    }
}

#[tokio::test]
async fn a_session_that_never_reads_its_backlog_ends() {
    let config = Config { backlog_events: 50, ..Config::default() };
    let sandbox = Sandbox::start(config).await.unwrap();
    let guild = sandbox.new_guild("Club").bot(Permissions::ADMINISTRATOR).build();
    let general = guild.channel("general").unwrap().id;
    let (mut shard, ready) = RawShard::ready(&sandbox, Intents::GUILDS).await;
    shard.dispatch("GUILD_CREATE").await;
    // One test thread: the server cannot send anything before the next await.
    for number in 0..60 {
        guild.owner().rename_channel(general, &format!("n{number}")).unwrap();
    }
    assert_eq!(shard.control().await, Frame::Close(4000));
    let mut again = RawShard::open(&sandbox, QUERY).await;
    again.resume(&sandbox, &ready, shard.seq).await;
    assert_eq!(op(&mut again).await, (9, json!(false)));
}
