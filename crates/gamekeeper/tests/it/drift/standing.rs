//! Where the bot itself stands: its role's place, its permissions.

use bot::ids::field;
use domain::{Phase, Slot};
use gamekeeper::stage::{
    invited_with,
    verbs::{Told, says, shown, until},
};
use sandbox::world::Permissions;

use crate::scene::{ends_with, game, knows, names, on, problems, reword, role_of, stage};

#[tokio::test]
async fn a_bot_role_dragged_below_a_game_is_a_problem_until_it_is_dragged_back() -> Told<()> {
    let stage = stage().await?;
    let olga = stage.guild.owner();
    let chess = game(&stage, "Chess").await?;
    let role = role_of(&stage, chess, Slot::PlayerRole).await?;
    olga.drag_bot_role_below(role).map_err(|e| e.to_string())?;
    knows(&stage, |guild| !guild.bot_outranks(domain::RoleId::new(role.0))).await?;
    let reply = reword(&stage, &olga, "Chess", [(field::NAME, "Grand Chess")]).await?;
    ends_with(&reply, "Drag my role above it in the server settings under Roles").await?;
    says(&on(&olga, "game info", "Grand Chess").await?, "stands above my own role")?;
    olga.drag_bot_role_to_top().map_err(|e| e.to_string())?;
    until("the role to have its new name", || async {
        stage.guild.state().role(role).filter(|role| role.name == "Grand Chess").map(drop)
    })
    .await?;
    stage.settled_in(chess, Phase::Active).await?;
    stage.truth().await
}

#[tokio::test]
async fn a_permission_taken_from_the_bot_is_named_and_work_goes_on_when_it_is_back() -> Told<()> {
    let stage = stage().await?;
    let olga = stage.guild.owner();
    let all = Permissions(invited_with().bits());
    let less = all.without(Permissions::MANAGE_CHANNELS);
    olga.set_bot_permissions(less).map_err(|e| e.to_string())?;
    knows(&stage, |guild| !guild.bot_permissions().contains(invited_with())).await?;
    let reply = olga.slash("game create", [("name", "Chess")]);
    shown(&reply).await?;
    ends_with(&reply, "I lack permissions: **Manage Channels**").await?;
    assert_eq!(names(&stage).await?, ["Chess"]);
    let chess = stage.id("Chess").await?;
    assert!(!problems(&stage, chess).await?.is_empty());
    assert_eq!(stage.discord.requests().of("create_guild_role").len(), 0, "it tried all the same");
    olga.set_bot_permissions(all).map_err(|e| e.to_string())?;
    until("the game to be whole", || async { stage.settled_in(chess, Phase::Active).await.ok() })
        .await?;
    stage.truth().await
}

#[tokio::test]
async fn a_bot_that_is_kicked_and_invited_again_finds_its_games() -> Told<()> {
    let stage = stage().await?;
    let olga = stage.guild.owner();
    let chess = game(&stage, "Chess").await?;
    olga.kick_bot().map_err(|e| e.to_string())?;
    until("the bot to notice", || async {
        stage.engine().cache().guild(stage.guild_id()).is_none().then_some(())
    })
    .await?;
    olga.delete_channel(crate::scene::channel_of(&stage, chess, Slot::Chat).await?)
        .map_err(|e| e.to_string())?;
    olga.invite_bot(Permissions(invited_with().bits())).map_err(|e| e.to_string())?;
    olga.drag_bot_role_to_top().map_err(|e| e.to_string())?;
    until("the game to be whole", || async {
        stage.guild.channel("chat")?;
        stage.settled_in(chess, Phase::Active).await.ok()?;
        stage.truth().await.ok()
    })
    .await?;
    Ok(())
}

#[tokio::test]
async fn a_role_dragged_above_the_bot_is_said_at_once() -> Told<()> {
    let stage = stage().await?;
    let olga = stage.guild.owner();
    stage.set_up_panel(&olga, engine::PanelKind::Admin, "admin").await?;
    let chess = game(&stage, "Chess").await?;
    let role = role_of(&stage, chess, Slot::PlayerRole).await?;
    olga.drag_role_to_top(role).map_err(|e| e.to_string())?;
    until("the game to have a problem", || async {
        (!problems(&stage, chess).await.ok()?.is_empty()).then_some(())
    })
    .await?;
    says(&on(&olga, "game info", "Chess").await?, "The player role stands above my own role")?;
    stage.panel_says(&olga, engine::PanelKind::Admin, "stands above my own role").await?;
    olga.drag_bot_role_to_top().map_err(|e| e.to_string())?;
    until("the game to be whole", || async { stage.settled_in(chess, Phase::Active).await.ok() })
        .await?;
    stage.truth().await
}

/// Each permission that the bot cannot work without.
#[tokio::test]
async fn each_permission_taken_from_the_bot_is_named_at_once() -> Told<()> {
    let needed: Vec<_> = domain::plan::access::NEEDED.iter().collect();
    assert!(needed.len() >= 7, "{needed:?}");
    futures_util::future::try_join_all(needed.into_iter().map(|bit| async move {
        let stage = stage().await?;
        let olga = stage.guild.owner();
        let chess = game(&stage, "Chess").await?;
        let all = Permissions(invited_with().bits());
        // What everybody may, the bot may too.
        let everyone = stage.guild.id().everyone();
        olga.set_role_permissions(everyone, Permissions::NONE).map_err(|e| e.to_string())?;
        olga.set_bot_permissions(all.without(Permissions(bit.bits())))
            .map_err(|e| e.to_string())?;
        until("the game to have a problem", || async {
            let named = domain::plan::Problem::MissingPermissions { bits: bit };
            problems(&stage, chess).await.ok()?.contains(&named).then_some(())
        })
        .await
        .map_err(|why| format!("{bit:?}: {why}"))?;
        says(&on(&olga, "game info", "Chess").await?, "I lack permissions: ")?;
        olga.set_bot_permissions(all).map_err(|e| e.to_string())?;
        until("the game to be whole", || async {
            stage.settled_in(chess, Phase::Active).await.ok()
        })
        .await?;
        stage.truth().await
    }))
    .await
    .map(drop)
}
