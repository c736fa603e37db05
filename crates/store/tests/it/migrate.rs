//! The schema's history: where a database stands, back and forth, and what is refused.

use sea_orm_migration::MigratorTrait;
use store::{
    Store, StoreError,
    migration::{Migrator, Schema, Standing, down, status, up},
};

use crate::{
    both::{Db, both, on_sqlite},
    people::{a_game, made},
};

both!(
    it_goes_up_and_down_and_says_what_it_did,
    the_first_migration_is_not_undone_by_accident,
    two_who_go_back_at_once_do_not_go_back_too_far,
    a_newer_schema_is_refused_and_not_touched,
    tables_of_strangers_are_refused_and_not_touched,
    the_history_of_another_program_is_refused,
);

fn names() -> Vec<String> {
    Migrator::migrations().iter().map(|migration| migration.name().to_owned()).collect()
}

fn standing(schema: &Schema) -> Vec<Standing> {
    schema.migrations.iter().map(|listed| listed.standing).collect()
}

async fn it_goes_up_and_down_and_says_what_it_did(db: Db) {
    let count = names().len();
    assert_eq!(standing(&status(&db.config).await.unwrap()), vec![Standing::Pending; count]);
    assert_eq!(down(&db.config, 1, true).await.unwrap(), [""; 0], "there is nothing to undo");
    assert_eq!(up(&db.config).await.unwrap(), names());
    assert_eq!(up(&db.config).await.unwrap(), [""; 0], "there is nothing to do");
    assert_eq!(standing(&status(&db.config).await.unwrap()), vec![Standing::Applied; count]);
    let undone = down(&db.config, 1, true).await.unwrap();
    assert_eq!(undone, names()[count - 1..]);
    let mut expected = vec![Standing::Applied; count - 1];
    expected.push(Standing::Pending);
    assert_eq!(standing(&status(&db.config).await.unwrap()), expected);
    assert_eq!(up(&db.config).await.unwrap(), undone, "what was undone is done again");
    made(&db.open().await, a_game("Chess")).await;
}

async fn the_first_migration_is_not_undone_by_accident(db: Db) {
    let store = db.open().await;
    let chess = made(&store, a_game("Chess")).await;
    for steps in [names().len(), usize::MAX] {
        let error = down(&db.config, steps, false).await.unwrap_err();
        assert!(matches!(error, StoreError::Everything), "{error:?}");
    }
    assert!(store.game(chess.id).await.unwrap().is_some(), "nothing was undone");
    store.close().await.unwrap();
    let mut all = names();
    all.reverse();
    assert_eq!(down(&db.config, usize::MAX, true).await.unwrap(), all);
    assert!(db.open().await.game(chess.id).await.unwrap().is_none());
}

async fn two_who_go_back_at_once_do_not_go_back_too_far(db: Db) {
    db.open().await.close().await.unwrap();
    let people: Vec<_> = (0..4)
        .map(|_| {
            let config = db.config.clone();
            tokio::spawn(async move { down(&config, 1, false).await })
        })
        .collect();
    let mut undone = Vec::new();
    for one in people {
        match one.await.unwrap() {
            Ok(names) => undone.extend(names),
            Err(StoreError::Everything) => {}
            Err(error) => panic!("{error:?}"),
        }
    }
    // Each step was taken once, and the first never.
    undone.sort();
    let last: Vec<_> = names().into_iter().skip(1).rev().take(4).rev().collect();
    assert_eq!(undone, last);
    assert_eq!(status(&db.config).await.unwrap().migrations[0].standing, Standing::Applied);
}

/// Sees that neither opening nor a migration wants the database, and that it stays as it is, down
/// to the last byte where it is a file of its own.
async fn refused(db: &Db, expected: impl Fn(&StoreError) -> bool) {
    let file = db.config.url.strip_prefix("sqlite://").and_then(|rest| rest.split('?').next());
    let before = file.map(|file| std::fs::read(file).unwrap());
    let errors = [
        Store::open(&db.config).await.unwrap_err(),
        up(&db.config).await.unwrap_err(),
        down(&db.config, 1, true).await.unwrap_err(),
    ];
    for error in errors {
        assert!(expected(&error), "{error:?}");
        assert!(!error.is_temporary());
    }
    status(&db.config).await.unwrap();
    assert!(before == file.map(|file| std::fs::read(file).unwrap()), "the file has changed");
}

async fn a_newer_schema_is_refused_and_not_touched(db: Db) {
    db.open().await.close().await.unwrap();
    for (count, version) in ["m9998_later", "m9999_latest"].into_iter().enumerate() {
        db.run(&format!("INSERT INTO seaql_migrations VALUES ('{version}', 0)")).await;
        refused(&db, |error| match error {
            StoreError::Newer { found, known, steps } => {
                found == version && *known == names()[names().len() - 1] && *steps == count + 1
            }
            _ => false,
        })
        .await;
    }
    let known = status(&db.config).await.unwrap().migrations;
    assert_eq!(known.last().unwrap().name, "m9999_latest");
    assert_eq!(known.last().unwrap().standing, Standing::Unknown);
    db.run("DELETE FROM seaql_migrations WHERE version LIKE 'm999%'").await;
    made(&db.open().await, a_game("Chess")).await;
}

async fn tables_of_strangers_are_refused_and_not_touched(db: Db) {
    db.run("CREATE TABLE game (title TEXT)").await;
    db.run("INSERT INTO game VALUES ('Tetris')").await;
    refused(&db, |error| matches!(error, StoreError::Stranger(name) if name == "game")).await;
    db.run("ALTER TABLE game RENAME TO games").await;
    made(&db.open().await, a_game("Chess")).await;
}

async fn the_history_of_another_program_is_refused(db: Db) {
    db.run("CREATE TABLE seaql_migrations (version VARCHAR(99) PRIMARY KEY, applied_at BIGINT)")
        .await;
    db.run("INSERT INTO seaql_migrations VALUES ('m20220101_000001_create_table', 0)").await;
    let name = "seaql_migrations";
    refused(&db, |error| matches!(error, StoreError::Stranger(found) if found == name)).await;
}

#[tokio::test]
async fn asking_for_the_status_makes_no_file() {
    on_sqlite(|db| async move {
        let schema = status(&db.config).await.unwrap();
        assert!(!schema.exists);
        assert_eq!(down(&db.config, 1, false).await.unwrap(), [""; 0]);
        let file = db.config.url.strip_prefix("sqlite://").unwrap().split('?').next().unwrap();
        assert!(!std::path::Path::new(file).exists());
        assert!(up(&db.config).await.is_ok_and(|done| done == names()));
        assert!(status(&db.config).await.unwrap().exists);
    })
    .await;
}
