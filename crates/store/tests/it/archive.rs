//! Rows out and in.

use std::collections::BTreeSet;

use sea_orm::{ConnectionTrait, DbBackend, Statement};
use store::{
    Hold,
    archive::{Kept, TABLES},
};

use crate::{
    both::{Db, both, on_sqlite},
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
    refill.finish(Kept::Lasting { now: 1 }).await.unwrap();
    assert!(store.game(chess.id).await.unwrap().is_none());
}

async fn a_database_is_held_once(db: Db) {
    let store = db.open().await;
    let hold = Hold::take(&db.config, &store).await.unwrap();
    assert!(hold.is_some());
    assert!(Hold::take(&db.config, &store).await.unwrap().is_none());
    drop(hold);
    // A lock of the server's goes with its transaction, which is rolled back behind our back.
    loop {
        if Hold::take(&db.config, &store).await.unwrap().is_some() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    made(&store, a_game("Chess")).await;
}

async fn a_duty_is_one_process_at_a_time(db: Db) {
    let store = db.open().await;
    assert!(store.take_duty("duty", "a", 1_000, 60_000).await.unwrap());
    assert!(!store.take_duty("duty", "b", 1_000, 60_000).await.unwrap());
    assert!(store.take_duty("duty", "a", 1_000, 0).await.unwrap(), "taken for no longer");
    assert!(store.take_duty("duty", "b", 1_001, 60_000).await.unwrap());
    assert!(store.take_duty("other", "a", 1_001, 60_000).await.unwrap());
}
