//! The parity table: every declared operation, event, component type, close code and fault switch has its stories, and
//! `docs/parity.md` is written from them. A table without a story, a story without a line in the table, and a stale
//! document fail.

mod codes;
mod components;
mod doc;
mod events;
pub mod operations;
pub mod probe;
pub mod stage;
mod switches;

use std::collections::BTreeSet;

use probe::{KINDS, Trouble};

#[test]
fn every_operation_has_its_four_cases() {
    let declared: BTreeSet<_> = sandbox::parity::operations().iter().map(|one| one.id).collect();
    let mut tried = BTreeSet::new();
    for one in operations::all() {
        assert!(tried.insert(one.operation), "{} is there twice", one.operation);
        for trouble in [one.permission, one.not_found, one.limit] {
            assert!(!matches!(trouble, Trouble::Missing), "{} lacks a case", one.operation);
        }
    }
    assert_eq!(declared, tried);
    let needed: BTreeSet<_> = operations::NEEDED.into_iter().collect();
    let lacking: Vec<_> = needed.difference(&declared).collect();
    assert!(lacking.is_empty(), "{lacking:?}");
}

/// Plays all cases of one area.
async fn play(area: usize) {
    for one in operations::AREAS[area].1 {
        for kind in KINDS {
            one.run(kind).await;
        }
    }
}

macro_rules! areas {
    ($($name:ident: $at:literal),+ $(,)?) => {
        $(#[tokio::test] async fn $name() { play($at).await; })+
        const _: () = assert!([$($at),+].len() == operations::AREAS.len());
    };
}

areas! {
    commands: 0, interactions: 1, channels: 2, threads: 3, messages: 4, guilds: 5, webhooks: 6, users: 7,
}
