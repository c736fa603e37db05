//! Backups of an older schema.

use backup::{BackupError, Mistake, RestoreOptions, create, export, import, restore, verify};
use store::{Hold, Instance, Store, archive::Kept, migration};

use crate::{
    both::{Db, both, other_kind, place},
    furniture::{CLUB, furnish, lasting, rows},
};

both!(
    one_of_an_older_schema_is_restored_and_grows_up,
    what_is_refused_changes_no_schema,
    the_own_copy_of_an_older_schema_leaves_nothing_of_a_newer_one,
);

/// A database of the version before; answers what lasts in it.
async fn of_before(db: &Db) -> Vec<String> {
    // What the version before would have: the rows of now, without what came since.
    let model = store::StoreConfig::sqlite_file(&db.folder.path().join("model.db"));
    let full = Store::open(&model).await.unwrap();
    furnish(&full).await;
    let old = migration::open_at(&db.config, "m0004_servers").await.unwrap();
    let (snapshot, refill) = (full.snapshot().await.unwrap(), old.refill().await.unwrap());
    for shape in refill.shapes().to_vec() {
        let mut all = rows(&snapshot, shape.table.name).await;
        for row in &mut all {
            row.remove("told");
        }
        refill.insert(shape.table.name, &all).await.unwrap();
    }
    refill.finish(Kept::Everything).await.unwrap();
    drop(snapshot);
    let before = lasting(&full).await;
    old.close().await.unwrap();
    before
}

async fn pending(db: &Db) -> usize {
    let schema = migration::status(&db.config).await.unwrap();
    schema.migrations.iter().filter(|one| one.standing == migration::Standing::Pending).count()
}

async fn what_is_refused_changes_no_schema(db: Db) {
    let model = store::StoreConfig::sqlite_file(&db.folder.path().join("new.db"));
    let new = Store::open(&model).await.unwrap();
    furnish(&new).await;
    let there = place(model, &db.folder.path().join("there"));
    let (all, club) = (db.folder.path().join("all.gkb"), db.folder.path().join("club.gkb"));
    export(&there, None, &all).await.unwrap();
    export(&there, Some(CLUB), &club).await.unwrap();
    of_before(&db).await;

    let made = create(&db.place()).await.unwrap();
    let refused = async |words: &str| {
        let restored = restore(&db.place(), made.name(), &RestoreOptions::default()).await;
        for error in [
            restored.unwrap_err(),
            import(&db.place(), all.clone(), false).await.unwrap_err(),
            import(&db.place(), club.clone(), false).await.unwrap_err(),
        ] {
            assert!(error.to_string().contains(words), "{error}");
        }
        assert_eq!(pending(&db).await, 1, "{words}: the schema is as it was");
    };
    refused("--force").await;
    let hold = Hold::share(&db.config).await.unwrap().unwrap();
    refused("a bot is starting").await;
    hold.release().await.unwrap();
    // As the version before gives its signs of life.
    let old = migration::open_at(&db.config, "m0004_servers").await.unwrap();
    let bot = Instance { name: "the-bot".to_owned(), boot: 7 };
    old.enter(&bot, jiff::Timestamp::now().as_millisecond()).await.unwrap();
    old.close().await.unwrap();
    refused("a bot runs on this database").await;
}

async fn the_own_copy_of_an_older_schema_leaves_nothing_of_a_newer_one(db: Db) {
    let before = of_before(&db).await;
    let made = create(&db.place()).await.unwrap();
    if made.manifest.native.is_none() {
        return;
    }
    let store = db.open().await;
    let options = RestoreOptions { force: true, native: true, file: None };
    let done = restore(&db.place(), made.name(), &options).await;
    if db.on_server() {
        let error = done.unwrap_err();
        let told =
            matches!(&error, BackupError::Mistake(Mistake::NoNative(why)) if why.contains("m0004"));
        assert!(told, "{error:?}");
        assert_eq!(pending(&db).await, 0, "nothing was changed");
        let options = RestoreOptions { native: false, ..options };
        restore(&db.place(), made.name(), &options).await.unwrap();
    } else {
        done.unwrap();
        store.close().await.unwrap();
    }
    let store = db.open().await;
    assert_eq!(pending(&db).await, 0);
    let expected: Vec<_> =
        before.iter().map(|row| row.replace("\"unlogged\":true", "\"unlogged\":false")).collect();
    assert!(lasting(&store).await == expected);
}

async fn one_of_an_older_schema_is_restored_and_grows_up(db: Db) {
    let before = of_before(&db).await;
    let made = create(&db.place()).await.unwrap();
    assert_eq!(made.manifest.header.schema, "m0004_servers");
    assert_eq!(pending(&db).await, 1, "a backup changes no schema");
    verify(&db.place(), made.name()).await.unwrap();
    let Some((other, scratch)) = other_kind(&db).await else { return };
    let there = place(other.clone(), &db.folder.path().join("backups"));
    restore(&there, made.name(), &RestoreOptions::default()).await.unwrap();
    let target = Store::open(&other).await.unwrap();
    let expected: Vec<_> =
        before.iter().map(|row| row.replace("\"unlogged\":true", "\"unlogged\":false")).collect();
    assert!(lasting(&target).await == expected);
    target.close().await.unwrap();
    if let Some(scratch) = scratch {
        scratch.drop_database().await.unwrap();
    }
}
