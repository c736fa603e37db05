//! No statement behind a click may look at every row. The store is used, SQLite's driver tells
//! what it was asked, and SQLite tells how it would go about it.

use std::{
    collections::BTreeSet,
    fmt,
    sync::{Arc, Mutex},
};

use domain::{
    GameId, GuildSettings, Slot,
    audit::{AuditKind, Outcome},
    plan::Op,
};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};
use serde_json::json;
use store::{AuditQuery, Store};
use tracing_subscriber::{Layer, field, layer::SubscriberExt};

use crate::{
    both::{Db, on_sqlite},
    crowd,
    people::{ANNA, BERT, CLUB, a_claim, a_game, a_seat, all_shards, an_entry, made, sits},
};

/// May look at every row: drafts live for half an hour, so there are few.
const SWEEP: &str = r#"DELETE FROM "draft" WHERE "draft"."expires_at""#;
/// Not looks at every row: the first index is walked from what is due first to what nobody works
/// on, the other holds nothing but what is asked for.
const WALKS: [&str; 2] = ["SCAN work USING INDEX work_due", "SCAN audit USING INDEX audit_owed"];

/// Collects the statements the driver reports.
#[derive(Clone, Default)]
struct Heard(Arc<Mutex<BTreeSet<String>>>);

impl<S: tracing::Subscriber> Layer<S> for Heard {
    fn on_event(&self, event: &tracing::Event<'_>, _: tracing_subscriber::layer::Context<'_, S>) {
        if event.metadata().target() == "sqlx::query" {
            let mut words = Words::default();
            event.record(&mut words);
            // Short statements are told in the summary alone.
            let text = if words.full.trim().is_empty() { words.summary } else { words.full };
            self.0.lock().unwrap().insert(text.trim().to_owned());
        }
    }
}

#[derive(Default)]
struct Words {
    summary: String,
    full: String,
}

impl field::Visit for Words {
    fn record_str(&mut self, field: &tracing::field::Field, value: &str) {
        match field.name() {
            "summary" => value.clone_into(&mut self.summary),
            "db.statement" => value.clone_into(&mut self.full),
            _ => {}
        }
    }

    fn record_debug(&mut self, _: &tracing::field::Field, _: &dyn fmt::Debug) {}
}

#[tokio::test]
async fn no_click_looks_at_every_row() {
    on_sqlite(|db| async move {
        check(&db, async |_| {}).await;
    })
    .await;
}

/// SQLite chooses by what it has learnt of its tables; a million rows may suggest other ways.
#[tokio::test]
async fn no_click_looks_at_every_row_of_a_crowd() {
    on_sqlite(|db| async move {
        check(&db, crowd::fill).await;
    })
    .await;
}

async fn check(db: &Db, fill: impl AsyncFn(&DatabaseConnection)) {
    let heard = Heard::default();
    // The driver reports from threads of its own.
    let everywhere = tracing_subscriber::registry().with(heard.clone());
    tracing::subscriber::set_global_default(everywhere).unwrap();
    let store = db.open().await;
    let raw = db.past_the_store().await;
    fill(&raw).await;
    heard.0.lock().unwrap().clear();
    use_everything(&store).await;
    let statements = std::mem::take(&mut *heard.0.lock().unwrap());
    assert!(statements.len() > 40, "the driver told too little: {statements:#?}");
    let mut slow = Vec::new();
    for statement in statements {
        let ours = ["SELECT ", "UPDATE ", "DELETE ", "INSERT "];
        if !ours.iter().any(|verb| statement.starts_with(verb))
            || statement.contains("seaql_migrations")
            || statement.starts_with(SWEEP)
        {
            continue;
        }
        let plan = plan(&raw, &statement).await;
        if plan.iter().any(|step| step.starts_with("SCAN") && !WALKS.contains(&step.as_str())) {
            slow.push(format!("{statement}\n    {}", plan.join("\n    ")));
        }
    }
    assert!(slow.is_empty(), "{}", slow.join("\n\n"));
}

async fn plan(db: &DatabaseConnection, statement: &str) -> Vec<String> {
    let explain =
        Statement::from_string(DbBackend::Sqlite, format!("EXPLAIN QUERY PLAN {statement}"));
    let rows = db.query_all_raw(explain).await.unwrap();
    rows.iter().map(|row| row.try_get::<String>("", "detail").unwrap()).collect()
}

/// Calls everything that a click, an event or a look at a game calls.
pub(crate) async fn use_everything(store: &Store) {
    let chess = made(store, a_game("Chess")).await;
    sits(store, &chess, a_seat(&chess, ANNA, domain::SeatState::Seated)).await;
    write(store, &chess).await;

    store.game(chess.id).await.unwrap();
    store.games_of_guild(CLUB).await.unwrap();
    store.games_after(GameId(0), 200).await.unwrap();
    store.seat(chess.id, ANNA).await.unwrap();
    store.seats(chess.id).await.unwrap();
    store.seats_of_person(CLUB, ANNA).await.unwrap();
    store.seat_counts(CLUB).await.unwrap();
    store.bindings(chess.id).await.unwrap();
    store.bound(77).await.unwrap();
    store.bindings_of_guild(CLUB).await.unwrap();
    store.archived_categories(CLUB).await.unwrap();
    store.settings(CLUB).await.unwrap();
    store.left_at(CLUB).await.unwrap();
    store.set_left(CLUB, None).await.unwrap();
    store.work(chess.id).await.unwrap();
    store.work_of_guild(CLUB).await.unwrap();
    store.next_due(&all_shards()).await.unwrap();
    store.open_intents(chess.id).await.unwrap();
    store.journal(chess.id).await.unwrap();
    store.prune_journal(9).await.unwrap();
    store.panel(CLUB, "admin").await.unwrap();
    store.panels(CLUB).await.unwrap();
    store.waiters(chess.id).await.unwrap();
    store.drop_waiters(&[1, 2]).await.unwrap();
    store.save_draft("d1", CLUB, ANNA, &json!({}), 1, 2).await.unwrap();
    store.draft("d1", CLUB, ANNA, 1).await.unwrap();
    store.drop_draft("d1").await.unwrap();
    store.session("0/1").await.unwrap();
    store.drop_session("0/1").await.unwrap();
    store.fact("installation").await.unwrap();
    store.guilds_with_unlogged().await.unwrap();
    store.unlogged(CLUB, 10).await.unwrap();
    store.count_unlogged(CLUB, 10).await.unwrap();
    store.forgive_unlogged(CLUB, 10).await.unwrap();
    store.mark_logged(&[1, 2]).await.unwrap();
    let (game, person, kind) = (Some(chess.id), Some(ANNA), Some(AuditKind::GameEdited));
    for query in [
        AuditQuery { before: Some(9), ..AuditQuery::default() },
        AuditQuery { game, person, kind, ..AuditQuery::default() },
        AuditQuery { person, ..AuditQuery::default() },
        AuditQuery { kind, ..AuditQuery::default() },
    ] {
        store.audit(CLUB, &AuditQuery { limit: 10, ..query }).await.unwrap();
    }
}

async fn write(store: &Store, chess: &domain::Game) {
    let tx = store.begin().await.unwrap();
    tx.game_for_update(chess.id).await.unwrap();
    tx.games_for_update(&[chess.id, GameId(7)]).await.unwrap();
    tx.seats_among(&[chess.id, GameId(7)], &[ANNA, BERT]).await.unwrap();
    tx.seats_of_person(CLUB, ANNA).await.unwrap();
    tx.update_game(chess, 2).await.unwrap();
    tx.settle_game(chess.id, Some(1), &[], false).await.unwrap();
    tx.seat(chess.id, ANNA).await.unwrap();
    tx.count_seated(chess.id).await.unwrap();
    tx.saw_grant(chess.id, ANNA, Slot::PlayerRole, true).await.unwrap();
    tx.set_presence(CLUB, ANNA, false).await.unwrap();
    tx.bind(chess.id, Slot::PlayerRole, 77, None, 2).await.unwrap();
    tx.set_applied(chess.id, Slot::PlayerRole, 3).await.unwrap();
    tx.unbind(chess.id, Slot::PlayerRole).await.unwrap();
    tx.settings(CLUB).await.unwrap();
    tx.put_settings(&GuildSettings::new(CLUB), 2).await.unwrap();
    tx.audit(an_entry(chess, AuditKind::GameEdited, Outcome::Pending), 2).await.unwrap();
    tx.audit_plan(chess.id, 1, "1. dance").await.unwrap();
    tx.settle_audit(chess.id, 1, Outcome::Done).await.unwrap();
    let op = Op::DeleteRole { slot: Slot::PlayerRole, id: 7 };
    let id = tx.journal_intent(chess.id, 1, &op, 2).await.unwrap();
    tx.journal_outcome(id, store::JournalStatus::Done, None, None, 3).await.unwrap();
    tx.wake(chess.id, CLUB, 2, false).await.unwrap();
    tx.commit().await.unwrap();

    let item =
        store.claim_work(&a_claim("main", (9, 99), 8, &all_shards())).await.unwrap().remove(0);
    let tx = store.begin().await.unwrap();
    tx.extend_lease(&item, 100).await.unwrap();
    tx.postpone_work(&item, 5, 1, "rest").await.unwrap();
    tx.finish_work(&item).await.unwrap();
    tx.commit().await.unwrap();
}
