//! Games.

use domain::{
    Admission, Capacity, Colour, Description, Game, GameId, GameName, GuildId, Phase, Visibility,
    plan::Problem,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, NotSet, QueryFilter, QueryOrder,
    QuerySelect, sea_query::Expr,
};

use crate::{Store, StoreError, Tx, entity::game, row};

/// A game with what the reconciler knows about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GameRecord {
    /// What should be.
    pub game: Game,
    /// The generation Discord was last seen to show in full.
    pub settled_generation: i64,
    /// What stands in the way.
    pub problems: Vec<Problem>,
    /// Deleted, and Discord is clean.
    pub gone: bool,
}

fn corrupt(id: i64, what: &str) -> StoreError {
    StoreError::Corrupt { table: "game", id: id.to_string(), what: what.to_owned() }
}

impl TryFrom<game::Model> for GameRecord {
    type Error = StoreError;

    fn try_from(model: game::Model) -> Result<Self, StoreError> {
        let id = model.id;
        let phase = match model.phase.as_str() {
            "active" => Phase::Active,
            "archived" => Phase::Archived { release_channels: model.release_channels },
            "deleted" => Phase::Deleted,
            other => return Err(corrupt(id, &format!("unknown phase `{other}`"))),
        };
        let admission = match model.admission.as_str() {
            "open" => Admission::Open,
            "approval" => Admission::Approval,
            other => return Err(corrupt(id, &format!("unknown admission `{other}`"))),
        };
        let visibility = match model.visibility.as_str() {
            "everyone" => Visibility::Everyone,
            "members" => Visibility::Members,
            other => return Err(corrupt(id, &format!("unknown visibility `{other}`"))),
        };
        let capacity = model
            .capacity
            .map(|seats| {
                u32::try_from(seats)
                    .ok()
                    .and_then(|seats| Capacity::new(seats).ok())
                    .ok_or_else(|| corrupt(id, "capacity out of range"))
            })
            .transpose()?;
        let colour = model
            .colour
            .map(|value| {
                u32::try_from(value)
                    .ok()
                    .and_then(Colour::from_discord)
                    .ok_or_else(|| corrupt(id, "colour out of range"))
            })
            .transpose()?;
        Ok(Self {
            game: Game {
                id: GameId(id),
                guild: row::id("game", model.guild_id)?,
                name: GameName::from_stored(model.name),
                emoji: model.emoji.map(|emoji| row::from_json("game", &id, &emoji)).transpose()?,
                colour,
                description: Description::from_stored(model.description),
                capacity,
                admission,
                visibility,
                layout: row::from_json("game", &id, &model.layout)?,
                phase,
                generation: model.generation,
                created_by: row::id("game", model.created_by)?,
                created_at: model.created_at,
            },
            settled_generation: model.settled_generation,
            problems: row::from_json("game", &id, &model.problems)?,
            gone: model.gone,
        })
    }
}

/// The columns that follow from a `Game`. A deleted game gives its name back at once: its key
/// gets a space, which no name's key has, so that no name can be in the way of a deletion.
fn columns(game: &Game, now: i64) -> Result<game::ActiveModel, StoreError> {
    let key = game.name.key();
    let (release_channels, name_key) = match game.phase {
        Phase::Active => (false, key),
        Phase::Archived { release_channels } => (release_channels, key),
        Phase::Deleted => (false, format!("{key} {}", game.id)),
    };
    Ok(game::ActiveModel {
        id: NotSet,
        guild_id: Set(row::to_column(game.guild)),
        name: Set(game.name.as_str().to_owned()),
        name_key: Set(name_key),
        emoji: Set(game.emoji.as_ref().map(|emoji| row::json("game", emoji)).transpose()?),
        colour: Set(game.colour.map(|colour| colour.value().cast_signed())),
        description: Set(game.description.as_str().to_owned()),
        capacity: Set(game.capacity.map(|capacity| capacity.seats().cast_signed())),
        admission: Set(match game.admission {
            Admission::Open => "open",
            Admission::Approval => "approval",
        }
        .to_owned()),
        visibility: Set(match game.visibility {
            Visibility::Everyone => "everyone",
            Visibility::Members => "members",
        }
        .to_owned()),
        layout: Set(row::json("game", &game.layout)?),
        phase: Set(game.phase.as_str().to_owned()),
        release_channels: Set(release_channels),
        gone: NotSet,
        generation: Set(game.generation),
        settled_generation: NotSet,
        problems: NotSet,
        created_by: Set(row::to_column(game.created_by)),
        created_at: Set(game.created_at),
        updated_at: Set(now),
    })
}

impl Store {
    /// One game, gone or not.
    pub async fn game(&self, id: GameId) -> Result<Option<GameRecord>, StoreError> {
        one(self.db(), id, false).await
    }

    /// The guild's games that are not gone, oldest first.
    pub async fn games_of_guild(&self, guild: GuildId) -> Result<Vec<GameRecord>, StoreError> {
        let rows = game::Entity::find()
            .filter(game::Column::GuildId.eq(row::to_column(guild)))
            .filter(game::Column::Gone.eq(false))
            // One order for everybody: whoever locks several games meets no one coming back.
            .order_by_asc(game::Column::Id)
            .all(self.db())
            .await?;
        Ok(row::readable(rows.into_iter().map(GameRecord::try_from)))
    }

    /// Every game that is not gone, for the slow sweep: the next `limit` ids after `after`.
    pub async fn games_after(
        &self,
        after: GameId,
        limit: u64,
    ) -> Result<Vec<(GameId, GuildId)>, StoreError> {
        let rows: Vec<(i64, i64)> = game::Entity::find()
            .select_only()
            .column(game::Column::Id)
            .column(game::Column::GuildId)
            .filter(game::Column::Id.gt(after.0))
            .filter(game::Column::Gone.eq(false))
            .order_by_asc(game::Column::Id)
            .limit(limit)
            .into_tuple()
            .all(self.db())
            .await?;
        let pairs = rows.into_iter().map(|(id, guild)| Ok((GameId(id), row::id("game", guild)?)));
        Ok(row::readable(pairs))
    }
}

impl Tx {
    /// One game, locked until the transaction ends.
    pub async fn game_for_update(&self, id: GameId) -> Result<Option<GameRecord>, StoreError> {
        one(&self.db, id, true).await
    }

    /// Several games, locked until the transaction ends, always in the order of their ids so that
    /// two transactions never wait for each other.
    pub async fn games_for_update(&self, ids: &[GameId]) -> Result<Vec<GameRecord>, StoreError> {
        game::Entity::find()
            .filter(game::Column::Id.is_in(ids.iter().map(|id| id.0)))
            .order_by_asc(game::Column::Id)
            .lock_exclusive()
            .all(&self.db)
            .await?
            .into_iter()
            .map(GameRecord::try_from)
            .collect()
    }

    /// A new game; its `id` is ignored. [`StoreError::Taken`] when a look-alike name exists.
    pub async fn insert_game(&self, game: &Game, now: i64) -> Result<GameId, StoreError> {
        let mut model = columns(game, now)?;
        model.gone = Set(false);
        model.settled_generation = Set(0);
        model.problems = Set("[]".to_owned());
        let inserted = game::Entity::insert(model)
            .exec(&self.db)
            .await
            .map_err(|error| StoreError::or_taken(error, "name"))?;
        Ok(GameId(inserted.last_insert_id))
    }

    /// Writes a changed game. [`StoreError::Taken`] when a look-alike name exists.
    pub async fn update_game(&self, game: &Game, now: i64) -> Result<(), StoreError> {
        let mut model = columns(game, now)?;
        model.id = Set(game.id.0);
        game::Entity::update(model)
            .exec(&self.db)
            .await
            .map_err(|error| StoreError::or_taken(error, "name"))?;
        Ok(())
    }

    /// Writes what stands in the way, and up to which generation Discord follows.
    pub async fn settle_game(
        &self,
        id: GameId,
        settled_generation: Option<i64>,
        problems: &[Problem],
        gone: bool,
    ) -> Result<(), StoreError> {
        let mut update = game::Entity::update_many()
            .col_expr(game::Column::Problems, Expr::value(row::json("game", &problems)?))
            .col_expr(game::Column::Gone, Expr::value(gone));
        if let Some(generation) = settled_generation {
            update = update.col_expr(game::Column::SettledGeneration, Expr::value(generation));
        }
        update.filter(game::Column::Id.eq(id.0)).exec(&self.db).await?;
        Ok(())
    }
}

async fn one(
    db: &impl ConnectionTrait,
    id: GameId,
    lock: bool,
) -> Result<Option<GameRecord>, StoreError> {
    let mut query = game::Entity::find_by_id(id.0);
    if lock {
        query = query.lock_exclusive();
    }
    query.one(db).await?.map(GameRecord::try_from).transpose()
}
