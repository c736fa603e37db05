//! The bot's clock jumps by an hour in the middle of work, and back.

use domain::Phase;
use futures_util::future::try_join_all;
use gamekeeper::stage::verbs::{Told, shown, until};
use sandbox::{
    actor::First,
    faults::{Fault, FaultKind, Hold},
};

use crate::scene::{ends_with, game, seat, stage, tally};

const HOUR_MS: i64 = 60 * 60 * 1_000;
/// Forward and back.
const JUMPS: [i64; 2] = [HOUR_MS, -HOUR_MS];

#[tokio::test]
async fn whoever_waits_is_told_the_end() -> Told<()> {
    try_join_all(JUMPS.map(|jump| async move {
        let stage = stage().await?;
        let held = stage.discord.holds().order(Hold::before(3));
        let reply = stage.guild.owner().slash("game create", [("name", "Chess")]);
        shown(&reply).await?;
        held.reached().await.ok_or("the call never came")?;
        stage.jump(jump);
        held.release();
        ends_with(&reply, "is ready").await?;
        stage.rest().await?;
        let chess = stage.id("Chess").await?;
        stage.settled_in(chess, Phase::Active).await?;
        stage.truth().await
    }))
    .await
    .map(drop)
}

#[tokio::test]
async fn a_game_that_waits_does_not_wait_an_hour() -> Told<()> {
    let stage = stage().await?;
    game(&stage, "Chess").await?;
    // Refused often enough to be put off.
    stage.discord.faults().add(Fault::on("create_guild_role", FaultKind::Status(503)).times(8));
    let reply = stage.guild.owner().slash("game create", [("name", "Go")]);
    shown(&reply).await?;
    until("the game to be put off", || async {
        let work = stage.engine().store().work_of_guild(stage.guild_id()).await.ok()?;
        work.iter().any(|work| work.attempts > 0).then_some(())
    })
    .await?;
    stage.jump(-HOUR_MS);
    ends_with(&reply, "is ready").await?;
    stage.rest().await?;
    stage.truth().await
}

#[tokio::test]
async fn a_lost_answer_is_settled_at_once() -> Told<()> {
    try_join_all(JUMPS.map(|jump| async move {
        let stage = stage().await?;
        let fault = Fault::on("create_guild_channel", FaultKind::DropAnswer).after(1);
        stage.discord.faults().add(fault);
        let held = stage.discord.holds().order(Hold::before(4));
        let reply = stage.guild.owner().slash("game create", [("name", "Chess")]);
        shown(&reply).await?;
        held.reached().await.ok_or("the call never came")?;
        stage.jump(jump);
        held.release();
        ends_with(&reply, "is ready").await?;
        stage.rest().await?;
        let made = tally(&stage);
        assert_eq!((made["create_guild_role"], made["create_guild_channel"]), (2, 3), "{jump}");
        stage.truth().await
    }))
    .await
    .map(drop)
}

#[tokio::test]
async fn a_click_of_before_the_connection_broke_is_not_taken_for_a_fresh_one() -> Told<()> {
    let stage = stage().await?;
    let chess = game(&stage, "Chess").await?;
    let mia = stage.person("Mia");
    stage.jump(-HOUR_MS);
    stage.discord.gateway().refuse_connections(true);
    stage.discord.drop_gateway();
    // Nobody hears it, and Discord tells her so.
    let reply = mia.slash("joingame", [("game", "Chess")]);
    assert!(matches!(reply.first().await, First::Failed(_)));
    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    // It is told now, to a bot that lives an hour ago.
    stage.discord.gateway().refuse_connections(false);
    let again = until("a command to be answered", || async {
        let reply = mia.slash("game info", [("game", "Chess")]);
        matches!(reply.first().await, First::Message(_)).then_some(())
    });
    again.await?;
    assert_eq!(seat(&stage, chess, &mia).await?, None, "what failed on her screen happened");
    stage.rest().await?;
    stage.truth().await
}
