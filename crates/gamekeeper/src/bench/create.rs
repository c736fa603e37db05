//! Simple create with 50 ms on every call to Discord: when is it answered, when is it done, and
//! what is the least it could take.

use std::time::{Duration, Instant};

use engine::PanelKind;

use super::spread::{Spread, ms};
use crate::stage::{
    Setup, Stage,
    verbs::{Told, shown, until},
};

/// Injected into every REST call.
const LATENCY: Duration = Duration::from_millis(50);
/// Calls that depend on each other in a Simple create: a role, the category that names it in its
/// overwrites, a channel that stands in the category. Everything else runs beside them.
const CRITICAL_CALLS: u32 = 3;

async fn stage() -> Told<Stage> {
    let setup = Setup { bot: |bot| bot.inbound = bot::InboundLimits::NONE, ..Setup::default() };
    let stage = Stage::set(setup).await.map_err(|stop| stop.to_string())?;
    let olga = stage.guild.owner();
    stage.set_up_panel(&olga, PanelKind::Admin, "admin").await?;
    stage.set_up_panel(&olga, PanelKind::Player, "games").await?;
    Ok(stage)
}

pub(super) async fn run() -> Told<Vec<String>> {
    let stage = stage().await?;
    let mut lines = vec![one(&stage).await?];
    lines.extend(many(&stage).await?);
    lines.push(crowd(&stage).await?);
    stage.close().await;
    Ok(lines)
}

/// Waits until a game's channels are all there, and answers when.
async fn complete(stage: &Stage, name: &str) -> Told<Instant> {
    until("the game to be complete", || async {
        let record = stage.game(name).await.ok()?;
        let bindings = stage.engine().store().bindings(record.game.id).await.ok()?;
        // Two roles, the category, chat and voice.
        (bindings.len() == 5).then(Instant::now)
    })
    .await
}

async fn one(stage: &Stage) -> Told<String> {
    let adam = stage.person("Adam");
    stage.have_game(&adam, "Warm-up").await?;
    stage.discord.latency().set_rest(LATENCY);
    stage.discord.latency().set_callbacks(LATENCY);
    let start = Instant::now();
    let reply = adam.slash("game create", [("name", "Measured")]);
    shown(&reply).await?;
    let answered = start.elapsed();
    let done = complete(stage, "Measured").await?.duration_since(start);
    let least = LATENCY * CRITICAL_CALLS;
    stage.rest().await?;
    Ok(format!(
        "simple create, {} ms a call: answered after {:.0} ms; complete after {:.0} ms = {:.2} × \
         {CRITICAL_CALLS} dependent calls ({} ms)",
        LATENCY.as_millis(),
        ms(answered),
        ms(done),
        done.as_secs_f64() / least.as_secs_f64(),
        least.as_millis()
    ))
}

async fn many(stage: &Stage) -> Told<Vec<String>> {
    let adam = stage.person("Adam");
    let start = Instant::now();
    let names: Vec<String> = (1..=25).map(|n| format!("Game {n}")).collect();
    let replies: Vec<_> =
        names.iter().map(|name| adam.slash("game create", [("name", name.as_str())])).collect();
    let mut answered = Vec::new();
    for reply in &replies {
        shown(reply).await?;
        answered.push(start.elapsed());
    }
    for name in &names {
        complete(stage, name).await?;
    }
    let done = start.elapsed();
    stage.rest().await?;
    stage.truth().await?;
    Ok(vec![
        format!("25 creates at once: answered {}", Spread::of(answered)),
        format!(
            "  all complete after {:.1} s (25 × 5 calls under our own limit of 48 a second)",
            done.as_secs_f64()
        ),
    ])
}

async fn crowd(stage: &Stage) -> Told<String> {
    let people: Vec<_> = (1..=100).map(|n| stage.person(&format!("Guest {n}"))).collect();
    let before = stage.discord.requests().all().len();
    let start = Instant::now();
    let replies: Vec<_> =
        people.iter().map(|p| p.slash("joingame", [("game", "Measured")])).collect();
    let mut answered = Vec::new();
    for reply in &replies {
        shown(reply).await?;
        answered.push(start.elapsed());
    }
    stage.rest().await?;
    let done = start.elapsed();
    stage.truth().await?;
    let log = stage.discord.requests().all();
    let grants = log.iter().skip(before).filter(|r| r.operation == "add_guild_member_role").count();
    let refused = log.iter().skip(before).filter(|r| r.status == 429).count();
    Ok(format!(
        "100 people join at once: answered {}; all roles given after {:.1} s; {grants} grants, \
         {refused} answers of 429",
        Spread::of(answered),
        done.as_secs_f64()
    ))
}
