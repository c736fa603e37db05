//! Guilds that were left, and forgetting them.

use std::collections::BTreeSet;

use domain::{
    ChannelId, GameId, GuildSettings, RoleId, SeatState, Slot,
    audit::{AuditKind, Outcome},
    plan::Op,
    server::{ServerAction, ServerState},
};
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use serde_json::json;
use store::{AuditQuery, Panel, PanelState, Sample, Store, Waiter};

use crate::{
    both::{Db, both, on_sqlite},
    people::{ANNA, CLUB, OTHER_CLUB, a_game, a_seat, an_entry, made, sits},
    servers,
};

both!(
    an_erased_guild_leaves_nothing_behind_and_takes_nobody_along,
    a_guild_is_remembered_until_it_was_left,
    a_guild_with_nothing_but_a_history_is_remembered,
    a_guild_with_nothing_but_servers_is_remembered,
    lines_that_nobody_waits_for_are_forgiven,
);

/// Tables that have nothing of a guild: sessions and facts of the whole installation, processes.
const NOT_OF_A_GUILD: [&str; 5] = ["instance", "kv", "session", "shard", "seaql_migrations"];
/// Tables whose rows go with their guild.
const ERASED: [&str; 14] = [
    "audit",
    "binding",
    "draft",
    "game",
    "guild",
    "journal",
    "panel",
    "seat",
    "server",
    "server_grant",
    "server_hour",
    "server_sample",
    "waiter",
    "work",
];

/// Something of everything.
async fn lives_in(store: &Store, game: domain::Game) -> GameId {
    let game = made(store, game).await;
    sits(store, &game, a_seat(&game, ANNA, SeatState::Seated)).await;
    let id = game.id.0.unsigned_abs();
    let tx = store.begin().await.unwrap();
    tx.bind(game.id, Slot::Chat, 70 + id, None, 1).await.unwrap();
    let op = Op::DeleteChannel { slot: Slot::Chat, id: 70 + id };
    tx.journal_intent(game.id, 1, &op, 1).await.unwrap();
    tx.wake(game.id, game.guild, 1, false).await.unwrap();
    tx.audit(an_entry(&game, AuditKind::GameCreated, Outcome::Done), 1).await.unwrap();
    tx.put_settings(&GuildSettings::new(game.guild), 1).await.unwrap();
    tx.add_waiter(&Waiter {
        id: 0,
        game: game.id,
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
    tx.put_panel(
        &Panel {
            guild: game.guild,
            kind: "admin".to_owned(),
            channel: ChannelId::new(5),
            message: None,
            stale: Vec::new(),
            content_hash: None,
            state: PanelState::Wanted,
            nonce: "n".to_owned(),
        },
        1,
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    let server = servers::list(store, game.guild, &[servers::found(game.guild, "a")]).await[0].id;
    let tx = store.begin().await.unwrap();
    let actions = [ServerAction::Start].into_iter().collect();
    tx.grant_server(server, RoleId::new(9), actions).await.unwrap();
    tx.put_sample(server, &Sample::of(1, ServerState::Online, None)).await.unwrap();
    tx.commit().await.unwrap();
    store.save_draft(&format!("d{id}"), game.guild, ANNA, &json!({}), 1, 9).await.unwrap();
    game.id
}

/// Rows of each table.
async fn rows(db: &Db, table: &str) -> i64 {
    let raw = db.past_the_store().await;
    let sql = format!("SELECT COUNT(*) AS n FROM \"{table}\"");
    let count = Statement::from_string(raw.get_database_backend(), sql);
    raw.query_one_raw(count).await.unwrap().unwrap().try_get("", "n").unwrap()
}

async fn an_erased_guild_leaves_nothing_behind_and_takes_nobody_along(db: Db) {
    let store = db.open().await;
    lives_in(&store, a_game("Chess")).await;
    let other = domain::Game { guild: OTHER_CLUB, ..a_game("Chess") };
    lives_in(&store, other).await;
    for table in ERASED {
        assert_eq!(rows(&db, table).await, 2, "{table}");
    }
    let tx = store.begin().await.unwrap();
    tx.erase_guild(CLUB).await.unwrap();
    tx.commit().await.unwrap();
    for table in ERASED {
        assert_eq!(rows(&db, table).await, 1, "{table}");
    }
    assert!(store.games_of_guild(CLUB).await.unwrap().is_empty());
    assert_eq!(store.games_of_guild(OTHER_CLUB).await.unwrap().len(), 1);
    assert_eq!(store.remembered_guilds().await.unwrap(), BTreeSet::from([OTHER_CLUB]));
}

/// Whoever adds a table has to say whether it goes with a guild.
#[tokio::test]
async fn every_table_is_erased_or_of_no_guild() {
    on_sqlite(|db| async move {
        db.open().await;
        let raw = db.past_the_store().await;
        let sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'";
        let all = raw.query_all_raw(Statement::from_string(DbBackend::Sqlite, sql)).await.unwrap();
        let all: BTreeSet<String> =
            all.iter().map(|row| row.try_get("", "name").unwrap()).collect();
        let known = ERASED.iter().chain(&NOT_OF_A_GUILD).map(ToString::to_string);
        assert_eq!(all, known.collect());
    })
    .await;
}

async fn a_guild_is_remembered_until_it_was_left(db: Db) {
    let store = db.open().await;
    made(&store, a_game("Chess")).await;
    assert_eq!(store.remembered_guilds().await.unwrap(), BTreeSet::from([CLUB]));
    assert!(store.left_guilds().await.unwrap().is_empty());
    store.set_left(CLUB, Some(7)).await.unwrap();
    assert!(store.remembered_guilds().await.unwrap().is_empty());
    assert_eq!(store.left_guilds().await.unwrap(), [(CLUB, 7)]);
    store.set_left(CLUB, None).await.unwrap();
    assert_eq!(store.remembered_guilds().await.unwrap(), BTreeSet::from([CLUB]));
}

/// Somebody was refused something there, and that is all.
async fn a_guild_with_nothing_but_a_history_is_remembered(db: Db) {
    let store = db.open().await;
    let entry = an_entry(&a_game("Chess"), AuditKind::ActionRefused, Outcome::Refused);
    let tx = store.begin().await.unwrap();
    tx.audit(store::AuditEntry { game: None, ..entry }, 1).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(store.remembered_guilds().await.unwrap(), BTreeSet::from([CLUB]));
}

async fn a_guild_with_nothing_but_servers_is_remembered(db: Db) {
    let store = db.open().await;
    servers::list(&store, CLUB, &[servers::found(CLUB, "a")]).await;
    assert_eq!(store.remembered_guilds().await.unwrap(), BTreeSet::from([CLUB]));
}

async fn lines_that_nobody_waits_for_are_forgiven(db: Db) {
    let store = db.open().await;
    let chess = made(&store, a_game("Chess")).await;
    let tx = store.begin().await.unwrap();
    for at in [10, 20, 30] {
        tx.audit(an_entry(&chess, AuditKind::GameEdited, Outcome::Done), at).await.unwrap();
    }
    tx.audit(an_entry(&chess, AuditKind::GameEdited, Outcome::Pending), 5).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(store.count_unlogged(CLUB, 30).await.unwrap(), 2);
    assert_eq!(store.count_unlogged(OTHER_CLUB, 30).await.unwrap(), 0);
    store.forgive_unlogged(CLUB, 30).await.unwrap();
    assert_eq!(store.count_unlogged(CLUB, 30).await.unwrap(), 0);
    assert_eq!(store.unlogged(CLUB, 9).await.unwrap().len(), 1);
    // The history has them all.
    let query = AuditQuery { limit: 9, ..AuditQuery::default() };
    assert_eq!(store.audit(CLUB, &query).await.unwrap().len(), 4);
}
