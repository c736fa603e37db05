//! The gateway connection breaks, or tells things twice.

use std::time::Duration;

use domain::{SeatState, Slot, audit::AuditKind};
use gamekeeper::stage::{
    Stage,
    verbs::{Told, says, until},
};
use sandbox::{
    actor::First,
    faults::{EventFault, Fault, Upset},
};

use crate::scene::{audited, game, on, role_of, seat, stage, wears};

/// Ids of the sessions that are connected now.
fn connected(stage: &Stage) -> Vec<String> {
    let all = stage.discord.gateway().sessions().into_iter();
    all.filter(|session| session.connected).map(|session| session.id).collect()
}

/// The connection suffers; what happens meanwhile is not lost. Answers whether the session is
/// still the same.
async fn lives_through(upset: Upset) -> Told<bool> {
    let stage = stage().await?;
    let chess = game(&stage, "Chess").await?;
    let mia = stage.person("Mia");
    on(&mia, "joingame", "Chess").await?;
    stage.rest().await?;
    let role = role_of(&stage, chess, Slot::PlayerRole).await?;
    let before = connected(&stage);
    stage.discord.gateway().refuse_connections(true);
    stage.discord.gateway().upset(upset);
    until("the connection to break", || async { connected(&stage).is_empty().then_some(()) })
        .await?;
    // By hand, while nobody listens.
    stage.guild.owner().take_role(mia.id(), role).map_err(|e| e.to_string())?;
    stage.discord.gateway().refuse_connections(false);
    until("the role to be given back", || async { wears(&mia, role).then_some(()) }).await?;
    let reply = on(&stage.person("Ben"), "joingame", "Chess").await?;
    says(&reply, "You are in")?;
    stage.rest().await?;
    stage.truth().await?;
    Ok(connected(&stage) == before)
}

#[tokio::test]
async fn a_broken_connection_is_resumed() -> Told<()> {
    assert!(lives_through(Upset::Drop).await?, "a new session was opened");
    Ok(())
}

#[tokio::test]
async fn a_connection_asked_to_reconnect_is_resumed() -> Told<()> {
    assert!(lives_through(Upset::Reconnect).await?, "a new session was opened");
    Ok(())
}

#[tokio::test]
async fn a_session_that_is_invalid_for_now_is_resumed() -> Told<()> {
    assert!(lives_through(Upset::InvalidSession { resumable: true }).await?, "a new session");
    Ok(())
}

#[tokio::test]
async fn a_session_that_is_lost_is_replaced() -> Told<()> {
    assert!(!lives_through(Upset::InvalidSession { resumable: false }).await?, "it was lost");
    Ok(())
}

#[tokio::test]
async fn an_interaction_told_twice_is_acted_on_once() -> Told<()> {
    let stage = stage().await?;
    stage.discord.event_faults().add(Fault::on("INTERACTION_CREATE", EventFault::Twice).always());
    let chess = game(&stage, "Chess").await?;
    let mia = stage.person("Mia");
    on(&mia, "joingame", "Chess").await?;
    stage.rest().await?;
    let answers = stage.discord.requests().of("create_interaction_response").len();
    assert_eq!(answers, 2, "two people asked once each");
    assert_eq!(audited(&stage, AuditKind::GameCreated).await?.len(), 1);
    assert_eq!(audited(&stage, AuditKind::SeatTaken).await?.len(), 1);
    assert_eq!(seat(&stage, chess, &mia).await?, Some(SeatState::Seated));
    stage.truth().await
}

#[tokio::test]
async fn an_interaction_told_too_late_is_left_alone() -> Told<()> {
    let stage = stage().await?;
    let chess = game(&stage, "Chess").await?;
    let late = EventFault::Delay(Duration::from_secs(5));
    stage.discord.event_faults().add(Fault::on("INTERACTION_CREATE", late));
    let (mia, ben) = (stage.person("Mia"), stage.person("Ben"));
    let reply = mia.slash("joingame", [("game", "Chess")]);
    let first = reply.first().await;
    assert!(matches!(&first, First::Failed(why) if why.contains("did not respond")), "{first:?}");
    // The bot hears of it after all, when it means nothing any more; what comes then still does.
    tokio::time::sleep(Duration::from_secs(3)).await;
    on(&ben, "joingame", "Chess").await?;
    stage.rest().await?;
    assert_eq!(seat(&stage, chess, &mia).await?, None);
    assert_eq!(seat(&stage, chess, &ben).await?, Some(SeatState::Seated));
    stage.truth().await
}
