//! Seats.

use std::collections::HashMap;

use domain::{GameId, GuildId, Seat, SeatState, Slot, UserId};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Asterisk, Expr, ExprTrait, OnConflict},
};

use crate::{
    Store, StoreError, Tx,
    entity::{game, seat},
    row,
};

/// How many people a game has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SeatCounts {
    /// In.
    pub seated: u32,
    /// Asked to join.
    pub requested: u32,
}

fn state(text: &str, game: i64) -> Result<SeatState, StoreError> {
    Ok(match text {
        "requested" => SeatState::Requested,
        "seated" => SeatState::Seated,
        "left" => SeatState::Left,
        other => {
            return Err(StoreError::Corrupt {
                table: "seat",
                id: game.to_string(),
                what: format!("unknown state `{other}`"),
            });
        }
    })
}

fn seat(model: &seat::Model) -> Result<Seat, StoreError> {
    Ok(Seat {
        game: GameId(model.game_id),
        user: row::id("seat", model.user_id)?,
        state: state(&model.state, model.game_id)?,
        is_admin: model.is_admin,
        has_player_role: model.has_player_role,
        has_admin_role: model.has_admin_role,
        present: model.present,
        since: model.since,
    })
}

async fn one(
    db: &impl ConnectionTrait,
    game: GameId,
    user: UserId,
) -> Result<Option<Seat>, StoreError> {
    seat::Entity::find_by_id((game.0, row::to_column(user)))
        .one(db)
        .await?
        .as_ref()
        .map(seat)
        .transpose()
}

async fn all(db: &impl ConnectionTrait, game: GameId) -> Result<Vec<Seat>, StoreError> {
    seat::Entity::find()
        .filter(seat::Column::GameId.eq(game.0))
        .all(db)
        .await?
        .iter()
        .map(seat)
        .collect()
}

async fn of_person(
    db: &impl ConnectionTrait,
    guild: GuildId,
    user: UserId,
) -> Result<Vec<Seat>, StoreError> {
    seat::Entity::find()
        .filter(seat::Column::GuildId.eq(row::to_column(guild)))
        .filter(seat::Column::UserId.eq(row::to_column(user)))
        .order_by_asc(seat::Column::GameId)
        .all(db)
        .await?
        .iter()
        .map(seat)
        .collect()
}

impl Store {
    /// One person's seat in one game.
    pub async fn seat(&self, game: GameId, user: UserId) -> Result<Option<Seat>, StoreError> {
        one(self.db(), game, user).await
    }

    /// All seats of a game, those of people who left included.
    pub async fn seats(&self, game: GameId) -> Result<Vec<Seat>, StoreError> {
        all(self.db(), game).await
    }

    /// One person's seats in a guild, oldest game first.
    pub async fn seats_of_person(
        &self,
        guild: GuildId,
        user: UserId,
    ) -> Result<Vec<Seat>, StoreError> {
        of_person(self.db(), guild, user).await
    }

    /// How many people each game of a guild has; games without any are left out.
    pub async fn seat_counts(
        &self,
        guild: GuildId,
    ) -> Result<HashMap<GameId, SeatCounts>, StoreError> {
        let rows: Vec<(i64, String, i64)> = seat::Entity::find()
            .select_only()
            .column(seat::Column::GameId)
            .column(seat::Column::State)
            .column_as(Expr::col(Asterisk).count(), "people")
            .filter(
                seat::Column::GameId.in_subquery(
                    sea_orm::QuerySelect::query(
                        &mut game::Entity::find().select_only().column(game::Column::Id).filter(
                            game::Column::GuildId
                                .eq(row::to_column(guild))
                                .and(game::Column::Gone.eq(false)),
                        ),
                    )
                    .to_owned(),
                ),
            )
            .group_by(seat::Column::GameId)
            .group_by(seat::Column::State)
            .into_tuple()
            .all(self.db())
            .await?;
        let mut counts: HashMap<GameId, SeatCounts> = HashMap::new();
        for (id, text, people) in rows {
            let people = u32::try_from(people).unwrap_or(u32::MAX);
            let entry = counts.entry(GameId(id)).or_default();
            match state(&text, id) {
                Ok(SeatState::Seated) => entry.seated = people,
                Ok(SeatState::Requested) => entry.requested = people,
                Ok(SeatState::Left) => {}
                Err(error) => row::complain(&error),
            }
        }
        Ok(counts)
    }
}

impl Tx {
    /// One person's seat in one game. It stays as it is, or absent, until the transaction ends,
    /// so that a seat that is read, changed and written back does not undo what somebody else
    /// did in between: the game is locked, because a seat that is absent cannot be.
    pub async fn seat(&self, game: GameId, user: UserId) -> Result<Option<Seat>, StoreError> {
        if self.has_rivals() {
            game::Entity::find_by_id(game.0)
                .select_only()
                .column(game::Column::Id)
                .lock_exclusive()
                .into_tuple::<i64>()
                .one(&self.db)
                .await?;
        }
        one(&self.db, game, user).await
    }

    /// One person's seats in a guild, inside the transaction.
    pub async fn seats_of_person(
        &self,
        guild: GuildId,
        user: UserId,
    ) -> Result<Vec<Seat>, StoreError> {
        of_person(&self.db, guild, user).await
    }

    /// People who are in.
    pub async fn count_seated(&self, game: GameId) -> Result<u32, StoreError> {
        let count: Option<(i64,)> = seat::Entity::find()
            .select_only()
            .column_as(Expr::col(Asterisk).count(), "people")
            .filter(seat::Column::GameId.eq(game.0))
            .filter(seat::Column::State.eq(SeatState::Seated.as_str()))
            .into_tuple()
            .one(&self.db)
            .await?;
        Ok(count.map_or(0, |(people,)| u32::try_from(people).unwrap_or(u32::MAX)))
    }

    /// The seats that any of these people have in any of these games. The games must have been
    /// locked before.
    pub async fn seats_among(
        &self,
        games: &[GameId],
        people: &[UserId],
    ) -> Result<Vec<Seat>, StoreError> {
        seat::Entity::find()
            .filter(seat::Column::GameId.is_in(games.iter().map(|game| game.0)))
            .filter(seat::Column::UserId.is_in(people.iter().map(|user| row::to_column(*user))))
            .all(&self.db)
            .await?
            .iter()
            .map(seat)
            .collect()
    }

    /// Writes a seat, new or changed.
    pub async fn put_seat(&self, guild: GuildId, seat: &Seat) -> Result<(), StoreError> {
        self.put_seats(&[(guild, *seat)]).await
    }

    /// Writes seats, new or changed, in one statement; none of them twice.
    pub async fn put_seats(&self, seats: &[(GuildId, Seat)]) -> Result<(), StoreError> {
        if seats.is_empty() {
            return Ok(());
        }
        let models = seats.iter().map(|(guild, seat)| seat::ActiveModel {
            game_id: Set(seat.game.0),
            user_id: Set(row::to_column(seat.user)),
            guild_id: Set(row::to_column(*guild)),
            state: Set(seat.state.as_str().to_owned()),
            is_admin: Set(seat.is_admin),
            has_player_role: Set(seat.has_player_role),
            has_admin_role: Set(seat.has_admin_role),
            present: Set(seat.present),
            since: Set(seat.since),
        });
        seat::Entity::insert_many(models)
            .on_conflict(
                OnConflict::columns([seat::Column::GameId, seat::Column::UserId])
                    .update_columns([
                        seat::Column::State,
                        seat::Column::IsAdmin,
                        seat::Column::HasPlayerRole,
                        seat::Column::HasAdminRole,
                        seat::Column::Present,
                        seat::Column::Since,
                    ])
                    .to_owned(),
            )
            .exec_without_returning(&self.db)
            .await?;
        Ok(())
    }

    /// Remembers whether a person was seen to have one of a game's roles.
    pub async fn saw_grant(
        &self,
        game: GameId,
        user: UserId,
        slot: Slot,
        has: bool,
    ) -> Result<(), StoreError> {
        let Some(column) = grant_column(slot) else { return Ok(()) };
        seat::Entity::update_many()
            .col_expr(column, Expr::value(has))
            .filter(seat::Column::GameId.eq(game.0))
            .filter(seat::Column::UserId.eq(row::to_column(user)))
            .exec(&self.db)
            .await?;
        Ok(())
    }

    /// Forgets who was seen to have the role in `slot`.
    pub(crate) async fn forget_grants(&self, game: GameId, slot: Slot) -> Result<(), StoreError> {
        let Some(column) = grant_column(slot) else { return Ok(()) };
        seat::Entity::update_many()
            .col_expr(column, Expr::value(false))
            .filter(seat::Column::GameId.eq(game.0))
            .exec(&self.db)
            .await?;
        Ok(())
    }

    /// Remembers that a person left the guild, or came back; roles are lost either way. Answers
    /// the games that are affected.
    pub async fn set_presence(
        &self,
        guild: GuildId,
        user: UserId,
        present: bool,
    ) -> Result<Vec<GameId>, StoreError> {
        let seats = of_person(&self.db, guild, user).await?;
        let changed: Vec<GameId> =
            seats.iter().filter(|seat| seat.present != present).map(|seat| seat.game).collect();
        if !changed.is_empty() {
            seat::Entity::update_many()
                .col_expr(seat::Column::Present, Expr::value(present))
                .col_expr(seat::Column::HasPlayerRole, Expr::value(false))
                .col_expr(seat::Column::HasAdminRole, Expr::value(false))
                .filter(seat::Column::GuildId.eq(row::to_column(guild)))
                .filter(seat::Column::UserId.eq(row::to_column(user)))
                .exec(&self.db)
                .await?;
        }
        Ok(changed)
    }
}

fn grant_column(slot: Slot) -> Option<seat::Column> {
    match slot {
        Slot::PlayerRole => Some(seat::Column::HasPlayerRole),
        Slot::AdminRole => Some(seat::Column::HasAdminRole),
        _ => None,
    }
}
