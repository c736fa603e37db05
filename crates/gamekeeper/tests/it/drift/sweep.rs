//! The slow sweep: what no event told is found, and where all is well nothing is asked.

use std::{collections::BTreeSet, time::Duration};

use domain::Phase;
use gamekeeper::stage::verbs::{Told, until};
use sandbox::faults::{EventFault, Fault};

use crate::scene::{channel_of, game, on, role_of, set, setup, wears};

#[tokio::test]
async fn a_sweep_over_games_as_they_should_be_asks_for_the_members_and_nothing_else() -> Told<()> {
    let mut setup = setup();
    setup.reconcile.sweep_every = Duration::from_millis(100);
    let stage = set(setup).await?;
    for name in ["Chess", "Go", "Poker"] {
        game(&stage, name).await?;
    }
    stage.rest().await?;
    stage.discord.requests().clear();
    let asked = || stage.discord.requests().all();
    until("five sweeps", || async { (asked().len() >= 5).then_some(()) }).await?;
    // The list of members, one page for each thousand: nobody tells what happened to them while
    // the bot was not listening. All else is proven by the cache.
    let operations: BTreeSet<_> = asked().iter().map(|call| call.operation).collect();
    assert_eq!(operations, BTreeSet::from(["list_guild_members"]));
    stage.truth().await
}

#[tokio::test]
async fn what_no_event_told_is_found_by_the_sweep() -> Told<()> {
    let mut setup = setup();
    setup.reconcile.sweep_every = Duration::from_millis(200);
    let stage = set(setup).await?;
    let olga = stage.guild.owner();
    let mia = stage.person("Mia");
    let chess = game(&stage, "Chess").await?;
    on(&mia, "joingame", "Chess").await?;
    stage.rest().await?;
    let role = role_of(&stage, chess, domain::Slot::PlayerRole).await?;
    // Nobody is told of what happens to her.
    stage.discord.event_faults().add(Fault::on("GUILD_MEMBER_UPDATE", EventFault::Lose));
    olga.take_role(mia.id(), role).map_err(|e| e.to_string())?;
    until("the role to be given back", || async { wears(&mia, role).then_some(()) }).await?;
    stage.rest().await?;
    stage.settled_in(chess, Phase::Active).await?;
    channel_of(&stage, chess, domain::Slot::Chat).await?;
    stage.truth().await
}
