//! Discord's limits: known before, and reached by somebody else in the middle.

use domain::{Phase, Slot};
use gamekeeper::stage::{
    Stage,
    verbs::{Told, says, shown, until},
};
use sandbox::{actor::Reply, faults::Hold, world::ChannelKind};

use crate::scene::{channel_of, ends_with, knows, names, problems, run, stage};

/// A create that is held before a call of an operation; then the server fills up.
async fn crowded(
    stage: &Stage,
    operation: &str,
    nth: u32,
    fill: impl AsyncFnOnce(&Stage) -> Told<()>,
) -> Told<Reply> {
    let held = stage.discord.holds().order(Hold::before(nth).of(operation));
    let reply = stage.guild.owner().slash("game create", [("name", "Chess")]);
    shown(&reply).await?;
    held.reached().await.ok_or("the call never came")?;
    fill(stage).await?;
    held.release();
    Ok(reply)
}

/// The game waits with a sentence, and goes on by itself when there is room.
async fn goes_on(stage: &Stage, reply: &Reply, sentence: &str) -> Told<domain::GameId> {
    ends_with(reply, sentence).await?;
    let chess = stage.id("Chess").await?;
    assert!(!problems(stage, chess).await?.is_empty());
    let text = reply.text();
    assert_eq!(text.matches("left").count(), 1, "said once: {text}");
    Ok(chess)
}

async fn whole(stage: &Stage, game: domain::GameId) -> Told<()> {
    until("the game to be whole", || async { stage.settled_in(game, Phase::Active).await.ok() })
        .await
}

#[tokio::test]
async fn a_server_without_room_is_told_so_before_anything_is_made() -> Told<()> {
    for roles in [true, false] {
        let stage = stage().await?;
        let olga = stage.guild.owner();
        let filled = if roles { olga.fill_roles(1) } else { olga.fill_channels(2) };
        filled.map_err(|e| e.to_string())?;
        knows(&stage, |guild| guild.roles.len() >= 249 || guild.channels.len() >= 498).await?;
        let said = run(&olga, "game create", [("name", "Chess")]).await?;
        says(&said, "Discord’s limits leave no room for this game")?;
        assert!(names(&stage).await?.is_empty());
    }
    Ok(())
}

#[tokio::test]
async fn the_last_channels_are_taken_by_somebody_else() -> Told<()> {
    let stage = stage().await?;
    let olga = stage.guild.owner();
    let reply = crowded(&stage, "create_guild_channel", 1, async |stage| {
        stage.guild.owner().fill_channels(0).map(drop).map_err(|e| e.to_string())
    })
    .await?;
    let chess = goes_on(&stage, &reply, "of Discord’s 500 are left").await?;
    for filler in stage.guild.channels().into_iter().filter(|c| c.parent.is_none()).take(20) {
        olga.delete_channel(filler.id).map_err(|e| e.to_string())?;
    }
    whole(&stage, chess).await
}

#[tokio::test]
async fn the_last_roles_are_taken_by_somebody_else() -> Told<()> {
    let stage = stage().await?;
    let olga = stage.guild.owner();
    let reply = crowded(&stage, "create_guild_role", 1, async |stage| {
        stage.guild.owner().fill_roles(0).map(drop).map_err(|e| e.to_string())
    })
    .await?;
    let chess = goes_on(&stage, &reply, "of Discord’s 250 are left").await?;
    let keep = ["Chess", "Chess Admin", "Keepers", "Gamekeeper", "@everyone"];
    let state = stage.guild.state();
    let fillers = state.roles.iter().filter(|role| !keep.contains(&role.name.as_str()));
    for role in fillers.take(3) {
        olga.delete_role(role.id).map_err(|e| e.to_string())?;
    }
    whole(&stage, chess).await
}

#[tokio::test]
async fn a_category_filled_by_somebody_else_is_waited_for() -> Told<()> {
    let stage = stage().await?;
    let olga = stage.guild.owner();
    let reply = crowded(&stage, "create_guild_channel", 2, async |stage| {
        let chess = stage.id("Chess").await?;
        let category = channel_of(stage, chess, Slot::Category).await?;
        stage.guild.owner().fill_category(category, 0).map(drop).map_err(|e| e.to_string())
    })
    .await?;
    let chess = goes_on(&stage, &reply, "of 50 are left").await?;
    let category = channel_of(&stage, chess, Slot::Category).await?;
    let inside: Vec<_> = stage
        .guild
        .channels()
        .into_iter()
        .filter(|channel| channel.parent == Some(category))
        .filter(|channel| !["chat", "Voice 1"].contains(&channel.name.as_str()))
        .collect();
    // One is taken out of it, one is deleted.
    olga.move_channel(inside[0].id, None).map_err(|e| e.to_string())?;
    olga.delete_channel(inside[1].id).map_err(|e| e.to_string())?;
    whole(&stage, chess).await
}

#[tokio::test]
async fn a_game_of_ours_that_goes_makes_room_for_one_that_waits() -> Told<()> {
    let stage = stage().await?;
    let olga = stage.guild.owner();
    crate::scene::game(&stage, "Go").await?;
    let reply = crowded(&stage, "create_guild_channel", 1, async |stage| {
        stage.guild.owner().fill_channels(0).map(drop).map_err(|e| e.to_string())
    })
    .await?;
    let chess = goes_on(&stage, &reply, "of Discord’s 500 are left").await?;
    let free: crate::scene::Options = vec![("game", "Go".into()), ("free", true.into())];
    ends_with(&olga.slash("game archive", free), "is archived").await?;
    whole(&stage, chess).await?;
    olga.create_channel(ChannelKind::Text, "one-too-many", None).err().ok_or("there was room")?;
    Ok(())
}
