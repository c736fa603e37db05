//! Several processes, one table of shards.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    GuildId,
    fleet::{Shards, divide},
};
use proptest::prelude::*;

type Holders = BTreeMap<u32, String>;

fn alive(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(ToString::to_string).collect()
}

/// One turn of one process, carried out.
fn turn(me: &str, alive: &BTreeSet<String>, total: u32, holders: &mut Holders) -> bool {
    let turn = divide(me, alive, total, holders);
    for shard in &turn.take {
        let before = holders.insert(*shard, me.to_owned());
        assert_eq!(before, None, "only what is free is taken");
    }
    if let Some(shard) = turn.give {
        let before = holders.remove(&shard);
        assert_eq!(before.as_deref(), Some(me), "only one's own is given");
    }
    !turn.take.is_empty() || turn.give.is_some()
}

/// Turns of everybody until nothing moves; answers how many moved something.
fn settle(alive: &BTreeSet<String>, total: u32, holders: &mut Holders) -> usize {
    let mut moves = 0;
    for _ in 0..200 {
        let moved = alive.iter().filter(|me| turn(me, alive, total, holders)).count();
        moves += moved;
        if moved == 0 {
            return moves;
        }
    }
    panic!("it never settles: {holders:?}");
}

#[test]
fn one_process_takes_all_at_once() {
    let mut holders = Holders::new();
    assert!(turn("a", &alive(&["a"]), 3, &mut holders));
    assert_eq!(holders.len(), 3);
}

#[test]
fn a_second_process_is_given_its_half_one_shard_at_a_time() {
    let both = alive(&["a", "b"]);
    let mut holders: Holders = (0..4).map(|shard| (shard, "a".to_owned())).collect();
    assert!(turn("a", &both, 4, &mut holders));
    assert_eq!(holders.len(), 3, "one at a time");
    settle(&both, 4, &mut holders);
    assert_eq!(holders.values().filter(|who| *who == "b").count(), 2);
}

#[test]
fn one_shard_stays_where_it_is() {
    let mut holders = Holders::from([(0, "b".to_owned())]);
    assert_eq!(settle(&alive(&["a", "b", "c"]), 1, &mut holders), 0);
}

#[test]
fn what_a_dead_process_still_holds_is_left_alone_until_its_lease_ends() {
    let mut holders = Holders::from([(0, "dead".to_owned()), (1, "a".to_owned())]);
    settle(&alive(&["a"]), 2, &mut holders);
    assert_eq!(holders.get(&0).map(String::as_str), Some("dead"));
    holders.remove(&0);
    settle(&alive(&["a"]), 2, &mut holders);
    assert_eq!(holders.get(&0).map(String::as_str), Some("a"));
}

#[test]
fn a_guild_belongs_to_the_shard_that_discord_says() {
    let guild: GuildId = GuildId::new((5 << 22) + 17);
    let held = |total, held: &[u32]| Shards { total, held: held.iter().copied().collect() };
    assert!(held(1, &[0]).cover(guild));
    assert!(held(3, &[2]).cover(guild) && !held(3, &[0, 1]).cover(guild));
    assert!(!Shards::default().cover(guild), "nothing is known yet");
    assert!(held(2, &[0, 1]).is_all() && !held(2, &[1]).is_all() && !Shards::default().is_all());
}

proptest! {
    /// However they start, come and go: in the end every shard is held once, and nobody has two
    /// more than anybody else.
    #[test]
    fn it_settles_evenly(total in 1_u32..24, waves in prop::collection::vec(
        prop::collection::btree_set("[a-e]", 1..5), 1..6)) {
        let mut holders = Holders::new();
        for alive in waves {
            // The leases of those who left have run out.
            holders.retain(|_, who| alive.contains(who));
            settle(&alive, total, &mut holders);
            prop_assert_eq!(holders.len(), total as usize);
            let count = |who: &String| holders.values().filter(|holder| *holder == who).count();
            let counts: Vec<usize> = alive.iter().map(count).collect();
            let spread = counts.iter().max().unwrap() - counts.iter().min().unwrap();
            prop_assert!(spread <= 1, "{:?}", holders);
        }
    }
}
