//! Taken over, or asked about, where a server wants that.

use bot::ids::{CustomId, GameAct, Purpose};
use domain::{Phase, SeatState, Slot, audit::AuditKind};
use engine::PanelKind;
use gamekeeper::stage::{
    Stage,
    verbs::{Told, says, shown, until},
};

use crate::scene::{
    audited, bound, channel_of, ends_with, game, on, problems, role_of, run, seat, stage, wears,
};

/// A stage with a policy and one game.
async fn with_policy(policy: &str) -> Told<(Stage, domain::GameId)> {
    let stage = stage().await?;
    let olga = stage.guild.owner();
    run(&olga, "settings drift-policy", [("policy", policy)]).await?;
    let chess = game(&stage, "Chess").await?;
    Ok((stage, chess))
}

#[tokio::test]
async fn accepted_a_deleted_channel_is_no_part_of_the_game_any_more() -> Told<()> {
    let (stage, chess) = with_policy("accept").await?;
    let chat = channel_of(&stage, chess, Slot::Chat).await?;
    stage.guild.owner().delete_channel(chat).map_err(|e| e.to_string())?;
    until("the game to do without", || async {
        (!stage.game("Chess").await.ok()?.game.layout.chat).then_some(())
    })
    .await?;
    stage.settled_in(chess, Phase::Active).await?;
    assert!(bound(&stage, chess, Slot::Chat).await.is_err());
    assert_eq!(audited(&stage, AuditKind::DriftAccepted).await?.len(), 1);
    stage.truth().await
}

#[tokio::test]
async fn accepted_a_role_by_hand_is_a_seat() -> Told<()> {
    let (stage, chess) = with_policy("accept").await?;
    let olga = stage.guild.owner();
    let (mia, sid) = (stage.person("Mia"), stage.person("Sid"));
    on(&mia, "joingame", "Chess").await?;
    stage.rest().await?;
    let role = role_of(&stage, chess, Slot::PlayerRole).await?;
    olga.take_role(mia.id(), role).map_err(|e| e.to_string())?;
    olga.give_role(sid.id(), role).map_err(|e| e.to_string())?;
    until("the seats to follow the roles", || async {
        let left = seat(&stage, chess, &mia).await.ok()? == Some(SeatState::Left);
        let seated = seat(&stage, chess, &sid).await.ok()? == Some(SeatState::Seated);
        (left && seated).then_some(())
    })
    .await?;
    stage.rest().await?;
    assert!(wears(&sid, role) && !wears(&mia, role));
    stage.truth().await
}

#[tokio::test]
async fn accepted_a_name_by_hand_stays() -> Told<()> {
    let (stage, chess) = with_policy("accept").await?;
    let olga = stage.guild.owner();
    let chat = channel_of(&stage, chess, Slot::Chat).await?;
    olga.rename_channel(chat, "chatter").map_err(|e| e.to_string())?;
    // What comes after it in the same channel of events shows that it was seen.
    let role = role_of(&stage, chess, Slot::AdminRole).await?;
    olga.take_role(olga.id(), role).map_err(|e| e.to_string())?;
    until("the bot to have caught up", || async { wears(&olga, role).then_some(()) }).await?;
    stage.settled_in(chess, Phase::Active).await?;
    assert!(stage.guild.channel("chatter").is_some(), "the name was put back");
    stage.truth().await
}

#[tokio::test]
async fn asked_about_a_deleted_channel_waits_for_the_repair_button() -> Told<()> {
    let (stage, chess) = with_policy("ask").await?;
    let olga = stage.guild.owner();
    stage.set_up_panel(&olga, PanelKind::Admin, "admin").await?;
    let chat = channel_of(&stage, chess, Slot::Chat).await?;
    olga.delete_channel(chat).map_err(|e| e.to_string())?;
    until("the game to have a problem", || async {
        (!problems(&stage, chess).await.ok()?.is_empty()).then_some(())
    })
    .await?;
    let page = stage.pick(&olga, Purpose::Manage, chess).await?;
    says(&page, "The chat channel was deleted by hand. Press **Repair**")?;
    // The plan first, then the work.
    let plan = stage.press(&olga, &page, GameAct::RepairAsk, chess).await?;
    says(&plan, "Create the text channel “chat”")?;
    assert_eq!(channel_of(&stage, chess, Slot::Chat).await?, chat, "repaired before it was asked");
    stage.press(&olga, &plan, GameAct::Repair, chess).await?;
    until("the chat to be there again", || async {
        bound(&stage, chess, Slot::Chat).await.ok().filter(|id| *id != chat.0)
    })
    .await?;
    stage.settled_in(chess, Phase::Active).await?;
    stage.truth().await
}

#[tokio::test]
async fn asked_about_a_change_waits_for_the_repair_command() -> Told<()> {
    let (stage, chess) = with_policy("ask").await?;
    let olga = stage.guild.owner();
    let chat = channel_of(&stage, chess, Slot::Chat).await?;
    says(&on(&olga, "game repair", "Chess").await?, "There is nothing to repair")?;
    olga.rename_channel(chat, "nonsense").map_err(|e| e.to_string())?;
    until("the game to have a problem", || async {
        (!problems(&stage, chess).await.ok()?.is_empty()).then_some(())
    })
    .await?;
    says(&on(&olga, "game info", "Chess").await?, "The chat channel was changed by hand")?;
    assert!(stage.guild.channel("nonsense").is_some());
    let plan = on(&olga, "game repair", "Chess").await?;
    says(&plan, "Change the chat channel: name “chat”")?;
    assert!(stage.guild.channel("nonsense").is_some(), "repaired before it was confirmed");
    let reply = olga.click(&plan, &CustomId::Game(GameAct::Repair, chess).to_string());
    shown(&reply).await?;
    ends_with(&reply, "is as it should be").await?;
    assert!(stage.guild.channel("nonsense").is_none());
    let repaired = audited(&stage, AuditKind::GameRepaired).await?;
    assert_eq!(repaired.len(), 1);
    stage.settled_in(chess, Phase::Active).await?;
    stage.truth().await
}

#[tokio::test]
async fn who_may_not_repair_any_more_cannot_confirm_the_plan() -> Told<()> {
    let (stage, chess) = with_policy("ask").await?;
    let (olga, adam) = (stage.guild.owner(), stage.person("Adam"));
    let chat = channel_of(&stage, chess, Slot::Chat).await?;
    olga.rename_channel(chat, "nonsense").map_err(|e| e.to_string())?;
    until("the game to have a problem", || async {
        (!problems(&stage, chess).await.ok()?.is_empty()).then_some(())
    })
    .await?;
    let plan = on(&adam, "game repair", "Chess").await?;
    says(&plan, "Change the chat channel: name “chat”")?;
    olga.take_role(adam.id(), stage.guild.role_id("Keepers")).map_err(|e| e.to_string())?;
    let said = stage.press(&adam, &plan, GameAct::Repair, chess).await?;
    says(&said, "Only community admins can repair games")?;
    stage.rest().await?;
    assert!(stage.guild.channel("nonsense").is_some());
    assert!(audited(&stage, AuditKind::GameRepaired).await?.is_empty());
    stage.truth().await
}
