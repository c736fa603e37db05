//! The database's own copy.

use backup::{BackupError, Mistake, RestoreOptions, create, pg_dump_for, restore};
use store::Store;

use crate::{
    both::{Db, both, other_kind, place},
    furniture::{CLUB, furnish, game, lasting, rows},
};

both!(the_own_copy_is_restored_too, the_own_copy_is_for_no_other_kind,);

async fn the_own_copy_is_restored_too(db: Db) {
    let store = db.open().await;
    furnish(&store).await;
    let made = create(&db.place()).await.unwrap();
    if made.manifest.native.is_none() {
        let why = made.manifest.without_native.clone().unwrap();
        assert!(why.contains("pg_dump"), "{why}");
        return;
    }
    let old = lasting(&store).await;
    game(&store, CLUB, "Later").await;
    store.close().await.unwrap();
    let options = RestoreOptions { force: true, native: true, file: None };
    let restored = restore(&db.place(), made.name(), &options).await.unwrap();
    assert!(restored.safety.is_some());
    let store = Store::open(&db.config).await.unwrap();
    let expected: Vec<_> =
        old.iter().map(|row| row.replace("\"unlogged\":true", "\"unlogged\":false")).collect();
    assert!(lasting(&store).await == expected);
    let snapshot = store.snapshot().await.unwrap();
    assert!(rows(&snapshot, "session").await.is_empty());
    assert_eq!(rows(&snapshot, "work").await.len(), 4);
    drop(snapshot);
    game(&store, CLUB, "After").await;
    // Facts about backups are of after the copy was made.
    let facts = backup::Facts::read(&store).await.unwrap();
    assert_eq!(facts.last.unwrap().name, restored.safety.unwrap().name());
}

async fn the_own_copy_is_for_no_other_kind(db: Db) {
    let store = db.open().await;
    furnish(&store).await;
    let made = create(&db.place()).await.unwrap();
    let Some((other, scratch)) = other_kind(&db).await else { return };
    let there = place(other, &db.folder.path().join("backups"));
    let options = RestoreOptions { force: false, native: true, file: None };
    let error = restore(&there, made.name(), &options).await.unwrap_err();
    assert!(matches!(error, BackupError::Mistake(Mistake::NoNative(_))), "{error:?}");
    if let Some(scratch) = scratch {
        scratch.drop_database().await.unwrap();
    }
}

#[test]
fn a_tool_that_is_not_there_is_named_with_its_package() {
    let why = pg_dump_for("99.1").unwrap_err();
    assert!(why.contains("pg_dump") && why.contains("99"), "{why}");
}
