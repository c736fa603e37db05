//! Bindings: which Discord object fills which slot.

use domain::{ChannelId, Game, GameId, Phase, Seat, SeatState, Slot, plan::Binding};
use store::{Store, StoreError};

use crate::{
    both::{Db, both},
    people::{ANNA, BERT, CLUB, OTHER_CLUB, a_game, a_seat, made, sits},
};

both!(
    a_slot_is_filled_refilled_and_freed,
    no_object_fills_two_slots,
    a_new_role_is_on_nobody_yet,
    a_guilds_objects_are_listed,
    archived_categories_are_those_of_archived_games,
);

async fn bound(
    store: &Store,
    game: GameId,
    slot: Slot,
    id: u64,
    applied: Option<i64>,
) -> Result<(), StoreError> {
    let tx = store.begin().await?;
    tx.bind(game, slot, id, applied, 100).await?;
    tx.commit().await
}

async fn a_slot_is_filled_refilled_and_freed(db: Db) {
    let store = db.open().await;
    let chess = made(&store, a_game("Chess")).await;
    assert!(store.bindings(chess.id).await.unwrap().is_empty());
    bound(&store, chess.id, Slot::Voice(3), 77, None).await.unwrap();
    // Ids are unsigned; no real one needs the last bit, but none would be lost.
    bound(&store, chess.id, Slot::Chat, u64::MAX, Some(i64::MIN)).await.unwrap();
    let bindings = store.bindings(chess.id).await.unwrap();
    assert_eq!(bindings[&Slot::Voice(3)], Binding { id: 77, applied: None });
    assert_eq!(bindings[&Slot::Chat], Binding { id: u64::MAX, applied: Some(i64::MIN) });
    assert_eq!(store.bound(77).await.unwrap(), Some((chess.id, Slot::Voice(3))));
    assert_eq!(store.bound(u64::MAX).await.unwrap(), Some((chess.id, Slot::Chat)));

    let tx = store.begin().await.unwrap();
    tx.set_applied(chess.id, Slot::Voice(3), 9).await.unwrap();
    tx.set_applied(chess.id, Slot::Forum, 9).await.unwrap();
    tx.bind(chess.id, Slot::Chat, 78, None, 200).await.unwrap();
    let inside = tx.bindings(chess.id).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(inside, store.bindings(chess.id).await.unwrap());
    assert_eq!(inside[&Slot::Voice(3)].applied, Some(9));
    assert_eq!(inside[&Slot::Chat], Binding { id: 78, applied: None });
    assert_eq!(inside.len(), 2, "nothing is remembered of a slot that is not filled");
    assert_eq!(store.bound(u64::MAX).await.unwrap(), None);

    let tx = store.begin().await.unwrap();
    tx.unbind(chess.id, Slot::Chat).await.unwrap();
    tx.unbind(chess.id, Slot::Forum).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(store.bound(78).await.unwrap(), None);
    assert_eq!(store.bindings(chess.id).await.unwrap().len(), 1);
}

async fn no_object_fills_two_slots(db: Db) {
    let store = db.open().await;
    let chess = made(&store, a_game("Chess")).await;
    let go = made(&store, a_game("Go")).await;
    bound(&store, chess.id, Slot::Chat, 77, None).await.unwrap();
    for (game, slot) in [(chess.id, Slot::Forum), (go.id, Slot::Chat)] {
        let error = bound(&store, game, slot, 77, None).await.unwrap_err();
        assert!(matches!(error, StoreError::Taken("discord_id")), "{error}");
    }
    bound(&store, chess.id, Slot::Chat, 77, Some(1)).await.unwrap();
    assert_eq!(store.bound(77).await.unwrap(), Some((chess.id, Slot::Chat)));
}

async fn a_new_role_is_on_nobody_yet(db: Db) {
    let store = db.open().await;
    let chess = made(&store, a_game("Chess")).await;
    let go = made(&store, a_game("Go")).await;
    let all = async || {
        for (game, user) in [(&chess, ANNA), (&chess, BERT), (&go, ANNA)] {
            let seat = a_seat(game, user, SeatState::Seated);
            sits(&store, game, Seat { has_player_role: true, has_admin_role: true, ..seat }).await;
        }
    };
    let has = async |game: &Game| {
        let seats = store.seats(game.id).await.unwrap();
        let grants = |seat: &Seat| (seat.has_player_role, seat.has_admin_role);
        let first = grants(&seats[0]);
        assert!(seats.iter().all(|seat| grants(seat) == first));
        first
    };
    all().await;
    bound(&store, chess.id, Slot::PlayerRole, 70, None).await.unwrap();
    assert_eq!(has(&chess).await, (false, true));
    bound(&store, chess.id, Slot::AdminRole, 71, None).await.unwrap();
    assert_eq!(has(&chess).await, (false, false));
    assert_eq!(has(&go).await, (true, true), "another game's roles are not concerned");

    all().await;
    bound(&store, chess.id, Slot::Chat, 72, None).await.unwrap();
    assert_eq!(has(&chess).await, (true, true), "a channel is no role");
    let tx = store.begin().await.unwrap();
    tx.unbind(chess.id, Slot::AdminRole).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(has(&chess).await, (true, false));
}

async fn a_guilds_objects_are_listed(db: Db) {
    let store = db.open().await;
    let chess = made(&store, a_game("Chess")).await;
    let theirs = made(&store, Game { guild: OTHER_CLUB, ..a_game("Chess") }).await;
    bound(&store, chess.id, Slot::PlayerRole, 70, None).await.unwrap();
    bound(&store, chess.id, Slot::Voice(1), 71, None).await.unwrap();
    bound(&store, theirs.id, Slot::PlayerRole, 72, None).await.unwrap();
    let mut ours = store.bindings_of_guild(CLUB).await.unwrap();
    ours.sort();
    assert_eq!(ours, [(chess.id, Slot::PlayerRole, 70), (chess.id, Slot::Voice(1), 71)]);
}

async fn archived_categories_are_those_of_archived_games(db: Db) {
    let store = db.open().await;
    let mut category = 70;
    let mut archived = Vec::new();
    for (guild, phase, gone) in [
        (CLUB, Phase::Active, false),
        (CLUB, Phase::Archived { release_channels: false }, false),
        (CLUB, Phase::Archived { release_channels: true }, false),
        (CLUB, Phase::Archived { release_channels: false }, true),
        (CLUB, Phase::Deleted, false),
        (OTHER_CLUB, Phase::Archived { release_channels: false }, false),
    ] {
        category += 1;
        let game = made(&store, Game { guild, phase, ..a_game(&format!("Game {category}")) }).await;
        bound(&store, game.id, Slot::Category, category, None).await.unwrap();
        bound(&store, game.id, Slot::Chat, 1_000 + category, None).await.unwrap();
        if gone {
            let tx = store.begin().await.unwrap();
            tx.settle_game(game.id, Some(1), &[], true).await.unwrap();
            tx.commit().await.unwrap();
        } else if guild == CLUB && matches!(phase, Phase::Archived { .. }) {
            archived.push((game.id, ChannelId::new(category)));
        }
    }
    let mut known = store.archived_categories(CLUB).await.unwrap();
    known.sort();
    assert_eq!(known, archived);
}
