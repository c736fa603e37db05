//! Set-up and creating games.

use bot::ids::{CustomId, DraftId, DraftPart, field};
use domain::Phase;
use engine::PanelKind;
use sandbox::world::ChannelKind;

use super::Tour;
use crate::stage::verbs::{Told, modal, says, shown, until};

pub(super) async fn online(tour: &mut Tour) -> Told<()> {
    let help = shown(&tour.stage.person("Mia").slash("help", sandbox::actor::NO_OPTIONS)).await?;
    if !help.ephemeral {
        return Err("help is shown to everybody".to_owned());
    }
    says(&help, "/joingame")
}

pub(super) async fn panels(tour: &mut Tour) -> Told<()> {
    let stage = &tour.stage;
    let olga = stage.guild.owner();
    stage.set_up_panel(&olga, PanelKind::Admin, "admin").await?;
    stage.set_up_panel(&olga, PanelKind::Player, "general").await?;
    // Moved, not doubled.
    stage.set_up_panel(&olga, PanelKind::Player, "games").await?;
    stage.set_up_panel(&olga, PanelKind::Player, "games").await?;
    until("exactly one player panel", || async {
        let count = |channel: &str| {
            let channel = stage.channel(channel).ok()?;
            let join = CustomId::Pick(bot::ids::Purpose::Join, 0).to_string();
            let read = olga.read(channel);
            Some(read.iter().filter(|message| message.component(&join).is_some()).count())
        };
        (count("general")? == 0 && count("games")? == 1).then_some(())
    })
    .await?;
    let log = stage.channel("log")?;
    shown(&olga.slash("settings log-channel", [("channel", log)])).await.map(drop)
}

pub(super) async fn simple(tour: &mut Tour) -> Told<()> {
    let stage = &tour.stage;
    let adam = stage.person("Adam");
    let reply = stage.create_simple(&adam, "Chess", "♟️").await?;
    stage.rest().await?;
    let id = stage.id("Chess").await?;
    stage.settled_in(id, Phase::Active).await?;
    until("the reply to say that it is done", || async {
        let text = reply.text();
        (text.contains("Chess") && !text.contains("0 /")).then_some(())
    })
    .await?;
    stage.panel_says(&adam, PanelKind::Admin, "Chess").await?;
    stage.panel_says(&stage.person("Mia"), PanelKind::Player, "Chess").await?;
    // The creator plays; a stranger does not see the private channels.
    let chat = stage.channel("chat")?;
    if !adam.visible_channels().contains(&chat) {
        return Err("the creator does not see the game's chat".to_owned());
    }
    if stage.person("Sid").visible_channels().contains(&chat) {
        return Err("a stranger sees the game's chat".to_owned());
    }
    stage.truth().await
}

pub(super) async fn advanced(tour: &mut Tour) -> Told<()> {
    let stage = &tour.stage;
    let olga = stage.guild.owner();
    let panel = stage.panel(&olga, PanelKind::Admin).await?;
    let form = modal(&olga.click(&panel, &CustomId::CreateAdvanced.to_string())).await?;
    let texts = [
        (field::NAME, "Dragon Hunt"),
        (field::EMOJI, "🐉"),
        (field::DESCRIPTION, "Every Friday at eight"),
        (field::CAPACITY, "3"),
        (field::COLOUR, "#C0392B"),
    ];
    let mut page = shown(&olga.submit(&form, texts)).await?;
    let draft = draft_on(&form.custom_id)?;
    let id = |part| CustomId::Draft(part, draft.clone()).to_string();
    let all = ["channel:chat", "channel:announcements", "channel:lfg", "channel:forum"];
    let gus = stage.person("Gus").id().to_string();
    page = shown(&olga.select(&page, &id(DraftPart::Channels), &all)).await?;
    page = shown(&olga.select(&page, &id(DraftPart::Voice), &["2"])).await?;
    page = shown(&olga.select(&page, &id(DraftPart::Visibility), &["everyone"])).await?;
    page = shown(&olga.select(&page, &id(DraftPart::Admins), &[&gus])).await?;
    let plan = shown(&olga.click(&page, &id(DraftPart::Preview))).await?;
    says(&plan, "Dragon Hunt")?;
    shown(&olga.click(&plan, &id(DraftPart::Confirm))).await?;
    stage.rest().await?;
    let game = stage.id("Dragon Hunt").await?;
    stage.settled_in(game, Phase::Active).await?;
    let channels = stage.guild.channels();
    let voices = channels
        .iter()
        .filter(|c| c.kind == ChannelKind::Voice && c.name.starts_with("Voice 2"))
        .count();
    if voices != 1 || stage.guild.channel("forum").is_none() {
        return Err("not all chosen channels are there".to_owned());
    }
    stage.truth().await
}

/// The draft that a form belongs to.
pub(super) fn draft_on(custom_id: &str) -> Told<DraftId> {
    match custom_id.parse() {
        Ok(CustomId::Draft(_, draft)) => Ok(draft),
        _ => Err(format!("not a form of a draft: {custom_id}")),
    }
}
