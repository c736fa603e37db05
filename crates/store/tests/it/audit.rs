//! The audit: written, looked up, settled, posted.

use domain::{
    Game,
    audit::{AuditKind, Outcome},
};
use store::{AuditEntry, AuditQuery, AuditRecord, Store};

use crate::{
    both::{Db, both},
    people::{ANNA, BERT, CLEO, CLUB, OTHER_CLUB, a_game, an_entry, made},
};

both!(
    an_entry_comes_back_as_it_was_written,
    filters_find_what_they_say,
    pages_hang_together,
    entries_settle_up_to_a_generation,
    a_plan_stands_beside_the_entries_it_serves,
    settled_lines_are_owed_to_the_log_until_posted,
    a_person_is_found_on_either_side,
);

async fn noted(store: &Store, entry: AuditEntry) -> i64 {
    let tx = store.begin().await.unwrap();
    let id = tx.audit(entry, 500).await.unwrap();
    tx.commit().await.unwrap();
    id
}

async fn found(store: &Store, query: AuditQuery) -> Vec<i64> {
    store.audit(CLUB, &query).await.unwrap().iter().map(|record| record.id).collect()
}

fn all() -> AuditQuery {
    AuditQuery { limit: 100, ..AuditQuery::default() }
}

async fn the(store: &Store, id: i64) -> AuditRecord {
    let records = store.audit(CLUB, &all()).await.unwrap();
    records.into_iter().find(|record| record.id == id).unwrap()
}

async fn an_entry_comes_back_as_it_was_written(db: Db) {
    let store = db.open().await;
    let chess = made(&store, a_game("Chess")).await;
    let full = AuditEntry {
        subject: Some(BERT),
        before: Some("a=1".to_owned()),
        after: Some(String::new()),
        plan: Some("1. dance".to_owned()),
        ..an_entry(&chess, AuditKind::SeatRemoved, Outcome::Refused)
    };
    let bare = AuditEntry {
        game: None,
        actor: None,
        generation: None,
        ..an_entry(&chess, AuditKind::SettingsChanged, Outcome::Done)
    };
    for entry in [full, bare] {
        let id = noted(&store, entry.clone()).await;
        let record = the(&store, id).await;
        assert_eq!(record.at, 500);
        assert_eq!(format!("{:?}", record.entry), format!("{entry:?}"));
    }
    for kind in AuditKind::ALL {
        let id = noted(&store, an_entry(&chess, kind, Outcome::Done)).await;
        assert_eq!(the(&store, id).await.entry.kind, kind);
    }
}

async fn filters_find_what_they_say(db: Db) {
    let store = db.open().await;
    let chess = made(&store, a_game("Chess")).await;
    let go = made(&store, a_game("Go")).await;
    let theirs = made(&store, Game { guild: OTHER_CLUB, ..a_game("Chess") }).await;
    let by = |game: &Game, actor, subject, kind| AuditEntry {
        actor,
        subject,
        ..an_entry(game, kind, Outcome::Done)
    };
    let joined = noted(&store, by(&chess, Some(ANNA), None, AuditKind::SeatTaken)).await;
    let removed = noted(&store, by(&chess, Some(BERT), Some(ANNA), AuditKind::SeatRemoved)).await;
    let repaired = noted(&store, by(&go, None, None, AuditKind::DriftRepaired)).await;
    let elsewhere = noted(&store, by(&theirs, Some(ANNA), None, AuditKind::SeatTaken)).await;

    let game = |id| AuditQuery { game: Some(id), ..all() };
    let person = |id| AuditQuery { person: Some(id), ..all() };
    assert_eq!(found(&store, all()).await, [repaired, removed, joined], "newest first");
    assert_eq!(found(&store, game(chess.id)).await, [removed, joined]);
    assert_eq!(found(&store, person(ANNA)).await, [removed, joined], "did it, or had it done");
    assert_eq!(found(&store, person(BERT)).await, [removed]);
    assert!(found(&store, person(CLEO)).await.is_empty());
    let kind = AuditQuery { kind: Some(AuditKind::SeatTaken), ..all() };
    assert_eq!(found(&store, kind.clone()).await, [joined]);
    let both = AuditQuery { game: Some(go.id), person: Some(ANNA), ..all() };
    assert!(found(&store, both).await.is_empty());
    assert!(found(&store, game(theirs.id)).await.is_empty(), "another guild's game is not ours");
    let records = store.audit(OTHER_CLUB, &kind).await.unwrap();
    assert_eq!(records.iter().map(|record| record.id).collect::<Vec<_>>(), [elsewhere]);
}

async fn pages_hang_together(db: Db) {
    let store = db.open().await;
    let chess = made(&store, a_game("Chess")).await;
    let mut ids = Vec::new();
    for _ in 0..7 {
        ids.push(noted(&store, an_entry(&chess, AuditKind::GameEdited, Outcome::Done)).await);
    }
    ids.reverse();
    let mut seen = Vec::new();
    loop {
        let before = seen.last().copied();
        let page = found(&store, AuditQuery { before, limit: 3, ..AuditQuery::default() }).await;
        if page.is_empty() {
            break;
        }
        assert!(page.len() <= 3);
        seen.extend(page);
        // What is written meanwhile does not shift the pages.
        noted(&store, an_entry(&chess, AuditKind::GameRepaired, Outcome::Done)).await;
    }
    assert_eq!(seen, ids);
    assert!(found(&store, AuditQuery { limit: 0, ..AuditQuery::default() }).await.is_empty());
}

async fn entries_settle_up_to_a_generation(db: Db) {
    let store = db.open().await;
    let chess = made(&store, a_game("Chess")).await;
    let go = made(&store, a_game("Go")).await;
    let at = |game: &Game, generation| AuditEntry {
        generation,
        ..an_entry(game, AuditKind::GameEdited, Outcome::Pending)
    };
    let first = noted(&store, at(&chess, Some(1))).await;
    let second = noted(&store, at(&chess, Some(2))).await;
    let third = noted(&store, at(&chess, Some(3))).await;
    let other = noted(&store, at(&go, Some(1))).await;
    let refused = an_entry(&chess, AuditKind::ActionRefused, Outcome::Refused);
    let refused = noted(&store, refused).await;

    let settle = async |generation, outcome| {
        let tx = store.begin().await.unwrap();
        let count = tx.settle_audit(chess.id, generation, outcome).await.unwrap();
        tx.commit().await.unwrap();
        count
    };
    assert_eq!(settle(2, Outcome::Done).await, 2);
    assert_eq!(settle(2, Outcome::Failed).await, 0, "settled is settled");
    assert_eq!(settle(9, Outcome::Failed).await, 1);
    for (id, outcome) in [
        (first, Outcome::Done),
        (second, Outcome::Done),
        (third, Outcome::Failed),
        (other, Outcome::Pending),
        (refused, Outcome::Refused),
    ] {
        assert_eq!(the(&store, id).await.entry.outcome, outcome);
    }
}

async fn a_plan_stands_beside_the_entries_it_serves(db: Db) {
    let store = db.open().await;
    let chess = made(&store, a_game("Chess")).await;
    let at = |generation, plan: Option<&str>, outcome| AuditEntry {
        generation: Some(generation),
        plan: plan.map(str::to_owned),
        ..an_entry(&chess, AuditKind::GameEdited, outcome)
    };
    let planned = noted(&store, at(1, Some("mine"), Outcome::Pending)).await;
    let waits = noted(&store, at(1, None, Outcome::Pending)).await;
    let done = noted(&store, at(1, None, Outcome::Done)).await;
    let later = noted(&store, at(2, None, Outcome::Pending)).await;
    let tx = store.begin().await.unwrap();
    tx.audit_plan(chess.id, 1, "1. dance").await.unwrap();
    tx.commit().await.unwrap();
    for (id, plan) in
        [(planned, Some("mine")), (waits, Some("1. dance")), (done, None), (later, None)]
    {
        assert_eq!(the(&store, id).await.entry.plan.as_deref(), plan);
    }
}

async fn settled_lines_are_owed_to_the_log_until_posted(db: Db) {
    let store = db.open().await;
    assert!(store.guilds_with_unlogged().await.unwrap().is_empty());
    let chess = made(&store, a_game("Chess")).await;
    let theirs = made(&store, Game { guild: OTHER_CLUB, ..a_game("Chess") }).await;
    let pending = noted(&store, an_entry(&chess, AuditKind::GameEdited, Outcome::Pending)).await;
    assert!(store.guilds_with_unlogged().await.unwrap().is_empty(), "not before it is settled");
    let mut ids = vec![pending];
    for _ in 0..3 {
        ids.push(noted(&store, an_entry(&chess, AuditKind::SeatTaken, Outcome::Done)).await);
    }
    noted(&store, an_entry(&theirs, AuditKind::SeatTaken, Outcome::Refused)).await;
    let mut guilds = store.guilds_with_unlogged().await.unwrap();
    guilds.sort();
    assert_eq!(guilds, [CLUB, OTHER_CLUB]);

    let owed = async |limit| {
        let records = store.unlogged(CLUB, limit).await.unwrap();
        records.iter().map(|record| record.id).collect::<Vec<_>>()
    };
    assert_eq!(owed(2).await, ids[1..3], "oldest first");
    store.mark_logged(&ids[1..3]).await.unwrap();
    store.mark_logged(&[]).await.unwrap();
    assert_eq!(owed(10).await, ids[3..]);
    let tx = store.begin().await.unwrap();
    tx.settle_audit(chess.id, 1, Outcome::Done).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(owed(10).await, [pending, ids[3]]);
    store.mark_logged(&ids).await.unwrap();
    assert_eq!(store.guilds_with_unlogged().await.unwrap(), [OTHER_CLUB]);
}

async fn a_person_is_found_on_either_side(db: Db) {
    let store = db.open().await;
    let chess = made(&store, a_game("Chess")).await;
    let tx = store.begin().await.unwrap();
    for (actor, subject) in [
        (ANNA, Some(BERT)),
        (BERT, None),
        (CLEO, Some(ANNA)),
        (ANNA, Some(ANNA)),
        (CLEO, Some(BERT)),
        (BERT, Some(ANNA)),
    ] {
        let entry = an_entry(&chess, AuditKind::SeatTaken, Outcome::Done);
        tx.audit(AuditEntry { actor: Some(actor), subject, ..entry }, 1).await.unwrap();
    }
    tx.commit().await.unwrap();
    let of_anna = AuditQuery { person: Some(ANNA), ..all() };
    assert_eq!(found(&store, of_anna.clone()).await, [6, 4, 3, 1], "newest first, each once");
    assert_eq!(found(&store, AuditQuery { limit: 3, ..of_anna.clone() }).await, [6, 4, 3]);
    let page = AuditQuery { before: Some(4), limit: 1, ..of_anna };
    assert_eq!(found(&store, page).await, [3]);
}
