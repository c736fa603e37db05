//! Archive, restore, delete; and the pages that show it.

use bot::ids::{CustomId, GameAct, Purpose, field};
use domain::{GameId, Phase, Slot, audit::AuditKind};
use engine::PanelKind;
use gamekeeper::stage::{
    Stage,
    verbs::{Told, modal, says, shown},
};
use sandbox::{
    actor::{Actor, MessageView, NO_OPTIONS, Reply},
    world::{ChannelKind, Permissions},
};

use crate::scene::{
    Options, audited, bound, channel_of, ends_with, furnish, game, gone, knows, names, on, run,
    stage, stock,
};

const KEPT: Phase = Phase::Archived { release_channels: false };
const RELEASED: Phase = Phase::Archived { release_channels: true };

#[tokio::test]
async fn archived_by_panel_it_is_read_only_and_restored_by_panel() -> Told<()> {
    let stage = stage().await?;
    furnish(&stage).await?;
    let (olga, mia) = (stage.guild.owner(), stage.person("Mia"));
    let chess = game(&stage, "Chess").await?;
    on(&mia, "joingame", "Chess").await?;
    stage.rest().await?;
    let chat = channel_of(&stage, chess, Slot::Chat).await?;
    let ask = stage.pick(&olga, Purpose::Archive, chess).await?;
    says(&ask, "All 2 seats are kept.")?;
    stage.press(&olga, &ask, GameAct::Archive, chess).await?;
    stage.settled_in(chess, KEPT).await?;
    let may = mia.permissions_in(chat);
    assert!(may.contains(Permissions::VIEW_CHANNEL) && !may.contains(Permissions::SEND_MESSAGES));
    stage.truth().await?;
    let ask = stage.pick(&olga, Purpose::Restore, chess).await?;
    stage.press(&olga, &ask, GameAct::Restore, chess).await?;
    stage.settled_in(chess, Phase::Active).await?;
    assert!(mia.permissions_in(chat).contains(Permissions::SEND_MESSAGES));
    stage.truth().await
}

#[tokio::test]
async fn archived_with_its_channels_given_back_and_restored_by_command() -> Told<()> {
    let stage = stage().await?;
    let olga = stage.guild.owner();
    let chess = game(&stage, "Chess").await?;
    let before = stage.guild.channels().len();
    let free: Options = vec![("game", "Chess".into()), ("free", true.into())];
    ends_with(&olga.slash("game archive", free), "is archived").await?;
    stage.settled_in(chess, RELEASED).await?;
    assert_eq!(stage.guild.channels().len(), before - 3);
    says(&on(&olga, "game info", "Chess").await?, "archived, channels freed")?;
    says(&on(&olga, "game archive", "Chess").await?, "This game is archived;")?;
    stage.truth().await?;
    ends_with(&olga.slash("game restore", [("game", "Chess")]), "is back in use").await?;
    stage.settled_in(chess, Phase::Active).await?;
    assert_eq!(stage.guild.channels().len(), before);
    says(&on(&olga, "game restore", "Chess").await?, "This game is not archived.")?;
    stage.truth().await
}

#[tokio::test]
async fn archived_by_panel_with_its_channels_given_back() -> Told<()> {
    let stage = stage().await?;
    furnish(&stage).await?;
    let olga = stage.guild.owner();
    let chess = game(&stage, "Chess").await?;
    let ask = stage.pick(&olga, Purpose::Archive, chess).await?;
    says(&ask, "**with all their messages**")?;
    stage.press(&olga, &ask, GameAct::ArchiveRelease, chess).await?;
    stage.settled_in(chess, RELEASED).await?;
    assert!(bound(&stage, chess, Slot::Category).await.is_err());
    stage.truth().await
}

#[tokio::test]
async fn without_room_nothing_is_restored() -> Told<()> {
    let stage = stage().await?;
    let olga = stage.guild.owner();
    let chess = game(&stage, "Chess").await?;
    let free: Options = vec![("game", "Chess".into()), ("free", true.into())];
    ends_with(&olga.slash("game archive", free), "is archived").await?;
    stage.rest().await?;
    while stage.guild.channels().len() < 498 {
        olga.create_channel(ChannelKind::Text, "filler", None).map_err(|e| e.to_string())?;
    }
    knows(&stage, |guild| guild.channels.len() == 498).await?;
    let said = on(&olga, "game restore", "Chess").await?;
    says(&said, "leave no room for this game")?;
    says(&said, "2 channels are left here")?;
    stage.settled_in(chess, RELEASED).await
}

/// Types a name into the form that deletes.
async fn confirm(who: &Actor, ask: &MessageView, game: GameId, typed: &str) -> Told<Reply> {
    let button = CustomId::Game(GameAct::DeleteType, game).to_string();
    let form = modal(&who.click(ask, &button)).await?;
    let reply = who.submit(&form, [(field::CONFIRM, typed)]);
    shown(&reply).await?;
    Ok(reply)
}

async fn nothing_left(stage: &Stage, game: GameId) -> Told<()> {
    gone(stage, game).await?;
    stage.rest().await?;
    assert_eq!(stage.guild.channels().len(), 4);
    assert_eq!(stage.guild.state().roles.len(), 3);
    assert_eq!(names(stage).await?.len(), 0);
    stage.truth().await
}

#[tokio::test]
async fn deleted_by_panel_after_the_plan_and_the_name() -> Told<()> {
    let stage = stage().await?;
    furnish(&stage).await?;
    let olga = stage.guild.owner();
    let chess = game(&stage, "Chess").await?;
    let ask = stage.pick(&olga, Purpose::Delete, chess).await?;
    says(&ask, "one person loses the seat")?;
    says(&ask, "Delete the chat channel, with what is in it")?;
    let reply = confirm(&olga, &ask, chess, "Chest").await?;
    says(&shown(&reply).await?, "That is not the game’s name. Nothing was deleted.")?;
    assert_eq!(stage.game("Chess").await?.game.phase, Phase::Active);
    let ask = stage.pick(&olga, Purpose::Delete, chess).await?;
    let reply = confirm(&olga, &ask, chess, "chess").await?;
    ends_with(&reply, "**Chess** is gone").await?;
    nothing_left(&stage, chess).await
}

#[tokio::test]
async fn deleted_by_command_and_the_name_is_free_again() -> Told<()> {
    let stage = stage().await?;
    let olga = stage.guild.owner();
    let chess = game(&stage, "Chess").await?;
    let ask = on(&olga, "game delete", "Chess").await?;
    ends_with(&confirm(&olga, &ask, chess, "Chess").await?, "is gone").await?;
    nothing_left(&stage, chess).await?;
    assert_ne!(game(&stage, "Chess").await?, chess);
    assert_eq!(audited(&stage, AuditKind::GameDeleted).await?.len(), 1);
    stage.truth().await
}

#[tokio::test]
async fn an_archived_game_is_deleted_with_all_that_is_left() -> Told<()> {
    for free in [false, true] {
        let stage = stage().await?;
        let olga = stage.guild.owner();
        let chess = game(&stage, "Chess").await?;
        let options: Options = vec![("game", "Chess".into()), ("free", free.into())];
        ends_with(&olga.slash("game archive", options), "is archived").await?;
        stage.rest().await?;
        let ask = on(&olga, "game delete", "Chess").await?;
        ends_with(&confirm(&olga, &ask, chess, "Chess").await?, "is gone").await?;
        nothing_left(&stage, chess).await?;
    }
    Ok(())
}

#[tokio::test]
async fn an_archived_game_is_not_edited() -> Told<()> {
    let stage = stage().await?;
    let olga = stage.guild.owner();
    let chess = game(&stage, "Chess").await?;
    let page = on(&olga, "game edit", "Chess").await?;
    let form =
        modal(&olga.click(&page, &CustomId::Game(GameAct::Words, chess).to_string())).await?;
    ends_with(&olga.slash("game archive", [("game", "Chess")]), "is archived").await?;
    let late = shown(&olga.submit(&form, [(field::NAME, "Go")])).await?;
    says(&late, "This game is archived; a community admin can restore it.")?;
    let page = on(&olga, "game edit", "Chess").await?;
    says(&page, "This game is archived: read-only, seats kept.")?;
    assert!(page.selects().is_empty(), "nothing to choose");
    assert_eq!(names(&stage).await?, ["Chess"]);
    stage.rest().await?;
    stage.truth().await
}

#[tokio::test]
async fn lists_and_members_have_pages() -> Told<()> {
    let stage = stage().await?;
    let games = stock(&stage, 60).await?;
    stage.set_up_panel(&stage.guild.owner(), PanelKind::Admin, "admin").await?;
    let mia = stage.person("Mia");
    let mut page = run(&mia, "game list", NO_OPTIONS).await?;
    let panel = stage.panel(&mia, PanelKind::Admin).await?;
    let by_panel = shown(&mia.click(&panel, &CustomId::List(0).to_string())).await?;
    assert_eq!(by_panel.text(), page.text());
    let mut seen = page.text();
    let mut at = 0;
    while page.component(&CustomId::List(at + 1).to_string()).is_some() {
        at += 1;
        page = shown(&mia.click(&page, &CustomId::List(at).to_string())).await?;
        seen.push_str(&page.text());
    }
    assert!(at >= 1, "60 games on one page");
    for n in 1..=60 {
        assert!(seen.contains(&format!("Game {n:03}")), "game {n} is on no page");
    }
    for n in 0..30 {
        on(&stage.person(&format!("Fan{n}")), "joingame", "Game 001").await?;
    }
    let page = on(&mia, "game members", "Game 001").await?;
    says(&page, "Page 1 of 2 · 30 members")?;
    let next = CustomId::Members(games[0], 1).to_string();
    says(&shown(&mia.click(&page, &next)).await?, "Page 2 of 2")
}
