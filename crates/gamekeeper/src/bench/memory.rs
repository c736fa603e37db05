//! The bot alone with 1,000 guilds of 50 channels and 50 roles: memory at rest, and how soon it is
//! ready.

use std::time::{Duration, Instant};

use sandbox::{
    Config, Sandbox,
    world::{ChannelKind, Permissions},
};

use super::spread::ms;
use crate::{
    child::Program,
    resident,
    stage::{
        invited_with,
        verbs::{Told, until},
    },
};

/// Guilds.
const GUILDS: usize = 1_000;
/// Channels, and roles, of each.
const OBJECTS: usize = 50;
/// How long memory is let settle.
const REST: Duration = Duration::from_secs(3);

fn fill(discord: &Sandbox, guilds: usize, objects: usize) -> sandbox::actor::Actor {
    let mut owner = None;
    for number in 0..guilds {
        let mut guild = discord.new_guild(&format!("Guild {number}")).owner("Olga");
        for object in 0..objects {
            guild = guild
                .channel(ChannelKind::Text, &format!("channel-{object}"))
                .role(&format!("Role {object}"), Permissions::NONE);
        }
        let handle = guild.bot(Permissions(invited_with().bits())).build();
        owner = Some(handle.owner());
    }
    owner.unwrap_or_else(|| discord.new_guild("Empty").build().owner())
}

pub(super) async fn run() -> Told<Vec<String>> {
    let mut lines = Vec::new();
    for (guilds, objects) in [(1, 4), (GUILDS, OBJECTS)] {
        // One shard takes up to 2,500 guilds; a second one would start 5 s after the first.
        let config = Config { shards: Some(1), ..Config::default() };
        let discord = Sandbox::start(config).await.map_err(|e| e.to_string())?;
        let olga = fill(&discord, guilds, objects);
        let home = tempfile::tempdir().map_err(|e| e.to_string())?;
        let bot = Program::this()?.start(&discord, home.path())?;
        let connected = until("the bot to connect", || async {
            (discord.session_count() > 0).then(Instant::now)
        })
        .await?;
        let answered = bot.answers(&olga).await?;
        tokio::time::sleep(REST).await;
        let resident = resident::of(&bot)?;
        lines.push(format!(
            "{guilds} guilds × {objects} channels and roles: identified {:.0} ms after the start, \
             first command answered after {:.0} ms; {resident}",
            ms(connected.duration_since(bot.started())),
            ms(answered)
        ));
        drop(bot);
        discord.stop();
    }
    Ok(lines)
}
