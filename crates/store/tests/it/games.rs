//! Games: their facts, their names, their life.

use domain::{
    Admission, Colour, Description, Emoji, Game, GameId, GameName, Layout, Phase, Visibility,
    plan::Problem,
};
use store::{GameRecord, Store, StoreError};

use crate::{
    both::{Db, both},
    people::{BERT, CLUB, OTHER_CLUB, a_game, made, with_seats},
};

both!(
    a_game_comes_back_as_it_was_written,
    every_fact_can_change,
    look_alike_names_are_one_name,
    another_guild_may_use_the_name,
    deleting_frees_the_name_at_once,
    no_name_is_in_the_way_of_a_deletion,
    the_longest_names_fit,
    a_game_settles_and_then_is_gone,
    the_sweep_walks_all_games_in_pages,
    ids_are_not_used_again,
);

async fn written(store: &Store, game: &Game) -> Result<(), StoreError> {
    let tx = store.begin().await?;
    tx.update_game(game, 200).await?;
    tx.commit().await
}

async fn tried(store: &Store, game: &Game) -> Result<GameId, StoreError> {
    let tx = store.begin().await?;
    let id = tx.insert_game(game, 100).await?;
    tx.commit().await?;
    Ok(id)
}

async fn a_game_comes_back_as_it_was_written(db: Db) {
    let store = db.open().await;
    let chess = made(&store, a_game("Chess")).await;
    let known = store.game(chess.id).await.unwrap().unwrap();
    let fresh = GameRecord { game: chess, settled_generation: 0, problems: vec![], gone: false };
    assert_eq!(known, fresh);
    assert_eq!(store.game(GameId(4_711)).await.unwrap(), None);
    let tx = store.begin().await.unwrap();
    assert_eq!(tx.game_for_update(fresh.game.id).await.unwrap(), Some(fresh));
    assert_eq!(tx.game_for_update(GameId(4_711)).await.unwrap(), None);
}

async fn every_fact_can_change(db: Db) {
    let store = db.open().await;
    let chess = made(&store, a_game("Chess")).await;
    let custom = Emoji::Custom { id: u64::MAX >> 1, name: "rook".to_owned(), animated: true };
    let changed = Game {
        name: GameName::parse("Schach – für „alle“ 🎲").unwrap(),
        emoji: Some(custom),
        colour: Some(Colour::parse("#ffffff").unwrap()),
        description: Description::parse("Every Tuesday; 'quoted' \\ and %").unwrap(),
        admission: Admission::Approval,
        visibility: Visibility::Everyone,
        layout: Layout { announcements: true, forum: true, voice: 5, ..Layout::SIMPLE },
        phase: Phase::Archived { release_channels: true },
        generation: i64::MAX,
        created_by: BERT,
        ..with_seats(10_000, chess.clone())
    };
    written(&store, &changed).await.unwrap();
    assert_eq!(store.game(chess.id).await.unwrap().unwrap().game, changed);
    written(&store, &chess).await.unwrap();
    assert_eq!(store.game(chess.id).await.unwrap().unwrap().game, chess);
}

async fn look_alike_names_are_one_name(db: Db) {
    let store = db.open().await;
    made(&store, a_game("Dota 2")).await;
    for name in ["dota 2", "DOTA 2", "Dоta 2", "Dota2", "Ｄｏｔａ ２"] {
        let error = tried(&store, &a_game(name)).await.unwrap_err();
        assert!(matches!(error, StoreError::Taken("name")), "{name}: {error}");
    }
    let chess = made(&store, a_game("Chess")).await;
    let renamed = Game { name: GameName::parse("dota 2").unwrap(), ..chess.clone() };
    let error = written(&store, &renamed).await.unwrap_err();
    assert!(matches!(error, StoreError::Taken("name")), "{error}");
    assert_eq!(store.game(chess.id).await.unwrap().unwrap().game, chess);
    // Its own name in another dress is no conflict.
    let dressed = Game { name: GameName::parse("CHESS").unwrap(), ..chess };
    written(&store, &dressed).await.unwrap();
}

async fn another_guild_may_use_the_name(db: Db) {
    let store = db.open().await;
    made(&store, a_game("Chess")).await;
    let theirs = made(&store, Game { guild: OTHER_CLUB, ..a_game("Chess") }).await;
    let games = store.games_of_guild(OTHER_CLUB).await.unwrap();
    assert_eq!(games.into_iter().map(|record| record.game).collect::<Vec<_>>(), [theirs]);
}

async fn deleting_frees_the_name_at_once(db: Db) {
    let store = db.open().await;
    for _ in 0..3 {
        let chess = made(&store, a_game("Chess")).await;
        let archived = Game { phase: Phase::Archived { release_channels: false }, ..chess.clone() };
        written(&store, &archived).await.unwrap();
        let error = tried(&store, &a_game("Chess")).await.unwrap_err();
        assert!(matches!(error, StoreError::Taken("name")), "archived games keep their name");
        written(&store, &Game { phase: Phase::Deleted, ..chess }).await.unwrap();
    }
    made(&store, a_game("Chess")).await;
    assert_eq!(store.games_of_guild(CLUB).await.unwrap().len(), 4, "not gone until Discord is");
}

async fn no_name_is_in_the_way_of_a_deletion(db: Db) {
    let store = db.open().await;
    let chess = made(&store, a_game("Chess")).await;
    for mark in ["#", " ", "", "-", ":", "/", "@"] {
        // Whatever the key of a deleted game is made of, people may write it too.
        let name = format!("Chess{mark}{}", chess.id);
        if let Err(error) = tried(&store, &a_game(&name)).await {
            assert!(matches!(error, StoreError::Taken("name")), "{name}: {error}");
        }
    }
    written(&store, &Game { phase: Phase::Deleted, ..chess.clone() }).await.unwrap();
    made(&store, a_game("Chess")).await;
}

async fn the_longest_names_fit(db: Db) {
    let store = db.open().await;
    // 80 characters that are many more once they are compared by their looks.
    let long = "\u{fdfa}".repeat(80);
    let wide = "𝕎".repeat(80);
    let mixed: String = ('\u{4e00}'..).take(80).collect();
    for name in [long, wide, mixed] {
        let game = made(&store, a_game(&name)).await;
        assert_eq!(store.game(game.id).await.unwrap().unwrap().game.name.as_str(), name);
    }
}

async fn a_game_settles_and_then_is_gone(db: Db) {
    let store = db.open().await;
    let chess = made(&store, a_game("Chess")).await;
    let problem = Problem::RolesFull { needed: 2, left: 0 };
    let tx = store.begin().await.unwrap();
    tx.settle_game(chess.id, None, std::slice::from_ref(&problem), false).await.unwrap();
    tx.commit().await.unwrap();
    let stuck = store.game(chess.id).await.unwrap().unwrap();
    assert_eq!((stuck.settled_generation, stuck.problems), (0, vec![problem]));

    // An edit leaves what the reconciler knows alone.
    written(&store, &Game { generation: 2, ..chess.clone() }).await.unwrap();
    assert_eq!(store.game(chess.id).await.unwrap().unwrap().problems.len(), 1);

    let tx = store.begin().await.unwrap();
    tx.settle_game(chess.id, Some(2), &[], true).await.unwrap();
    tx.commit().await.unwrap();
    let gone = store.game(chess.id).await.unwrap().unwrap();
    assert_eq!((gone.settled_generation, gone.problems, gone.gone), (2, vec![], true));
    assert!(store.games_of_guild(CLUB).await.unwrap().is_empty());
}

async fn the_sweep_walks_all_games_in_pages(db: Db) {
    let store = db.open().await;
    let mut all = Vec::new();
    for n in 0..7 {
        let guild = if n % 2 == 0 { CLUB } else { OTHER_CLUB };
        let game = made(&store, Game { guild, ..a_game(&format!("Game {n}")) }).await;
        all.push((game.id, guild));
    }
    let gone = all.remove(3);
    let tx = store.begin().await.unwrap();
    tx.settle_game(gone.0, Some(1), &[], true).await.unwrap();
    tx.commit().await.unwrap();

    let mut walked = Vec::new();
    let mut after = GameId(0);
    loop {
        let page = store.games_after(after, 4).await.unwrap();
        let Some((last, _)) = page.last() else { break };
        after = *last;
        walked.extend(page);
    }
    assert_eq!(walked, all);
}

async fn ids_are_not_used_again(db: Db) {
    let store = db.open().await;
    let last = made(&store, a_game("Chess")).await;
    db.run("DELETE FROM game").await;
    assert!(made(&store, a_game("Chess")).await.id > last.id);
}
