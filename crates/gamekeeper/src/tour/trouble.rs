//! What goes wrong: changes by hand, a crash, a Discord that has trouble.

use domain::{Phase, Slot};
use sandbox::faults::Mix;

use super::Tour;
use crate::stage::{
    Stage,
    verbs::{Told, until},
};

/// Of the random faults.
const SEED: u64 = 2026;

/// From here on a part of all calls fails, and the gateway connection is cut once.
pub(crate) fn misbehave(stage: &Stage) {
    // A fixed seed: a tour that fails can be played again.
    stage.discord.faults().start_mix(Mix::rest(SEED));
    stage.discord.drop_gateway();
}

pub(super) async fn deleted_by_hand(tour: &mut Tour) -> Told<()> {
    let stage = &tour.stage;
    let olga = stage.guild.owner();
    let chess = stage.id("Grand Chess").await?;
    let bindings = stage.engine().store().bindings(chess).await.map_err(|e| e.to_string())?;
    let chat = bindings.get(&Slot::Chat).ok_or("the game has no chat")?.id;
    olga.delete_channel(sandbox::id::ChannelId(chat)).map_err(|e| e.to_string())?;
    until("the channel to be made again", || async {
        let now = stage.engine().store().bindings(chess).await.ok()?;
        now.get(&Slot::Chat).filter(|binding| binding.id != chat).map(drop)
    })
    .await?;
    stage.settled_in(chess, Phase::Active).await?;
    stage.truth().await
}

pub(super) async fn killed(tour: &mut Tour) -> Told<()> {
    let stage = &mut tour.stage;
    let adam = stage.person("Adam");
    let reply = stage.create_simple(&adam, "Risk", "🎲").await?;
    // As soon as something of it is on Discord, and before all of it can be.
    until("the work to have begun", || async {
        let state = stage.guild.state();
        state.roles.iter().any(|role| role.name.contains("Risk")).then_some(())
    })
    .await?;
    stage.kill_bot();
    stage.start_bot().await.map_err(|e| e.to_string())?;
    stage.rest().await?;
    let risk = stage.id("Risk").await?;
    stage.settled_in(risk, Phase::Active).await?;
    until("the person who waited to be told", || async {
        reply.text().contains("Risk").then_some(())
    })
    .await?;
    stage.truth().await
}
