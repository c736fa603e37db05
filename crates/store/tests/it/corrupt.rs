//! Rows that this version cannot read, because a newer version or somebody's hand wrote them.
//! Asked for alone, such a row is an error that names it; in a list it is missing. Never a panic.

use std::fmt::Debug;

use domain::{
    ChannelId, Game, GameId, SeatState, Slot,
    audit::{AuditKind, Outcome},
    plan::Op,
};
use serde_json::json;
use store::{AuditQuery, Panel, PanelState, Store, StoreError, Waiter};

use crate::{
    both::{Db, both},
    people::{ANNA, CLUB, a_claim, a_game, a_seat, all_shards, an_entry, made, sits, with_seats},
};

both!(games, seats, bindings, journal, audit, panels, the_rest, one_bad_game_is_in_nobodys_way,);

/// Spoils a column, sees the call fail, and puts it right again.
async fn spoil<T: Debug>(
    db: &Db,
    (table, column): (&str, &str),
    (bad, good): (&str, &str),
    call: impl AsyncFn() -> Result<T, StoreError>,
) {
    call().await.unwrap();
    db.run(&format!("UPDATE {table} SET {column} = {bad}")).await;
    let error = call().await.unwrap_err();
    assert!(matches!(error, StoreError::Corrupt { .. }), "{table}.{column} = {bad}: {error:?}");
    assert!(error.to_string().starts_with(table), "{error}");
    assert!(!error.is_temporary());
    db.run(&format!("UPDATE {table} SET {column} = {good}")).await;
    call().await.unwrap();
}

/// Spoils a column, sees the row leave a list, and puts it right again.
async fn left_out<T>(
    db: &Db,
    (table, column): (&str, &str),
    (bad, good): (&str, &str),
    list: impl AsyncFn() -> Result<Vec<T>, StoreError>,
) {
    assert_eq!(list().await.unwrap().len(), 1);
    db.run(&format!("UPDATE {table} SET {column} = {bad}")).await;
    assert_eq!(list().await.unwrap().len(), 0, "{table}.{column} = {bad}");
    db.run(&format!("UPDATE {table} SET {column} = {good}")).await;
    assert_eq!(list().await.unwrap().len(), 1);
}

async fn a_stored_game(db: &Db) -> (Store, Game) {
    let store = db.open().await;
    let chess = made(&store, with_seats(5, a_game("Chess"))).await;
    (store, chess)
}

async fn games(db: Db) {
    let (store, chess) = a_stored_game(&db).await;
    let layout = serde_json::to_string(&chess.layout).unwrap();
    for (column, bad, good) in [
        ("phase", "'paused'", "'active'"),
        ("admission", "'lottery'", "'open'"),
        ("visibility", "''", "'members'"),
        ("capacity", "0", "5"),
        ("capacity", "-1", "5"),
        ("capacity", "10001", "NULL"),
        ("colour", "-1", "NULL"),
        ("colour", "16777216", "1"),
        ("emoji", "'🎲'", "NULL"),
        ("layout", "'{}'", &format!("'{layout}'")),
        ("problems", "'[{\"what\":\"of the future\"}]'", "'[]'"),
        ("guild_id", "0", "1000"),
        ("created_by", "0", "11"),
    ] {
        spoil(&db, ("game", column), (bad, good), async || store.game(chess.id).await).await;
    }
    left_out(&db, ("game", "guild_id"), ("0", "1000"), async || {
        store.games_after(GameId(0), 10).await
    })
    .await;
    left_out(&db, ("game", "phase"), ("''", "'active'"), async || store.games_of_guild(CLUB).await)
        .await;
}

async fn seats(db: Db) {
    let (store, chess) = a_stored_game(&db).await;
    sits(&store, &chess, a_seat(&chess, ANNA, SeatState::Seated)).await;
    let state = ("seat", "state");
    let values = ("'standing'", "'seated'");
    spoil(&db, state, values, async || store.seat(chess.id, ANNA).await).await;
    db.run("UPDATE seat SET state = 'standing'").await;
    assert_eq!(store.seat_counts(CLUB).await.unwrap()[&chess.id].seated, 0);
    db.run("UPDATE seat SET state = 'seated'").await;
    spoil(&db, state, values, async || store.begin().await?.set_presence(CLUB, ANNA, false).await)
        .await;
    spoil(&db, ("seat", "user_id"), ("0", "11"), async || store.seats(chess.id).await).await;
}

async fn bindings(db: Db) {
    let (store, chess) = a_stored_game(&db).await;
    let tx = store.begin().await.unwrap();
    tx.bind(chess.id, Slot::Voice(1), 77, None, 1).await.unwrap();
    tx.commit().await.unwrap();
    let slot = ("binding", "slot");
    for bad in ["'channel:voice-0'", "'channel:voice-999'", "'role:king'", "''"] {
        let values = (bad, "'channel:voice-1'");
        spoil(&db, slot, values, async || store.bindings(chess.id).await).await;
        spoil(&db, slot, values, async || store.bound(77).await).await;
        left_out(&db, slot, values, async || store.bindings_of_guild(CLUB).await).await;
    }
    db.run("UPDATE binding SET slot = 'category'").await;
    db.run("UPDATE game SET phase = 'archived'").await;
    left_out(&db, ("binding", "discord_id"), ("0", "77"), async || {
        store.archived_categories(CLUB).await
    })
    .await;
}

async fn journal(db: Db) {
    let (store, chess) = a_stored_game(&db).await;
    let op = Op::DeleteRole { slot: Slot::PlayerRole, id: 7 };
    let tx = store.begin().await.unwrap();
    tx.journal_intent(chess.id, 1, &op, 1).await.unwrap();
    tx.commit().await.unwrap();
    let good = format!("'{}'", serde_json::to_string(&op).unwrap());
    for bad in ["''", "'{\"fly\":{}}'", "'{\"delete_role\":{\"slot\":\"role:king\",\"id\":7}}'"] {
        spoil(&db, ("journal", "op"), (bad, &good), async || store.open_intents(chess.id).await)
            .await;
    }
    let values = ("'maybe'", "'intent'");
    spoil(&db, ("journal", "status"), values, async || store.journal(chess.id).await).await;
}

async fn audit(db: Db) {
    let (store, chess) = a_stored_game(&db).await;
    let tx = store.begin().await.unwrap();
    tx.audit(an_entry(&chess, AuditKind::SeatTaken, Outcome::Done), 1).await.unwrap();
    tx.commit().await.unwrap();
    let query = AuditQuery { limit: 10, ..AuditQuery::default() };
    for (column, bad, good) in [
        ("kind", "'game_eaten'", "'seat_taken'"),
        ("outcome", "'odd'", "'done'"),
        ("actor_id", "0", "NULL"),
        ("subject_id", "0", "12"),
    ] {
        let values = (bad, good);
        left_out(&db, ("audit", column), values, async || store.audit(CLUB, &query).await).await;
        // Its line is given up, so that it is not in the way of others for ever.
        db.run(&format!("UPDATE audit SET {column} = {bad}")).await;
        assert_eq!(store.unlogged(CLUB, 1).await.unwrap().len(), 0);
        db.run(&format!("UPDATE audit SET {column} = {good}")).await;
        assert_eq!(store.unlogged(CLUB, 1).await.unwrap().len(), 0);
        db.run("UPDATE audit SET unlogged = TRUE").await;
        assert_eq!(store.unlogged(CLUB, 1).await.unwrap().len(), 1);
    }
    left_out(&db, ("audit", "guild_id"), ("0", "1000"), async || {
        store.guilds_with_unlogged().await
    })
    .await;
}

async fn panels(db: Db) {
    let store = db.open().await;
    let panel = Panel {
        guild: CLUB,
        kind: "admin".to_owned(),
        channel: ChannelId::new(5),
        message: None,
        stale: Vec::new(),
        content_hash: None,
        state: PanelState::Wanted,
        nonce: "admin-1".to_owned(),
    };
    store.save_panel(&panel, 1).await.unwrap();
    for (column, bad, good) in [
        ("state", "'shy'", "'lost'"),
        ("channel_id", "0", "5"),
        ("message_id", "0", "6"),
        ("stale", "'5'", "'5:6'"),
        ("stale", "'5:x'", "NULL"),
        ("stale", "'0:6'", "NULL"),
        ("guild_id", "0", "1000"),
    ] {
        left_out(&db, ("panel", column), (bad, good), async || store.all_panels().await).await;
    }
}

async fn the_rest(db: Db) {
    let (store, chess) = a_stored_game(&db).await;
    let tx = store.begin().await.unwrap();
    tx.put_settings(&domain::GuildSettings::new(CLUB), 1).await.unwrap();
    tx.wake(chess.id, CLUB, 1, false).await.unwrap();
    let waiter = Waiter {
        id: 0,
        game: chess.id,
        generation: 1,
        kind: AuditKind::GameCreated,
        application: 1,
        token: "t".to_owned(),
        locale: "en".to_owned(),
        correlation: "c".to_owned(),
        expires_at: 1,
    };
    tx.add_waiter(&waiter).await.unwrap();
    tx.commit().await.unwrap();
    store.save_draft("d1", CLUB, ANNA, &json!({}), 1, 100).await.unwrap();

    let good = serde_json::to_string(&domain::GuildSettings::new(CLUB)).unwrap();
    let values = ("'[]'", &*format!("'{good}'"));
    spoil(&db, ("guild", "settings"), values, async || store.settings(CLUB).await).await;
    let values = ("'nap'", "'game_created'");
    left_out(&db, ("waiter", "audit_kind"), values, async || store.all_waiters().await).await;
    left_out(&db, ("waiter", "audit_kind"), values, async || store.waiters(chess.id).await).await;
    spoil(&db, ("draft", "body"), ("'{'", "'{}'"), async || store.draft("d1", CLUB, ANNA, 1).await)
        .await;
}

async fn one_bad_game_is_in_nobodys_way(db: Db) {
    let (store, chess) = a_stored_game(&db).await;
    let go = made(&store, a_game("Go")).await;
    let tx = store.begin().await.unwrap();
    for game in [&chess, &go] {
        tx.wake(game.id, CLUB, 1, false).await.unwrap();
    }
    tx.commit().await.unwrap();
    db.run(&format!("UPDATE game SET phase = 'paused' WHERE id = {}", chess.id)).await;
    let listed = store.games_of_guild(CLUB).await.unwrap();
    assert_eq!(listed.iter().map(|record| record.game.id).collect::<Vec<_>>(), [go.id]);
    assert!(store.game(chess.id).await.is_err());
    // Nor is bad work: it is claimed like any other, and left alone until its lease runs out.
    db.run(&format!("UPDATE work SET guild_id = 0 WHERE game_id = {}", chess.id)).await;
    let claim = async |now, until| {
        let claimed = store.claim_work(&a_claim("main", (now, until), 9, &all_shards())).await;
        claimed.unwrap().iter().map(|item| item.game).collect::<Vec<_>>()
    };
    assert_eq!(claim(1, 10).await, [go.id]);
    assert_eq!(claim(2, 10).await, []);
    assert_eq!(store.next_due(&all_shards()).await.unwrap(), None, "nobody spins");
}
