//! Changing games.

use bot::ids::{CustomId, GameAct, Purpose, field};
use domain::{Phase, Slot, audit::AuditKind};
use engine::PanelKind;
use gamekeeper::stage::verbs::{Told, modal, says, shown};
use sandbox::world::{ChannelKind, Permissions};

use crate::scene::{
    about, audited, bound, channel_of, choose, ends_with, furnish, game, on, reword, role_of, seat,
    stage, user, wears,
};

#[tokio::test]
async fn every_text_by_the_form() -> Told<()> {
    let stage = stage().await?;
    furnish(&stage).await?;
    let olga = stage.guild.owner();
    let chess = game(&stage, "Chess").await?;
    let page = stage.pick(&olga, Purpose::Manage, chess).await?;
    let words = CustomId::Game(GameAct::Words, chess).to_string();
    let form = modal(&olga.click(&page, &words)).await?;
    assert_eq!(form.input(field::NAME).map(|input| input.value).as_deref(), Some("Chess"));
    let reply = olga.submit(
        &form,
        [
            (field::NAME, "Grand Chess"),
            (field::EMOJI, "👑"),
            (field::DESCRIPTION, "Slow games"),
            (field::CAPACITY, "8"),
            (field::COLOUR, "#FFD700"),
        ],
    );
    ends_with(&reply, "**👑 Grand Chess** is changed").await?;
    stage.settled_in(chess, Phase::Active).await?;
    let id = role_of(&stage, chess, Slot::PlayerRole).await?;
    let role = stage.guild.state().role(id).cloned().ok_or("no role")?;
    assert_eq!((role.name.as_str(), role.colors.primary), ("👑 Grand Chess", 0x00FF_D700));
    let info = on(&stage.person("Mia"), "game info", "Grand Chess").await?;
    for fact in ["1 of 8 seats", "Slow games", "#FFD700"] {
        says(&info, fact)?;
    }
    stage.panel_says(&olga, PanelKind::Player, "Grand Chess").await?;
    // Cleared again.
    let empty =
        [(field::EMOJI, ""), (field::DESCRIPTION, ""), (field::CAPACITY, ""), (field::COLOUR, "")];
    let reply = reword(&stage, &olga, "Grand Chess", empty).await?;
    ends_with(&reply, "**Grand Chess** is changed").await?;
    let role = stage.guild.state().role(id).cloned().ok_or("no role")?;
    assert_eq!((role.name.as_str(), role.colors.primary), ("Grand Chess", 0));
    stage.truth().await
}

#[tokio::test]
async fn channels_come_and_go() -> Told<()> {
    let stage = stage().await?;
    let olga = stage.guild.owner();
    let chess = game(&stage, "Chess").await?;
    let chat = channel_of(&stage, chess, Slot::Chat).await?;
    choose(&stage, &olga, "Chess", GameAct::Channels, &["channel:chat", "channel:forum"]).await?;
    choose(&stage, &olga, "Chess", GameAct::Voice, &["3"]).await?;
    stage.settled_in(chess, Phase::Active).await?;
    assert_eq!(channel_of(&stage, chess, Slot::Chat).await?, chat, "the chat stays the same one");
    let voices = stage.guild.channels().into_iter().filter(|c| c.kind == ChannelKind::Voice);
    assert_eq!(voices.count(), 3);
    choose(&stage, &olga, "Chess", GameAct::Channels, &["channel:forum"]).await?;
    choose(&stage, &olga, "Chess", GameAct::Voice, &["1"]).await?;
    stage.settled_in(chess, Phase::Active).await?;
    assert!(bound(&stage, chess, Slot::Chat).await.is_err());
    assert!(bound(&stage, chess, Slot::Voice(2)).await.is_err());
    stage.truth().await
}

#[tokio::test]
async fn visibility_opens_and_closes_the_channels() -> Told<()> {
    let stage = stage().await?;
    let olga = stage.guild.owner();
    let chess = game(&stage, "Chess").await?;
    let sid = stage.person("Sid");
    let chat = channel_of(&stage, chess, Slot::Chat).await?;
    choose(&stage, &olga, "Chess", GameAct::Visibility, &["everyone"]).await?;
    stage.settled_in(chess, Phase::Active).await?;
    let may = sid.permissions_in(chat);
    assert!(may.contains(Permissions::VIEW_CHANNEL) && !may.contains(Permissions::SEND_MESSAGES));
    choose(&stage, &olga, "Chess", GameAct::Visibility, &["members"]).await?;
    stage.settled_in(chess, Phase::Active).await?;
    assert!(!sid.visible_channels().contains(&chat));
    stage.truth().await
}

#[tokio::test]
async fn admins_by_select_and_by_command() -> Told<()> {
    let stage = stage().await?;
    let olga = stage.guild.owner();
    let chess = game(&stage, "Chess").await?;
    let (gus, ben) = (stage.person("Gus"), stage.person("Ben"));
    let both = [olga.id().to_string(), gus.id().to_string()];
    let both: Vec<&str> = both.iter().map(String::as_str).collect();
    choose(&stage, &olga, "Chess", GameAct::Admins, &both).await?;
    about(&olga, "game admin-add", "Chess", &ben).await?;
    stage.rest().await?;
    let role = role_of(&stage, chess, Slot::AdminRole).await?;
    assert!(wears(&gus, role) && wears(&ben, role));
    assert_eq!(seat(&stage, chess, &gus).await?, Some(domain::SeatState::Left), "no player");
    says(&about(&olga, "game admin-remove", "Chess", &gus).await?, "is no longer a game admin")?;
    choose(&stage, &olga, "Chess", GameAct::Admins, &[&olga.id().to_string()]).await?;
    stage.rest().await?;
    assert!(!wears(&gus, role) && !wears(&ben, role));
    let dismissed = audited(&stage, AuditKind::AdminDismissed).await?;
    let subjects: Vec<_> = dismissed.iter().filter_map(|row| row.entry.subject).collect();
    assert_eq!(subjects, [user(&ben), user(&gus)]);
    stage.truth().await
}

#[tokio::test]
async fn the_bot_is_nobodys_admin() -> Told<()> {
    let stage = stage().await?;
    let olga = stage.guild.owner();
    game(&stage, "Chess").await?;
    let bot = stage.guild.user(stage.discord.world().bot());
    says(&about(&olga, "game admin-add", "Chess", &bot).await?, "cannot be a game admin")?;
    assert_eq!(audited(&stage, AuditKind::AdminAppointed).await?.len(), 0);
    stage.truth().await
}

#[tokio::test]
async fn mistakes_change_nothing() -> Told<()> {
    let stage = stage().await?;
    let olga = stage.guild.owner();
    let chess = game(&stage, "Chess").await?;
    game(&stage, "Go").await?;
    on(&stage.person("Mia"), "joingame", "Chess").await?;
    let before = stage.game("Chess").await?.game;
    for (fields, sentence) in [
        (vec![(field::NAME, "GO")], "There is already a game called"),
        (vec![(field::CAPACITY, "1")], "2 people are in; there cannot be fewer seats"),
        (vec![(field::CAPACITY, "many")], "Seats are a number from 1 to 10000"),
        (vec![(field::COLOUR, "sunny")], "That is not a colour."),
        (vec![(field::DESCRIPTION, "hello @here")], "The text cannot contain mentions"),
        (vec![(field::NAME, "Chess")], "nothing was changed"),
    ] {
        let reply = reword(&stage, &olga, "Chess", fields).await?;
        says(&shown(&reply).await?, sentence)?;
    }
    assert_eq!(stage.game("Chess").await?.game, before);
    stage.settled_in(chess, Phase::Active).await?;
    stage.truth().await
}

#[tokio::test]
async fn two_people_with_the_form_open_do_not_undo_each_other() -> Told<()> {
    let stage = stage().await?;
    let (olga, adam) = (stage.guild.owner(), stage.person("Adam"));
    let chess = game(&stage, "Chess").await?;
    let words = CustomId::Game(GameAct::Words, chess).to_string();
    let mut forms = Vec::new();
    for who in [&olga, &adam] {
        let page = on(who, "game edit", "Chess").await?;
        forms.push(modal(&who.click(&page, &words)).await?);
    }
    ends_with(&olga.submit(&forms[0], [(field::CAPACITY, "5")]), "is changed").await?;
    ends_with(&adam.submit(&forms[1], [(field::DESCRIPTION, "Slow")]), "is changed").await?;
    let game = stage.game("Chess").await?.game;
    assert_eq!(game.description.as_str(), "Slow");
    assert_eq!(game.capacity.map(domain::Capacity::seats), Some(5), "the capacity was undone");
    stage.truth().await
}
