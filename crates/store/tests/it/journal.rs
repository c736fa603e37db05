//! The journal: written before Discord is asked, closed after.

use domain::{
    Slot,
    plan::{ChannelChange, ChannelKind, ChannelSpec, Op, RoleSpec},
};
use store::{JournalStatus, Store};

use crate::{
    both::{Db, both},
    people::{ANNA, a_game, made},
};

both!(
    an_intent_stays_open_until_its_outcome_is_known,
    every_kind_of_step_comes_back_as_it_was_written,
    only_finished_entries_are_forgotten,
    numbers_are_not_used_again,
);

async fn intent(store: &Store, game: domain::GameId, op: &Op, now: i64) -> i64 {
    let tx = store.begin().await.unwrap();
    let id = tx.journal_intent(game, 3, op, now).await.unwrap();
    tx.commit().await.unwrap();
    id
}

async fn outcome(store: &Store, id: i64, status: JournalStatus, now: i64) {
    let failed = status == JournalStatus::Failed;
    let tx = store.begin().await.unwrap();
    let made = (status == JournalStatus::Done).then_some(u64::MAX);
    tx.journal_outcome(id, status, made, failed.then(|| "no".to_owned()), now).await.unwrap();
    tx.commit().await.unwrap();
}

fn grant() -> Op {
    Op::Grant { user: ANNA, slot: Slot::PlayerRole }
}

async fn an_intent_stays_open_until_its_outcome_is_known(db: Db) {
    let store = db.open().await;
    let chess = made(&store, a_game("Chess")).await;
    let go = made(&store, a_game("Go")).await;
    let mut ids = Vec::new();
    for n in 0..5 {
        ids.push(intent(&store, chess.id, &grant(), 100 + n).await);
    }
    intent(&store, go.id, &grant(), 100).await;
    let open: Vec<_> = store.open_intents(chess.id).await.unwrap();
    assert_eq!(open.iter().map(|entry| entry.id).collect::<Vec<_>>(), ids, "oldest first");
    assert_eq!((open[1].created_at, open[1].generation), (101, 3));
    assert_eq!((open[1].status, open[1].discord_id), (JournalStatus::Intent, None));

    let ends =
        [JournalStatus::Done, JournalStatus::Adopted, JournalStatus::Failed, JournalStatus::Void];
    for (id, status) in ids.iter().zip(ends) {
        outcome(&store, *id, status, 200).await;
    }
    let all = store.journal(chess.id).await.unwrap();
    let statuses: Vec<_> = all.iter().map(|entry| entry.status).collect();
    assert_eq!(statuses[..4], ends);
    assert_eq!(statuses[4], JournalStatus::Intent);
    assert_eq!(all[0].discord_id, Some(u64::MAX));
    assert_eq!(all[2].error.as_deref(), Some("no"));
    assert_eq!(store.open_intents(chess.id).await.unwrap().len(), 1);
    assert_eq!(store.open_intents(go.id).await.unwrap().len(), 1);
}

async fn every_kind_of_step_comes_back_as_it_was_written(db: Db) {
    let store = db.open().await;
    let chess = made(&store, a_game("Chess")).await;
    let role = RoleSpec { name: "Chess".to_owned(), colour: 1, mentionable: true };
    let channel = ChannelSpec {
        kind: ChannelKind::Voice,
        name: "chess".to_owned(),
        topic: Some("moves".to_owned()),
        in_category: true,
        overwrites: Vec::new(),
    };
    let clear = ChannelChange { topic: Some(None), ..ChannelChange::default() };
    let steps = [
        grant(),
        Op::Revoke { user: ANNA, slot: Slot::AdminRole },
        Op::CreateRole { slot: Slot::PlayerRole, spec: role },
        Op::CreateChannel { slot: Slot::Voice(2), spec: channel },
        Op::UpdateChannel { slot: Slot::Chat, id: u64::MAX, change: clear, applied: i64::MIN },
        Op::DeleteChannel { slot: Slot::Category, id: 1 },
        Op::PlaceCategory { id: 1, out_of_the_way: true, positions: vec![(1, -1), (2, 5)] },
    ];
    for step in &steps {
        intent(&store, chess.id, step, 1).await;
    }
    let known: Vec<Op> =
        store.journal(chess.id).await.unwrap().into_iter().map(|entry| entry.op).collect();
    assert_eq!(known, steps);
}

async fn only_finished_entries_are_forgotten(db: Db) {
    let store = db.open().await;
    let chess = made(&store, a_game("Chess")).await;
    for finished in [Some(100), Some(199), Some(200), None] {
        let id = intent(&store, chess.id, &grant(), 50).await;
        if let Some(at) = finished {
            outcome(&store, id, JournalStatus::Done, at).await;
        }
    }
    assert_eq!(store.prune_journal(200).await.unwrap(), 2);
    assert_eq!(store.prune_journal(200).await.unwrap(), 0);
    assert_eq!(store.journal(chess.id).await.unwrap().len(), 2);
    assert_eq!(store.open_intents(chess.id).await.unwrap().len(), 1, "open ones are kept for ever");
}

async fn numbers_are_not_used_again(db: Db) {
    // The mark in Discord's audit log is made of the number.
    let store = db.open().await;
    let chess = made(&store, a_game("Chess")).await;
    let last = intent(&store, chess.id, &grant(), 1).await;
    outcome(&store, last, JournalStatus::Done, 1).await;
    assert_eq!(store.prune_journal(2).await.unwrap(), 1);
    assert!(intent(&store, chess.id, &grant(), 3).await > last);
}
