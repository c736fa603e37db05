//! `gamekeeper backup restore --plan`: what Discord and a backup do not agree on, and so what the bot
//! would change on Discord after a restore. Nothing is changed, neither there nor in the database.

use domain::GuildId;
use engine::{Clock, Engine, Membership, preview::Expected};
use store::Store;

use super::stop;
use crate::{
    config::Config,
    database,
    exit::Stop,
    wire::{self, introduce},
};

/// Looks, and says what it found.
#[expect(clippy::print_stdout, reason = "the plan is what was asked for")]
pub(super) async fn run(config: &Config, name: &str) -> Result<(), Stop> {
    let place = &config.backup.place;
    let rehearsal =
        backup::rehearse(place, name).await.map_err(|error| stop(&error, &config.database))?;
    let rest = wire::door(&config.discord.token, config.discord.origin.clone(), |_| {})?;
    let own = introduce(&rest, config.discord.application).await?;
    let unusable = |problem| database::stop(&problem, &config.database);
    let store = Store::open(&rehearsal.database).await.map_err(unusable)?;
    let guilds = store.remembered_guilds().await.map_err(unusable)?;
    let membership = Membership { name: "preview".to_owned(), ..Membership::default() };
    let engine = Engine::new(store, rest, Clock::default(), own.id, membership);
    println!("backup    {}", rehearsal.manifest.header.created_at);
    let (mut steps, mut problems) = (0, 0);
    for guild in guilds {
        let expected = engine.preview_guild(guild).await.map_err(|fault| unseen(guild, &fault))?;
        let Expected::Plans { name, games } = expected else {
            println!("server {guild}: the bot is not in it (any more); nothing would be done");
            continue;
        };
        println!("server {guild} ({name}): {} games", games.len());
        for (game, plan) in games.iter().filter(|(_, plan)| !plan.is_settled()) {
            println!("  {} ({}):", game.name, game.id);
            for line in plan.to_string().lines() {
                println!("    {line}");
            }
            steps += plan.steps.len();
            problems += plan.problems.len();
        }
    }
    engine.store().clone().close().await.ok();
    if steps + problems == 0 {
        println!("Discord and the backup agree: nothing would be changed");
    } else {
        println!("{steps} changes on Discord, {problems} problems. Nothing was changed now");
    }
    Ok(())
}

fn unseen(guild: GuildId, fault: &engine::Fault) -> Stop {
    Stop::Unavailable(format!("server {guild} could not be looked at: {fault}"))
}
