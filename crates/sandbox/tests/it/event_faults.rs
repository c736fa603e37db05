//! Events that get lost, come twice, late or in the wrong order.

use std::time::Duration;

use sandbox::actor::GuildHandle;
use sandbox::faults::{EventFault, Fault, Mix, Upset};
use sandbox::world::{Intents, Permissions};
use sandbox::{Config, Sandbox};

use crate::raw_shard::{Frame, RawShard};

async fn club() -> (Sandbox, GuildHandle, RawShard, serde_json::Value) {
    let sandbox = Sandbox::start(Config::default()).await.unwrap();
    let guild = sandbox.new_guild("Club").bot(Permissions::ADMINISTRATOR).build();
    let (mut shard, ready) = RawShard::ready(&sandbox, Intents::GUILDS).await;
    shard.dispatch("GUILD_CREATE").await;
    (sandbox, guild, shard, ready)
}

/// Renames the channel to each name in turn.
fn rename(guild: &GuildHandle, names: &[&str]) {
    let channel = guild.channels()[0].id;
    for name in names {
        guild.owner().rename_channel(channel, name).unwrap();
    }
}

async fn story(fault: EventFault, pushed: Duration) -> Vec<String> {
    let (sandbox, guild, mut shard, _) = club().await;
    sandbox.event_faults().add(Fault::on("CHANNEL_UPDATE", fault).within(guild.id().0).after(1));
    rename(&guild, &["one", "two", "three"]);
    let mut names = shard.renames().await;
    sandbox.clock().advance(pushed);
    names.extend(shard.renames().await);
    names
}

#[tokio::test]
async fn an_event_can_be_lost_doubled_overtaken_late_or_stale() {
    let minute = Duration::from_mins(1);
    for (fault, expected) in [
        (EventFault::Lose, "one three"),
        (EventFault::Twice, "one two two three"),
        (EventFault::Swap, "one three two"),
        (EventFault::Delay(minute), "one three two"),
        (EventFault::Echo(minute), "one two three two"),
    ] {
        assert_eq!(story(fault, minute).await.join(" "), expected, "{fault:?}");
    }
}

#[tokio::test]
async fn an_event_can_break_the_connection_and_is_replayed() {
    let (sandbox, guild, mut shard, ready) = club().await;
    sandbox.event_faults().add(Fault::on("CHANNEL_UPDATE", EventFault::Upset(Upset::Drop)));
    rename(&guild, &["one"]);
    assert_eq!(shard.next().await, Frame::Broken, "before the event is sent");
    let mut again = RawShard::open(&sandbox, "v=10&encoding=json").await;
    again.resume(&sandbox, &ready, shard.seq).await;
    assert_eq!(again.dispatch("CHANNEL_UPDATE").await["name"], "one");
}

#[tokio::test]
async fn a_mix_of_event_faults_can_be_switched_on_for_a_while() {
    let (sandbox, guild, mut shard, _) = club().await;
    let mix = Mix::new(3, 1.0, vec![EventFault::Lose]).only("CHANNEL_UPDATE");
    sandbox.event_faults().start_mix(mix);
    rename(&guild, &["one", "two"]);
    sandbox.event_faults().stop_mix();
    rename(&guild, &["three"]);
    assert_eq!(shard.renames().await, ["three"]);
    assert_eq!(sandbox.event_faults().struck(), 2);
    assert!(Mix::events(3).lasting(Duration::from_secs(1)).probability < 0.1);
}
