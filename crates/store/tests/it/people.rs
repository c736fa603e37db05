//! The same few people, games and entries, for all stories.

use domain::{
    Admission, Capacity, Description, Game, GameId, GameName, GuildId, Layout, Phase, Seat,
    SeatState, UserId, Visibility,
    audit::{AuditKind, Outcome},
    fleet::Shards,
};
use store::{AuditEntry, Claim, Store};

pub(crate) const CLUB: GuildId = GuildId::new(1_000);
pub(crate) const OTHER_CLUB: GuildId = GuildId::new(2_000);
pub(crate) const ANNA: UserId = UserId::new(11);
pub(crate) const BERT: UserId = UserId::new(12);
pub(crate) const CLEO: UserId = UserId::new(13);

/// A game as somebody would make it.
pub(crate) fn a_game(name: &str) -> Game {
    Game {
        id: GameId(0),
        guild: CLUB,
        name: GameName::parse(name).unwrap(),
        emoji: None,
        colour: None,
        description: Description::default(),
        capacity: None,
        admission: Admission::Open,
        visibility: Visibility::Members,
        layout: Layout::SIMPLE,
        phase: Phase::Active,
        generation: 1,
        created_by: ANNA,
        created_at: 100,
    }
}

pub(crate) fn with_seats(seats: u32, game: Game) -> Game {
    Game { capacity: Some(Capacity::new(seats).unwrap()), ..game }
}

/// Writes a game; answers it with its id.
pub(crate) async fn made(store: &Store, game: Game) -> Game {
    let tx = store.begin().await.unwrap();
    let id = tx.insert_game(&game, 100).await.unwrap();
    tx.commit().await.unwrap();
    Game { id, ..game }
}

pub(crate) fn a_seat(game: &Game, user: UserId, state: SeatState) -> Seat {
    Seat {
        game: game.id,
        user,
        state,
        is_admin: false,
        has_player_role: false,
        has_admin_role: false,
        present: true,
        since: 100,
    }
}

/// Writes a seat in a transaction of its own.
pub(crate) async fn sits(store: &Store, game: &Game, seat: Seat) {
    let tx = store.begin().await.unwrap();
    tx.put_seat(game.guild, &seat).await.unwrap();
    tx.commit().await.unwrap();
}

pub(crate) fn an_entry(game: &Game, kind: AuditKind, outcome: Outcome) -> AuditEntry {
    AuditEntry {
        guild: game.guild,
        game: Some((game.id, game.name.to_string())),
        actor: Some(ANNA),
        subject: None,
        kind,
        outcome,
        before: None,
        after: None,
        plan: None,
        correlation: "c0ffee".to_owned(),
        generation: Some(game.generation),
    }
}

/// One process with every shard there is.
pub(crate) fn all_shards() -> Shards {
    Shards { total: 1, held: [0].into() }
}

/// A claim on work that is due now, until then.
pub(crate) fn a_claim<'a>(
    owner: &'a str,
    (now, until): (i64, i64),
    limit: u64,
    shards: &'a Shards,
) -> Claim<'a> {
    Claim { owner, now, lease_now: now, lease_ms: until - now, limit, shards }
}
