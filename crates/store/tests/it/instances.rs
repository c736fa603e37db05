//! Several processes on one database: who is alive, and who holds which shard.

use std::collections::BTreeSet;

use domain::fleet::divide;
use store::{Instance, Lifetimes, Store, Turned};

use crate::{
    both::{Db, both},
    people::{CLUB, a_claim, a_game, all_shards, made},
};

both!(
    one_process_takes_every_shard,
    two_processes_end_up_with_half_each,
    a_silent_process_loses_its_shards_when_its_lease_ends,
    a_restart_frees_what_the_one_before_held,
    who_was_replaced_is_told_and_takes_nothing_along,
    who_leaves_in_order_is_waited_for_by_nobody,
    another_number_of_shards_is_pointed_out,
    turns_taken_at_once_give_no_shard_twice,
);

/// Long enough that none ends during a story.
const LONG: Lifetimes = Lifetimes { sign_ms: 60_000, shard_ms: 60_000 };
/// Over as soon as it began.
const NONE: Lifetimes = Lifetimes { sign_ms: 60_000, shard_ms: 0 };

async fn enters(store: &Store, name: &str, boot: i64) -> Instance {
    let me = Instance { name: name.to_owned(), boot };
    store.enter(&me, 1_000).await.unwrap();
    me
}

async fn turn_of(store: &Store, me: &Instance, total: u32, lives: Lifetimes) -> Turned {
    let decide = |alive: &BTreeSet<String>, holders: &_| divide(&me.name, alive, total, holders);
    store.take_turn(me, total, 1_000, lives, decide).await.unwrap()
}

/// The shards somebody holds after a turn, having handed over what is to be given.
async fn holds(store: &Store, me: &Instance, total: u32) -> Vec<u32> {
    let Turned::On { mut held, give, .. } = turn_of(store, me, total, LONG).await else {
        panic!("{me:?} does not go on");
    };
    if let Some(number) = give {
        store.hand_over(me, total, number).await.unwrap();
        held.remove(&number);
    }
    held.into_iter().collect()
}

async fn one_process_takes_every_shard(db: Db) {
    let store = db.open().await;
    let a = enters(&store, "a", 1).await;
    assert_eq!(holds(&store, &a, 3).await, [0, 1, 2]);
    assert_eq!(holds(&store, &a, 3).await, [0, 1, 2]);
}

async fn two_processes_end_up_with_half_each(db: Db) {
    let store = db.open().await;
    let a = enters(&store, "a", 1).await;
    assert_eq!(holds(&store, &a, 4).await.len(), 4);
    let b = enters(&store, "b", 1).await;
    assert_eq!(holds(&store, &b, 4).await, [0_u32; 0]);
    assert_eq!(holds(&store, &a, 4).await, [0, 1, 2], "one at a time");
    assert_eq!(holds(&store, &b, 4).await, [3]);
    assert_eq!(holds(&store, &a, 4).await, [0, 1]);
    assert_eq!(holds(&store, &b, 4).await, [2, 3]);
    assert_eq!(holds(&store, &a, 4).await, [0, 1]);
}

async fn a_silent_process_loses_its_shards_when_its_lease_ends(db: Db) {
    let store = db.open().await;
    let a = enters(&store, "a", 1).await;
    assert!(matches!(turn_of(&store, &a, 2, LONG).await, Turned::On { .. }));
    let b = enters(&store, "b", 1).await;
    assert_eq!(holds(&store, &b, 2).await, [0_u32; 0]);
    // Nothing is renewed any more.
    turn_of(&store, &a, 2, NONE).await;
    tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    assert_eq!(holds(&store, &b, 2).await, [0]);
    // The other comes back and keeps what nobody took.
    assert_eq!(holds(&store, &a, 2).await, [1]);
}

async fn a_restart_frees_what_the_one_before_held(db: Db) {
    let store = db.open().await;
    let chess = made(&store, a_game("Chess")).await;
    let tx = store.begin().await.unwrap();
    tx.wake(chess.id, CLUB, 1, false).await.unwrap();
    tx.commit().await.unwrap();
    let a = enters(&store, "a", 1).await;
    turn_of(&store, &a, 1, LONG).await;
    let claim = |owner| store.claim_work(a_claim_of(owner));
    assert_eq!(claim("a").await.unwrap().len(), 1);
    assert_eq!(claim("b").await.unwrap().len(), 0);
    let again = enters(&store, "a", 2).await;
    assert_eq!(claim("a").await.unwrap().len(), 1);
    assert_eq!(holds(&store, &again, 1).await, [0]);
}

fn a_claim_of(owner: &'static str) -> &'static store::Claim<'static> {
    let shards = Box::leak(Box::new(all_shards()));
    Box::leak(Box::new(a_claim(owner, (10, 99_999), 9, shards)))
}

async fn who_was_replaced_is_told_and_takes_nothing_along(db: Db) {
    let store = db.open().await;
    let old = enters(&store, "a", 1).await;
    let new = enters(&store, "a", 2).await;
    assert_eq!(holds(&store, &new, 2).await, [0, 1]);
    assert_eq!(turn_of(&store, &old, 2, LONG).await, Turned::Replaced);
    store.leave(&old).await.unwrap();
    let b = enters(&store, "b", 1).await;
    assert_eq!(holds(&store, &b, 2).await, [0_u32; 0], "the new one still has them");
}

async fn who_leaves_in_order_is_waited_for_by_nobody(db: Db) {
    let store = db.open().await;
    let a = enters(&store, "a", 1).await;
    let b = enters(&store, "b", 1).await;
    assert_eq!(holds(&store, &a, 2).await, [0]);
    assert_eq!(holds(&store, &b, 2).await, [1]);
    store.leave(&a).await.unwrap();
    assert_eq!(holds(&store, &b, 2).await, [0, 1]);
}

async fn another_number_of_shards_is_pointed_out(db: Db) {
    let store = db.open().await;
    let a = enters(&store, "a", 1).await;
    let b = enters(&store, "b", 1).await;
    assert_eq!(holds(&store, &a, 2).await, [0]);
    assert_eq!(turn_of(&store, &b, 3, LONG).await, Turned::OtherTotal(2));
    assert_eq!(holds(&store, &b, 2).await, [1]);
}

async fn turns_taken_at_once_give_no_shard_twice(db: Db) {
    const TOTAL: u32 = 8;
    let store = db.open().await;
    let turns: Vec<_> = (0..4)
        .map(|n| {
            let store = store.clone();
            tokio::spawn(async move {
                let me = enters(&store, &format!("p{n}"), 1).await;
                match turn_of(&store, &me, TOTAL, LONG).await {
                    Turned::On { held, give: None, .. } => held,
                    other => panic!("{other:?}"),
                }
            })
        })
        .collect();
    let mut seen = BTreeSet::new();
    for turn in turns {
        for number in turn.await.unwrap() {
            assert!(seen.insert(number), "shard {number} was given twice");
        }
    }
    assert_eq!(seen.len(), TOTAL as usize);
}
