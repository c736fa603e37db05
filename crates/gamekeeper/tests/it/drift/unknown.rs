//! Rows that name what Discord does not know: a server that the bot was never in, as after a
//! backup of another installation was put in place, or channels, roles and people that are gone.

use std::time::Duration;

use domain::{
    ChannelId, GameId, GuildId, GuildSettings, MessageId, Phase, RoleId, Seat, SeatState, Slot,
    UserId,
    audit::{AuditKind, Outcome},
    plan::Op,
};
use engine::{Clock, PanelKind};
use gamekeeper::stage::{
    Stage,
    verbs::{Told, says, until},
};
use sandbox::actor::NO_OPTIONS;
use store::{AuditEntry, Panel, PanelState, Store, StoreError, Tx};

use super::leaving::forgotten;
use crate::{
    log::Lines,
    scene::{a_game, furnish, game, log_into, on, run, setup},
};

const DAY: Duration = Duration::from_hours(24);
/// What every id that Discord does not know begins with, so that it can be told in a path.
const BEGINS: &str = "770000000000000";
/// A server with something of everything.
const NOWHERE: GuildId = GuildId::new(770_000_000_000_000_100);
/// A server where somebody was refused something, and that is all.
const REFUSED: GuildId = GuildId::new(770_000_000_000_000_200);
/// A server that was left two days before the others.
const LEFT: GuildId = GuildId::new(770_000_000_000_000_300);
/// Someone.
const NOBODY: UserId = UserId::new(770_000_000_000_000_400);
/// Each slot of a simple game, and what is said to fill it.
const SLOTS: [(Slot, u64); 5] = [
    (Slot::PlayerRole, 770_000_000_000_000_001),
    (Slot::AdminRole, 770_000_000_000_000_002),
    (Slot::Category, 770_000_000_000_000_003),
    (Slot::Chat, 770_000_000_000_000_004),
    (Slot::Voice(1), 770_000_000_000_000_005),
];

fn refusal(guild: GuildId) -> AuditEntry {
    AuditEntry {
        guild,
        game: None,
        actor: Some(NOBODY),
        subject: None,
        kind: AuditKind::ActionRefused,
        outcome: Outcome::Refused,
        before: None,
        after: Some("CreateGame".to_owned()),
        plan: None,
        correlation: "c0ffee".to_owned(),
        generation: None,
    }
}

/// Settings, panels, a line for the log and a game, all with ids that mean nothing.
async fn furnished(tx: &Tx, guild: GuildId, now: i64) -> Result<GameId, StoreError> {
    let channel = ChannelId::new(770_000_000_000_000_010);
    let settings = GuildSettings {
        admin_roles: vec![RoleId::new(770_000_000_000_000_011)],
        log_channel: Some(channel),
        ..GuildSettings::new(guild)
    };
    tx.put_settings(&settings, now).await?;
    for kind in PanelKind::ALL {
        let panel = Panel {
            guild,
            kind: kind.to_string(),
            channel,
            message: Some(MessageId::new(770_000_000_000_000_012)),
            stale: Vec::new(),
            content_hash: Some(1),
            state: PanelState::Posted,
            nonce: format!("{kind}-1"),
        };
        tx.put_panel(&panel, now).await?;
    }
    tx.audit(refusal(guild), now).await?;
    let chess = a_game(guild, "Chess", NOBODY, now).expect("it is a name");
    let id = tx.insert_game(&chess, now).await?;
    for (slot, object) in SLOTS {
        tx.bind(id, slot, object, Some(1), now).await?;
    }
    let seat = Seat {
        state: SeatState::Seated,
        is_admin: true,
        has_player_role: true,
        present: true,
        since: now,
        ..Seat::nobody(id, NOBODY)
    };
    tx.put_seat(guild, &seat).await?;
    tx.wake(id, guild, now, false).await?;
    Ok(id)
}

/// A stage whose bot finds this in its database at its first start.
async fn found(
    sweep_every: Duration,
    write: impl AsyncFnOnce(&Stage, &Tx, i64) -> Result<(), StoreError>,
) -> Told<Stage> {
    let mut setup = setup();
    setup.reconcile.sweep_every = sweep_every;
    let mut stage = Stage::empty(setup).await.map_err(|stop| stop.to_string())?;
    let seeded = async {
        let store = Store::open(&stage.database_config()).await?;
        let tx = store.begin().await?;
        write(&stage, &tx, Clock::default().now()).await?;
        tx.commit().await?;
        store.close().await
    };
    seeded.await.map_err(|e| e.to_string())?;
    stage.start_bot().await.map_err(|stop| stop.to_string())?;
    Ok(stage)
}

/// Calls about what Discord does not know.
fn asked_about(stage: &Stage) -> Vec<String> {
    let all = stage.discord.requests().all().into_iter().map(|call| call.path);
    all.filter(|path| path.contains(BEGINS)).collect()
}

#[tokio::test]
async fn a_server_that_the_bot_was_never_in_is_kept_for_a_month_and_never_asked_about() -> Told<()>
{
    let lines = Lines::listen();
    let stage = found(Duration::from_millis(100), async |_, tx, now| {
        let chess = furnished(tx, NOWHERE, now).await?;
        // A call that may have happened, and half-finished work.
        let op = Op::DeleteChannel { slot: Slot::Chat, id: SLOTS[3].1 };
        tx.journal_intent(chess, 1, &op, now).await?;
        tx.audit(refusal(REFUSED), now).await?;
        tx.audit(refusal(LEFT), now).await.map(drop)
    })
    .await?;
    let store = stage.engine().store();
    let left = async |guild| store.left_at(guild).await.map_err(|e| e.to_string());
    until("all of them to count as left", || async {
        let all = [left(NOWHERE).await.ok()?, left(REFUSED).await.ok()?, left(LEFT).await.ok()?];
        all.iter().all(Option::is_some).then_some(())
    })
    .await?;
    let said = lines.with("is not in this server any more");
    for guild in [NOWHERE, REFUSED, LEFT] {
        let about = said.iter().filter(|line| line.contains(&guild.to_string()));
        assert_eq!(about.count(), 1, "{guild} is spoken of once: {said:?}");
    }
    let earlier = stage.engine().clock().now() - 2 * i64::try_from(DAY.as_millis()).unwrap_or(0);
    store.set_left(LEFT, Some(earlier)).await.map_err(|e| e.to_string())?;
    // The others do not notice.
    furnish(&stage).await?;
    game(&stage, "Chess").await?;
    on(&stage.person("Mia"), "joingame", "Chess").await?;
    stage.rest().await?;
    stage.panel_says(&stage.person("Mia"), PanelKind::Player, "Chess").await?;

    let games = store.games_of_guild(NOWHERE).await.map_err(|e| e.to_string())?;
    let chess = games.first().ok_or("it was forgotten at once")?.game.id;
    stage.advance(DAY * 29);
    until("the one left earlier to be forgotten", || async {
        left(LEFT).await.ok()?.is_none().then_some(())
    })
    .await?;
    assert!(!forgotten(&stage, NOWHERE, chess).await?, "that is too early");
    assert!(left(NOWHERE).await?.is_some() && left(REFUSED).await?.is_some());
    stage.advance(DAY * 2);
    until("all of them to be forgotten", || async {
        let gone = left(NOWHERE).await.ok()?.is_none() && left(REFUSED).await.ok()?.is_none();
        (gone && forgotten(&stage, NOWHERE, chess).await.ok()?).then_some(())
    })
    .await?;
    assert!(store.remembered_guilds().await.map_err(|e| e.to_string())?.len() == 1);
    assert_eq!(asked_about(&stage), [""; 0]);
    stage.rest().await?;
    stage.truth().await
}

#[tokio::test]
async fn channels_roles_and_people_that_are_gone_are_named_and_made_good() -> Told<()> {
    let lines = Lines::listen();
    let stage = found(Duration::from_mins(15), async |stage, tx, now| {
        furnished(tx, stage.guild_id(), now).await.map(drop)
    })
    .await?;
    let olga = stage.guild.owner();
    // The game is made anew; whoever had a seat and is gone keeps it.
    let chess = stage.id("Chess").await?;
    until("the game to be whole", || async { stage.settled_in(chess, Phase::Active).await.ok() })
        .await?;
    let seat = stage.engine().store().seat(chess, NOBODY).await.map_err(|e| e.to_string())?;
    let seat = seat.ok_or("the seat is gone")?;
    assert_eq!((seat.state, seat.present), (SeatState::Seated, false));
    // Panels and log channel are spoken of.
    let lost = "a panel's message or channel is gone";
    until("both panels to be missed", || async { (lines.with(lost).len() == 2).then_some(()) })
        .await?;
    let settings = run(&olga, "settings view", NO_OPTIONS).await?;
    says(&settings, "The log channel is gone")?;
    // And all of it can be put right.
    for (kind, channel) in [(PanelKind::Admin, "admin"), (PanelKind::Player, "games")] {
        stage.set_up_panel(&olga, kind, channel).await?;
        stage.panel_says(&olga, kind, "Chess").await?;
    }
    log_into(&stage, "log").await?;
    until("what was owed to be in the log", || async {
        let lines = olga.read(stage.channel("log").ok()?);
        let owed = format!("<@{NOBODY}>");
        lines.iter().any(|line| line.text().contains(&owed)).then_some(())
    })
    .await?;
    on(&stage.person("Mia"), "joingame", "Chess").await?;
    stage.rest().await?;
    stage.truth().await
}
