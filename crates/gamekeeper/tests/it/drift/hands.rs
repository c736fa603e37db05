//! With the policy a server starts with, every change by hand is put right.

use domain::{Phase, SeatState, Slot, audit::AuditKind};
use gamekeeper::stage::{
    Stage,
    verbs::{Told, says, until},
};
use sandbox::world::{OverwriteTarget, Permissions};

use crate::scene::{
    about, audited, bound, channel_of, game, on, restart, role_of, seat, stage, wears,
};

/// Waits until something else fills a slot than what did.
async fn replaced(stage: &Stage, game: domain::GameId, slot: Slot, old: u64) -> Told<u64> {
    until(&format!("{slot} to be made again"), || async {
        bound(stage, game, slot).await.ok().filter(|id| *id != old)
    })
    .await
}

#[tokio::test]
async fn a_deleted_role_comes_back_to_everybody_who_had_it() -> Told<()> {
    let stage = stage().await?;
    let chess = game(&stage, "Chess").await?;
    let mia = stage.person("Mia");
    on(&mia, "joingame", "Chess").await?;
    stage.rest().await?;
    let old = role_of(&stage, chess, Slot::PlayerRole).await?;
    stage.guild.owner().delete_role(old).map_err(|e| e.to_string())?;
    let new = replaced(&stage, chess, Slot::PlayerRole, old.0).await?;
    stage.settled_in(chess, Phase::Active).await?;
    assert!(wears(&mia, sandbox::id::RoleId(new)));
    let chat = channel_of(&stage, chess, Slot::Chat).await?;
    assert!(mia.permissions_in(chat).contains(Permissions::SEND_MESSAGES));
    assert_eq!(audited(&stage, AuditKind::DriftRepaired).await?.len(), 1);
    stage.truth().await
}

#[tokio::test]
async fn a_deleted_category_is_made_again_around_its_channels() -> Told<()> {
    let stage = stage().await?;
    let chess = game(&stage, "Chess").await?;
    let chat = channel_of(&stage, chess, Slot::Chat).await?;
    let old = channel_of(&stage, chess, Slot::Category).await?;
    stage.guild.owner().delete_channel(old).map_err(|e| e.to_string())?;
    let new = replaced(&stage, chess, Slot::Category, old.0).await?;
    stage.settled_in(chess, Phase::Active).await?;
    // The chat is the same one, with all its messages.
    assert_eq!(channel_of(&stage, chess, Slot::Chat).await?, chat);
    let parent = stage.guild.channels().into_iter().find(|channel| channel.id == chat);
    assert_eq!(parent.and_then(|channel| channel.parent).map(|id| id.0), Some(new));
    stage.truth().await
}

#[tokio::test]
async fn everything_deleted_is_made_again_once() -> Told<()> {
    let stage = stage().await?;
    let olga = stage.guild.owner();
    let chess = game(&stage, "Chess").await?;
    let old = stage.engine().store().bindings(chess).await.map_err(|e| e.to_string())?;
    for (slot, binding) in &old {
        let deleted = if slot.is_role() {
            olga.delete_role(sandbox::id::RoleId(binding.id))
        } else {
            olga.delete_channel(sandbox::id::ChannelId(binding.id))
        };
        deleted.map_err(|e| e.to_string())?;
    }
    for (slot, binding) in &old {
        replaced(&stage, chess, *slot, binding.id).await?;
    }
    stage.settled_in(chess, Phase::Active).await?;
    stage.truth().await
}

#[tokio::test]
async fn names_given_by_hand_are_put_back() -> Told<()> {
    let stage = stage().await?;
    let olga = stage.guild.owner();
    let chess = game(&stage, "Chess").await?;
    let chat = channel_of(&stage, chess, Slot::Chat).await?;
    let role = role_of(&stage, chess, Slot::PlayerRole).await?;
    olga.rename_channel(chat, "nonsense").map_err(|e| e.to_string())?;
    olga.rename_role(role, "Nonsense").map_err(|e| e.to_string())?;
    until("both names to be put back", || async {
        let state = stage.guild.state();
        let role = state.role(role).is_some_and(|role| role.name == "Chess");
        let channel = stage.guild.channels().into_iter().any(|c| c.id == chat && c.name == "chat");
        (role && channel).then_some(())
    })
    .await?;
    stage.settled_in(chess, Phase::Active).await?;
    stage.truth().await
}

#[tokio::test]
async fn an_overwrite_changed_by_hand_is_put_back() -> Told<()> {
    let stage = stage().await?;
    let chess = game(&stage, "Chess").await?;
    let sid = stage.person("Sid");
    let chat = channel_of(&stage, chess, Slot::Chat).await?;
    let everyone = OverwriteTarget::Role(stage.guild.id().everyone());
    let view = Permissions::VIEW_CHANNEL;
    stage
        .guild
        .owner()
        .set_overwrite(chat, everyone, view, Permissions::NONE)
        .map_err(|e| e.to_string())?;
    until("the chat to be private again", || async {
        (!sid.visible_channels().contains(&chat)).then_some(())
    })
    .await?;
    stage.settled_in(chess, Phase::Active).await?;
    stage.truth().await
}

#[tokio::test]
async fn roles_given_and_taken_by_hand_follow_the_seats() -> Told<()> {
    let stage = stage().await?;
    let olga = stage.guild.owner();
    let chess = game(&stage, "Chess").await?;
    let (mia, sid) = (stage.person("Mia"), stage.person("Sid"));
    on(&mia, "joingame", "Chess").await?;
    stage.rest().await?;
    let role = role_of(&stage, chess, Slot::PlayerRole).await?;
    olga.take_role(mia.id(), role).map_err(|e| e.to_string())?;
    olga.give_role(sid.id(), role).map_err(|e| e.to_string())?;
    until("the roles to follow", || async {
        (wears(&mia, role) && !wears(&sid, role)).then_some(())
    })
    .await?;
    assert_eq!(seat(&stage, chess, &mia).await?, Some(SeatState::Seated));
    stage.rest().await?;
    stage.truth().await
}

#[tokio::test]
async fn who_leaves_the_server_and_comes_back_gets_the_roles_back() -> Told<()> {
    let stage = stage().await?;
    let olga = stage.guild.owner();
    let chess = game(&stage, "Chess").await?;
    let gus = stage.person("Gus");
    on(&gus, "joingame", "Chess").await?;
    about(&olga, "game admin-add", "Chess", &gus).await?;
    stage.rest().await?;
    gus.leave().map_err(|e| e.to_string())?;
    until("the member list to say so", || async {
        let page = on(&olga, "game members", "Chess").await.ok()?;
        says(&page, "has left the server; the seat is kept").ok()
    })
    .await?;
    stage.rest().await?;
    stage.truth().await?;
    gus.rejoin().map_err(|e| e.to_string())?;
    for slot in [Slot::PlayerRole, Slot::AdminRole] {
        let role = role_of(&stage, chess, slot).await?;
        until("the role to come back", || async { wears(&gus, role).then_some(()) }).await?;
    }
    stage.rest().await?;
    stage.truth().await
}

#[tokio::test]
async fn what_was_changed_while_the_bot_was_away_is_put_right() -> Told<()> {
    let mut stage = stage().await?;
    let olga = stage.guild.owner();
    let chess = game(&stage, "Chess").await?;
    let mia = stage.person("Mia");
    on(&mia, "joingame", "Chess").await?;
    stage.rest().await?;
    let role = role_of(&stage, chess, Slot::PlayerRole).await?;
    let chat = channel_of(&stage, chess, Slot::Chat).await?;
    stage.stop_bot().await;
    // Away for longer than Discord remembers a session.
    stage.discord.gateway().forget_detached();
    olga.take_role(mia.id(), role).map_err(|e| e.to_string())?;
    olga.rename_channel(chat, "nonsense").map_err(|e| e.to_string())?;
    stage.start_bot().await.map_err(|stop| stop.to_string())?;
    until("the channel's name to be put back", || async {
        stage.guild.channels().into_iter().any(|c| c.id == chat && c.name == "chat").then_some(())
    })
    .await?;
    until("the role to be given back", || async { wears(&mia, role).then_some(()) }).await?;
    stage.settled_in(chess, Phase::Active).await?;
    stage.truth().await
}

#[tokio::test]
async fn a_restart_without_any_change_asks_discord_for_no_change() -> Told<()> {
    let mut stage = stage().await?;
    let chess = game(&stage, "Chess").await?;
    stage.rest().await?;
    stage.discord.requests().clear();
    restart(&mut stage).await?;
    stage.rest().await?;
    stage.settled_in(chess, Phase::Active).await?;
    assert!(crate::scene::tally(&stage).is_empty(), "{:?}", crate::scene::tally(&stage));
    stage.truth().await
}
