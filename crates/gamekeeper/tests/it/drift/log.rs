//! The log channel is deleted or closed: people are told, and no line goes lost without a word.

use std::time::Duration;

use engine::PanelKind;
use gamekeeper::stage::{
    Stage,
    verbs::{Told, says, until},
};
use sandbox::{
    actor::NO_OPTIONS,
    world::{ChannelKind, OverwriteTarget, Permissions},
};

use crate::scene::{furnish, game, log_into, on, run, stage};

/// Waits until a channel has a line that says this.
async fn line(stage: &Stage, channel: &str, wanted: &str) -> Told<()> {
    let (olga, channel) = (stage.guild.owner(), stage.channel(channel)?);
    until(&format!("a line “{wanted}”"), || async {
        let all = olga.read(channel);
        all.iter().any(|message| message.text().contains(wanted)).then_some(())
    })
    .await
}

#[tokio::test]
async fn a_deleted_log_channel_is_on_the_panel_and_its_lines_come_in_the_next_one() -> Told<()> {
    let stage = stage().await?;
    furnish(&stage).await?;
    let olga = stage.guild.owner();
    game(&stage, "Chess").await?;
    line(&stage, "log", "made **Chess**").await?;
    olga.delete_channel(stage.channel("log")?).map_err(|e| e.to_string())?;
    stage.panel_says(&olga, PanelKind::Admin, "The log channel is gone").await?;
    let settings = run(&olga, "settings view", NO_OPTIONS).await?;
    says(&settings, "The log channel is gone. Choose another one under **Settings**")?;
    on(&stage.person("Mia"), "joingame", "Chess").await?;
    olga.create_channel(ChannelKind::Text, "new-log", None).map_err(|e| e.to_string())?;
    log_into(&stage, "new-log").await?;
    line(&stage, "new-log", "joined **Chess**").await?;
    until("the panel to be at rest", || async {
        let panel = stage.panel(&olga, PanelKind::Admin).await.ok()?;
        (!panel.text().contains("log channel")).then_some(())
    })
    .await
}

#[tokio::test]
async fn a_closed_log_channel_is_on_the_panel_and_its_lines_come_when_it_is_open() -> Told<()> {
    let stage = stage().await?;
    furnish(&stage).await?;
    let olga = stage.guild.owner();
    game(&stage, "Chess").await?;
    line(&stage, "log", "made **Chess**").await?;
    let log = stage.channel("log")?;
    let bot = OverwriteTarget::Member(stage.discord.world().bot());
    olga.set_overwrite(log, bot, Permissions::NONE, Permissions::SEND_MESSAGES)
        .map_err(|e| e.to_string())?;
    stage.panel_says(&olga, PanelKind::Admin, "I may not write in the log channel").await?;
    on(&stage.person("Mia"), "joingame", "Chess").await?;
    olga.remove_overwrite(log, bot).map_err(|e| e.to_string())?;
    line(&stage, "log", "joined **Chess**").await
}

#[tokio::test]
async fn lines_too_old_for_the_next_log_channel_are_counted_there() -> Told<()> {
    let stage = stage().await?;
    furnish(&stage).await?;
    let olga = stage.guild.owner();
    game(&stage, "Chess").await?;
    line(&stage, "log", "made **Chess**").await?;
    olga.delete_channel(stage.channel("log")?).map_err(|e| e.to_string())?;
    stage.panel_says(&olga, PanelKind::Admin, "The log channel is gone").await?;
    on(&stage.person("Mia"), "joingame", "Chess").await?;
    on(&stage.person("Ben"), "joingame", "Chess").await?;
    stage.advance(Duration::from_hours(8 * 24));
    on(&stage.person("Kim"), "joingame", "Chess").await?;
    olga.create_channel(ChannelKind::Text, "new-log", None).map_err(|e| e.to_string())?;
    log_into(&stage, "new-log").await?;
    line(&stage, "new-log", "2 lines were too old").await?;
    line(&stage, "new-log", &format!("<@{}> joined **Chess**", stage.person("Kim").id())).await?;
    let all: Vec<_> = olga.read(stage.channel("new-log")?);
    let mia = format!("<@{}> joined", stage.person("Mia").id());
    assert!(!all.iter().any(|message| message.text().contains(&mia)));
    Ok(())
}
