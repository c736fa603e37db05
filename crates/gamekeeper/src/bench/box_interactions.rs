//! How many interactions a second the local Discord takes from a crowd, sends to a client and takes the
//! answers to. Crowd, local Discord and client share this process and the machine's cores; gateway and
//! REST go over sockets.

use std::time::Instant;

use sandbox::{
    Config, Sandbox,
    actor::{Actor, First, NO_OPTIONS},
    world::{ChannelKind, Permissions},
};
use tokio::task::JoinSet;

use super::{
    plain::{Desk, Packing, Shard, call},
    spread::lowest_to_highest,
};
use crate::stage::verbs::Told;

/// People, each with one interaction under way.
const PEOPLE: usize = 64;
/// Interactions of each person in one run.
const EACH: usize = 400;
/// Runs that count; one more before them warms up.
const RUNS: usize = 7;

pub(super) async fn run() -> Told<Vec<String>> {
    Ok(vec![
        measured(
            "answered with a message (type 4)",
            r#"{"type":4,"data":{"content":"pong","flags":64}}"#,
        )
        .await?,
        measured("put off (type 5)", r#"{"type":5}"#).await?,
    ])
}

async fn measured(what: &str, answer: &'static str) -> Told<String> {
    let discord = Sandbox::start(Config::default()).await.map_err(|error| error.to_string())?;
    let commands = format!("/applications/{}/commands", discord.application_id());
    let ping = r#"[{"name": "ping", "description": "Says pong"}]"#;
    call(&discord, "PUT", &commands, ping).await?;
    let mut guild = discord.new_guild("Fair").channel(ChannelKind::Text, "games");
    for person in 0..PEOPLE {
        guild = guild.member(&format!("Guest {person}"));
    }
    let guild = guild.bot(Permissions::NONE).build();
    let games = guild.channel_id("games");
    let people: Vec<_> =
        (0..PEOPLE).map(|n| guild.actor(&format!("Guest {n}")).at(games)).collect();
    let client = tokio::spawn(answer_all(discord.clone(), answer));
    while discord.session_count() == 0 {
        tokio::task::yield_now().await;
    }
    let mut rates = Vec::new();
    for run in 0..=RUNS {
        let rate = crowd(&people).await?;
        if run > 0 {
            rates.push(rate);
        }
    }
    if !discord.violations().is_empty() {
        return Err(format!("the client breaks rules: {:?}", discord.violations()));
    }
    client.abort();
    discord.stop();
    Ok(format!(
        "{} /ping {what}, {PEOPLE} at once: {} a second",
        PEOPLE * EACH,
        lowest_to_highest(rates)
    ))
}

/// The client: a shard and a desk.
async fn answer_all(discord: Sandbox, answer: &'static str) -> Told<()> {
    let mut desk = Desk::open(&discord, answer).await?;
    let mut shard = Shard::connect(&discord, Packing::Plain).await?;
    shard.identify(&discord).await?;
    loop {
        let (name, body) = shard.event().await?;
        if name == "INTERACTION_CREATE" {
            desk.take(body).await?;
        }
    }
}

/// Lets everyone play; answers how many interactions a second were answered.
async fn crowd(people: &[Actor]) -> Told<f64> {
    let mut playing = JoinSet::new();
    let start = Instant::now();
    for person in people {
        let person = person.clone();
        playing.spawn(async move {
            for _ in 0..EACH {
                match person.slash("ping", NO_OPTIONS).first().await {
                    First::Message(_) | First::Deferred(_) => {}
                    other => return Err(format!("a command went wrong: {other:?}")),
                }
            }
            Ok(())
        });
    }
    while let Some(done) = playing.join_next().await {
        done.map_err(|error| error.to_string())??;
    }
    #[expect(clippy::cast_precision_loss, reason = "a count of commands for people")]
    let count = (people.len() * EACH) as f64;
    Ok(count / start.elapsed().as_secs_f64())
}
