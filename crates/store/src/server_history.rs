//! What was seen of servers: every look for a week, every hour for a year.

use domain::server::{Reading, ServerId, ServerState};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder,
    sea_query::{Expr, OnConflict},
};

use crate::{
    Store, StoreError, Tx,
    entity::{server_hour, server_sample},
    row,
};

/// How long every look is kept, in milliseconds.
pub const RAW_KEPT_MS: i64 = 7 * 24 * HOUR_MS;
/// How long hours are kept.
const HOURS_KEPT_MS: i64 = 366 * 24 * HOUR_MS;
const HOUR_MS: i64 = 60 * 60 * 1_000;

/// One look. Times are milliseconds since the Unix epoch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sample {
    /// When.
    pub at: i64,
    /// What it did.
    pub state: ServerState,
    /// How many played.
    pub players: u32,
    /// Processor, in percent.
    pub cpu_percent: Option<u32>,
    /// Memory, in MiB.
    pub memory_mib: Option<u32>,
}

impl Sample {
    /// What a look found, or did not.
    pub fn of(at: i64, state: ServerState, reading: Option<&Reading>) -> Self {
        let usage = reading.map(|reading| reading.usage).unwrap_or_default();
        Self {
            at,
            state,
            players: reading.map_or(0, |reading| reading.players.online),
            cpu_percent: usage.cpu_percent,
            memory_mib: usage.memory_mib,
        }
    }
}

/// The looks of one hour together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hour {
    /// When it began.
    pub at: i64,
    /// How many looks there were.
    pub looks: u32,
    /// How many of them somebody answered.
    pub known: u32,
    /// How many found people able to play.
    pub up: u32,
    /// Players of all looks together.
    pub players_sum: u32,
    /// Most players at once.
    pub players_max: u32,
    /// Most processor, in percent.
    pub cpu_max: u32,
    /// Most memory, in MiB.
    pub memory_max: u32,
}

fn small(number: u32) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

fn natural(number: i32) -> u32 {
    u32::try_from(number).unwrap_or(0)
}

fn sample(model: &server_sample::Model) -> Result<Sample, StoreError> {
    let corrupt = || StoreError::Corrupt {
        table: "server_sample",
        id: format!("{}/{}", model.server_id, model.at),
        what: format!("unknown state `{}`", model.state),
    };
    Ok(Sample {
        at: model.at,
        state: ServerState::parse(&model.state).ok_or_else(corrupt)?,
        players: natural(model.players),
        cpu_percent: model.cpu_percent.map(natural),
        memory_mib: model.memory_mib.map(natural),
    })
}

impl Store {
    /// The looks of a time, oldest first.
    pub async fn server_samples(
        &self,
        id: ServerId,
        from: i64,
        until: i64,
    ) -> Result<Vec<Sample>, StoreError> {
        let rows = server_sample::Entity::find()
            .filter(server_sample::Column::ServerId.eq(id.0))
            .filter(server_sample::Column::At.between(from, until))
            .order_by_asc(server_sample::Column::At)
            .all(self.db())
            .await?;
        Ok(row::readable(rows.iter().map(sample)))
    }

    /// The hours of a time, oldest first.
    pub async fn server_hours(
        &self,
        id: ServerId,
        from: i64,
        until: i64,
    ) -> Result<Vec<Hour>, StoreError> {
        let rows = server_hour::Entity::find()
            .filter(server_hour::Column::ServerId.eq(id.0))
            .filter(server_hour::Column::Hour.between(from, until))
            .order_by_asc(server_hour::Column::Hour)
            .all(self.db())
            .await?;
        let hour = |model: server_hour::Model| Hour {
            at: model.hour,
            looks: natural(model.looks),
            known: natural(model.known),
            up: natural(model.up),
            players_sum: natural(model.players_sum),
            players_max: natural(model.players_max),
            cpu_max: natural(model.cpu_max),
            memory_max: natural(model.memory_max),
        };
        Ok(rows.into_iter().map(hour).collect())
    }
}

impl Tx {
    /// Writes a look down. The same moment twice is one look.
    pub async fn put_sample(&self, id: ServerId, sample: &Sample) -> Result<(), StoreError> {
        use server_sample::Column as S;
        let model = server_sample::ActiveModel {
            server_id: Set(id.0),
            at: Set(sample.at),
            state: Set(sample.state.as_str().to_owned()),
            players: Set(small(sample.players)),
            cpu_percent: Set(sample.cpu_percent.map(small)),
            memory_mib: Set(sample.memory_mib.map(small)),
        };
        let once = OnConflict::columns([S::ServerId, S::At]).do_nothing().to_owned();
        let insert = server_sample::Entity::insert(model).on_conflict(once);
        if insert.exec_without_returning(&self.db).await? == 0 {
            return Ok(());
        }
        self.count_in_hour(id, sample).await
    }

    async fn count_in_hour(&self, id: ServerId, sample: &Sample) -> Result<(), StoreError> {
        use server_hour::Column as H;
        let players = small(sample.players);
        let (cpu, memory) =
            (small(sample.cpu_percent.unwrap_or(0)), small(sample.memory_mib.unwrap_or(0)));
        let hour = sample.at.div_euclid(HOUR_MS) * HOUR_MS;
        let (known, up) =
            (i32::from(sample.state != ServerState::Unknown), i32::from(sample.state.is_up()));
        let first = server_hour::ActiveModel {
            server_id: Set(id.0),
            hour: Set(hour),
            looks: Set(0),
            known: Set(0),
            up: Set(0),
            players_sum: Set(0),
            players_max: Set(0),
            cpu_max: Set(0),
            memory_max: Set(0),
        };
        let once = OnConflict::columns([H::ServerId, H::Hour]).do_nothing().to_owned();
        let insert = server_hour::Entity::insert(first).on_conflict(once);
        insert.exec_without_returning(&self.db).await?;
        let add = |column: H, more: i32| Expr::col(column).add(more);
        // Neither database has a function of two numbers for this that the other has too.
        let most = |column: H, now: i32| {
            Expr::case(Expr::col(column).lt(now), now).finally(Expr::col(column)).into()
        };
        server_hour::Entity::update_many()
            .col_expr(H::Looks, add(H::Looks, 1))
            .col_expr(H::Known, add(H::Known, known))
            .col_expr(H::Up, add(H::Up, up))
            .col_expr(H::PlayersSum, add(H::PlayersSum, players))
            .col_expr(H::PlayersMax, most(H::PlayersMax, players))
            .col_expr(H::CpuMax, most(H::CpuMax, cpu))
            .col_expr(H::MemoryMax, most(H::MemoryMax, memory))
            .filter(H::ServerId.eq(id.0))
            .filter(H::Hour.eq(hour))
            .exec(&self.db)
            .await?;
        Ok(())
    }

    /// Forgets looks older than a week and hours older than a year, of one server.
    pub async fn forget_samples(&self, id: ServerId, now: i64) -> Result<(), StoreError> {
        server_sample::Entity::delete_many()
            .filter(server_sample::Column::ServerId.eq(id.0))
            .filter(server_sample::Column::At.lt(now - RAW_KEPT_MS))
            .exec(&self.db)
            .await?;
        server_hour::Entity::delete_many()
            .filter(server_hour::Column::ServerId.eq(id.0))
            .filter(server_hour::Column::Hour.lt(now - HOURS_KEPT_MS))
            .exec(&self.db)
            .await?;
        Ok(())
    }
}
