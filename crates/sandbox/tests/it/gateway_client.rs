//! A real client library lives through what the gateway does to it.

use std::time::Duration;

use sandbox::actor::GuildHandle;
use sandbox::faults::Upset;
use sandbox::world::Permissions;
use sandbox::{Config, Sandbox};
use twilight_gateway::{Event, Intents};

use crate::bot::Bot;

async fn club(config: Config) -> (Sandbox, GuildHandle, Bot) {
    let sandbox = Sandbox::start(config).await.unwrap();
    let guild = sandbox.new_guild("Club").bot(Permissions::ADMINISTRATOR).build();
    let mut bot = Bot::start(&sandbox, Intents::GUILDS).await;
    bot.wait(|event| matches!(event, Event::GuildCreate(_)).then_some(())).await;
    (sandbox, guild, bot)
}

/// Waits for the name the bot is told and for RESUMED, which comes after it.
async fn resumed(bot: &mut Bot) -> String {
    let mut name = None;
    bot.wait(|event| {
        if let Event::ChannelUpdate(channel) = &event {
            name.clone_from(&channel.name);
        }
        matches!(event, Event::Resumed).then_some(())
    })
    .await;
    name.unwrap()
}

#[tokio::test]
async fn reconnects_and_breaks_lose_nothing() {
    let (sandbox, guild, mut bot) = club(Config::default()).await;
    let general = guild.channel("general").unwrap().id;
    for (upset, name) in
        [(Upset::Drop, "cut"), (Upset::Reconnect, "asked"), (Upset::Close(4008), "limited")]
    {
        sandbox.gateway().upset(upset);
        // Nobody listens any more once the client has noticed.
        bot.wait(|event| match event {
            Event::GatewayReconnect | Event::GatewayClose(_) => Some(()),
            _ => None,
        })
        .await;
        guild.owner().rename_channel(general, name).unwrap();
        assert_eq!(resumed(&mut bot).await, name);
    }
    assert_eq!(sandbox.session_count(), 1);
}

#[tokio::test]
async fn a_dead_connection_is_noticed_by_the_missing_ack() {
    let interval = Duration::from_millis(150);
    let config = Config { heartbeat_interval: interval, ..Config::default() };
    let (sandbox, guild, mut bot) = club(config).await;
    sandbox.gateway().mute_acks(true);
    bot.wait(|event| matches!(event, Event::GatewayClose(_)).then_some(())).await;
    sandbox.gateway().mute_acks(false);
    let general = guild.channel("general").unwrap().id;
    guild.owner().rename_channel(general, "meanwhile").unwrap();
    assert_eq!(resumed(&mut bot).await, "meanwhile");
}
