//! Several processes on one database: signs of life, and the shards each holds.
//!
//! Leases go by the database's own time, so that a process whose clock is wrong neither loses
//! what it holds nor takes what others hold.

use std::collections::{BTreeMap, BTreeSet};

use domain::fleet::{Shards, Turn};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, Statement,
    sea_query::{Expr, OnConflict},
};

use crate::{
    Store, StoreError, Tx,
    entity::{instance, shard, work},
    migration,
};

/// What processes wait for that take their turn at once; any number that nothing else uses.
const LOCK: i64 = 0x666c_6565;

/// One process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instance {
    /// Unique among processes, and the same after a restart.
    pub name: String,
    /// Differs with each start.
    pub boot: i64,
}

/// A process that gave a sign of life.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alive {
    /// Its name.
    pub name: String,
    /// How long ago the sign was, in milliseconds.
    pub ago_ms: i64,
}

/// How a process's turn went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Turned {
    /// It goes on with these shards, and closes one of them if it is to hand one over.
    On {
        /// The shards it holds from now on.
        held: BTreeSet<u32>,
        /// The one to hand over.
        give: Option<u32>,
        /// The database's time, by which leases go.
        now: i64,
        /// Processes alive, this one too.
        alive: usize,
    },
    /// Another process was started under the same name.
    Replaced,
    /// Processes that are alive divide another number of shards.
    OtherTotal(u32),
}

/// How long signs of life and shard leases last, in milliseconds.
#[derive(Clone, Copy, Debug)]
pub struct Lifetimes {
    /// A process that gave no sign for so long counts as dead.
    pub sign_ms: i64,
    /// A shard that was not renewed for so long is free.
    pub shard_ms: i64,
}

impl Store {
    /// A process starts. What its predecessor of the same name held is free at once; answers the
    /// database's time.
    pub async fn enter(&self, me: &Instance, own_now: i64) -> Result<i64, StoreError> {
        let tx = self.begin().await?;
        tx.hold(LOCK).await?;
        let now = tx.time(own_now).await?;
        tx.let_go(&me.name).await?;
        instance::Entity::insert(instance::ActiveModel {
            name: Set(me.name.clone()),
            boot: Set(me.boot),
            seen_at: Set(now),
        })
        .on_conflict(
            OnConflict::column(instance::Column::Name)
                .update_columns([instance::Column::Boot, instance::Column::SeenAt])
                .to_owned(),
        )
        .exec_without_returning(&tx.db)
        .await?;
        tx.commit().await?;
        Ok(now)
    }

    /// A process ends in order: what it holds is free at once.
    pub async fn leave(&self, me: &Instance) -> Result<(), StoreError> {
        let tx = self.begin().await?;
        let gone = instance::Entity::delete_many()
            .filter(instance::Column::Name.eq(&*me.name))
            .filter(instance::Column::Boot.eq(me.boot))
            .exec(&tx.db)
            .await?;
        // Otherwise a successor of the same name has it all already.
        if gone.rows_affected > 0 {
            tx.let_go(&me.name).await?;
        }
        tx.commit().await
    }

    /// A process gives a sign of life, renews its shards and, as `divide` says, takes others.
    /// `divide` is told who is alive and who holds what. Processes take their turns one by one.
    pub async fn take_turn(
        &self,
        me: &Instance,
        total: u32,
        own_now: i64,
        lives: Lifetimes,
        divide: impl FnOnce(&BTreeSet<String>, &BTreeMap<u32, String>) -> Turn,
    ) -> Result<Turned, StoreError> {
        let tx = self.begin().await?;
        tx.hold(LOCK).await?;
        let now = tx.time(own_now).await?;
        let seen = instance::Entity::update_many()
            .col_expr(instance::Column::SeenAt, Expr::value(now))
            .filter(instance::Column::Name.eq(&*me.name))
            .filter(instance::Column::Boot.eq(me.boot))
            .exec(&tx.db)
            .await?;
        if seen.rows_affected == 0 {
            return Ok(Turned::Replaced);
        }
        instance::Entity::delete_many()
            .filter(instance::Column::SeenAt.lte(now.saturating_sub(lives.sign_ms)))
            .exec(&tx.db)
            .await?;
        let alive: BTreeSet<String> =
            instance::Entity::find().all(&tx.db).await?.into_iter().map(|row| row.name).collect();
        // A lease of one's own that ran out and that nobody took is still one's own.
        shard::Entity::delete_many()
            .filter(shard::Column::LeaseUntil.lte(now))
            .filter(shard::Column::Owner.ne(&*me.name))
            .exec(&tx.db)
            .await?;
        let rows = shard::Entity::find().all(&tx.db).await?;
        let column = i32::try_from(total).unwrap_or(i32::MAX);
        let (rows, others): (Vec<_>, Vec<_>) =
            rows.into_iter().partition(|row| row.total == column || row.owner == me.name);
        if let Some(other) = others.first() {
            return Ok(Turned::OtherTotal(other.total.unsigned_abs()));
        }
        let holders: BTreeMap<u32, String> = rows
            .into_iter()
            .filter(|row| row.total == column)
            .map(|row| (row.number.unsigned_abs(), row.owner))
            .collect();
        let Turn { take, give } = divide(&alive, &holders);
        let mine = holders.iter().filter(|(_, who)| **who == me.name).map(|(shard, _)| *shard);
        let held: BTreeSet<u32> = mine.chain(take).collect();
        for number in &held {
            shard::Entity::insert(shard::ActiveModel {
                total: Set(column),
                number: Set(number.cast_signed()),
                owner: Set(me.name.clone()),
                lease_until: Set(now.saturating_add(lives.shard_ms)),
            })
            .on_conflict(
                OnConflict::columns([shard::Column::Total, shard::Column::Number])
                    .update_columns([shard::Column::Owner, shard::Column::LeaseUntil])
                    .to_owned(),
            )
            .exec_without_returning(&tx.db)
            .await?;
        }
        tx.commit().await?;
        Ok(Turned::On { held, give, now, alive: alive.len() })
    }

    /// Processes on this database, with how long ago each gave its last sign of life. One that ended
    /// in order is not among them, one that crashed is.
    pub async fn instances(&self, own_now: i64) -> Result<Vec<Alive>, StoreError> {
        alive(self.db(), own_now).await
    }

    /// The time of the database, by which leases go; on SQLite the caller's own.
    pub async fn time(&self, own_now: i64) -> Result<i64, StoreError> {
        self.begin().await?.time(own_now).await
    }

    /// Who holds which shard, also where the lease has run out and nobody has taken it yet.
    pub async fn shard_holders(&self) -> Result<BTreeMap<u32, String>, StoreError> {
        let rows = shard::Entity::find().all(self.db()).await?;
        Ok(rows.into_iter().map(|row| (row.number.unsigned_abs(), row.owner)).collect())
    }

    /// Frees a shard that was closed in order to hand it over.
    pub async fn hand_over(
        &self,
        me: &Instance,
        total: u32,
        number: u32,
    ) -> Result<(), StoreError> {
        let tx = self.begin().await?;
        shard::Entity::delete_many()
            .filter(shard::Column::Total.eq(i32::try_from(total).unwrap_or(i32::MAX)))
            .filter(shard::Column::Number.eq(number.cast_signed()))
            .filter(shard::Column::Owner.eq(&*me.name))
            .exec(&tx.db)
            .await?;
        tx.commit().await
    }
}

impl Tx {
    /// Everything that a process of this name holds becomes free.
    async fn let_go(&self, name: &str) -> Result<(), StoreError> {
        work::Entity::update_many()
            .col_expr(work::Column::LeaseOwner, Expr::value(None::<String>))
            .col_expr(work::Column::LeaseUntil, Expr::value(None::<i64>))
            .filter(work::Column::LeaseOwner.eq(name))
            .exec(&self.db)
            .await?;
        shard::Entity::delete_many().filter(shard::Column::Owner.eq(name)).exec(&self.db).await?;
        Ok(())
    }

    /// The time of the database, which all its processes share. SQLite has one process, whose own
    /// time is as good.
    pub(crate) async fn time(&self, own_now: i64) -> Result<i64, StoreError> {
        time(&self.db, own_now).await
    }
}

async fn time(db: &impl ConnectionTrait, own_now: i64) -> Result<i64, StoreError> {
    let backend = db.get_database_backend();
    if backend == DbBackend::Sqlite {
        return Ok(own_now);
    }
    let sql = "SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now";
    let row = db.query_one_raw(Statement::from_string(backend, sql)).await?;
    Ok(row.map(|row| row.try_get("", "now")).transpose()?.unwrap_or(own_now))
}

/// Who gave a sign of life, also in a schema that has nobody's yet.
pub(crate) async fn alive(
    db: &impl ConnectionTrait,
    own_now: i64,
) -> Result<Vec<Alive>, StoreError> {
    if migration::present(db, &["instance"]).await?.is_empty() {
        return Ok(Vec::new());
    }
    let now = time(db, own_now).await?;
    let rows = instance::Entity::find().all(db).await?;
    let alive = |row: instance::Model| Alive { name: row.name, ago_ms: now - row.seen_at };
    Ok(rows.into_iter().map(alive).collect())
}

/// A condition that holds for guilds of these shards; none where it would hold for all.
pub(crate) fn of_shards(shards: &Shards) -> Option<sea_orm::sea_query::SimpleExpr> {
    if shards.is_all() {
        return None;
    }
    let held: Vec<String> = shards.held.iter().map(ToString::to_string).collect();
    // Nothing but numbers. An empty list is no SQL, and a division by zero no answer.
    let list = if held.is_empty() { "-1".to_owned() } else { held.join(",") };
    let total = shards.total.max(1);
    Some(Expr::cust(format!("((guild_id >> 22) % {total}) IN ({list})")))
}
