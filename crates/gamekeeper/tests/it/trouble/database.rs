//! The database is away in the middle of everything: stopped, locked, or silent.

use std::time::{Duration, Instant};

use domain::{Phase, SeatState, Slot, audit::AuditKind};
use engine::PanelKind;
use gamekeeper::stage::{
    Setup, Stage,
    outage::Line,
    verbs::{Told, shown, until},
};
use sandbox::{
    actor::{Actor, First, NO_OPTIONS},
    faults::{Fault, FaultKind, Hold},
};

use crate::log::Lines;
use crate::scene::{audited, ends_with, furnish, game, role_of, seat, set, setup, tally, wears};

/// What Discord allows for a first answer.
const FIRST_WITHIN: Duration = Duration::from_secs(3);

async fn stage() -> Told<Stage> {
    let mut setup = Setup { outages: true, ..setup() };
    // Words that come late are waited for.
    setup.discord.patience = Duration::from_secs(25);
    set(setup).await
}

/// Somebody presses something while the database is away: an honest answer, the first sign of it
/// in time. Answers how long sign and answer took.
async fn told_honestly(who: &Actor, game: &str) -> Told<(Duration, Duration)> {
    let began = Instant::now();
    let reply = who.slash("joingame", [("game", game)]);
    let first = reply.first().await;
    let sign = began.elapsed();
    if matches!(first, First::Failed(_)) || sign > FIRST_WITHIN {
        return Err(format!("after {sign:?}: {first:?}"));
    }
    let said = shown(&reply).await?.text();
    let answer = began.elapsed();
    let honest = ["database does not answer me right now", "Nothing was changed", "reference: `"];
    if !honest.iter().all(|words| said.contains(words)) {
        let lines = Lines::listen().all();
        return Err(format!("that is no honest answer: {said} {lines:#?}"));
    }
    Ok((sign, answer))
}

/// The database is away for so long, with a game being made, somebody joining, a role taken by
/// hand, and people who press things.
async fn away(line: Line, time: Duration) -> Told<()> {
    let lines = Lines::listen();
    let stage = stage().await?;
    furnish(&stage).await?;
    let (olga, mia, ben) = (stage.guild.owner(), stage.person("Mia"), stage.person("Ben"));
    let chess = game(&stage, "Chess").await?;
    shown(&mia.slash("joingame", [("game", "Chess")])).await?;
    stage.rest().await?;
    let players = role_of(&stage, chess, Slot::PlayerRole).await?;
    stage.discord.requests().clear();
    // A call is under way whose outcome cannot be written.
    let held = stage.discord.holds().order(Hold::after(2));
    let reply = olga.slash("game create", [("name", "Go")]);
    shown(&reply).await?;
    held.reached().await.ok_or("the call never came")?;
    stage.database(line).await?;
    let (began, before) = (Instant::now(), lines.all().len());
    held.release();
    olga.take_role(mia.id(), players).map_err(|e| e.to_string())?;
    let mut worst = (Duration::ZERO, Duration::ZERO);
    while began.elapsed() < time {
        let (sign, answer) = told_honestly(&ben, "Chess").await?;
        worst = (worst.0.max(sign), worst.1.max(answer));
        // What needs no database works.
        let help = stage.person("Kim").slash("help", NO_OPTIONS);
        if let First::Failed(why) = help.first().await {
            return Err(format!("the bot is gone: {why}"));
        }
        // What the local Discord remembers of requests is bounded, and is counted below.
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    if !stage.is_up() {
        return Err("the gateway was given up".to_owned());
    }
    let said: Vec<String> = lines.all().split_off(before);
    let told: Vec<_> = said.iter().filter(|line| !line.contains("a use case failed")).collect();
    let (of_use_cases, others) = (said.len() - told.len(), told.len());
    stage.database(Line::Through).await?;
    let back = Instant::now();
    ends_with(&reply, "is ready").await?;
    stage.rest().await?;
    until("the role to be given back", || async { wears(&mia, players).then_some(()) }).await?;
    tracing::info!(?worst, of_use_cases, others, after = ?back.elapsed(), "measured");
    assert!(others <= 12, "the log is flooded: {told:#?}");
    let away = said.iter().filter(|line| line.contains("the database is away;"));
    assert_eq!(away.count(), 1, "it is said once: {told:#?}");
    // Nothing lost, nothing twice.
    assert_eq!(seat(&stage, chess, &ben).await?, None);
    let calls = tally(&stage);
    assert_eq!((calls["create_guild_role"], calls["create_guild_channel"]), (2, 3), "{calls:?}");
    assert_eq!(audited(&stage, AuditKind::GameCreated).await?.len(), 2);
    let go = stage.id("Go").await?;
    stage.settled_in(go, Phase::Active).await?;
    stage.panel_says(&stage.person("Adam"), PanelKind::Admin, "Go").await?;
    until("the log to have its line", || async {
        let log = stage.channel("log").ok()?;
        let text: String = olga.read(log).iter().map(|line| line.text() + "\n").collect();
        (text.matches("**Go**").count() == 1).then_some(())
    })
    .await?;
    // And everything works again.
    shown(&ben.slash("joingame", [("game", "Go")])).await?;
    assert_eq!(seat(&stage, go, &ben).await?, Some(SeatState::Seated));
    stage.rest().await?;
    stage.truth().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn gone_for_thirty_seconds() -> Told<()> {
    away(Line::Refused, Duration::from_secs(30)).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn silent_for_thirty_seconds() -> Told<()> {
    away(Line::Silent, Duration::from_secs(30)).await
}

/// Connections that will never say anything again do not keep their places.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn connections_that_died_without_a_word_are_replaced() -> Told<()> {
    if setup().postgres.is_none() {
        return Ok(());
    }
    let lines = Lines::listen();
    let stage = stage().await?;
    let chess = game(&stage, "Chess").await?;
    let ben = stage.person("Ben");
    for _ in 0..2 {
        // Silent, and when new connections get through again, the old ones are still dead: as
        // after a firewall has forgotten them.
        stage.database(Line::Forgotten).await?;
        told_honestly(&ben, "Chess").await?;
        stage.database(Line::Through).await?;
    }
    let back = Instant::now();
    while seat(&stage, chess, &ben).await.ok().flatten() != Some(SeatState::Seated) {
        if back.elapsed() > Duration::from_secs(40) {
            return Err(format!("the bot does not get at its database: {:#?}", lines.all()));
        }
        // Told that it is out of order, or in.
        let _ = shown(&ben.slash("joingame", [("game", "Chess")])).await;
    }
    stage.rest().await?;
    stage.truth().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_after_thinking_survives_a_discord_that_is_down() -> Told<()> {
    let stage = stage().await?;
    game(&stage, "Chess").await?;
    let ben = stage.person("Ben");
    stage.database(Line::Silent).await?;
    let reply = ben.slash("joingame", [("game", "Chess")]);
    if !matches!(reply.first().await, First::Deferred(_)) {
        return Err("no \"thinking\"".to_owned());
    }
    let down = Fault::on("update_original_webhook_message", FaultKind::Status(503));
    stage.discord.faults().add(down.always());
    stage.database(Line::Through).await?;
    until("the answer to have been refused", || async {
        let tries = stage.discord.requests().of("update_original_webhook_message");
        (tries.len() >= 4).then_some(())
    })
    .await?;
    stage.discord.faults().clear();
    ends_with(&reply, "You are in").await?;
    stage.rest().await?;
    stage.truth().await
}
