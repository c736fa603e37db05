//! Every event: who asked for it gets it, who did not does not, and of a hidden channel nobody hears.

use sandbox::parity::{EVENTS, EventInfo};
use sandbox::world::{ChannelKind, Intents, OverwriteTarget, Permissions};
use serde_json::{Value, json};

use super::stage::Stage;
use crate::raw_shard::RawShard;

fn bit(intent: &str) -> u64 {
    match intent {
        "GUILDS" => Intents::GUILDS,
        "GUILD_MEMBERS" => Intents::GUILD_MEMBERS,
        "GUILD_MODERATION" => Intents::GUILD_MODERATION,
        "GUILD_WEBHOOKS" => Intents::GUILD_WEBHOOKS,
        "GUILD_VOICE_STATES" => Intents::GUILD_VOICE_STATES,
        "GUILD_MESSAGES" => Intents::GUILD_MESSAGES,
        "GUILD_MESSAGE_REACTIONS" => Intents::GUILD_MESSAGE_REACTIONS,
        "DIRECT_MESSAGE_REACTIONS" => Intents::DIRECT_MESSAGE_REACTIONS,
        "DIRECT_MESSAGES" => Intents::DIRECT_MESSAGES,
        other => panic!("{other} has no bit"),
    }
}

/// A connection with these intents that has heard about its guild.
async fn listen(stage: &Stage, intents: u64) -> RawShard {
    let (mut shard, _) = RawShard::ready(&stage.sandbox, intents).await;
    shard.dispatch("GUILD_CREATE").await;
    shard
}

async fn heard(shard: &mut RawShard, name: &str) -> bool {
    shard.events().await.iter().any(|one| one == name)
}

/// Makes the event happen. False when nobody here knows how.
fn cause(stage: &Stage, name: &str) -> bool {
    let owner = stage.guild.owner();
    let general = stage.guild.channel("general").unwrap().id;
    let (player, alice) = (stage.guild.role("player").unwrap().id, stage.guild.actor("Alice").id());
    let message = stage.fill("{message}").parse().unwrap();
    let thread = stage.fill("{thread}").parse().unwrap();
    let bot = stage.sandbox.world().bot();
    match name {
        "INTERACTION_CREATE" => drop(stage.ping()),
        "GUILD_CREATE" => {
            owner.kick_bot().unwrap();
            owner.invite_bot(Permissions::NONE).unwrap();
        }
        "GUILD_UPDATE" => owner.rename_guild("Society").unwrap(),
        "GUILD_DELETE" => owner.kick_bot().unwrap(),
        "GUILD_ROLE_CREATE" => drop(owner.create_role("new", Permissions::NONE).unwrap()),
        "GUILD_ROLE_UPDATE" | "GUILD_AUDIT_LOG_ENTRY_CREATE" => {
            owner.rename_role(player, "gamer").unwrap();
        }
        "GUILD_ROLE_DELETE" => owner.delete_role(player).unwrap(),
        "CHANNEL_CREATE" => {
            // In a category the bot may not see, when the story is about hidden channels.
            let games = stage.guild.channel("Games").unwrap();
            let channel = sandbox::world::Channel {
                overwrites: games.overwrites,
                ..sandbox::world::Channel::new(
                    sandbox::id::ChannelId::default(),
                    Some(stage.guild.id()),
                    ChannelKind::Text,
                    "new",
                )
            };
            let cause = sandbox::world::Cause::user(owner.id());
            stage.sandbox.world().create_channel(stage.guild.id(), channel, &cause).unwrap();
        }
        "CHANNEL_UPDATE" => owner.rename_channel(general, "lobby").unwrap(),
        "CHANNEL_DELETE" => owner.delete_channel(general).unwrap(),
        "CHANNEL_PINS_UPDATE" | "MESSAGE_UPDATE" => owner.pin(general, message, true).unwrap(),
        "THREAD_CREATE" => {
            let mut world = stage.sandbox.world();
            let pattern = world.channels.get(&thread).unwrap().clone();
            let fresh =
                sandbox::world::Channel { id: sandbox::id::ChannelId::default(), ..pattern };
            let cause = sandbox::world::Cause::user(owner.id());
            world.create_thread(stage.guild.id(), fresh, &cause).unwrap();
        }
        "THREAD_UPDATE" => owner.rename_channel(thread, "chat").unwrap(),
        "THREAD_DELETE" => owner.delete_channel(thread).unwrap(),
        "THREAD_LIST_SYNC" => {
            owner.hide_channel_from_bot(general).unwrap();
            owner.remove_overwrite(general, OverwriteTarget::Member(bot)).unwrap();
        }
        "THREAD_MEMBERS_UPDATE" => stage.sandbox.world().leave_thread(thread, bot).unwrap(),
        "GUILD_MEMBER_ADD" => {
            stage.guild.actor("Bob").leave().unwrap();
            stage.guild.actor("Bob").rejoin().unwrap();
        }
        "GUILD_MEMBER_UPDATE" => owner.nickname(alice, Some("Ally")).unwrap(),
        name if name.starts_with("MESSAGE_REACTION") => {
            stage.guild.actor("Alice").react(general, message, "👍", true).unwrap();
            stage.guild.actor("Alice").react(general, message, "👍", false).unwrap();
            stage.guild.actor("Alice").react(general, message, "👍", true).unwrap();
            let mut world = stage.sandbox.world();
            world.clear_reactions(general, message, Some("👍")).unwrap();
            drop(world);
            stage.guild.actor("Alice").react(general, message, "🎲", true).unwrap();
            stage.sandbox.world().clear_reactions(general, message, None).unwrap();
        }
        "GUILD_BAN_ADD" | "GUILD_BAN_REMOVE" => {
            let cause = sandbox::world::Cause::user(owner.id());
            let mut world = stage.sandbox.world();
            world.ban(stage.guild.id(), alice, &cause).unwrap();
            world.unban(stage.guild.id(), alice, &cause).unwrap();
        }
        "GUILD_MEMBER_REMOVE" => owner.kick(alice).unwrap(),
        "WEBHOOKS_UPDATE" => {
            let cause = sandbox::world::Cause::user(owner.id());
            stage.sandbox.world().create_webhook(general, "new".into(), &cause).unwrap();
        }
        "VOICE_STATE_UPDATE" => {
            let lounge = stage.guild.channel("Lounge").unwrap().id;
            stage.sandbox.world().set_voice(stage.guild.id(), alice, Some(lounge)).unwrap();
        }
        "MESSAGE_CREATE" => drop(owner.say(general, "hello").unwrap()),
        "MESSAGE_DELETE" => owner.delete_message(general, message).unwrap(),
        "MESSAGE_DELETE_BULK" => {
            let cause = sandbox::world::Cause::user(owner.id());
            let both = [message, stage.fill("{second}").parse().unwrap()];
            stage.sandbox.world().delete_messages(general, &both, &cause).unwrap();
        }
        _ => return false,
    }
    true
}

/// What comes without a cause in the world: answers to the client itself.
async fn answered(stage: &Stage, event: &EventInfo) {
    let (mut shard, ready) = RawShard::ready(&stage.sandbox, Intents::GUILD_MEMBERS).await;
    let all = json!({"op": 8, "d": {"guild_id": stage.guild.id(), "query": "", "limit": 0}});
    match event.name {
        "READY" => assert!(ready["session_id"].is_string()),
        "RESUMED" => {
            let seq = shard.seq;
            drop(shard);
            let mut again = RawShard::open(&stage.sandbox, "v=10&encoding=json").await;
            again.resume(&stage.sandbox, &ready, seq).await;
            again.dispatch("RESUMED").await;
        }
        "GUILD_MEMBERS_CHUNK" => {
            shard.send(all.clone()).await;
            let chunk = shard.dispatch("GUILD_MEMBERS_CHUNK").await;
            assert_eq!(chunk["members"].as_array().map(Vec::len), Some(4));
            let (mut other, _) = RawShard::ready(&stage.sandbox, Intents::GUILDS).await;
            other.send(all).await;
            assert!(!heard(&mut other, "GUILD_MEMBERS_CHUNK").await, "without GUILD_MEMBERS");
        }
        "RATE_LIMITED" => {
            shard.send(all.clone()).await;
            shard.send(all).await;
            assert_eq!(shard.dispatch("RATE_LIMITED").await["opcode"], 8);
        }
        other => panic!("{other} has no story"),
    }
}

/// The same event where its second intent counts: in a direct message, or about somebody else.
fn cause_elsewhere(stage: &Stage, name: &str, intent: &str) {
    let thread = stage.fill("{thread}").parse().unwrap();
    let alice = stage.guild.actor("Alice").id();
    if intent == "GUILD_MEMBERS" {
        return stage.sandbox.world().leave_thread(thread, alice).unwrap();
    }
    assert!(matches!(intent, "DIRECT_MESSAGES" | "DIRECT_MESSAGE_REACTIONS"));
    let cause = sandbox::world::Cause::user(alice);
    let spec = sandbox::world::MessageSpec { content: "psst".into(), ..Default::default() };
    let mut world = stage.sandbox.world();
    let channel = world.open_dm(alice).unwrap().id;
    let message = world.create_message(channel, alice, spec).unwrap().id;
    match name {
        "MESSAGE_CREATE" => {}
        name if name.starts_with("MESSAGE_REACTION") => {
            world.react(channel, message, alice, "👍").unwrap();
            world.unreact(channel, message, alice, "👍").unwrap();
            world.react(channel, message, alice, "👍").unwrap();
            world.clear_reactions(channel, message, Some("👍")).unwrap();
            world.react(channel, message, alice, "👍").unwrap();
            world.clear_reactions(channel, message, None).unwrap();
        }
        "MESSAGE_DELETE" => drop(world.delete_message(channel, message, &cause).unwrap()),
        _ => world.set_pinned(channel, message, true, &cause).unwrap(),
    }
}

async fn story(event: &EventInfo) {
    let name = event.name;
    let stage = Stage::set().await;
    let wanted = event.intents.first().map_or(0, |intent| bit(intent));
    let others = event.intents.iter().fold(Intents::ALL, |all, intent| all & !bit(intent));
    let mut listener = listen(&stage, wanted).await;
    let mut other = listen(&stage, others).await;
    if !cause(&stage, name) {
        return answered(&stage, event).await;
    }
    let body: Value = listener.dispatch(name).await;
    assert!(body.is_object(), "{name}: {body}");
    assert_eq!(
        heard(&mut other, name).await,
        event.intents.is_empty(),
        "{name} without the intent"
    );
    if let Some(intent) = event.intents.get(1) {
        let stage = Stage::set().await;
        let (mut listener, mut other) =
            (listen(&stage, bit(intent)).await, listen(&stage, others).await);
        cause_elsewhere(&stage, name, intent);
        listener.dispatch(name).await;
        assert!(!heard(&mut other, name).await, "{name} without {intent}");
    }
    if event.needs == "the bot sees the channel" {
        let stage = Stage::set().await;
        stage.hide();
        let mut listener = listen(&stage, wanted).await;
        cause(&stage, name);
        assert!(!heard(&mut listener, name).await, "{name} of a hidden channel");
    }
    if event.needs == "VIEW_AUDIT_LOG" {
        let stage = Stage::set().await;
        stage.weaken();
        let mut listener = listen(&stage, wanted).await;
        cause(&stage, name);
        assert!(!heard(&mut listener, name).await, "{name} without {}", event.needs);
    }
}

#[tokio::test]
async fn events_of_guilds_and_roles() {
    for event in EVENTS.iter().take(10) {
        story(event).await;
    }
}

#[tokio::test]
async fn events_of_channels_and_threads() {
    for event in EVENTS.iter().skip(10).take(9) {
        story(event).await;
    }
}

#[tokio::test]
async fn events_of_members_and_messages() {
    for event in EVENTS.iter().skip(19) {
        story(event).await;
    }
}
