//! Backups by themselves, and which of them stay.

use std::{fs, time::Duration};

use backup::{Facts, Keep, Keeper, Place, Vault, create, prune, verify};
use jiff::{Timestamp, ToSpan as _, civil::Weekday, tz::TimeZone};
use tokio_util::sync::CancellationToken;

use crate::{
    both::{Db, both},
    furniture::furnish,
};

both!(of_two_processes_one_makes_the_backup_and_proves_it, old_ones_go_and_the_proven_one_stays,);

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
        assert_eq!(facts.failed, None);
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
