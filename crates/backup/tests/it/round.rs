//! There and back: made while people write, proven, restored onto the other kind of database.

use std::sync::atomic::Ordering;

use backup::{Facts, RestoreOptions, Vault, create, restore, verify};
use store::Store;

use crate::{
    both::{Db, both, other_kind, place},
    furniture::{CLUB, busy, furnish, lasting, rows},
};

both!(
    what_is_restored_elsewhere_is_what_was_there,
    a_backup_under_load_is_of_one_moment,
    what_means_nothing_later_is_left_out,
    a_backup_of_nothing_is_a_mistake,
    each_backup_is_remembered,
);

async fn what_is_restored_elsewhere_is_what_was_there(db: Db) {
    let store = db.open().await;
    furnish(&store).await;
    let before = lasting(&store).await;
    assert!(before.len() > 6_000);
    let made = create(&db.place()).await.unwrap();
    let proof = verify(&db.place(), "latest").await.unwrap();
    assert_eq!(proof.name, made.name());
    assert_eq!(proof.into, if db.on_server() { "postgres" } else { "sqlite" });
    assert_eq!(proof.notes, [""; 0], "everything was proven");

    let Some((other, scratch)) = other_kind(&db).await else { return };
    let there = place(other.clone(), &db.folder.path().join("backups"));
    let restored = restore(&there, made.name(), &RestoreOptions::default()).await.unwrap();
    assert!(restored.safety.is_none(), "there was nothing to keep");
    let target = Store::open(&other).await.unwrap();
    let expected: Vec<_> =
        before.iter().map(|row| row.replace("\"unlogged\":true", "\"unlogged\":false")).collect();
    assert!(lasting(&target).await == expected, "rows differ");
    // And back again.
    let again = create(&there).await.unwrap();
    let options = RestoreOptions { force: true, ..RestoreOptions::default() };
    let back = restore(&db.place(), again.name(), &options).await.unwrap();
    assert!(back.safety.is_some(), "what was there is kept");
    assert!(lasting(&store).await == expected, "rows differ on the way back");
    // Numbers go on where they were.
    let ids = target.games_of_guild(CLUB).await.unwrap();
    let new = crate::furniture::game(&target, CLUB, "Another").await;
    assert!(ids.iter().all(|record| record.game.id < new));
    target.close().await.unwrap();
    if let Some(scratch) = scratch {
        scratch.drop_database().await.unwrap();
    }
}

async fn a_backup_under_load_is_of_one_moment(db: Db) {
    let store = db.open().await;
    furnish(&store).await;
    let (on, task) = busy(&store);
    let first = create(&db.place()).await.unwrap();
    let second = create(&db.place()).await.unwrap();
    on.store(false, Ordering::Relaxed);
    let times = task.await.unwrap();
    assert!(times > 0, "somebody wrote meanwhile");
    assert!(second.manifest.rows() > first.manifest.rows());
    for made in [&first, &second] {
        let sum =
            |name: &str| made.manifest.tables.iter().find(|sum| sum.name == name).unwrap().rows;
        // Each of these came with a seat and an entry, in one transaction.
        let busy = sum("game") - 4;
        assert_eq!(sum("seat"), 4 * 1_201 + busy);
        assert_eq!(sum("audit"), 4 * 700 + busy);
        verify(&db.place(), made.name()).await.unwrap();
    }
}

async fn what_means_nothing_later_is_left_out(db: Db) {
    let store = db.open().await;
    furnish(&store).await;
    let made = create(&db.place()).await.unwrap();
    let options = RestoreOptions { force: true, ..RestoreOptions::default() };
    restore(&db.place(), made.name(), &options).await.unwrap();
    let snapshot = store.snapshot().await.unwrap();
    for table in ["session", "instance", "shard", "waiter", "draft"] {
        assert!(rows(&snapshot, table).await.is_empty(), "{table}");
    }
    // Every game is owed a look.
    let work = rows(&snapshot, "work").await;
    assert_eq!(work.len(), rows(&snapshot, "game").await.len());
    assert!(work.iter().all(|row| row["lease_owner"].is_null()));
    // What is known of this database's own backups stays.
    drop(snapshot);
    assert!(Facts::read(&store).await.unwrap().last.is_some());
}

async fn a_backup_of_nothing_is_a_mistake(db: Db) {
    for error in [
        create(&db.place()).await.unwrap_err().to_string(),
        verify(&db.place(), "latest").await.unwrap_err().to_string(),
        restore(&db.place(), "gamekeeper-x", &RestoreOptions::default())
            .await
            .unwrap_err()
            .to_string(),
    ] {
        assert!(
            error.contains("gamekeeper backup") || error.contains("gamekeeper migrate"),
            "{error}"
        );
    }
}

async fn each_backup_is_remembered(db: Db) {
    let store = db.open().await;
    furnish(&store).await;
    let first = create(&db.place()).await.unwrap();
    let second = create(&db.place()).await.unwrap();
    assert_ne!(first.name(), second.name(), "also within one second");
    verify(&db.place(), first.name()).await.unwrap();
    let facts = Facts::read(&store).await.unwrap();
    assert_eq!(facts.last.unwrap().name, second.name());
    assert_eq!(facts.verified.unwrap().name, first.name());
    assert_eq!(facts.trend.len(), 2);
    assert_eq!(facts.failed, []);
    let place = db.place();
    let listed = Vault::new(&place.settings).list().await.unwrap();
    let names: Vec<_> = listed.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names.len(), 2);
    assert!(names.contains(&first.name()) && names.contains(&second.name()));
    assert!(listed.iter().all(|one| one.here && one.manifest.is_some()));
}
