//! Joining, leaving, full games, approval.

use bot::ids::{CustomId, GameAct, Purpose, SeatAct};
use domain::{Admission, GameId, SeatState};
use engine::PanelKind;
use sandbox::actor::{Actor, First};

use super::Tour;
use crate::stage::{
    Stage,
    verbs::{Told, shown, until},
};

/// Where somebody stands with a game, by the database.
async fn seat(stage: &Stage, game: GameId, who: &Actor) -> Told<Option<SeatState>> {
    let user = twilight_model::id::Id::new(who.id().0.max(1));
    let seat = stage.engine().store().seat(game, user).await.map_err(|e| e.to_string())?;
    Ok(seat.map(|seat| seat.state))
}

async fn expect(stage: &Stage, game: GameId, who: &Actor, wanted: SeatState) -> Told<()> {
    match seat(stage, game, who).await? {
        Some(state) if state == wanted => Ok(()),
        other => Err(format!("{wanted:?} was expected, it is {other:?}")),
    }
}

pub(super) async fn join(tour: &mut Tour) -> Told<()> {
    let stage = &tour.stage;
    let chess = stage.id("Chess").await?;
    let (mia, ben, kim) = (stage.person("Mia"), stage.person("Ben"), stage.person("Kim"));
    // By command, with a suggestion.
    let typing = mia.autocomplete("joingame", [("game", "che")], "game");
    let choice = match typing.first().await {
        First::Choices(choices) => choices.first().cloned().ok_or("no game is suggested")?,
        other => return Err(format!("suggestions were expected, but: {other:?}")),
    };
    let choice = choice["value"].as_str().unwrap_or_default().to_owned();
    shown(&mia.slash("joingame", [("game", choice.as_str())])).await?;
    // By select, from the panel's picker.
    stage.pick(&ben, Purpose::Join, chess).await?;
    // By button, on the game's own page.
    let info = shown(&kim.slash("game info", [("game", "Chess")])).await?;
    stage.press(&kim, &info, GameAct::Join, chess).await?;
    for person in [&mia, &ben, &kim] {
        expect(stage, chess, person, SeatState::Seated).await?;
    }
    stage.rest().await?;
    let chat = stage.channel("chat")?;
    if !mia.visible_channels().contains(&chat) {
        return Err("who joined does not see the chat".to_owned());
    }
    stage.truth().await
}

pub(super) async fn leave(tour: &mut Tour) -> Told<()> {
    let stage = &tour.stage;
    let chess = stage.id("Chess").await?;
    let (ben, kim) = (stage.person("Ben"), stage.person("Kim"));
    shown(&ben.slash("leavegame", [("game", "Chess")])).await?;
    stage.pick(&kim, Purpose::Leave, chess).await?;
    expect(stage, chess, &ben, SeatState::Left).await?;
    expect(stage, chess, &kim, SeatState::Left).await?;
    stage.rest().await?;
    stage.truth().await
}

pub(super) async fn full(tour: &mut Tour) -> Told<()> {
    let stage = &tour.stage;
    // Three seats, one of them Olga's.
    let hunt = stage.id("Dragon Hunt").await?;
    let people = ["Mia", "Ben", "Kim", "Sid"].map(|name| stage.person(name));
    shown(&people[0].slash("joingame", [("game", "Dragon Hunt")])).await?;
    let one = people[1].slash("joingame", [("game", "Dragon Hunt")]);
    let two = people[2].slash("joingame", [("game", "Dragon Hunt")]);
    let (one, two) = tokio::join!(shown(&one), shown(&two));
    let (one, two) = (one?, two?);
    let seated = [seat(stage, hunt, &people[1]).await?, seat(stage, hunt, &people[2]).await?];
    let winners = seated.iter().filter(|s| **s == Some(SeatState::Seated)).count();
    if winners != 1 {
        return Err(format!(
            "two raced for one seat, {winners} got it: {} {}",
            one.text(),
            two.text()
        ));
    }
    let refused = shown(&people[3].slash("joingame", [("game", "Dragon Hunt")])).await?;
    if seat(stage, hunt, &people[3]).await?.is_some() {
        return Err(format!("a full game took somebody in: {}", refused.text()));
    }
    stage.rest().await?;
    stage.truth().await
}

pub(super) async fn approval(tour: &mut Tour) -> Told<()> {
    let stage = &tour.stage;
    let adam = stage.person("Adam");
    let chess = stage.id("Chess").await?;
    // Gus administers Chess from now on, and decides.
    let gus = stage.person("Gus");
    let options: [(&str, sandbox::actor::OptionValue); 2] =
        [("game", "Chess".into()), ("person", gus.id().into())];
    shown(&adam.slash("game admin-add", options)).await?;
    stage.rest().await?;
    let page = stage.pick(&gus, Purpose::Manage, chess).await?;
    let select = CustomId::Game(GameAct::Admission, chess).to_string();
    shown(&gus.select(&page, &select, &["approval"])).await?;
    until("the game to ask", || async {
        let game = stage.game("Chess").await.ok()?;
        (game.game.admission == Admission::Approval).then_some(())
    })
    .await?;
    let (ben, kim) = (stage.person("Ben"), stage.person("Kim"));
    for person in [&ben, &kim] {
        shown(&person.slash("joingame", [("game", "Chess")])).await?;
        expect(stage, chess, person, SeatState::Requested).await?;
    }
    decide(stage, &gus, chess, &ben, SeatAct::Approve).await?;
    decide(stage, &gus, chess, &kim, SeatAct::Decline).await?;
    expect(stage, chess, &ben, SeatState::Seated).await?;
    expect(stage, chess, &kim, SeatState::Left).await?;
    stage.rest().await?;
    stage.panel_says(&adam, PanelKind::Admin, "Chess").await?;
    stage.truth().await
}

/// A game admin presses Approve or Decline on the request that the bot posted.
async fn decide(stage: &Stage, who: &Actor, game: GameId, about: &Actor, act: SeatAct) -> Told<()> {
    let user = twilight_model::id::Id::new(about.id().0.max(1));
    let button = CustomId::Seat(act, game, user).to_string();
    let request = until("the request to reach the game's admins", || async {
        stage
            .guild
            .channels()
            .into_iter()
            .flat_map(|channel| who.read(channel.id))
            .find(|message| message.component(&button).is_some())
    })
    .await?;
    shown(&who.click(&request, &button)).await.map(drop)
}
