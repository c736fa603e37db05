//! The reconciler's queue: nothing is lost, and nothing is done twice at once.

use std::collections::BTreeSet;

use domain::{GameId, GuildId, fleet::Shards};
use store::{Backlog, Store, Work, WorkItem};

use crate::{
    both::{Db, both},
    people::{CLUB, OTHER_CLUB, a_claim, all_shards},
};

both!(
    no_game_is_claimed_twice,
    the_longest_due_come_first,
    a_game_is_queued_once,
    a_wake_up_during_the_work_is_not_lost,
    postponed_work_rests_until_it_is_due_or_woken,
    a_lease_that_ran_out_is_free_again,
    who_lost_a_lease_has_no_say,
    games_of_other_shards_are_left_to_others,
    a_repair_is_remembered_until_it_is_done,
    an_abandoned_wake_up_wakes_nobody,
    the_backlog_says_what_is_due_waits_and_is_worked_on,
    one_game_alone_is_claimed_by_the_same_rules,
);

const CHESS: GameId = GameId(1);

async fn woken(store: &Store, game: GameId, guild: GuildId, at: i64, repair: bool) {
    let tx = store.begin().await.unwrap();
    tx.wake(game, guild, at, repair).await.unwrap();
    tx.commit().await.unwrap();
}

async fn claimed(store: &Store, owner: &str, now: i64) -> Vec<WorkItem> {
    taken(store, owner, (now, now + 100), 10).await
}

/// Claims work that is due now, until then.
async fn taken(store: &Store, owner: &str, span: (i64, i64), limit: u64) -> Vec<WorkItem> {
    store.claim_work(&a_claim(owner, span, limit, &all_shards())).await.unwrap()
}

async fn finished(store: &Store, item: &WorkItem) -> bool {
    let tx = store.begin().await.unwrap();
    let ended = tx.finish_work(item).await.unwrap();
    tx.commit().await.unwrap();
    ended
}

async fn postponed(store: &Store, item: &WorkItem, until: i64) {
    let tx = store.begin().await.unwrap();
    tx.postpone_work(item, until, item.attempts + 1, "Discord rests").await.unwrap();
    tx.commit().await.unwrap();
}

async fn no_game_is_claimed_twice(db: Db) {
    const GAMES: i64 = 200;
    let store = db.open().await;
    let tx = store.begin().await.unwrap();
    for id in 1..=GAMES {
        tx.wake(GameId(id), CLUB, id % 7, false).await.unwrap();
    }
    tx.commit().await.unwrap();
    let claimers: Vec<_> = (0..8)
        .map(|n| {
            let store = store.clone();
            tokio::spawn(async move {
                let mut mine = Vec::new();
                let owner = format!("claimer {n}");
                loop {
                    let items = taken(&store, &owner, (10, 1_000), 3).await;
                    if items.is_empty() {
                        return mine;
                    }
                    mine.extend(items.into_iter().map(|item| item.game));
                    tokio::task::yield_now().await;
                }
            })
        })
        .collect();
    let mut games = Vec::new();
    for claimer in claimers {
        games.extend(claimer.await.unwrap());
    }
    let different: BTreeSet<GameId> = games.iter().copied().collect();
    assert_eq!((games.len(), different.len()), (200, 200), "all of them, and no game twice");
    assert_eq!(store.next_due(&all_shards()).await.unwrap(), None);
}

async fn the_longest_due_come_first(db: Db) {
    let store = db.open().await;
    assert_eq!(store.next_due(&all_shards()).await.unwrap(), None);
    for (id, at) in [(1, 30), (2, 10), (3, 20), (4, 999)] {
        woken(&store, GameId(id), CLUB, at, false).await;
    }
    assert_eq!(store.next_due(&all_shards()).await.unwrap(), Some(10));
    let items = taken(&store, "main", (30, 100), 2).await;
    assert_eq!(items.iter().map(|item| item.game).collect::<Vec<_>>(), [GameId(2), GameId(3)]);
    assert_eq!(store.next_due(&all_shards()).await.unwrap(), Some(30));
    let items = claimed(&store, "main", 30).await;
    assert_eq!(items.iter().map(|item| item.game).collect::<Vec<_>>(), [GameId(1)]);
    assert_eq!(store.next_due(&all_shards()).await.unwrap(), Some(999), "not due yet");
}

async fn a_game_is_queued_once(db: Db) {
    let store = db.open().await;
    for at in [10, 20, 30] {
        woken(&store, CHESS, CLUB, at, false).await;
    }
    woken(&store, GameId(2), OTHER_CLUB, 5, false).await;
    let due = Work { game: CHESS, not_before: 30, attempts: 0, waiting_for: None, owner: None };
    assert_eq!(store.work(CHESS).await.unwrap(), Some(due.clone()));
    assert_eq!(store.work_of_guild(CLUB).await.unwrap(), [due]);
    assert_eq!(claimed(&store, "main", 40).await.len(), 2);
    assert!(claimed(&store, "main", 40).await.is_empty());
}

async fn a_wake_up_during_the_work_is_not_lost(db: Db) {
    let store = db.open().await;
    woken(&store, CHESS, CLUB, 10, false).await;
    let item = claimed(&store, "main", 10).await.remove(0);
    woken(&store, CHESS, CLUB, 11, false).await;
    assert!(claimed(&store, "main", 20).await.is_empty(), "it is still being worked on");
    assert!(!finished(&store, &item).await, "there is more to do");
    let again = claimed(&store, "main", 20).await.remove(0);
    assert!(finished(&store, &again).await);
    assert_eq!(store.work(CHESS).await.unwrap(), None);

    // The same where the work was put off instead.
    woken(&store, CHESS, CLUB, 30, false).await;
    let item = claimed(&store, "main", 30).await.remove(0);
    woken(&store, CHESS, CLUB, 31, false).await;
    postponed(&store, &item, 9_999).await;
    let again = claimed(&store, "main", 40).await.remove(0);
    assert_eq!(again.attempts, 0);
    assert!(finished(&store, &again).await);
}

async fn postponed_work_rests_until_it_is_due_or_woken(db: Db) {
    let store = db.open().await;
    woken(&store, CHESS, CLUB, 10, false).await;
    let item = claimed(&store, "main", 10).await.remove(0);
    postponed(&store, &item, 500).await;
    let waits = Work {
        game: CHESS,
        not_before: 500,
        attempts: 1,
        waiting_for: Some("Discord rests".to_owned()),
        owner: None,
    };
    assert_eq!(store.work(CHESS).await.unwrap(), Some(waits));
    assert_eq!(store.next_due(&all_shards()).await.unwrap(), Some(500));
    assert!(claimed(&store, "main", 499).await.is_empty());
    let item = claimed(&store, "main", 500).await.remove(0);
    assert_eq!(item.attempts, 1);
    postponed(&store, &item, 9_999).await;

    woken(&store, CHESS, CLUB, 600, false).await;
    let item = claimed(&store, "main", 600).await.remove(0);
    assert_eq!(item.attempts, 0, "whoever wakes it gives it a new start");
    assert_eq!(store.work(CHESS).await.unwrap().unwrap().waiting_for, None);
}

async fn a_lease_that_ran_out_is_free_again(db: Db) {
    let store = db.open().await;
    woken(&store, CHESS, CLUB, 10, false).await;
    let first = taken(&store, "one", (10, 100), 1).await.remove(0);
    assert!(claimed(&store, "two", 99).await.is_empty());
    let tx = store.begin().await.unwrap();
    assert!(tx.extend_lease(&first, 200).await.unwrap());
    tx.commit().await.unwrap();
    assert!(claimed(&store, "two", 199).await.is_empty(), "it was lengthened");
    let item = claimed(&store, "two", 200).await.remove(0);
    let tx = store.begin().await.unwrap();
    assert!(!tx.extend_lease(&first, 900).await.unwrap(), "it is somebody else's now");
    drop(tx);
    assert!(finished(&store, &item).await);
}

async fn who_lost_a_lease_has_no_say(db: Db) {
    let store = db.open().await;
    woken(&store, CHESS, CLUB, 10, false).await;
    let slow = taken(&store, "main", (10, 20), 1).await.remove(0);
    let quick = taken(&store, "main", (30, 1_000), 1).await.remove(0);
    // The slow one comes back: the work is not its any more, whatever it has to say.
    assert!(!finished(&store, &slow).await);
    postponed(&store, &slow, 9_999).await;
    assert!(claimed(&store, "main", 40).await.is_empty(), "the quick one still works on it");
    assert_eq!(store.work(CHESS).await.unwrap().unwrap().attempts, 0);
    assert!(finished(&store, &quick).await);
    assert!(!finished(&store, &quick).await, "there is nothing left to end");
    // Not even after the game was queued afresh.
    woken(&store, CHESS, CLUB, 50, false).await;
    let fresh = claimed(&store, "main", 50).await.remove(0);
    assert!(!finished(&store, &slow).await);
    postponed(&store, &slow, 9_999).await;
    assert!(claimed(&store, "main", 60).await.is_empty());
    assert!(finished(&store, &fresh).await);
}

async fn games_of_other_shards_are_left_to_others(db: Db) {
    let store = db.open().await;
    // Shards 0 and 1 of 2.
    let (even, odd) = (GuildId::new((6 << 22) + 5), GuildId::new((7 << 22) + 5));
    woken(&store, CHESS, even, 10, false).await;
    woken(&store, GameId(2), odd, 20, false).await;
    let of = |held: &[u32]| Shards { total: 2, held: held.iter().copied().collect() };
    assert_eq!(store.next_due(&of(&[1])).await.unwrap(), Some(20));
    assert_eq!(store.next_due(&of(&[0, 1])).await.unwrap(), Some(10));
    assert_eq!(store.next_due(&of(&[])).await.unwrap(), None);
    for (held, games) in [(vec![], vec![]), (vec![1], vec![GameId(2)]), (vec![0, 1], vec![CHESS])] {
        let claim = store.claim_work(&a_claim("a", (30, 90), 9, &of(&held))).await.unwrap();
        assert_eq!(claim.iter().map(|item| item.game).collect::<Vec<_>>(), games, "{held:?}");
    }
}

async fn a_repair_is_remembered_until_it_is_done(db: Db) {
    let store = db.open().await;
    woken(&store, CHESS, CLUB, 1, false).await;
    woken(&store, CHESS, CLUB, 2, true).await;
    woken(&store, CHESS, CLUB, 3, false).await;
    let item = claimed(&store, "main", 10).await.remove(0);
    assert!(item.repair, "later wake-ups do not forget it");
    postponed(&store, &item, 20).await;
    let item = claimed(&store, "main", 20).await.remove(0);
    assert!(item.repair, "neither does a failure");
    assert!(finished(&store, &item).await);
    woken(&store, CHESS, CLUB, 30, false).await;
    assert!(!claimed(&store, "main", 30).await[0].repair);
}

async fn an_abandoned_wake_up_wakes_nobody(db: Db) {
    let store = db.open().await;
    let tx = store.begin().await.unwrap();
    tx.wake(CHESS, CLUB, 1, false).await.unwrap();
    drop(tx);
    assert_eq!(store.work(CHESS).await.unwrap(), None);
    assert!(claimed(&store, "main", 10).await.is_empty());
}

async fn the_backlog_says_what_is_due_waits_and_is_worked_on(db: Db) {
    let store = db.open().await;
    let backlog = async |now| store.backlog(now, now, &all_shards()).await.unwrap();
    assert_eq!(backlog(50).await, Backlog::default());
    for (game, at) in [(1, 10), (2, 20), (3, 30), (4, 900)] {
        woken(&store, GameId(game), CLUB, at, false).await;
    }
    let before = backlog(50).await;
    assert_eq!((before.due, before.waiting, before.working), (3, 1, 0));
    assert_eq!(before.oldest_due, Some(10));
    let first = taken(&store, "a", (50, 150), 1).await;
    assert_eq!(first[0].game, CHESS);
    let during = backlog(60).await;
    assert_eq!((during.due, during.waiting, during.working), (2, 1, 1));
    assert_eq!(during.oldest_due, Some(20));
    // Nobody comes back for it: its lease has run out.
    assert_eq!(backlog(200).await.due, 3);
    let none = Shards { held: BTreeSet::new(), total: 1 };
    assert_eq!(store.backlog(60, 60, &none).await.unwrap(), Backlog::default());
    store.close().await.unwrap();
}

async fn one_game_alone_is_claimed_by_the_same_rules(db: Db) {
    const GO: GameId = GameId(2);
    let store = db.open().await;
    let alone = |owner: &'static str, now: i64| {
        let store = store.clone();
        async move {
            let shards = Shards::default();
            let claim = a_claim(owner, (now, now + 100), 1, &shards);
            store.claim_game(&claim, CHESS).await.unwrap()
        }
    };
    assert_eq!(alone("helper", 10).await, None, "nothing is owed");
    woken(&store, CHESS, CLUB, 10, false).await;
    woken(&store, GO, CLUB, 5, false).await;
    assert_eq!(alone("helper", 9).await, None, "not due yet");
    let item = alone("helper", 10).await.unwrap();
    assert_eq!((item.game, item.owner.as_str()), (CHESS, "helper"));
    assert_eq!(alone("other", 50).await, None, "somebody has it");
    let rest: Vec<GameId> = claimed(&store, "bot", 50).await.iter().map(|i| i.game).collect();
    assert_eq!(rest, [GO], "the others are left to the bot");
    assert!(finished(&store, &item).await);
    woken(&store, CHESS, CLUB, 10, false).await;
    let late = alone("helper", 200).await.unwrap();
    assert_eq!(alone("other", 301).await.map(|item| item.owner), Some("other".to_owned()));
    assert!(!finished(&store, &late).await, "who lost it has no say");
}
