//! Stopping and starting again: nothing doubled, nothing forgotten.

use sandbox::faults::{Fault, FaultKind};

use crate::house::{House, ended, shown};

#[tokio::test(flavor = "multi_thread")]
async fn sessions_commands_and_panels_survive() {
    let mut house = House::new().await;
    shown(&house.guild.owner().slash("setupdashboard", [("kind", "player")])).await;
    house.panel("There are no games").await;
    house.make_game("Chess").await;
    house.panel("Chess").await;
    house.stop().await;
    house.sandbox.requests().clear();
    house.start().await;
    let of = |operation: &str| house.sandbox.requests().of(operation).len();
    assert_eq!(of("bulk_set_application_commands"), 0, "commands registered again");
    // Resumed: the guild was read over REST instead of being sent.
    assert_eq!(of("get_guild"), 1);
    let joined = shown(&house.guild.actor("Anna").slash("joingame", [("game", "Chess")])).await;
    assert!(joined.text().contains("You are in"), "{}", joined.text());
    house.panel("2 players").await;
    assert_eq!(of("create_message"), 0, "the panel was posted again");
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_waiting_person_is_told_after_a_restart() {
    let mut house = House::new().await;
    let slow = |millis| FaultKind::DelayBefore(std::time::Duration::from_millis(millis));
    house.sandbox.faults().add(Fault::on("create_guild_channel", slow(1_500)));
    let reply = house.guild.owner().slash("game create", [("name", "Chess")]);
    reply.first().await;
    house.stop().await;
    house.start().await;
    ended(&reply, "is ready").await;
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_panel_is_noticed_and_offered_again() {
    let house = House::new().await;
    let owner = house.guild.owner();
    for kind in ["admin", "player"] {
        shown(&owner.slash("setupdashboard", [("kind", kind)])).await;
    }
    let player = house.panel("There are no games").await;
    house.panel("admin panel").await;
    owner.delete_message(player.channel, player.id).unwrap();
    house.make_game("Chess").await;
    let admin = house.panel("player panel’s message is gone").await;
    shown(&owner.click(&admin, "rp:player")).await;
    house.panel("Pick a game").await;
    house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_members_intent_it_still_works() {
    let config = sandbox::Config { privileged_intents: 0, ..sandbox::Config::default() };
    let mut house = House::empty(config).await;
    house.start().await;
    house.make_game("Chess").await;
    house.close().await;
}
