//! Games where an admin decides who is in.

use bot::ids::{CustomId, GameAct, SeatAct};
use domain::{GameId, SeatState, audit::AuditKind};
use gamekeeper::stage::{
    Stage,
    verbs::{Told, says, shown, until},
};
use sandbox::actor::{Actor, MessageView};

use crate::scene::{about, audited, choose, game, on, seat, stage, user};

/// A game by approval; Gus administers it.
async fn by_approval() -> Told<(Stage, GameId, Actor)> {
    let stage = stage().await?;
    let olga = stage.guild.owner();
    let chess = game(&stage, "Chess").await?;
    let gus = stage.person("Gus");
    says(
        &about(&olga, "game admin-add", "Chess", &gus).await?,
        "is a game admin of **Chess** now",
    )?;
    choose(&stage, &olga, "Chess", GameAct::Admission, &["approval"]).await?;
    stage.rest().await?;
    Ok((stage, chess, gus))
}

/// The message that asks the game's admins about somebody.
async fn request(stage: &Stage, admin: &Actor, game: GameId, who: &Actor) -> Told<MessageView> {
    let button = CustomId::Seat(SeatAct::Approve, game, user(who)).to_string();
    let look = || async {
        let channels = stage.guild.channels().into_iter();
        let mut seen = channels.flat_map(|channel| admin.read(channel.id));
        seen.find(|message| message.component(&button).is_some())
    };
    until("the request to reach the game's admins", look).await
}

async fn ask(stage: &Stage, game: GameId, who: &Actor) -> Told<()> {
    says(&on(who, "joingame", "Chess").await?, "decides now")?;
    assert_eq!(seat(stage, game, who).await?, Some(SeatState::Requested));
    Ok(())
}

#[tokio::test]
async fn decided_by_button() -> Told<()> {
    let (stage, chess, gus) = by_approval().await?;
    for (name, act, becomes, says_so) in [
        ("Mia", SeatAct::Approve, SeatState::Seated, "is in."),
        ("Kim", SeatAct::Decline, SeatState::Left, "was not let in this time"),
    ] {
        let person = stage.person(name);
        ask(&stage, chess, &person).await?;
        let message = request(&stage, &gus, chess, &person).await?;
        let button = CustomId::Seat(act, chess, user(&person)).to_string();
        let after = shown(&gus.click(&message, &button)).await?;
        says(&after, says_so)?;
        assert_eq!(after.id, message.id, "the request itself shows what became of it");
        assert!(after.buttons().is_empty(), "nobody can decide twice");
        assert_eq!(seat(&stage, chess, &person).await?, Some(becomes));
    }
    stage.rest().await?;
    stage.truth().await
}

#[tokio::test]
async fn decided_by_command() -> Told<()> {
    let (stage, chess, gus) = by_approval().await?;
    let (mia, kim) = (stage.person("Mia"), stage.person("Kim"));
    ask(&stage, chess, &mia).await?;
    ask(&stage, chess, &kim).await?;
    says(&about(&gus, "game approve", "Chess", &mia).await?, "is in.")?;
    says(&about(&gus, "game decline", "Chess", &kim).await?, "was not let in")?;
    assert_eq!(seat(&stage, chess, &mia).await?, Some(SeatState::Seated));
    assert_eq!(seat(&stage, chess, &kim).await?, Some(SeatState::Left));
    // And out again.
    says(&about(&gus, "game remove", "Chess", &mia).await?, "is out of **Chess**")?;
    assert_eq!(seat(&stage, chess, &mia).await?, Some(SeatState::Left));
    says(&about(&gus, "game remove", "Chess", &mia).await?, "has no open request or seat")?;
    let removed = audited(&stage, AuditKind::SeatRemoved).await?;
    assert_eq!(removed.len(), 1);
    assert_eq!(removed[0].entry.subject, Some(user(&mia)));
    stage.rest().await?;
    stage.truth().await
}

#[tokio::test]
async fn decided_on_the_member_list() -> Told<()> {
    let (stage, chess, gus) = by_approval().await?;
    let mia = stage.person("Mia");
    ask(&stage, chess, &mia).await?;
    let list = on(&gus, "game members", "Chess").await?;
    says(&list, "Waiting to be let in")?;
    let approve = CustomId::Seat(SeatAct::Approve, chess, user(&mia)).to_string();
    let list = shown(&gus.click(&list, &approve)).await?;
    assert_eq!(seat(&stage, chess, &mia).await?, Some(SeatState::Seated));
    let pick = CustomId::Game(GameAct::RemovePick, chess).to_string();
    shown(&gus.select(&list, &pick, &[mia.id()])).await?;
    assert_eq!(seat(&stage, chess, &mia).await?, Some(SeatState::Left));
    // Who asked is nobody else's business.
    ask(&stage, chess, &mia).await?;
    let list = on(&stage.person("Sid"), "game members", "Chess").await?;
    assert!(!list.text().contains(&mia.id().to_string()), "{}", list.text());
    stage.rest().await?;
    stage.truth().await
}

#[tokio::test]
async fn a_request_taken_back_cannot_be_approved() -> Told<()> {
    let (stage, chess, gus) = by_approval().await?;
    let mia = stage.person("Mia");
    ask(&stage, chess, &mia).await?;
    says(&on(&mia, "joingame", "Chess").await?, "You have already asked to join.")?;
    let message = request(&stage, &gus, chess, &mia).await?;
    says(&on(&mia, "leavegame", "Chess").await?, "You have left")?;
    let button = CustomId::Seat(SeatAct::Approve, chess, user(&mia)).to_string();
    says(&shown(&gus.click(&message, &button)).await?, "has no open request")?;
    assert_eq!(seat(&stage, chess, &mia).await?, Some(SeatState::Left));
    stage.rest().await?;
    stage.truth().await
}

#[tokio::test]
async fn two_admins_decide_at_once_and_one_decision_holds() -> Told<()> {
    let (stage, chess, gus) = by_approval().await?;
    let (olga, mia) = (stage.guild.owner(), stage.person("Mia"));
    ask(&stage, chess, &mia).await?;
    let message = request(&stage, &gus, chess, &mia).await?;
    let id = |act| CustomId::Seat(act, chess, user(&mia)).to_string();
    let yes = gus.click(&message, &id(SeatAct::Approve));
    let no = olga.click(&message, &id(SeatAct::Decline));
    let (yes, no) = tokio::join!(shown(&yes), shown(&no));
    yes.and(no)?;
    let decided = audited(&stage, AuditKind::SeatApproved).await?.len()
        + audited(&stage, AuditKind::SeatDeclined).await?.len();
    assert_eq!(decided, 1);
    stage.rest().await?;
    stage.truth().await
}
