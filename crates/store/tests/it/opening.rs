//! Opening: migrations there and back, several at once, addresses that are none.

use std::{
    path::PathBuf,
    process::{Command, Stdio},
};

use sea_orm::ConnectionTrait;
use sea_orm_migration::MigratorTrait;
use store::{Store, StoreConfig, StoreError, migration::Migrator};

use crate::{
    both::{Db, both},
    people::{a_game, made},
};

both!(
    migrations_go_up_down_and_up_again,
    what_was_written_is_there_after_a_restart,
    many_can_open_a_new_database_at_once,
    several_processes_can_open_a_new_database_at_once,
    a_migration_that_fails_half_way_leaves_nothing,
);

/// Tells the child process of a story where the database is.
const CHILD: &str = "GAMEKEEPER_TEST_OPEN";

/// The name of the test that the children run.
const THIS_TEST: &str = "opening::on_sqlite::several_processes_can_open_a_new_database_at_once";

async fn migrations_go_up_down_and_up_again(db: Db) {
    let store = db.open().await;
    let chess = made(&store, a_game("Chess")).await;
    let raw = db.past_the_store().await;
    Migrator::down(&raw, None).await.unwrap();
    assert!(store.game(chess.id).await.is_err(), "the tables are gone");
    Migrator::up(&raw, None).await.unwrap();
    assert_eq!(store.game(chess.id).await.unwrap(), None);
    made(&store, a_game("Chess")).await;
    store.close().await.unwrap();
    raw.close().await.unwrap();
}

async fn what_was_written_is_there_after_a_restart(db: Db) {
    let store = db.open().await;
    store.ping().await.unwrap();
    let chess = made(&store, a_game("Chess")).await;
    store.close().await.unwrap();
    let store = db.open().await;
    assert_eq!(store.game(chess.id).await.unwrap().unwrap().game, chess);
}

async fn many_can_open_a_new_database_at_once(db: Db) {
    let opened: Vec<_> = (0..6)
        .map(|_| {
            let config = db.config.clone();
            tokio::spawn(async move { Store::open(&config).await })
        })
        .collect();
    for one in opened {
        let store = one.await.unwrap().unwrap();
        assert!(store.all_panels().await.unwrap().is_empty());
        store.close().await.unwrap();
    }
}

/// The children are this very test, told where the database is.
async fn several_processes_can_open_a_new_database_at_once(db: Db) {
    if let Ok(url) = std::env::var(CHILD) {
        let store = Store::open(&StoreConfig::new(url, 2)).await.unwrap();
        store.set_fact("opened", "yes").await.unwrap();
        return store.close().await.unwrap();
    }
    let children: Vec<_> = (0..4)
        .map(|_| {
            Command::new(std::env::current_exe().unwrap())
                .args(["--exact", THIS_TEST, "--nocapture"])
                .env(CHILD, &db.config.url)
                .stdout(Stdio::null())
                .spawn()
                .unwrap()
        })
        .collect();
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    let store = db.open().await;
    assert_eq!(store.fact("opened").await.unwrap().as_deref(), Some("yes"));
}

async fn a_migration_that_fails_half_way_leaves_nothing(db: Db) {
    // A stranger's index where one of our later ones belongs.
    db.run("CREATE TABLE stranger (x BIGINT)").await;
    db.run("CREATE INDEX waiter_of_game ON stranger (x)").await;
    let error = Store::open(&db.config).await.unwrap_err();
    assert!(!error.is_temporary(), "{error}");
    let raw = db.past_the_store().await;
    assert!(raw.execute_unprepared("SELECT * FROM game").await.is_err(), "no half of a schema");
    raw.execute_unprepared("DROP INDEX waiter_of_game").await.unwrap();
    raw.close().await.unwrap();
    made(&db.open().await, a_game("Chess")).await;
}

#[tokio::test]
async fn a_path_may_hold_any_character() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("50% off? #1 ä +.db");
    let store = Store::open(&StoreConfig::sqlite_file(&path)).await.unwrap();
    store.set_fact("here", "yes").await.unwrap();
    store.close().await.unwrap();
    let files: Vec<PathBuf> =
        std::fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().path()).collect();
    assert_eq!(files, [path]);
}

#[tokio::test]
async fn an_sqlite_file_is_made_when_it_is_not_there() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("new.db").display());
    Store::open(&StoreConfig::new(url, 0)).await.unwrap();
}

#[tokio::test]
async fn addresses_of_no_use_are_told_so() {
    let useless = [
        "mysql://u@h/d",
        "gamekeeper.db",
        "",
        "sqlite:",
        "sqlite://",
        "sqlite::memory:",
        "sqlite://:memory:",
        "sqlite://a.db?mode=memory&cache=shared",
        "sqlite://a.db?mode=nonsense",
        "postgresql://u@h:port/d",
    ];
    for url in useless {
        let config = StoreConfig::new(url, 4);
        let error = Store::open(&config).await.unwrap_err();
        assert!(matches!(error, StoreError::Url(_)), "{url}: {error:?}");
        assert!(error.to_string().contains("DATABASE_URL"), "{url}: {error}");
        assert!(!error.is_temporary());
    }
}
