//! Races: two transactions want the same thing, and the database decides.

use std::time::Duration;

use domain::{Capacity, DriftPolicy, Game, RoleId, Seat, SeatState, Slot, UserId};
use store::{Store, StoreError};

use crate::{
    both::{Db, both},
    people::{ANNA, BERT, CLUB, a_game, a_seat, made, sits, with_seats},
};

both!(
    two_race_for_the_last_seat,
    a_crowd_races_for_a_few_seats,
    two_want_the_same_name,
    two_want_the_same_object,
    an_old_look_does_not_undo_a_join,
    settings_changed_at_once_are_all_kept,
    readers_do_not_wait_for_a_writer,
);

/// Takes a seat if there is one, the way the engine does.
async fn join(store: Store, game: Game, user: UserId) -> Result<bool, StoreError> {
    let tx = store.begin().await?;
    let known = tx.game_for_update(game.id).await?.unwrap().game;
    tx.seat(game.id, user).await?;
    let seated = tx.count_seated(game.id).await?;
    if known.capacity.is_some_and(|capacity: Capacity| seated >= capacity.seats()) {
        return Ok(false);
    }
    // Long enough for everyone else to have counted, too, if nothing stopped them.
    tokio::time::sleep(Duration::from_millis(5)).await;
    tx.put_seat(game.guild, &a_seat(&game, user, SeatState::Seated)).await?;
    tx.commit().await?;
    Ok(true)
}

async fn winners(store: &Store, game: &Game, people: u64) -> usize {
    let tries: Vec<_> = (0..people)
        .map(|n| tokio::spawn(join(store.clone(), game.clone(), UserId::new(100 + n))))
        .collect();
    let mut won = 0;
    for one in tries {
        won += usize::from(one.await.unwrap().unwrap());
    }
    won
}

async fn two_race_for_the_last_seat(db: Db) {
    let store = db.open().await;
    for round in 0..10 {
        let game = made(&store, with_seats(2, a_game(&format!("Game {round}")))).await;
        sits(&store, &game, a_seat(&game, ANNA, SeatState::Seated)).await;
        assert_eq!(winners(&store, &game, 2).await, 1, "exactly one gets it");
        assert_eq!(store.seats(game.id).await.unwrap().len(), 2);
    }
}

async fn a_crowd_races_for_a_few_seats(db: Db) {
    let store = db.open().await;
    let game = made(&store, with_seats(5, a_game("Chess"))).await;
    assert_eq!(winners(&store, &game, 40).await, 5);
    assert_eq!(store.seat_counts(CLUB).await.unwrap()[&game.id].seated, 5);
}

async fn two_want_the_same_name(db: Db) {
    let store = db.open().await;
    let tries: Vec<_> = (0..8)
        .map(|_| {
            let store = store.clone();
            tokio::spawn(async move {
                let tx = store.begin().await?;
                tx.insert_game(&a_game("Chess"), 1).await?;
                tx.commit().await
            })
        })
        .collect();
    let mut made = 0;
    for one in tries {
        match one.await.unwrap() {
            Ok(()) => made += 1,
            Err(error) => assert!(matches!(error, StoreError::Taken("name")), "{error}"),
        }
    }
    assert_eq!(made, 1);
}

async fn two_want_the_same_object(db: Db) {
    let store = db.open().await;
    let mut tries = Vec::new();
    for n in 0..6 {
        let (store, game) = (store.clone(), made(&store, a_game(&format!("Game {n}"))).await);
        tries.push(tokio::spawn(async move {
            let tx = store.begin().await?;
            tx.bind(game.id, Slot::Chat, 77, None, 1).await?;
            tx.commit().await
        }));
    }
    let mut bound = 0;
    for one in tries {
        match one.await.unwrap() {
            Ok(()) => bound += 1,
            Err(error) => assert!(matches!(error, StoreError::Taken(_)), "{error}"),
        }
    }
    assert_eq!(bound, 1);
}

async fn an_old_look_does_not_undo_a_join(db: Db) {
    let store = db.open().await;
    let chess = made(&store, a_game("Chess")).await;
    for user in [ANNA, BERT] {
        // Somebody reads the seat (Anna has none, Bert left), to write down a role.
        if user == BERT {
            sits(&store, &chess, a_seat(&chess, BERT, SeatState::Left)).await;
        }
        let tx = store.begin().await.unwrap();
        let seen = tx.seat(chess.id, user).await.unwrap();
        // Meanwhile the person joins.
        let joining = tokio::spawn(join(store.clone(), chess.clone(), user));
        tokio::time::sleep(Duration::from_millis(50)).await;
        let seen = seen.unwrap_or(a_seat(&chess, user, SeatState::Left));
        tx.put_seat(CLUB, &Seat { has_player_role: true, ..seen }).await.unwrap();
        tx.commit().await.unwrap();
        assert!(joining.await.unwrap().unwrap());
        let seat = store.seat(chess.id, user).await.unwrap().unwrap();
        assert_eq!(seat.state, SeatState::Seated, "the join came last");
    }
}

async fn settings_changed_at_once_are_all_kept(db: Db) {
    let store = db.open().await;
    let roles = store.clone();
    let policy = store.clone();
    let one = tokio::spawn(async move {
        let tx = roles.begin().await.unwrap();
        let mut settings = tx.settings(CLUB).await.unwrap();
        tokio::time::sleep(Duration::from_millis(20)).await;
        settings.admin_roles = vec![RoleId::new(5)];
        tx.put_settings(&settings, 1).await.unwrap();
        tx.commit().await.unwrap();
    });
    let two = tokio::spawn(async move {
        let tx = policy.begin().await.unwrap();
        let mut settings = tx.settings(CLUB).await.unwrap();
        tokio::time::sleep(Duration::from_millis(20)).await;
        settings.drift_policy = DriftPolicy::Ask;
        tx.put_settings(&settings, 1).await.unwrap();
        tx.commit().await.unwrap();
    });
    one.await.unwrap();
    two.await.unwrap();
    let settings = store.settings(CLUB).await.unwrap();
    assert_eq!(settings.admin_roles, [RoleId::new(5)]);
    assert_eq!(settings.drift_policy, DriftPolicy::Ask);
}

async fn readers_do_not_wait_for_a_writer(db: Db) {
    let store = db.open().await;
    let chess = made(&store, a_game("Chess")).await;
    let tx = store.begin().await.unwrap();
    tx.game_for_update(chess.id).await.unwrap();
    tx.put_seat(CLUB, &a_seat(&chess, ANNA, SeatState::Seated)).await.unwrap();
    let read = tokio::time::timeout(Duration::from_secs(2), store.seats(chess.id)).await;
    assert!(read.unwrap().unwrap().is_empty(), "and do not see what is not committed");
    tx.commit().await.unwrap();
    assert_eq!(store.seats(chess.id).await.unwrap().len(), 1, "but all that is");
}
