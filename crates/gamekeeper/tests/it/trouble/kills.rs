//! Killed between any two calls that change something.

use bot::ids::{CustomId, GameAct, field};
use domain::{GameId, Phase, SeatState, audit::AuditKind};
use futures_util::future::try_join_all;
use gamekeeper::{
    kills::Fate,
    stage::{
        Stage,
        verbs::{Told, modal, shown},
    },
};
use sandbox::{
    actor::{First, Reply},
    faults::Hold,
};

use crate::scene::{audited, crash, ends_with, game, gone, on, restart, seat, stage};

/// Kills the bot at its `nth` changing call from now on, and starts it again.
async fn killed_at(stage: &mut Stage, nth: u32, fate: Fate, begin: &Begin) -> Told<Reply> {
    let held = stage.discord.holds().order(fate.hold(nth));
    let reply = begin(stage).await?;
    held.reached().await.ok_or("the call never came")?;
    stage.kill_bot();
    fate.befall(held);
    stage.start_bot().await.map_err(|stop| stop.to_string())?;
    Ok(reply)
}

type Begin = dyn for<'a> Fn(&'a Stage) -> futures_util::future::BoxFuture<'a, Told<Reply>>;

async fn create(stage: &Stage) -> Told<Reply> {
    let reply = stage.guild.owner().slash("game create", [("name", "Chess")]);
    shown(&reply).await?;
    Ok(reply)
}

async fn delete(stage: &Stage) -> Told<Reply> {
    let olga = stage.guild.owner();
    let chess = stage.id("Chess").await?;
    let ask = shown(&olga.slash("game delete", [("game", "Chess")])).await?;
    let button = CustomId::Game(GameAct::DeleteType, chess).to_string();
    let form = modal(&olga.click(&ask, &button)).await?;
    let reply = olga.submit(&form, [(field::CONFIRM, "Chess")]);
    shown(&reply).await?;
    Ok(reply)
}

async fn release(stage: &Stage) -> Told<Reply> {
    let options: crate::scene::Options = vec![("game", "Chess".into()), ("free", true.into())];
    let reply = stage.guild.owner().slash("game archive", options);
    shown(&reply).await?;
    Ok(reply)
}

/// How many changing calls it takes when all is well.
async fn calls_of(stage: &Stage, begin: &Begin, word: &str) -> Told<u32> {
    stage.discord.requests().clear();
    let reply = begin(stage).await?;
    ends_with(&reply, word).await?;
    stage.rest().await?;
    u32::try_from(stage.changes().len()).map_err(|e| e.to_string())
}

/// Every call, every fate, all at once: each on a stage of its own.
async fn at_every_call<F: Future<Output = Told<()>>>(
    calls: u32,
    story: impl Fn(u32, Fate) -> F,
) -> Told<()> {
    let story = &story;
    let points = (1..=calls).flat_map(|nth| Fate::ALL.map(|fate| (nth, fate)));
    try_join_all(points.map(|(nth, fate)| async move {
        story(nth, fate).await.map_err(|why| format!("killed at call {nth}, {fate:?}: {why}"))
    }))
    .await
    .map(drop)
}

#[tokio::test]
async fn create_survives_a_kill_at_any_call() -> Told<()> {
    let begin: &Begin = &|stage| Box::pin(create(stage));
    let healthy = stage().await?;
    let calls = calls_of(&healthy, begin, "is ready").await?;
    assert!(calls >= 7, "two roles, three channels, two roles given: {calls}");
    at_every_call(calls, |nth, fate| async move {
        let mut stage = stage().await?;
        let reply = killed_at(&mut stage, nth, fate, &|stage| Box::pin(create(stage))).await?;
        stage.rest().await?;
        let chess = stage.id("Chess").await?;
        stage.settled_in(chess, Phase::Active).await?;
        ends_with(&reply, "is ready").await?;
        stage.truth().await
    })
    .await
}

#[tokio::test]
async fn delete_survives_a_kill_at_any_call() -> Told<()> {
    let begin: &Begin = &|stage| Box::pin(delete(stage));
    let healthy = stage().await?;
    game(&healthy, "Chess").await?;
    let calls = calls_of(&healthy, begin, "is gone").await?;
    assert!(calls >= 5, "two roles, three channels: {calls}");
    at_every_call(calls, |nth, fate| async move {
        let mut stage = stage().await?;
        let chess: GameId = game(&stage, "Chess").await?;
        let reply = killed_at(&mut stage, nth, fate, &|stage| Box::pin(delete(stage))).await?;
        gone(&stage, chess).await?;
        stage.rest().await?;
        ends_with(&reply, "is gone").await?;
        stage.truth().await
    })
    .await
}

#[tokio::test]
async fn archive_survives_a_kill_at_any_call() -> Told<()> {
    let begin: &Begin = &|stage| Box::pin(release(stage));
    let healthy = stage().await?;
    game(&healthy, "Chess").await?;
    let calls = calls_of(&healthy, begin, "is archived").await?;
    assert!(calls >= 2, "two channels go at least: {calls}");
    at_every_call(calls, |nth, fate| async move {
        let mut stage = stage().await?;
        let chess = game(&stage, "Chess").await?;
        let reply = killed_at(&mut stage, nth, fate, &|stage| Box::pin(release(stage))).await?;
        stage.rest().await?;
        stage.settled_in(chess, Phase::Archived { release_channels: true }).await?;
        ends_with(&reply, "is archived").await?;
        stage.truth().await
    })
    .await
}

/// Each life of the bot ends at its next call that changes something: carried out, and not heard of.
#[tokio::test]
async fn a_bot_that_is_killed_over_and_over_goes_on_where_it_was() -> Told<()> {
    let mut stage = stage().await?;
    let mut held = stage.discord.holds().order(Hold::after(1));
    let reply = create(&stage).await?;
    let mut lives = 0;
    loop {
        let done = ends_with(&reply, "is ready");
        tokio::select! {
            reached = held.reached() => drop(reached.ok_or("the call never came")?),
            done = done => break done.map(drop)?,
        }
        lives += 1;
        stage.kill_bot();
        held.cut();
        held = stage.discord.holds().order(Hold::after(1));
        stage.start_bot().await.map_err(|stop| stop.to_string())?;
    }
    drop(held);
    // Calls that do not need one another may all have arrived when the bot dies at one of them.
    assert!(lives >= 3, "roles, the category, what is in it: {lives}");
    let chess = stage.id("Chess").await?;
    stage.settled_in(chess, Phase::Active).await?;
    let made = crate::scene::tally(&stage);
    assert_eq!((made["create_guild_role"], made["create_guild_channel"]), (2, 3), "{made:?}");
    assert_eq!(audited(&stage, AuditKind::GameCreated).await?.len(), 1);
    stage.truth().await
}

/// What she asked for is written down when the bot dies, and she was not told. Discord delivers
/// her click again when the session goes on.
#[tokio::test]
async fn a_click_that_is_delivered_again_after_a_kill_is_not_acted_on() -> Told<()> {
    const ANSWER: &str = "create_interaction_response";
    let mut stage = stage().await?;
    let chess = game(&stage, "Chess").await?;
    let (mia, ben) = (stage.person("Mia"), stage.person("Ben"));
    // An orderly stop saves the session, so there is one to go on with.
    restart(&mut stage).await?;
    stage.discord.requests().clear();
    let held = stage.discord.holds().order(Hold::before(1).of(ANSWER));
    let reply = mia.slash("joingame", [("game", "Chess")]);
    held.reached().await.ok_or("she was not answered")?;
    let session = |stage: &Stage| stage.discord.gateway().sessions().into_iter().map(|s| s.id);
    let before: Vec<String> = session(&stage).collect();
    crash(&mut stage).await?;
    held.cut();
    // His comes after hers, so hers has been dealt with when he is answered.
    on(&ben, "joingame", "Chess").await?;
    assert_eq!(session(&stage).collect::<Vec<_>>(), before, "not the same session");
    let told = reply.first().await;
    assert!(matches!(&told, First::Failed(why) if why.contains("did not respond")), "{told:?}");
    let answers = stage.discord.requests().of(ANSWER).len();
    assert_eq!(answers, 2, "one was cut off, one is Ben's");
    // She clicks again.
    on(&mia, "joingame", "Chess").await?;
    stage.rest().await?;
    assert_eq!(seat(&stage, chess, &mia).await?, Some(SeatState::Seated));
    assert_eq!(audited(&stage, AuditKind::SeatTaken).await?.len(), 2, "each of them once");
    stage.truth().await
}
