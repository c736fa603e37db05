//! Backups of an older schema.

use backup::{RestoreOptions, create, restore, verify};
use store::{Store, archive::Kept, migration};

use crate::{
    both::{Db, both, other_kind, place},
    furniture::{furnish, lasting, rows},
};

both!(one_of_an_older_schema_is_restored_and_grows_up);

async fn one_of_an_older_schema_is_restored_and_grows_up(db: Db) {
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

    let made = create(&db.place()).await.unwrap();
    assert_eq!(made.manifest.header.schema, "m0004_servers");
    let schema = migration::status(&db.config).await.unwrap();
    let pending =
        schema.migrations.iter().filter(|one| one.standing == migration::Standing::Pending);
    assert_eq!(pending.count(), 1, "a backup changes no schema");
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
