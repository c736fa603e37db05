//! Many games, many people.

use bot::ids::{CustomId, Purpose, field};
use domain::{SeatState, audit::AuditKind};
use engine::PanelKind;
use futures_util::future::join_all;
use gamekeeper::stage::{
    Stage,
    verbs::{Told, says, shown},
};
use sandbox::actor::Actor;

use crate::scene::{audited, ends_with, game, on, reword, seat, stage, stock};

/// A stage with so many games and a player panel.
async fn with_games(count: usize) -> Told<(Stage, Vec<domain::GameId>)> {
    let stage = stage().await?;
    let games = stock(&stage, count).await?;
    stage.set_up_panel(&stage.guild.owner(), PanelKind::Player, "games").await?;
    Ok((stage, games))
}

#[tokio::test]
async fn without_a_game_the_panel_says_so() -> Told<()> {
    let (stage, _) = with_games(0).await?;
    let mia = stage.person("Mia");
    let panel = stage.panel(&mia, PanelKind::Player).await?;
    says(&panel, "There are no games to join right now.")?;
    for (purpose, sentence) in [
        (Purpose::Join, "There is no game you could join right now."),
        (Purpose::Leave, "You are not in any game."),
    ] {
        let button = CustomId::Pick(purpose, 0).to_string();
        says(&shown(&mia.click(&panel, &button)).await?, sentence)?;
    }
    Ok(())
}

#[tokio::test]
async fn up_to_25_games_are_joined_right_on_the_panel() -> Told<()> {
    for count in [1, 25] {
        let (stage, games) = with_games(count).await?;
        let mia = stage.person("Mia");
        let panel = stage.panel(&mia, PanelKind::Player).await?;
        let select = CustomId::Picked(Purpose::Join, 0).to_string();
        let offered = panel.select(&select).ok_or("the panel has no select")?;
        assert_eq!(offered.options.len(), count);
        let last = games[count - 1];
        says(&shown(&mia.select(&panel, &select, &[last.to_string()])).await?, "You are in")?;
        assert_eq!(seat(&stage, last, &mia).await?, Some(SeatState::Seated));
    }
    Ok(())
}

#[tokio::test]
async fn more_games_are_paged() -> Told<()> {
    for count in [26, 400] {
        let (stage, games) = with_games(count).await?;
        let mia = stage.person("Mia");
        let panel = stage.panel(&mia, PanelKind::Player).await?;
        assert!(panel.selects().is_empty(), "a select holds 25");
        let last = games[count - 1];
        says(&stage.pick(&mia, Purpose::Join, last).await?, "You are in")?;
        assert_eq!(seat(&stage, last, &mia).await?, Some(SeatState::Seated));
        says(&stage.pick(&mia, Purpose::Leave, last).await?, "You have left")?;
    }
    Ok(())
}

/// Names suggested while somebody types.
async fn suggested(who: &Actor, path: &str, typed: &str) -> Told<Vec<String>> {
    let typing = who.autocomplete(path, [("game", typed)], "game");
    let choices = typing.choices().await.ok_or("no suggestions came")?;
    Ok(choices.into_iter().map(|choice| choice.name).collect())
}

#[tokio::test]
async fn suggestions_find_one_of_400() -> Told<()> {
    let stage = stage().await?;
    stock(&stage, 400).await?;
    let mia = stage.person("Mia");
    assert_eq!(suggested(&mia, "joingame", "").await?.len(), 25);
    assert_eq!(suggested(&mia, "joingame", "387").await?, ["Game 387"]);
    assert_eq!(suggested(&mia, "joingame", "halma").await?.len(), 0);
    assert_eq!(suggested(&mia, "leavegame", "").await?.len(), 0);
    on(&mia, "joingame", "Game 387").await?;
    assert_eq!(suggested(&mia, "joingame", "387").await?.len(), 0, "already in");
    assert_eq!(suggested(&mia, "leavegame", "").await?, ["Game 387"]);
    assert_eq!(suggested(&mia, "game restore", "").await?.len(), 0, "nothing is archived");
    assert_eq!(suggested(&mia, "game edit", "").await?.len(), 0, "nothing to administer");
    assert_eq!(suggested(&stage.guild.owner(), "game edit", "38").await?.len(), 14);
    Ok(())
}

#[tokio::test]
async fn twenty_people_race_for_three_seats() -> Told<()> {
    let stage = stage().await?;
    let olga = stage.guild.owner();
    let chess = game(&stage, "Chess").await?;
    // The maker has one of four.
    let reply = reword(&stage, &olga, "Chess", [(field::CAPACITY, "4")]).await?;
    ends_with(&reply, "is changed").await?;
    let people: Vec<Actor> = (0..20).map(|n| stage.person(&format!("Racer{n}"))).collect();
    let replies: Vec<_> =
        people.iter().map(|one| one.slash("joingame", [("game", "Chess")])).collect();
    let said: Vec<String> = join_all(replies.iter().map(shown))
        .await
        .into_iter()
        .map(|told| told.map(|message| message.text()))
        .collect::<Told<_>>()?;
    assert_eq!(said.iter().filter(|text| text.contains("You are in")).count(), 3, "{said:?}");
    let full = "Sorry, all 4 seats are taken.";
    assert_eq!(said.iter().filter(|text| text.contains(full)).count(), 17, "{said:?}");
    assert_eq!(stage.game("Chess").await?.seated, 4);
    assert_eq!(audited(&stage, AuditKind::SeatTaken).await?.len(), 3);
    stage.rest().await?;
    assert_eq!(stage.id("Chess").await?, chess);
    stage.truth().await
}

#[tokio::test]
async fn a_hundred_people_join_at_once() -> Told<()> {
    let stage = stage().await?;
    game(&stage, "Chess").await?;
    let people: Vec<Actor> = (0..100).map(|n| stage.person(&format!("Fan{n}"))).collect();
    let replies: Vec<_> =
        people.iter().map(|one| one.slash("joingame", [("game", "Chess")])).collect();
    for told in join_all(replies.iter().map(shown)).await {
        says(&told?, "You are in")?;
    }
    stage.rest().await?;
    assert_eq!(stage.game("Chess").await?.seated, 101);
    // One grant a person, none twice.
    let grants = stage.discord.requests().of("add_guild_member_role");
    assert_eq!(grants.len(), 102, "a hundred, and the maker's two roles");
    stage.truth().await
}
