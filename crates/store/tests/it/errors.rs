//! Errors: what passes by itself and what does not, and no password in any of them.

use std::time::Duration;

use domain::GameId;
use store::{Store, StoreConfig, StoreError};

use crate::{
    both::{Db, both, on_postgres, on_sqlite},
    people::{a_game, made},
};

both!(
    what_nobody_can_wait_out_is_not_temporary,
    a_closed_store_is_closed_for_good,
    a_failed_write_leaves_no_trace,
);

const SECRET: &str = "hunter2";

async fn what_nobody_can_wait_out_is_not_temporary(db: Db) {
    let store = db.open().await;
    let unknown = store::Tx::update_game;
    let tx = store.begin().await.unwrap();
    let error = unknown(&tx, &a_game("Nobody's"), 1).await.unwrap_err();
    assert!(!error.is_temporary(), "{error}");
    drop(tx);
    db.run("DROP TABLE kv").await;
    let error = store.fact("installation").await.unwrap_err();
    assert!(matches!(error, StoreError::Db(_)) && !error.is_temporary(), "{error}");
    assert!(!StoreError::Taken("name").is_temporary());
}

async fn a_closed_store_is_closed_for_good(db: Db) {
    let store = db.open().await;
    store.clone().close().await.unwrap();
    assert!(!store.ping().await.unwrap_err().is_temporary());
    assert!(!store.begin().await.unwrap_err().is_temporary());
}

async fn a_failed_write_leaves_no_trace(db: Db) {
    let store = db.open().await;
    let chess = made(&store, a_game("Chess")).await;
    let tx = store.begin().await.unwrap();
    tx.wake(chess.id, chess.guild, 1, false).await.unwrap();
    let error = tx.insert_game(&a_game("CHESS"), 1).await.unwrap_err();
    assert!(matches!(error, StoreError::Taken("name")), "{error}");
    drop(tx);
    assert_eq!(store.work(chess.id).await.unwrap(), None);
    // And the connection it had is as good as new.
    made(&store, a_game("Go")).await;
}

#[tokio::test]
async fn a_busy_file_passes() {
    on_sqlite(|db| async move {
        let store = db.open().await;
        let other = db.open().await;
        let _held = store.begin().await.unwrap();
        // Longer than SQLite waits.
        let refused = tokio::time::timeout(Duration::from_secs(12), other.begin()).await;
        let error = refused.unwrap().unwrap_err();
        assert!(error.is_temporary(), "{error:?}");
    })
    .await;
}

#[tokio::test]
async fn a_deadlock_passes() {
    on_postgres(|db| async move {
        let store = db.open().await;
        let chess = made(&store, a_game("Chess")).await;
        let go = made(&store, a_game("Go")).await;
        let (one, two) = (store.begin().await.unwrap(), store.begin().await.unwrap());
        one.game_for_update(chess.id).await.unwrap();
        two.game_for_update(go.id).await.unwrap();
        let (left, right) = tokio::join!(one.game_for_update(go.id), async {
            let right = two.game_for_update(chess.id).await;
            drop(two);
            right
        });
        let error = left.err().or(right.err()).expect("one of them had to give way");
        assert!(error.is_temporary(), "{error:?}");
    })
    .await;
}

#[tokio::test]
async fn a_server_that_went_away_and_came_back_is_found_again() {
    on_postgres(|db| async move {
        let store = db.open().await;
        store.ping().await.unwrap();
        // What a restart of the server does to its connections, seen from here.
        db.run(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
             WHERE datname = current_database() AND pid <> pg_backend_pid()",
        )
        .await;
        tokio::time::sleep(Duration::from_millis(1_100)).await;
        assert_eq!(store.game(GameId(1)).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_server_that_is_not_there_may_come() {
    // Nothing listens on the port that discards.
    let config = config(&format!("postgresql://gamekeeper:{SECRET}@127.0.0.1:9/gamekeeper"));
    let error = Store::open(&config).await.unwrap_err();
    assert!(error.is_temporary(), "{error:?}");
    assert!(error.to_string().contains("refused"), "the reason is told: {error}");
    assert_keeps_it_secret(&error);
}

#[tokio::test]
async fn a_password_is_in_no_error_and_in_no_debug_output() {
    let malformed = [
        format!("postgresql://gamekeeper:{SECRET}/x@localhost/gamekeeper"),
        format!("postgresql://gamekeeper:{SECRET}#@localhost/gamekeeper"),
        format!("postgresql://gamekeeper:{SECRET}@local host/gamekeeper"),
        format!("postgresql://gamekeeper:{SECRET}@localhost:99999/gamekeeper"),
        format!("postgresql://gamekeeper:{SECRET}@localhost/gamekeeper?sslmode=sometimes"),
        format!("postgresql:gamekeeper:{SECRET}@localhost"),
        format!("mysql://gamekeeper:{SECRET}@localhost/gamekeeper"),
        format!("sqlite://{SECRET}/a.db?nonsense=1"),
    ];
    for url in malformed {
        let config = config(&url);
        assert!(!format!("{config:?}").contains(SECRET), "{config:?}");
        assert_keeps_it_secret(&Store::open(&config).await.unwrap_err());
    }
    assert!(!format!("{:?}", config(SECRET)).contains(SECRET), "not even without a colon");
}

#[tokio::test]
async fn an_open_store_does_not_show_its_password() {
    on_postgres(|db| async move {
        // The tests' server takes any password.
        let url = db.config.url.replacen("postgres@", &format!("postgres:{SECRET}@"), 1);
        let store = Store::open(&config(&url)).await.unwrap();
        assert!(!format!("{store:?}").contains(SECRET), "{store:?}");
        let tx = store.begin().await.unwrap();
        assert!(!format!("{tx:?}").contains(SECRET), "{tx:?}");
        drop(tx);
        let error = Store::open(&config(&format!("{url}_not"))).await.unwrap_err();
        assert!(!error.is_temporary(), "a database that is not there does not come: {error}");
        assert_keeps_it_secret(&error);
    })
    .await;
}

fn config(url: &str) -> StoreConfig {
    StoreConfig::new(url, 2)
}

fn assert_keeps_it_secret(error: &StoreError) {
    for text in [error.to_string(), format!("{error:?}"), format!("{error:#?}")] {
        assert!(!text.contains(SECRET), "{text}");
    }
}
