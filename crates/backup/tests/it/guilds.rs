//! One guild out and in, and one person forgotten.

use backup::{BackupError, Mistake, export, import};
use domain::UserId;
use store::{Store, archive::Kept};

use crate::{
    both::{Db, both, other_kind, place},
    furniture::{ANNA, CLUB, OTHER_CLUB, furnish, game, guild, rows},
};

both!(
    a_guild_moves_to_a_database_that_has_others,
    its_neighbours_notice_nothing,
    everything_moves_by_a_file_too,
    a_person_is_forgotten,
);

async fn a_guild_moves_to_a_database_that_has_others(db: Db) {
    let store = db.open().await;
    furnish(&store).await;
    let file = db.folder.path().join("club.gkb");
    let manifest = export(&db.place(), Some(CLUB), &file).await.unwrap();
    let error = export(&db.place(), Some(CLUB), &file).await.unwrap_err();
    assert!(matches!(error, BackupError::Mistake(Mistake::FileThere(_))), "{error:?}");
    assert!(manifest.tables.iter().all(|sum| sum.name != "session"));
    // Into itself: nothing is taken by anybody else, so every number stays.
    let error = import(&db.place(), file.clone(), false).await.unwrap_err();
    assert!(matches!(error, BackupError::Mistake(Mistake::GuildThere { .. })), "{error:?}");
    let before = of_guild(&store).await;
    let imported = import(&db.place(), file.clone(), true).await.unwrap();
    assert!(!imported.renumbered && imported.safety.is_some());
    assert!(of_guild(&store).await == before);

    let Some((other, scratch)) = other_kind(&db).await else { return };
    let target = Store::open(&other).await.unwrap();
    guild(&target, OTHER_CLUB).await;
    let there = place(other, &db.folder.path().join("there"));
    let imported = import(&there, file, false).await.unwrap();
    assert!(imported.renumbered && imported.safety.is_none());
    assert_eq!(target.broken_invariants().await.unwrap(), []);
    assert_eq!(target.games_of_guild(CLUB).await.unwrap().len(), 2);
    assert_eq!(target.games_of_guild(OTHER_CLUB).await.unwrap().len(), 2);
    let server = target.servers_of_guild(CLUB).await.unwrap().remove(0);
    let chess = target.games_of_guild(CLUB).await.unwrap().remove(0).game;
    assert_eq!((server.game, chess.name.as_str()), (Some(chess.id), "Chess"));
    let live = format!("live-{}", server.id);
    assert!(target.panel(CLUB, &live).await.unwrap().is_some(), "its message knows it");
    assert_eq!(target.seats(chess.id).await.unwrap().len(), 1_201);
    game(&target, CLUB, "After").await;
    target.close().await.unwrap();
    if let Some(scratch) = scratch {
        scratch.drop_database().await.unwrap();
    }
}

async fn its_neighbours_notice_nothing(db: Db) {
    let model = store::StoreConfig::sqlite_file(&db.folder.path().join("model.db"));
    let from = Store::open(&model).await.unwrap();
    guild(&from, CLUB).await;
    let there = place(model, &db.folder.path().join("there"));
    let file = db.folder.path().join("club.gkb");
    // A file that would stand beside it is somebody's.
    let beside = db.folder.path().join("club.json");
    std::fs::write(&beside, "mine").unwrap();
    let error = export(&there, Some(CLUB), &file).await.unwrap_err();
    assert!(
        matches!(&error, BackupError::Mistake(Mistake::FileThere(it)) if *it == beside),
        "{error:?}"
    );
    assert_eq!(std::fs::read_to_string(&beside).unwrap(), "mine");
    assert!(!file.exists());
    std::fs::remove_file(&beside).unwrap();
    export(&there, Some(CLUB), &file).await.unwrap();

    let store = db.open().await;
    guild(&store, OTHER_CLUB).await;
    // Nothing is owed to anybody.
    let refill = store.refill().await.unwrap();
    refill.forget_fleeting().await.unwrap();
    refill.finish(Kept::Everything).await.unwrap();
    let before = of_other(&store).await;
    assert!(before.iter().any(|row| row.contains("\"unlogged\":true")));
    import(&db.place(), file, false).await.unwrap();
    assert!(of_other(&store).await == before, "lines are still owed to their log channel");
    assert_eq!(store.restored_guilds().await.unwrap(), [CLUB].into());
    let snapshot = store.snapshot().await.unwrap();
    let work = rows(&snapshot, "work").await;
    assert_eq!(work.len(), 2);
    assert!(work.iter().all(|row| row["guild_id"] == CLUB.get()), "{work:?}");
}

async fn of_other(store: &Store) -> Vec<String> {
    let snapshot = store.snapshot().await.unwrap();
    let mut all = Vec::new();
    for table in ["game", "seat", "audit", "server", "panel"] {
        let of_other = rows(&snapshot, table).await.into_iter();
        let of_other = of_other.filter(|row| row["guild_id"] == OTHER_CLUB.get());
        all.extend(of_other.map(|row| serde_json::Value::Object(row).to_string()));
    }
    all
}

async fn of_guild(store: &Store) -> Vec<String> {
    let all = crate::furniture::lasting(store).await;
    let logged = |row: String| row.replace("\"unlogged\":true", "\"unlogged\":false");
    all.into_iter().map(logged).collect()
}

async fn everything_moves_by_a_file_too(db: Db) {
    let store = db.open().await;
    furnish(&store).await;
    let file = db.folder.path().join("all.gkb");
    export(&db.place(), None, &file).await.unwrap();
    let Some((other, scratch)) = other_kind(&db).await else { return };
    let there = place(other.clone(), &db.folder.path().join("there"));
    let imported = import(&there, file, false).await.unwrap();
    assert_eq!(imported.guild, None);
    let target = Store::open(&other).await.unwrap();
    assert!(of_guild(&target).await == of_guild(&store).await);
    target.close().await.unwrap();
    if let Some(scratch) = scratch {
        scratch.drop_database().await.unwrap();
    }
}

async fn a_person_is_forgotten(db: Db) {
    let store = db.open().await;
    furnish(&store).await;
    let forgotten = store.erase_member(ANNA, None, 50).await.unwrap();
    // She wears a role in each of four games, which the bot has to take away first.
    assert_eq!((forgotten.seats, forgotten.ended), (0, 4));
    assert_eq!(forgotten.entries, 4 * 700);
    let tx = store.begin().await.unwrap();
    let mut seats = Vec::new();
    for of in [CLUB, OTHER_CLUB] {
        for mut seat in store.seats_of_person(of, ANNA).await.unwrap() {
            assert!(store.work(seat.game).await.unwrap().is_some(), "the game is woken");
            seat.has_player_role = false;
            seats.push((of, seat));
        }
    }
    tx.put_seats(&seats).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(store.erase_member(ANNA, None, 60).await.unwrap().seats, 4);
    let snapshot = store.snapshot().await.unwrap();
    for table in store::archive::TABLES {
        for row in rows(&snapshot, table.name).await {
            let text = serde_json::Value::Object(row).to_string();
            assert!(!text.contains(&ANNA.to_string()), "{}: {text}", table.name);
        }
    }
    drop(snapshot);
    assert_eq!(store.broken_invariants().await.unwrap(), []);
    // Nobody else lost anything.
    let other = UserId::new(500_000_000_000_000_001);
    assert_eq!(store.seats_of_person(CLUB, other).await.unwrap().len(), 2);
}
