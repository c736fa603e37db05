//! Nothing waits for ever: not for a server that says nothing, a connection, a lock or a
//! statement, and nobody for a process that hangs in the middle.

use std::time::{Duration, Instant};

use store::{Store, StoreConfig, StoreError};

use crate::{
    both::{Db, both, on_postgres},
    people::{a_game, made},
};

both!(whoever_finds_no_connection_is_told_so_in_time);

const SECOND: Duration = Duration::from_secs(1);

/// The error of a call that takes about so many seconds.
async fn after<T: std::fmt::Debug>(
    seconds: u32,
    call: impl Future<Output = Result<T, StoreError>>,
) -> StoreError {
    let begun = Instant::now();
    let error = call.await.unwrap_err();
    let took = begun.elapsed();
    assert!(took > SECOND * seconds / 2 && took < SECOND * (seconds + 3), "{took:?}: {error}");
    error
}

async fn whoever_finds_no_connection_is_told_so_in_time(db: Db) {
    let config = StoreConfig { acquire_timeout: SECOND, max_connections: 2, ..db.config.clone() };
    let store = Store::open(&config).await.unwrap();
    // SQLite has one connection that writes, PostgreSQL the two.
    let one = store.begin().await.unwrap();
    let other = tokio::time::timeout(SECOND / 4, store.begin()).await;
    let error = after(1, store.begin()).await;
    assert!(error.is_temporary(), "{error:?}");
    drop((one, other));
    store.begin().await.unwrap();
}

#[tokio::test]
async fn a_lock_is_not_waited_for_for_ever() {
    on_postgres(|db| async move {
        let patient = db.open().await;
        let chess = made(&patient, a_game("Chess")).await;
        let held = patient.begin().await.unwrap();
        held.game_for_update(chess.id).await.unwrap();
        let config = StoreConfig { statement_timeout: Some(2 * SECOND), ..db.config.clone() };
        let store = Store::open(&config).await.unwrap();
        let tx = store.begin().await.unwrap();
        let error = after(1, tx.game_for_update(chess.id)).await;
        assert!(error.is_temporary() && error.to_string().contains("lock timeout"), "{error:?}");
        drop((tx, held));
        store.begin().await.unwrap().game_for_update(chess.id).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_statement_that_hangs_is_given_up() {
    on_postgres(|db| async move {
        let config = StoreConfig { statement_timeout: Some(2 * SECOND), ..db.config.clone() };
        let store = Store::open(&config).await.unwrap();
        db.run(
            "CREATE FUNCTION hang() RETURNS trigger LANGUAGE plpgsql AS \
             $$ BEGIN PERFORM pg_sleep(60); RETURN NEW; END $$",
        )
        .await;
        db.run("CREATE TRIGGER hang BEFORE INSERT ON kv FOR EACH ROW EXECUTE FUNCTION hang()")
            .await;
        let error = after(2, store.set_fact("key", "value")).await;
        assert!(error.is_temporary(), "{error:?}");
        assert!(error.to_string().contains("statement timeout"), "{error}");
        db.run("DROP TRIGGER hang ON kv").await;
        store.set_fact("key", "value").await.unwrap();
    })
    .await;
}

/// What the address sets by itself stays; here it is what happens to a process that hangs.
#[tokio::test]
async fn a_transaction_that_rests_lets_the_others_go_on() {
    on_postgres(|db| async move {
        let url = format!("{}?options=-c%20idle_in_transaction_session_timeout=500", db.config.url);
        let store = Store::open(&StoreConfig::new(url, 4)).await.unwrap();
        let chess = made(&store, a_game("Chess")).await;
        let hung = store.begin().await.unwrap();
        hung.game_for_update(chess.id).await.unwrap();
        let tx = store.begin().await.unwrap();
        tx.game_for_update(chess.id).await.unwrap();
        tx.commit().await.unwrap();
        let error = hung.commit().await.unwrap_err();
        assert!(error.is_temporary(), "{error:?}");
        // The connection that it had is not handed out again.
        for _ in 0..8 {
            store.game(chess.id).await.unwrap();
        }
    })
    .await;
}

#[tokio::test]
async fn a_server_that_says_nothing_is_not_waited_for() {
    let server = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = server.local_addr().unwrap().port();
    let silent = tokio::spawn(async move {
        let mut kept = Vec::new();
        while let Ok(person) = server.accept().await {
            kept.push(person);
        }
    });
    let config = StoreConfig::new(format!("postgresql://u@127.0.0.1:{port}/d"), 2);
    let error = after(5, Store::open(&config)).await;
    assert!(error.is_temporary() && error.to_string().contains("timed out"), "{error:?}");
    silent.abort();
}
