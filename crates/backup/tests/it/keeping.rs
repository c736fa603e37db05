//! Backups by themselves, and which of them stay.

use std::{fs, time::Duration};

use backup::{Doing, Facts, Keep, Keeper, Place, Vault, create, prune, verify};
use jiff::{Timestamp, ToSpan as _, civil::Weekday, tz::TimeZone};
use tokio_util::sync::CancellationToken;

use crate::{
    both::{Db, both},
    furniture::furnish,
};

both!(
    of_two_processes_one_makes_the_backup_and_proves_it,
    old_ones_go_and_the_proven_one_stays,
    a_failure_stands_until_the_same_succeeds,
    what_cannot_be_opened_here_is_not_proven_here,
);

/// The day of the week that it is.
fn today() -> Weekday {
    Timestamp::now().to_zoned(TimeZone::UTC).weekday()
}

async fn of_two_processes_one_makes_the_backup_and_proves_it(db: Db) {
    let store = db.open().await;
    furnish(&store).await;
    let stop = CancellationToken::new();
    let keepers: Vec<_> = ["a", "b"]
        .map(|name| {
            let mut place = Place { instance: name.to_owned(), ..db.place() };
            // Each has a directory of its own, as on two machines.
            place.settings.dir = db.folder.path().join(name);
            place.settings.at = Some(jiff::civil::time(0, 0, 0, 0));
            place.settings.verify_on = Some(today());
            let keeper = Keeper::new(place, store.clone()).hasty(Duration::from_millis(20));
            tokio::spawn(keeper.run(stop.clone()))
        })
        .into();
    let facts = loop {
        let facts = Facts::read(&store).await.unwrap();
        assert_eq!(facts.failed, []);
        if facts.verified.is_some() {
            break facts;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    };
    // Enough looks for the other one to have begun, if it would.
    tokio::time::sleep(Duration::from_millis(300)).await;
    stop.cancel();
    for keeper in keepers {
        keeper.await.unwrap();
    }
    let archives = |name: &str| {
        let entries = fs::read_dir(db.folder.path().join(name)).into_iter().flatten();
        entries
            .filter(|entry| entry.as_ref().unwrap().file_name().to_string_lossy().ends_with(".gkb"))
            .count()
    };
    assert_eq!(archives("a") + archives("b"), 1);
    assert_eq!(facts.last.unwrap().name, facts.verified.unwrap().name);
}

async fn old_ones_go_and_the_proven_one_stays(db: Db) {
    let store = db.open().await;
    furnish(&store).await;
    let dir = db.folder.path().join("backups");
    let made = create(&db.place()).await.unwrap();
    let now = Timestamp::now();
    // The same archive, as made on each of 90 days.
    let old: Vec<_> = (1..=90)
        .map(|days| {
            let at = now - (24 * days).hours();
            let name = format!("gamekeeper-{}-test.gkb", at.strftime("%Y%m%dT%H%M%SZ"));
            fs::copy(dir.join(made.name()), dir.join(&name)).unwrap();
            name
        })
        .collect();
    verify(&db.place(), &old[79]).await.unwrap();
    let mut place = db.place();
    place.settings.keep = Keep { days: 10, daily: 3, weekly: 0, monthly: 0 };
    let dry = prune(&place, true).await.unwrap();
    assert_eq!(Vault::new(&place.settings).here().unwrap().len(), 91, "nothing went");
    let pruned = prune(&place, false).await.unwrap();
    assert_eq!(dry.gone().count(), pruned.gone().count());
    let left: Vec<_> =
        Vault::new(&place.settings).here().unwrap().into_iter().map(|one| one.name).collect();
    assert_eq!(left.len(), 11, "{left:?}");
    assert!(left.contains(&old[79]) && left.iter().any(|name| name == made.name()));
}

async fn a_failure_stands_until_the_same_succeeds(db: Db) {
    let store = db.open().await;
    furnish(&store).await;
    let mut place = db.place();
    place.settings.keep = Keep { days: 1, daily: 1, weekly: 0, monthly: 0 };
    let made = create(&place).await.unwrap();
    let standing = async || {
        let facts = Facts::read(&store).await.unwrap();
        facts.standing(&place.settings).map(|failure| failure.doing).collect::<Vec<_>>()
    };
    verify(&place, "gamekeeper-yesterday").await.unwrap_err();
    assert_eq!(standing().await, [], "nobody has such a name");
    // One of long ago that cannot be removed: a directory is in its place.
    let stuck = place.settings.dir.join("gamekeeper-20200101T000000Z-test.gkb");
    fs::create_dir(&stuck).unwrap();
    prune(&place, false).await.unwrap_err();
    assert_eq!(standing().await, [Doing::Prune]);
    fs::remove_dir(&stuck).unwrap();
    prune(&place, false).await.unwrap();
    assert_eq!(standing().await, []);
    let archive = place.settings.dir.join(made.name());
    let whole = fs::read(&archive).unwrap();
    fs::write(&archive, &whole[..whole.len() / 2]).unwrap();
    verify(&place, made.name()).await.unwrap_err();
    assert_eq!(standing().await, [Doing::Verify]);
    create(&place).await.unwrap();
    assert_eq!(standing().await, [Doing::Verify], "another backup heals no proof");
    fs::write(&archive, whole).unwrap();
    verify(&place, made.name()).await.unwrap();
    assert_eq!(standing().await, []);
}

async fn what_cannot_be_opened_here_is_not_proven_here(db: Db) {
    let store = db.open().await;
    furnish(&store).await;
    let mut place = db.place();
    let recipient = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";
    place.settings.keys = backup::Keys::parse(Some(recipient), None).unwrap();
    place.settings.at = Some(jiff::civil::time(0, 0, 0, 0));
    place.settings.verify_on = Some(today());
    let stop = CancellationToken::new();
    let keeper = Keeper::new(place.clone(), store.clone()).hasty(Duration::from_millis(20));
    let keeper = tokio::spawn(keeper.run(stop.clone()));
    while Facts::read(&store).await.unwrap().last.is_none() {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    // Enough looks for a proof to have been tried.
    tokio::time::sleep(Duration::from_millis(300)).await;
    stop.cancel();
    keeper.await.unwrap();
    let facts = Facts::read(&store).await.unwrap();
    assert!(facts.failed.is_empty() && facts.verified.is_none(), "{facts:?}");
    assert!(!place.settings.can_prove());
}
