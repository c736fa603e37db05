//! Rows out and in.

use std::collections::BTreeSet;

use sea_orm::{ConnectionTrait, DbBackend, Statement};
use store::{
    Hold, Scratch, Store, StoreConfig,
    archive::{Kept, TABLES},
};

use crate::{
    both::{Db, both, on_postgres, on_sqlite},
    people::{CLUB, a_game, made},
};

both!(
    every_column_is_of_a_kind_that_travels,
    a_refill_that_is_given_up_leaves_everything,
    a_database_is_held_once,
    a_duty_is_one_process_at_a_time,
);

/// Whoever adds a table has to say how it is backed up.
#[tokio::test]
async fn every_table_is_in_the_list_of_those_that_travel() {
    on_sqlite(|db| async move {
        db.open().await;
        let raw = db.past_the_store().await;
        let sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' \
                   AND name <> 'seaql_migrations'";
        let all = raw.query_all_raw(Statement::from_string(DbBackend::Sqlite, sql)).await.unwrap();
        let all: BTreeSet<String> =
            all.iter().map(|row| row.try_get("", "name").unwrap()).collect();
        assert_eq!(all, TABLES.iter().map(|table| table.name.to_owned()).collect());
    })
    .await;
}

async fn every_column_is_of_a_kind_that_travels(db: Db) {
    let store = db.open().await;
    let snapshot = store.snapshot().await.unwrap();
    let shapes = snapshot.shapes().await.unwrap();
    assert_eq!(shapes.len(), TABLES.len());
    for shape in shapes {
        for key in shape.table.key {
            assert!(shape.columns.iter().any(|column| column.name == *key), "{}", shape.table.name);
        }
    }
}

async fn a_refill_that_is_given_up_leaves_everything(db: Db) {
    let store = db.open().await;
    let chess = made(&store, a_game("Chess")).await;
    let refill = store.refill().await.unwrap();
    refill.empty().await.unwrap();
    drop(refill);
    assert!(store.game(chess.id).await.unwrap().is_some());
    // And one that is not.
    let refill = store.refill().await.unwrap();
    refill.empty_guild(CLUB).await.unwrap();
    refill.finish(Kept::Lasting { now: 1, of: None }).await.unwrap();
    assert!(store.game(chess.id).await.unwrap().is_none());
}

async fn a_database_is_held_once(db: Db) {
    let store = db.open().await;
    let hold = Hold::take(&db.config).await.unwrap();
    assert!(hold.is_some());
    assert!(Hold::take(&db.config).await.unwrap().is_none());
    assert!(Hold::share(&db.config).await.unwrap().is_none(), "nobody starts below a restore");
    drop(hold);
    // A lock of the server's goes with its transaction, which is rolled back behind our back.
    let shared = loop {
        if let Some(shared) = Hold::share(&db.config).await.unwrap() {
            break shared;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    };
    let another = Hold::share(&db.config).await.unwrap().unwrap();
    drop(shared);
    assert!(Hold::take(&db.config).await.unwrap().is_none(), "somebody starts");
    drop(another);
    while Hold::take(&db.config).await.unwrap().is_none() {
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    made(&store, a_game("Chess")).await;
}

/// A proof that was killed leaves its database on the server.
#[tokio::test(flavor = "multi_thread")]
async fn a_forgotten_scratch_database_is_removed_after_a_day() {
    on_postgres(|db| async move {
        let store = db.open().await;
        let raw = db.past_the_store().await;
        let mine = std::process::id();
        let old = format!("gamekeeper_story_native_1700000000000_{mine}_1");
        let (other, busy) = (
            format!("gamekeeper_tale_1700000000000_{mine}_1"),
            format!("gamekeeper_story_1700000000000_{mine}_2"),
        );
        for name in [&old, &other, &busy] {
            raw.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
        }
        let young = Scratch::beside(&db.config, "story").await.unwrap();
        let url = young.config(1).url;
        let (server, _) = url.rsplit_once('/').unwrap();
        let used = StoreConfig::new(format!("{server}/{busy}"), 1);
        let user = Store::open(&used).await.unwrap();
        Scratch::sweep(&db.config, "story").await.unwrap();
        let left = async || {
            let sql = format!(
                "SELECT datname::text AS name FROM pg_database WHERE datname LIKE '%\\_{mine}\\__' \
                 AND (datname LIKE '%story%' OR datname LIKE '%tale%') ORDER BY 1"
            );
            let all = raw.query_all_raw(Statement::from_string(DbBackend::Postgres, sql)).await;
            let name = |row: &sea_orm::QueryResult| row.try_get::<String>("", "name").unwrap();
            all.unwrap().iter().map(name).collect::<Vec<_>>()
        };
        let there = left().await;
        assert!(!there.contains(&old) && there.contains(&other), "{there:?}");
        assert!(there.contains(&busy), "somebody looks at it: {there:?}");
        Store::open(&young.config(1)).await.unwrap().close().await.unwrap();
        user.close().await.unwrap();
        Scratch::sweep(&db.config, "story").await.unwrap();
        assert!(!left().await.contains(&busy));
        young.drop_database().await.unwrap();
        raw.execute_unprepared(&format!("DROP DATABASE {other}")).await.unwrap();
        store.close().await.unwrap();
    })
    .await;
}

async fn a_duty_is_one_process_at_a_time(db: Db) {
    let store = db.open().await;
    assert!(store.take_duty("duty", "a", 1_000, 60_000).await.unwrap());
    assert!(!store.take_duty("duty", "b", 1_000, 60_000).await.unwrap());
    assert!(store.take_duty("duty", "a", 1_000, 0).await.unwrap(), "taken for no longer");
    assert!(store.take_duty("duty", "b", 1_001, 60_000).await.unwrap());
    assert!(store.take_duty("other", "a", 1_001, 60_000).await.unwrap());
}
