//! Edit, archive, restore, delete.

use bot::ids::{CustomId, GameAct, Purpose, field};
use domain::Phase;
use engine::PanelKind;
use sandbox::world::Permissions;

use super::Tour;
use crate::stage::verbs::{Told, modal, says, shown, until};

pub(super) async fn edit(tour: &mut Tour) -> Told<()> {
    let stage = &tour.stage;
    let gus = stage.person("Gus");
    let chess = stage.id("Chess").await?;
    let page = stage.pick(&gus, Purpose::Manage, chess).await?;
    let form = modal(&gus.click(&page, &CustomId::Game(GameAct::Words, chess).to_string())).await?;
    let texts = [
        (field::NAME, "Grand Chess"),
        (field::EMOJI, "👑"),
        (field::DESCRIPTION, "Slow games, long talks"),
        (field::CAPACITY, "8"),
        (field::COLOUR, "gold"),
    ];
    shown(&gus.submit(&form, texts)).await?;
    stage.rest().await?;
    let page = stage.pick(&gus, Purpose::Manage, chess).await?;
    let select = CustomId::Game(GameAct::Channels, chess).to_string();
    shown(&gus.select(&page, &select, &["channel:chat", "channel:lfg"])).await?;
    stage.rest().await?;
    stage.settled_in(chess, Phase::Active).await?;
    let role = stage.guild.state().roles.into_iter().find(|role| role.name == "👑 Grand Chess");
    let role = role.ok_or("the player role was not renamed")?;
    if role.colors.primary == 0 {
        return Err("the player role has no colour".to_owned());
    }
    stage.panel_says(&gus, PanelKind::Player, "Grand Chess").await?;
    stage.truth().await
}

pub(super) async fn archive(tour: &mut Tour) -> Told<()> {
    let stage = &tour.stage;
    let (olga, mia) = (stage.guild.owner(), stage.person("Mia"));
    let chess = stage.id("Grand Chess").await?;
    let ask = stage.pick(&olga, Purpose::Archive, chess).await?;
    stage.press(&olga, &ask, GameAct::Archive, chess).await?;
    let kept = Phase::Archived { release_channels: false };
    stage.settled_in(chess, kept).await?;
    let chat = chat_of(tour, chess).await?;
    if !mia.visible_channels().contains(&chat) {
        return Err("players cannot read an archived game".to_owned());
    }
    if mia.permissions_in(chat).contains(Permissions::SEND_MESSAGES) {
        return Err("players can write in an archived game".to_owned());
    }
    let refused = shown(&stage.person("Sid").slash("joingame", [("game", "Grand Chess")])).await?;
    if stage.game("Grand Chess").await?.seated == 0 {
        return Err(format!("seats were not kept: {}", refused.text()));
    }
    stage.truth().await?;
    // And with its channels given back.
    shown(&olga.slash::<&str, sandbox::actor::OptionValue>(
        "game archive",
        [("game", "Grand Chess".into()), ("free", true.into())],
    ))
    .await?;
    stage.settled_in(chess, Phase::Archived { release_channels: true }).await?;
    stage.truth().await
}

/// The game's chat, by its binding.
async fn chat_of(tour: &Tour, game: domain::GameId) -> Told<sandbox::id::ChannelId> {
    let bindings = tour.stage.engine().store().bindings(game).await.map_err(|e| e.to_string())?;
    let chat = bindings.get(&domain::Slot::Chat).ok_or("the game has no chat")?;
    Ok(sandbox::id::ChannelId(chat.id))
}

pub(super) async fn restore(tour: &mut Tour) -> Told<()> {
    let stage = &tour.stage;
    let (olga, mia) = (stage.guild.owner(), stage.person("Mia"));
    let chess = stage.id("Grand Chess").await?;
    let ask = stage.pick(&olga, Purpose::Restore, chess).await?;
    stage.press(&olga, &ask, GameAct::Restore, chess).await?;
    stage.settled_in(chess, Phase::Active).await?;
    let chat = chat_of(tour, chess).await?;
    if !mia.permissions_in(chat).contains(Permissions::SEND_MESSAGES) {
        return Err("players cannot write in a restored game".to_owned());
    }
    stage.truth().await
}

pub(super) async fn delete(tour: &mut Tour) -> Told<()> {
    let stage = &tour.stage;
    let olga = stage.guild.owner();
    let hunt = stage.id("Dragon Hunt").await?;
    let ask = stage.pick(&olga, Purpose::Delete, hunt).await?;
    says(&ask, "Dragon Hunt")?;
    let button = CustomId::Game(GameAct::DeleteType, hunt).to_string();
    let form = modal(&olga.click(&ask, &button)).await?;
    shown(&olga.submit(&form, [(field::CONFIRM, "Dragon Hunter")])).await?;
    if stage.game("Dragon Hunt").await?.game.phase != Phase::Active {
        return Err("a wrong name deleted the game".to_owned());
    }
    let ask = stage.pick(&olga, Purpose::Delete, hunt).await?;
    let form = modal(&olga.click(&ask, &button)).await?;
    shown(&olga.submit(&form, [(field::CONFIRM, "Dragon Hunt")])).await?;
    until("the game to be gone", || async {
        let record = stage.engine().store().game(hunt).await.ok()??;
        record.gone.then_some(())
    })
    .await?;
    if stage.guild.state().roles.iter().any(|role| role.name.contains("Dragon Hunt")) {
        return Err("a role of the deleted game is left".to_owned());
    }
    stage.truth().await
}
