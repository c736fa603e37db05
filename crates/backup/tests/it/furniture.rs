//! A database with something of everything, and people who go on using it.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use domain::{
    Admission, ChannelId, Description, Game, GameId, GameName, GuildId, GuildSettings, Layout,
    Phase, RoleId, Seat, SeatState, Slot, UserId, Visibility,
    audit::{AuditKind, Outcome},
    plan::Op,
    server::{ServerAction, ServerId, ServerName, ServerState},
};
use store::{
    AuditEntry, Found, Panel, PanelState, Sample, Store, Waiter,
    archive::{Snapshot, TABLES},
};
use tokio::task::JoinHandle;

pub(crate) const CLUB: GuildId = GuildId::new(1_000);
pub(crate) const OTHER_CLUB: GuildId = GuildId::new(2_000);
pub(crate) const ANNA: UserId = UserId::new(100_000_000_000_000_011);

fn a_game(guild: GuildId, name: &str) -> Game {
    Game {
        id: GameId(0),
        guild,
        name: GameName::parse(name).unwrap(),
        emoji: None,
        colour: None,
        description: Description::default(),
        capacity: None,
        admission: Admission::Open,
        visibility: Visibility::Members,
        layout: Layout::SIMPLE,
        phase: Phase::Active,
        generation: 1,
        created_by: ANNA,
        created_at: 100,
    }
}

fn an_entry(game: &Game, n: usize) -> AuditEntry {
    AuditEntry {
        guild: game.guild,
        game: Some((game.id, game.name.to_string())),
        actor: Some(ANNA),
        subject: None,
        kind: AuditKind::GameEdited,
        outcome: Outcome::Done,
        before: Some(format!("“{n}” \u{1f3b2}\n<@{ANNA}>")),
        after: None,
        plan: None,
        correlation: "c0ffee".to_owned(),
        generation: Some(1),
    }
}

/// A game with a crowd, steps and a history long enough for several batches.
pub(crate) async fn game(store: &Store, guild: GuildId, name: &str) -> GameId {
    let mut game = a_game(guild, name);
    let tx = store.begin().await.unwrap();
    game.id = tx.insert_game(&game, 100).await.unwrap();
    let n = game.id.0.unsigned_abs() + guild.get();
    tx.bind(game.id, Slot::Chat, 70_000 + n, Some(-5), 1).await.unwrap();
    tx.bind(game.id, Slot::PlayerRole, 80_000 + n, None, 1).await.unwrap();
    let op = Op::DeleteChannel { slot: Slot::Chat, id: 70_000 + n };
    tx.journal_intent(game.id, 1, &op, 1).await.unwrap();
    let seats: Vec<_> = (0..1_200).map(|person| (guild, seat(game.id, person))).collect();
    tx.put_seats(&seats).await.unwrap();
    tx.put_seat(guild, &Seat { user: ANNA, ..seat(game.id, 0) }).await.unwrap();
    tx.audit_all((0..700).map(|n| an_entry(&game, n)).collect(), 5).await.unwrap();
    tx.wake(game.id, guild, 1, false).await.unwrap();
    tx.commit().await.unwrap();
    game.id
}

fn seat(game: GameId, person: u64) -> Seat {
    Seat {
        state: SeatState::Seated,
        has_player_role: true,
        present: true,
        since: 5,
        ..Seat::nobody(game, UserId::new(500_000_000_000_000_000 + person))
    }
}

async fn server(store: &Store, guild: GuildId, game: GameId) -> ServerId {
    let found = Found {
        guild,
        // A panel has the servers of one guild.
        source: format!("amp:{guild}"),
        place: "a".to_owned(),
        name: ServerName::of_panel("a", ""),
        module: "Minecraft".to_owned(),
        address: None,
    };
    let tx = store.begin().await.unwrap();
    tx.list_servers(guild, &found.source.clone(), &[found], &[], 1).await.unwrap();
    tx.commit().await.unwrap();
    let mut record = store.servers_of_guild(guild).await.unwrap().remove(0);
    let id = record.id;
    record.game = Some(game);
    let tx = store.begin().await.unwrap();
    tx.put_server(&record, 2).await.unwrap();
    tx.grant_server(id, RoleId::new(9), [ServerAction::Start].into_iter().collect()).await.unwrap();
    tx.put_sample(id, &Sample::of(1, ServerState::Online, None)).await.unwrap();
    tx.commit().await.unwrap();
    id
}

/// Something in every table.
pub(crate) async fn guild(store: &Store, guild: GuildId) -> GameId {
    let first = game(store, guild, "Chess").await;
    game(store, guild, "Go").await;
    let server = server(store, guild, first).await;
    let tx = store.begin().await.unwrap();
    tx.put_settings(&GuildSettings::new(guild), 1).await.unwrap();
    for kind in ["admin".to_owned(), format!("live-{server}")] {
        let panel = Panel {
            guild,
            kind,
            channel: ChannelId::new(5),
            message: None,
            stale: Vec::new(),
            content_hash: Some(-1),
            state: PanelState::Wanted,
            nonce: "n".to_owned(),
        };
        tx.put_panel(&panel, 1).await.unwrap();
    }
    tx.add_waiter(&Waiter {
        id: 0,
        game: first,
        generation: 1,
        kind: AuditKind::GameCreated,
        application: 1,
        token: "t".to_owned(),
        locale: "en".to_owned(),
        correlation: "c".to_owned(),
        expires_at: 9,
    })
    .await
    .unwrap();
    tx.commit().await.unwrap();
    let draft = format!("d{guild}");
    store.save_draft(&draft, guild, ANNA, &serde_json::json!({}), 1, 9).await.unwrap();
    first
}

/// Two guilds and what belongs to none. Nobody runs on it.
pub(crate) async fn furnish(store: &Store) {
    guild(store, CLUB).await;
    guild(store, OTHER_CLUB).await;
    store.set_fact("installation", "abc").await.unwrap();
    let session = store::SavedSession {
        session_id: "s".to_owned(),
        sequence: 1,
        resume_url: "wss://x".to_owned(),
        saved_at: 1,
    };
    store.save_session("0/1", &session).await.unwrap();
}

/// Somebody who writes all the time until told to stop; answers how often.
pub(crate) fn busy(store: &Store) -> (Arc<AtomicBool>, JoinHandle<usize>) {
    let (store, on) = (store.clone(), Arc::new(AtomicBool::new(true)));
    let going = on.clone();
    let task = tokio::spawn(async move {
        let mut times = 0;
        while going.load(Ordering::Relaxed) {
            times += 1;
            // Two rows in one transaction: no backup may have one without the other.
            let tx = store.begin().await.unwrap();
            let mut game = a_game(CLUB, &format!("Busy {times}"));
            game.id = tx.insert_game(&game, 100).await.unwrap();
            tx.put_seat(CLUB, &seat(game.id, 1)).await.unwrap();
            tx.audit(an_entry(&game, times), 5).await.unwrap();
            tx.commit().await.unwrap();
        }
        times
    });
    (on, task)
}

/// Every row that lasts, as text: what two databases with the same in them have the same.
pub(crate) async fn lasting(store: &Store) -> Vec<String> {
    let snapshot = store.snapshot().await.unwrap();
    let mut all = Vec::new();
    for table in TABLES.iter().filter(|table| table.lasts) {
        for row in rows(&snapshot, table.name).await {
            let key = row.get("key").and_then(|key| key.as_str()).unwrap_or_default();
            if !key.starts_with("backup.") && !key.starts_with("restored.") {
                all.push(format!("{} {}", table.name, serde_json::Value::Object(row)));
            }
        }
    }
    all
}

/// All rows of a table.
pub(crate) async fn rows(snapshot: &Snapshot, table: &str) -> Vec<store::archive::Row> {
    let shapes = snapshot.shapes().await.unwrap();
    let shape = shapes.iter().find(|shape| shape.table.name == table).unwrap();
    let mut rows = snapshot.rows(shape, None).await.unwrap();
    let mut all = Vec::new();
    loop {
        let batch = rows.next().await.unwrap();
        if batch.is_empty() {
            return all;
        }
        all.extend(batch);
    }
}
