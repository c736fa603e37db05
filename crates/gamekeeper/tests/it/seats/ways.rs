//! Every way in and out.

use bot::ids::{CustomId, GameAct, Purpose};
use domain::{GameId, SeatState, Slot};
use engine::PanelKind;
use gamekeeper::stage::{
    Stage,
    verbs::{Told, says, shown, until},
};

use crate::scene::{
    ends_with, furnish, game, made_by, names, on, role_of, run, seat, stage, wears,
};

/// Whether somebody is in, by the database and by the role.
async fn is_in(stage: &Stage, game: GameId, name: &str) -> Told<bool> {
    let person = stage.person(name);
    let seated = seat(stage, game, &person).await? == Some(SeatState::Seated);
    let role = role_of(stage, game, Slot::PlayerRole).await?;
    stage.rest().await?;
    if seated == wears(&person, role) {
        Ok(seated)
    } else {
        Err(format!("{name}: seat and role differ"))
    }
}

#[tokio::test]
async fn in_by_command_panel_picker_and_button() -> Told<()> {
    let stage = stage().await?;
    let chess = game(&stage, "Chess").await?;
    furnish(&stage).await?;
    let (mia, ben, kim, sid) =
        (stage.person("Mia"), stage.person("Ben"), stage.person("Kim"), stage.person("Sid"));
    let said = on(&mia, "joingame", "Chess").await?;
    says(&said, "🎉 You are in **Chess**. See you in <#")?;
    let panel = stage.panel(&ben, PanelKind::Player).await?;
    let select = CustomId::Picked(Purpose::Join, 0).to_string();
    let said = shown(&ben.select(&panel, &select, &[chess.to_string()])).await?;
    says(&said, "You are in")?;
    assert!(said.ephemeral, "everybody reads who joined what");
    says(&stage.pick(&kim, Purpose::Join, chess).await?, "You are in")?;
    let page = on(&sid, "game info", "Chess").await?;
    says(&stage.press(&sid, &page, GameAct::Join, chess).await?, "You are in")?;
    for name in ["Mia", "Ben", "Kim", "Sid"] {
        assert!(is_in(&stage, chess, name).await?, "{name} is not in");
    }
    stage.truth().await
}

#[tokio::test]
async fn out_by_command_picker_and_button() -> Told<()> {
    let stage = stage().await?;
    let chess = game(&stage, "Chess").await?;
    furnish(&stage).await?;
    let (mia, ben, kim) = (stage.person("Mia"), stage.person("Ben"), stage.person("Kim"));
    for person in [&mia, &ben, &kim] {
        on(person, "joingame", "Chess").await?;
    }
    says(&on(&mia, "leavegame", "Chess").await?, "You have left **Chess**")?;
    says(&stage.pick(&ben, Purpose::Leave, chess).await?, "You have left")?;
    let page = on(&kim, "game info", "Chess").await?;
    says(&stage.press(&kim, &page, GameAct::Leave, chess).await?, "You have left")?;
    for name in ["Mia", "Ben", "Kim"] {
        assert!(!is_in(&stage, chess, name).await?, "{name} is still in");
    }
    stage.truth().await
}

#[tokio::test]
async fn what_cannot_be_is_said_in_a_sentence() -> Told<()> {
    let stage = stage().await?;
    let chess = game(&stage, "Chess").await?;
    let mia = stage.person("Mia");
    says(&on(&mia, "leavegame", "Chess").await?, "You are not in this game.")?;
    says(&on(&mia, "joingame", "Halma").await?, "There is no such game here.")?;
    on(&mia, "joingame", "Chess").await?;
    says(&on(&mia, "joingame", "Chess").await?, "You are already in this game.")?;
    let archive = stage.guild.owner().slash("game archive", [("game", "Chess")]);
    ends_with(&archive, "is archived").await?;
    let kim = stage.person("Kim");
    says(&on(&kim, "joingame", "Chess").await?, "This game is archived;")?;
    assert_eq!(seat(&stage, chess, &kim).await?, None);
    assert_eq!(seat(&stage, chess, &mia).await?, Some(SeatState::Seated), "seats are kept");
    stage.rest().await?;
    stage.truth().await
}

#[tokio::test]
async fn my_games_by_command_and_from_the_panel() -> Told<()> {
    let stage = stage().await?;
    game(&stage, "Chess").await?;
    game(&stage, "Go").await?;
    furnish(&stage).await?;
    let mia = stage.person("Mia");
    let none = run(&mia, "mygames", sandbox::actor::NO_OPTIONS).await?;
    says(&none, "You are not in any game yet.")?;
    on(&mia, "joingame", "Go").await?;
    let panel = stage.panel(&mia, PanelKind::Player).await?;
    for mine in [
        run(&mia, "mygames", sandbox::actor::NO_OPTIONS).await?,
        shown(&mia.click(&panel, &CustomId::MyGames(0).to_string())).await?,
    ] {
        says(&mine, "Go")?;
        assert!(!mine.text().contains("Chess"), "{}", mine.text());
        assert!(mine.ephemeral);
    }
    Ok(())
}

#[tokio::test]
async fn the_panel_follows_the_seats() -> Told<()> {
    let stage = stage().await?;
    made_by(&stage, &stage.person("Adam"), "Chess").await?;
    furnish(&stage).await?;
    let mia = stage.person("Mia");
    stage.panel_says(&mia, PanelKind::Player, "1 player").await?;
    on(&mia, "joingame", "Chess").await?;
    stage.panel_says(&mia, PanelKind::Player, "2 players").await?;
    until("the admin panel to count too", || async {
        let panel = stage.panel(&mia, PanelKind::Admin).await.ok()?;
        says(&panel, "2 seats taken").ok()
    })
    .await?;
    assert_eq!(names(&stage).await?, ["Chess"]);
    Ok(())
}
