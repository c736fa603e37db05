//! Seats: who is in, who asked, who left, and what Discord was seen to show of it.

use domain::{GameId, Seat, SeatState, Slot};
use store::SeatCounts;

use crate::{
    both::{Db, both},
    people::{ANNA, BERT, CLEO, CLUB, OTHER_CLUB, a_game, a_seat, made, sits},
};

both!(
    a_seat_is_written_changed_and_read,
    only_people_who_are_in_count,
    a_person_has_seats_in_several_games,
    grants_are_remembered_per_role,
    who_leaves_the_guild_keeps_the_seat_and_loses_the_roles,
);

async fn a_seat_is_written_changed_and_read(db: Db) {
    let store = db.open().await;
    let chess = made(&store, a_game("Chess")).await;
    assert_eq!(store.seat(chess.id, ANNA).await.unwrap(), None);
    let asked = a_seat(&chess, ANNA, SeatState::Requested);
    sits(&store, &chess, asked).await;
    assert_eq!(store.seat(chess.id, ANNA).await.unwrap(), Some(asked));
    let full = Seat {
        state: SeatState::Seated,
        is_admin: true,
        has_player_role: true,
        has_admin_role: true,
        present: false,
        since: i64::MIN,
        ..asked
    };
    sits(&store, &chess, full).await;
    assert_eq!(store.seats(chess.id).await.unwrap(), [full], "still one seat");
    let tx = store.begin().await.unwrap();
    assert_eq!(tx.seat(chess.id, ANNA).await.unwrap(), Some(full));
    assert_eq!(tx.seat(chess.id, BERT).await.unwrap(), None);
    assert_eq!(tx.seat(GameId(4_711), BERT).await.unwrap(), None);
}

async fn only_people_who_are_in_count(db: Db) {
    let store = db.open().await;
    let chess = made(&store, a_game("Chess")).await;
    let go = made(&store, a_game("Go")).await;
    let empty = made(&store, a_game("Solitaire")).await;
    sits(&store, &chess, a_seat(&chess, ANNA, SeatState::Seated)).await;
    sits(&store, &chess, a_seat(&chess, BERT, SeatState::Requested)).await;
    sits(&store, &chess, a_seat(&chess, CLEO, SeatState::Left)).await;
    sits(&store, &go, a_seat(&go, ANNA, SeatState::Seated)).await;
    sits(&store, &go, a_seat(&go, BERT, SeatState::Seated)).await;

    let tx = store.begin().await.unwrap();
    assert_eq!(tx.count_seated(chess.id).await.unwrap(), 1);
    assert_eq!(tx.count_seated(go.id).await.unwrap(), 2);
    assert_eq!(tx.count_seated(empty.id).await.unwrap(), 0);
    drop(tx);

    let counts = store.seat_counts(CLUB).await.unwrap();
    assert_eq!(counts[&chess.id], SeatCounts { seated: 1, requested: 1 });
    assert_eq!(counts[&go.id], SeatCounts { seated: 2, requested: 0 });
    assert_eq!(counts.get(&empty.id), None);
    assert!(store.seat_counts(OTHER_CLUB).await.unwrap().is_empty());

    let tx = store.begin().await.unwrap();
    tx.settle_game(go.id, Some(1), &[], true).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(
        store.seat_counts(CLUB).await.unwrap().get(&go.id),
        None,
        "gone games are not shown"
    );
}

async fn a_person_has_seats_in_several_games(db: Db) {
    let store = db.open().await;
    let chess = made(&store, a_game("Chess")).await;
    let go = made(&store, a_game("Go")).await;
    let theirs = made(&store, domain::Game { guild: OTHER_CLUB, ..a_game("Chess") }).await;
    for game in [&go, &chess, &theirs] {
        sits(&store, game, a_seat(game, ANNA, SeatState::Seated)).await;
    }
    sits(&store, &go, a_seat(&go, BERT, SeatState::Seated)).await;
    let games = |seats: Vec<Seat>| seats.into_iter().map(|seat| seat.game).collect::<Vec<_>>();
    let seats = store.seats_of_person(CLUB, ANNA).await.unwrap();
    assert_eq!(games(seats), [chess.id, go.id]);
    let tx = store.begin().await.unwrap();
    assert_eq!(games(tx.seats_of_person(CLUB, BERT).await.unwrap()), [go.id]);
    assert!(tx.seats_of_person(CLUB, CLEO).await.unwrap().is_empty());
}

async fn grants_are_remembered_per_role(db: Db) {
    let store = db.open().await;
    let chess = made(&store, a_game("Chess")).await;
    sits(&store, &chess, a_seat(&chess, ANNA, SeatState::Seated)).await;
    sits(&store, &chess, a_seat(&chess, BERT, SeatState::Seated)).await;
    let tx = store.begin().await.unwrap();
    tx.saw_grant(chess.id, ANNA, Slot::PlayerRole, true).await.unwrap();
    tx.saw_grant(chess.id, BERT, Slot::AdminRole, true).await.unwrap();
    tx.saw_grant(chess.id, BERT, Slot::Chat, true).await.unwrap();
    tx.saw_grant(chess.id, CLEO, Slot::PlayerRole, true).await.unwrap();
    tx.commit().await.unwrap();
    let has = |seat: Option<Seat>| seat.map(|seat| (seat.has_player_role, seat.has_admin_role));
    assert_eq!(has(store.seat(chess.id, ANNA).await.unwrap()), Some((true, false)));
    assert_eq!(has(store.seat(chess.id, BERT).await.unwrap()), Some((false, true)));
    assert_eq!(has(store.seat(chess.id, CLEO).await.unwrap()), None, "nobody's seat is made up");
}

async fn who_leaves_the_guild_keeps_the_seat_and_loses_the_roles(db: Db) {
    let store = db.open().await;
    let chess = made(&store, a_game("Chess")).await;
    let go = made(&store, a_game("Go")).await;
    let theirs = made(&store, domain::Game { guild: OTHER_CLUB, ..a_game("Chess") }).await;
    for game in [&chess, &go, &theirs] {
        let seat = a_seat(game, ANNA, SeatState::Seated);
        sits(&store, game, Seat { has_player_role: true, has_admin_role: true, ..seat }).await;
    }
    let leave = async |present| {
        let tx = store.begin().await.unwrap();
        let games = tx.set_presence(CLUB, ANNA, present).await.unwrap();
        tx.commit().await.unwrap();
        games
    };
    assert_eq!(leave(false).await, [chess.id, go.id]);
    let seat = store.seat(chess.id, ANNA).await.unwrap().unwrap();
    let gone = Seat { present: false, ..a_seat(&chess, ANNA, SeatState::Seated) };
    assert_eq!(seat, gone);
    let there = store.seat(theirs.id, ANNA).await.unwrap().unwrap();
    assert!(there.present && there.has_player_role, "another guild is not concerned");
    assert!(leave(false).await.is_empty(), "known already");
    assert_eq!(leave(true).await, [chess.id, go.id]);
    assert!(store.seat(go.id, ANNA).await.unwrap().unwrap().present);
}
