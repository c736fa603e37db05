//! How soon the local Discord serves the most guilds one shard may have, and what a guild costs it.

use std::time::{Duration, Instant};

use sandbox::{
    Config, Sandbox,
    world::{ChannelKind, Permissions},
};

use super::{
    plain::{Packing, Shard},
    spread::lowest_to_highest,
};
use crate::{resident, stage::verbs::Told};

/// What Discord lets one shard have.
const GUILDS: usize = 2_500;
/// Channels of each; a tenth of them are categories.
const CHANNELS: usize = 50;
/// Roles of each, beside @everyone and the bot's own.
const ROLES: usize = 10;
/// Members of each, beside the owner and the bot.
const MEMBERS: usize = 10;
/// Runs that count; one more before them warms up.
const RUNS: usize = 5;

pub(super) async fn run() -> Told<Vec<String>> {
    let config = Config { shards: Some(1), ..Config::default() };
    let discord = Sandbox::start(config).await.map_err(|error| error.to_string())?;
    let before = resident::mib("self", "VmRSS:")?;
    let start = Instant::now();
    for number in 0..GUILDS {
        add_guild(&discord, number);
    }
    let made = start.elapsed();
    let after = resident::mib("self", "VmRSS:")?;
    #[expect(clippy::cast_precision_loss, reason = "a count of guilds for people")]
    let each = (after - before) * 1024.0 / GUILDS as f64;
    let mut lines = vec![format!(
        "{GUILDS} guilds × {CHANNELS} channels, {ROLES} roles, {MEMBERS} members: made in {:.1} s, {:.0} MiB \
         resident = {each:.0} KiB a guild",
        made.as_secs_f64(),
        after - before
    )];
    for packing in Packing::ALL {
        let mut times = Vec::new();
        let mut received = 0;
        for run in 0..=RUNS {
            let (time, bytes) = serve(&discord, packing).await?;
            received = bytes;
            if run > 0 {
                times.push(time.as_secs_f64());
            }
        }
        lines.push(format!(
            "IDENTIFY to the last GUILD_CREATE, {}: {} s, {} MiB on the wire",
            packing.name(),
            lowest_to_highest(times),
            received >> 20
        ));
    }
    let served = resident::mib("self", "VmRSS:")?;
    lines.push(format!("resident after serving, client included: {served:.0} MiB"));
    discord.stop();
    Ok(lines)
}

fn add_guild(discord: &Sandbox, number: usize) {
    let mut guild = discord.new_guild(&format!("Guild {number}"));
    for role in 0..ROLES {
        guild = guild.role(&format!("Role {role}"), Permissions::NONE);
    }
    let mut category = String::new();
    for channel in 0..CHANNELS {
        guild = if channel % 10 == 0 {
            category = format!("Category {channel}");
            guild.channel(ChannelKind::Category, &category)
        } else {
            guild.channel_in(&category, ChannelKind::Text, &format!("channel-{channel}"))
        };
    }
    for member in 0..MEMBERS {
        guild = guild.member_with(&format!("Member {number}-{member}"), &["Role 0"]);
    }
    guild.bot(Permissions::ADMINISTRATOR).build();
}

/// One shard, from IDENTIFY until it has every guild: how long, and how many bytes.
async fn serve(discord: &Sandbox, packing: Packing) -> Told<(Duration, usize)> {
    let mut shard = Shard::connect(discord, packing).await?;
    let start = Instant::now();
    shard.identify(discord).await?;
    let (_, ready) = shard.event().await?;
    for _ in &ready.guilds {
        let (name, guild) = shard.event().await?;
        if name != "GUILD_CREATE" || guild.channels.len() != CHANNELS {
            return Err(format!("{name} with {} channels", guild.channels.len()));
        }
    }
    let time = start.elapsed();
    if ready.guilds.len() != GUILDS {
        return Err(format!("READY has {} guilds", ready.guilds.len()));
    }
    let received = shard.received;
    shard.close().await?;
    Ok((time, received))
}
