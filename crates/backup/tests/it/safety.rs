//! What is refused so that nothing is lost.

use backup::{
    BackupError, Mistake, Offsite, Refusal, RestoreOptions, create, export, import, restore, verify,
};
use jiff::Timestamp;
use store::{Hold, Instance, Store};

use crate::{
    both::{Db, both, place},
    furniture::{CLUB, furnish, game, lasting},
};

both!(
    a_database_with_something_in_it_is_replaced_only_by_force_and_kept,
    two_restores_at_once_are_one_too_many,
    nothing_is_restored_under_a_running_bot,
    nothing_is_restored_under_a_bot_that_came_during_the_safety_copy,
    what_a_killed_process_left_is_cleared_away,
);

const FORCE: RestoreOptions = RestoreOptions { force: true, native: false, file: None };

async fn a_database_with_something_in_it_is_replaced_only_by_force_and_kept(db: Db) {
    let store = db.open().await;
    furnish(&store).await;
    let made = create(&db.place()).await.unwrap();
    let old = lasting(&store).await;
    game(&store, CLUB, "Later").await;
    let new = lasting(&store).await;
    let error = restore(&db.place(), made.name(), &RestoreOptions::default()).await.unwrap_err();
    let told = matches!(error, BackupError::Mistake(Mistake::NotEmpty { rows }) if rows > old.len() as u64 / 2);
    assert!(told, "{error:?}");
    assert!(lasting(&store).await == new, "nothing was changed");

    let restored = restore(&db.place(), made.name(), &FORCE).await.unwrap();
    let logged = |rows: &[String]| -> Vec<String> {
        rows.iter().map(|row| row.replace("\"unlogged\":true", "\"unlogged\":false")).collect()
    };
    assert!(lasting(&store).await == logged(&old));
    // The way back.
    let safety = restored.safety.unwrap();
    restore(&db.place(), safety.name(), &FORCE).await.unwrap();
    assert!(lasting(&store).await == logged(&new));
}

async fn two_restores_at_once_are_one_too_many(db: Db) {
    let store = db.open().await;
    furnish(&store).await;
    let made = create(&db.place()).await.unwrap();
    // Somebody on another machine, with backups of his own, has the database.
    let hold = Hold::take(&db.config).await.unwrap().unwrap();
    let error = restore(&db.place(), made.name(), &FORCE).await.unwrap_err();
    assert!(matches!(error, BackupError::Refused(Refusal::RestoreUnderWay)), "{error:?}");
    drop(hold);
    // Many on this one: each is done in full, or refused with a sentence.
    let all: Vec<_> = (0..4)
        .map(|_| {
            let (place, name) = (db.place(), made.name().to_owned());
            tokio::spawn(async move { restore(&place, &name, &FORCE).await })
        })
        .collect();
    let mut done = 0;
    for one in all {
        match one.await.unwrap() {
            Ok(_) => done += 1,
            Err(BackupError::Refused(Refusal::Busy(_) | Refusal::RestoreUnderWay)) => {}
            Err(error) => panic!("{error:?}"),
        }
    }
    assert!(done >= 1);
    let whole = place(db.config.clone(), &db.folder.path().join("others"));
    let again = create(&whole).await.unwrap();
    verify(&whole, again.name()).await.unwrap();
}

async fn nothing_is_restored_under_a_running_bot(db: Db) {
    let store = db.open().await;
    furnish(&store).await;
    let made = create(&db.place()).await.unwrap();
    let bot = Instance { name: "the-bot".to_owned(), boot: 7 };
    store.enter(&bot, Timestamp::now().as_millisecond()).await.unwrap();
    let error = restore(&db.place(), made.name(), &FORCE).await.unwrap_err();
    let text = error.to_string();
    assert!(matches!(error, BackupError::Refused(Refusal::BotRuns { .. })), "{text}");
    assert!(text.contains("the-bot") && text.contains("systemctl stop gamekeeper"), "{text}");
    store.leave(&bot).await.unwrap();
    restore(&db.place(), made.name(), &FORCE).await.unwrap();
}

/// A second place that refuses all, and whose being asked is when the bot comes.
async fn a_place_where_the_bot_comes(store: &Store) -> Offsite {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let store = store.clone();
    let came = move || {
        let store = store.clone();
        async move {
            store.enter(&the_bot(), Timestamp::now().as_millisecond()).await.unwrap();
            axum::http::StatusCode::FORBIDDEN
        }
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let routes = axum::Router::new().fallback(came);
    tokio::spawn(async move { axum::serve(listener, routes).await });
    let set = [
        ("AWS_ENDPOINT", format!("http://{address}")),
        ("AWS_ALLOW_HTTP", "true".to_owned()),
        ("AWS_ACCESS_KEY_ID", "id".to_owned()),
        ("AWS_SECRET_ACCESS_KEY", "secret".to_owned()),
    ];
    let set = set.map(|(name, value)| (name.to_owned(), value));
    Offsite::open("s3://vault/games", set.into_iter()).unwrap()
}

fn the_bot() -> Instance {
    Instance { name: "the-bot".to_owned(), boot: 7 }
}

async fn nothing_is_restored_under_a_bot_that_came_during_the_safety_copy(db: Db) {
    let store = db.open().await;
    furnish(&store).await;
    let made = create(&db.place()).await.unwrap();
    let club = db.folder.path().join("club.gkb");
    export(&db.place(), Some(CLUB), &club).await.unwrap();
    game(&store, CLUB, "Later").await;
    let before = lasting(&store).await;
    let mut place = db.place();
    place.settings.offsite = Some(a_place_where_the_bot_comes(&store).await);
    for native in [false, true] {
        if native && made.manifest.native.is_none() {
            continue;
        }
        let options = RestoreOptions { native, ..FORCE };
        let error = restore(&place, made.name(), &options).await.unwrap_err();
        let told = matches!(error, BackupError::Refused(Refusal::BotRuns { .. }));
        assert!(told, "native {native}: {error:?}");
        store.leave(&the_bot()).await.unwrap();
        assert!(lasting(&store).await == before, "native {native}: nothing was changed");
    }
    let error = import(&place, club, true).await.unwrap_err();
    assert!(matches!(error, BackupError::Refused(Refusal::BotRuns { .. })), "{error:?}");
    store.leave(&the_bot()).await.unwrap();
    assert!(lasting(&store).await == before);
}

async fn what_a_killed_process_left_is_cleared_away(db: Db) {
    let store = db.open().await;
    furnish(&store).await;
    let dir = db.folder.path().join("backups");
    let left = dir.join(".part-killed");
    std::fs::create_dir_all(&left).unwrap();
    std::fs::write(left.join("archive"), "half").unwrap();
    create(&db.place()).await.unwrap();
    let mut names: Vec<_> = std::fs::read_dir(&dir)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| !name.starts_with("gamekeeper-"))
        .collect();
    names.sort();
    assert_eq!(names, [".lock"]);
}
