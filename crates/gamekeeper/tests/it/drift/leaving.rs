//! The bot is removed, comes back, or cannot see the server for a while.

use std::time::Duration;

use domain::{DriftPolicy, GameId, GuildId, Phase, SeatState, Slot};
use engine::PanelKind;
use gamekeeper::stage::{
    Stage, invited_with,
    verbs::{Told, says, shown, until},
};
use sandbox::{
    actor::NO_OPTIONS,
    faults::Hold,
    world::{ChannelKind, Permissions},
};

use crate::scene::{
    channel_of, furnish, game, names, on, role_of, run, seat, set, setup, stage, wears,
};

const DAY: Duration = Duration::from_hours(24);

/// The time at which the server counts as left.
async fn left_at(stage: &Stage) -> Told<Option<i64>> {
    stage.engine().store().left_at(stage.guild_id()).await.map_err(|e| e.to_string())
}

/// The bot is removed, and has noticed.
async fn kicked(stage: &Stage) -> Told<()> {
    stage.guild.owner().kick_bot().map_err(|e| e.to_string())?;
    until("the bot to notice", || async { left_at(stage).await.ok()?.map(drop) }).await
}

/// The bot is invited again, and has noticed.
async fn invited(stage: &Stage) -> Told<()> {
    let olga = stage.guild.owner();
    olga.invite_bot(Permissions(invited_with().bits())).map_err(|e| e.to_string())?;
    olga.drag_bot_role_to_top().map_err(|e| e.to_string())?;
    until("the bot to be back", || async {
        stage.engine().cache().guild(stage.guild_id()).is_some().then_some(())
    })
    .await
}

/// A furnished stage with a game that Mia is in, and a setting.
async fn lived_in(sweep_every: Duration) -> Told<(Stage, GameId)> {
    let mut setup = setup();
    setup.reconcile.sweep_every = sweep_every;
    let stage = set(setup).await?;
    furnish(&stage).await?;
    let chess = game(&stage, "Chess").await?;
    on(&stage.person("Mia"), "joingame", "Chess").await?;
    run(&stage.guild.owner(), "settings drift-policy", [("policy", "accept")]).await?;
    stage.rest().await?;
    Ok((stage, chess))
}

/// Nothing is remembered of the server.
pub(super) async fn forgotten(stage: &Stage, guild: GuildId, game: GameId) -> Told<bool> {
    let store = stage.engine().store();
    let read = async {
        let query = store::AuditQuery { limit: 10, ..store::AuditQuery::default() };
        Ok::<_, store::StoreError>(
            store.game(game).await?.is_none()
                && store.seats(game).await?.is_empty()
                && store.bindings(game).await?.is_empty()
                && store.journal(game).await?.is_empty()
                && store.work_of_guild(guild).await?.is_empty()
                && store.audit(guild, &query).await?.is_empty()
                && store.panels(guild).await?.is_empty()
                && store.settings(guild).await?.drift_policy == DriftPolicy::Repair,
        )
    };
    read.await.map_err(|e| e.to_string())
}

#[tokio::test]
async fn within_a_month_everything_is_found_again() -> Told<()> {
    let (stage, chess) = lived_in(Duration::from_millis(100)).await?;
    let mia = stage.person("Mia");
    kicked(&stage).await?;
    stage.advance(DAY * 29);
    tokio::time::sleep(Duration::from_millis(300)).await;
    invited(&stage).await?;
    until("the departure to be forgotten", || async {
        left_at(&stage).await.ok()?.is_none().then_some(())
    })
    .await?;
    stage.rest().await?;
    stage.settled_in(chess, Phase::Active).await?;
    assert_eq!(seat(&stage, chess, &mia).await?, Some(SeatState::Seated));
    stage.panel_says(&stage.guild.owner(), PanelKind::Player, "Chess").await?;
    stage.truth().await
}

#[tokio::test]
async fn after_a_month_it_starts_afresh_and_leaves_what_is_there_alone() -> Told<()> {
    // By the sweep, and by the invitation when that comes first.
    for sweep_every in [Duration::from_millis(100), Duration::from_mins(15)] {
        let (stage, chess) = lived_in(sweep_every).await?;
        let (chat, role) = (
            channel_of(&stage, chess, Slot::Chat).await?,
            role_of(&stage, chess, Slot::PlayerRole).await?,
        );
        kicked(&stage).await?;
        stage.advance(DAY * 31);
        if sweep_every < Duration::from_mins(1) {
            until("the server to be forgotten", || async {
                forgotten(&stage, stage.guild_id(), chess).await.ok()?.then_some(())
            })
            .await?;
        }
        stage.discord.requests().clear();
        invited(&stage).await?;
        until("the server to be forgotten", || async {
            forgotten(&stage, stage.guild_id(), chess).await.ok()?.then_some(())
        })
        .await?;
        assert!(names(&stage).await?.is_empty());
        assert!(wears(&stage.person("Mia"), role));
        // The name is free, and the old channels have nothing to do with the new game.
        let again = game(&stage, "Chess").await?;
        assert_ne!(channel_of(&stage, again, Slot::Chat).await?, chat);
        assert!(stage.guild.channels().iter().any(|channel| channel.id == chat));
        let touched = stage.changes();
        let old = [chat.to_string(), role.to_string()];
        assert!(!touched.iter().any(|call| old.iter().any(|id| call.path.contains(id))));
    }
    Ok(())
}

#[tokio::test]
async fn a_departure_while_the_bot_was_away_is_noticed_at_the_start() -> Told<()> {
    let (mut stage, chess) = lived_in(Duration::from_mins(15)).await?;
    stage.stop_bot().await;
    stage.discord.gateway().forget_detached();
    stage.guild.owner().kick_bot().map_err(|e| e.to_string())?;
    stage.start_bot().await.map_err(|stop| stop.to_string())?;
    until("the departure to be noticed", || async { left_at(&stage).await.ok()?.map(drop) })
        .await?;
    let first = left_at(&stage).await?;
    // Another start does not begin the month anew.
    stage.advance(DAY);
    stage.stop_bot().await;
    stage.discord.gateway().forget_detached();
    stage.start_bot().await.map_err(|stop| stop.to_string())?;
    assert_eq!(left_at(&stage).await?, first);
    invited(&stage).await?;
    stage.rest().await?;
    stage.settled_in(chess, Phase::Active).await?;
    assert_eq!(left_at(&stage).await?, None);
    stage.truth().await
}

#[tokio::test]
async fn an_outage_is_no_departure_and_work_goes_on_after_it() -> Told<()> {
    let (stage, chess) = lived_in(Duration::from_millis(100)).await?;
    let (olga, mia) = (stage.guild.owner(), stage.person("Mia"));
    // In the middle of a create.
    let held = stage.discord.holds().order(Hold::before(1).of("create_guild_channel"));
    let reply = olga.slash("game create", [("name", "Go")]);
    shown(&reply).await?;
    held.reached().await.ok_or("no channel was made")?;
    olga.set_outage(true).map_err(|e| e.to_string())?;
    until("the outage to be seen", || async {
        stage.engine().cache().guild(stage.guild_id()).is_none().then_some(())
    })
    .await?;
    held.release();
    until("the work to wait", || async {
        let work = stage.engine().store().work_of_guild(stage.guild_id()).await.ok()?;
        let waits = |why: &str| why.contains("not available");
        work.iter().any(|work| work.waiting_for.as_deref().is_some_and(waits)).then_some(())
    })
    .await?;
    // Nobody is told that all is well, or that games are gone.
    says(&run(&olga, "game create", [("name", "Poker")]).await?, "try again in a few seconds")?;
    let mine = run(&mia, "mygames", NO_OPTIONS).await?;
    says(&mine, "Chess")?;
    let before = stage.changes().len();
    stage.advance(DAY * 40);
    tokio::time::sleep(Duration::from_millis(400)).await;
    assert_eq!(left_at(&stage).await?, None);
    assert_eq!(stage.changes().len(), before, "changed during an outage");
    olga.set_outage(false).map_err(|e| e.to_string())?;
    until("both games to be whole", || async {
        let go = stage.id("Go").await.ok()?;
        stage.settled_in(go, Phase::Active).await.ok()?;
        stage.settled_in(chess, Phase::Active).await.ok()
    })
    .await?;
    assert_eq!(names(&stage).await?, ["Chess", "Go"]);
    stage.truth().await
}

#[tokio::test]
async fn a_server_that_is_down_from_the_start_is_no_departure_either() -> Told<()> {
    let mut stage = stage().await?;
    let olga = stage.guild.owner();
    let chess = game(&stage, "Chess").await?;
    kicked(&stage).await?;
    stage.stop_bot().await;
    stage.discord.gateway().forget_detached();
    // Invited again and down at once: the bot is in it, though nothing can be seen of it.
    olga.invite_bot(Permissions(invited_with().bits())).map_err(|e| e.to_string())?;
    olga.drag_bot_role_to_top().map_err(|e| e.to_string())?;
    olga.set_outage(true).map_err(|e| e.to_string())?;
    stage.launch_bot().await.map_err(|stop| stop.to_string())?;
    until("the return to be noticed", || async {
        left_at(&stage).await.ok()?.is_none().then_some(())
    })
    .await?;
    olga.set_outage(false).map_err(|e| e.to_string())?;
    until("the game to be whole", || async { stage.settled_in(chess, Phase::Active).await.ok() })
        .await?;
    olga.create_channel(ChannelKind::Text, "still-here", None).map_err(|e| e.to_string())?;
    Ok(())
}
