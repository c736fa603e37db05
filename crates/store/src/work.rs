//! The reconciler's queue: one row a game, so a game is never queued twice.

use domain::{GameId, GuildId, fleet::Shards};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Alias, Expr, ExprTrait, LockBehavior, LockType, OnConflict},
};

use crate::{Store, StoreError, Tx, entity::work, instances::of_shards, row};

/// A game that is owed a look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkItem {
    /// The game.
    pub game: GameId,
    /// Its guild.
    pub guild: GuildId,
    /// Who claimed it.
    pub owner: String,
    /// Changes with each wake-up; finishing needs the one that was claimed.
    pub ticket: i64,
    /// When it was claimed; whose lease ran out and was given to somebody else has no say.
    pub claimed_at: i64,
    /// Failed tries in a row.
    pub attempts: u32,
    /// A person asked for a repair.
    pub repair: bool,
}

/// How a game's work stands, for progress shown to people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Work {
    /// The game.
    pub game: GameId,
    /// Not to be tried before, in milliseconds since the Unix epoch.
    pub not_before: i64,
    /// Failed tries in a row.
    pub attempts: u32,
    /// Why it waits.
    pub waiting_for: Option<String>,
    /// The process that works on it.
    pub owner: Option<String>,
}

/// How much is owed a look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Backlog {
    /// Games whose time has come, and that nobody works on.
    pub due: u64,
    /// Games that wait for a later time.
    pub waiting: u64,
    /// Games that somebody works on.
    pub working: u64,
    /// Since when the oldest of those due is, in milliseconds since the Unix epoch.
    pub oldest_due: Option<i64>,
}

/// Who takes what, until when.
#[derive(Clone, Debug)]
pub struct Claim<'a> {
    /// The process.
    pub owner: &'a str,
    /// Work is due up to this time.
    pub now: i64,
    /// The time by which leases go, the same for all processes.
    pub lease_now: i64,
    /// How long the claim holds without a sign of life, in milliseconds.
    pub lease_ms: i64,
    /// Most games to take.
    pub limit: u64,
    /// Only games of guilds of these shards; [`Store::claim_game`] does not look at them.
    pub shards: &'a Shards,
}

fn item(model: &work::Model, claim: &Claim<'_>) -> Result<WorkItem, StoreError> {
    Ok(WorkItem {
        game: GameId(model.game_id),
        guild: row::id("work", model.guild_id)?,
        owner: claim.owner.to_owned(),
        ticket: model.ticket,
        claimed_at: claim.lease_now,
        attempts: u32::try_from(model.attempts).unwrap_or(0),
        repair: model.repair,
    })
}

fn shown(model: work::Model) -> Work {
    Work {
        game: GameId(model.game_id),
        not_before: model.not_before,
        attempts: u32::try_from(model.attempts).unwrap_or(0),
        waiting_for: model.waiting_for,
        owner: model.lease_owner,
    }
}

impl Store {
    /// How much is owed a look, of these shards.
    pub async fn backlog(
        &self,
        now: i64,
        lease_now: i64,
        shards: &Shards,
    ) -> Result<Backlog, StoreError> {
        let of = |condition: Condition| {
            let found = work::Entity::find().filter(condition);
            match of_shards(shards) {
                Some(ours) => found.filter(ours),
                None => found,
            }
        };
        let free = Condition::any()
            .add(work::Column::LeaseUntil.is_null())
            .add(work::Column::LeaseUntil.lte(lease_now));
        let due = Condition::all().add(work::Column::NotBefore.lte(now)).add(free.clone());
        let waiting = Condition::all().add(work::Column::NotBefore.gt(now)).add(free);
        let working = Condition::all().add(work::Column::LeaseUntil.gt(lease_now));
        let oldest = of(due.clone()).order_by_asc(work::Column::NotBefore).one(self.db());
        Ok(Backlog {
            oldest_due: oldest.await?.map(|model| model.not_before),
            due: of(due).count(self.db()).await?,
            waiting: of(waiting).count(self.db()).await?,
            working: of(working).count(self.db()).await?,
        })
    }

    /// How a game's work stands; none when there is none.
    pub async fn work(&self, game: GameId) -> Result<Option<Work>, StoreError> {
        Ok(work::Entity::find_by_id(game.0).one(self.db()).await?.map(shown))
    }

    /// All work of a guild.
    pub async fn work_of_guild(&self, guild: GuildId) -> Result<Vec<Work>, StoreError> {
        let rows = work::Entity::find()
            .filter(work::Column::GuildId.eq(row::to_column(guild)))
            .all(self.db())
            .await?;
        Ok(rows.into_iter().map(shown).collect())
    }

    /// When the next work on games of these shards is due, in milliseconds since the Unix epoch;
    /// none when there is none. Claimed work does not count: whoever wants to notice a lease that
    /// ran out has to look now and then.
    pub async fn next_due(&self, shards: &Shards) -> Result<Option<i64>, StoreError> {
        let due: Option<(i64,)> = work::Entity::find()
            .select_only()
            .column(work::Column::NotBefore)
            .filter(work::Column::LeaseUntil.is_null())
            .filter(Condition::all().add_option(of_shards(shards)))
            .order_by_asc(work::Column::NotBefore)
            .limit(1)
            .into_tuple()
            .one(self.db())
            .await?;
        Ok(due.map(|(at,)| at))
    }

    /// Makes every game due `now` that was to wait until after `beyond`: somebody has set the clock
    /// back.
    pub async fn hurry_work(&self, now: i64, beyond: i64) -> Result<u64, StoreError> {
        let tx = self.begin().await?;
        let hurried = work::Entity::update_many()
            .col_expr(work::Column::NotBefore, Expr::value(now))
            .filter(work::Column::NotBefore.gt(beyond))
            .exec(&tx.db)
            .await?;
        tx.commit().await?;
        Ok(hurried.rows_affected)
    }

    /// Takes due games. No game is given to two owners at once; a lease that ran out is free
    /// again.
    pub async fn claim_work(&self, claim: &Claim<'_>) -> Result<Vec<WorkItem>, StoreError> {
        let free = work::Column::LeaseUntil.is_null();
        let tx = self.begin().await?;
        let due = work::Entity::find()
            .filter(work::Column::NotBefore.lte(claim.now))
            .filter(free.or(work::Column::LeaseUntil.lte(claim.lease_now)))
            .filter(Condition::all().add_option(of_shards(claim.shards)))
            .order_by_asc(work::Column::NotBefore)
            .limit(claim.limit)
            .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
            .all(&tx.db)
            .await?;
        if due.is_empty() {
            return Ok(Vec::new());
        }
        work::Entity::update_many()
            .col_expr(work::Column::ClaimedAt, Expr::value(claim.lease_now))
            .col_expr(work::Column::LeaseOwner, Expr::value(claim.owner))
            .col_expr(work::Column::LeaseUntil, Expr::value(claim.lease_now + claim.lease_ms))
            .filter(work::Column::GameId.is_in(due.iter().map(|model| model.game_id)))
            .exec(&tx.db)
            .await?;
        tx.commit().await?;
        // One that cannot be read stays claimed, and so is not looked at again before its lease
        // runs out.
        Ok(row::readable(due.iter().map(|model| item(model, claim))))
    }

    /// Takes this one game, whatever its shard, if it is due and nobody else has it.
    pub async fn claim_game(
        &self,
        claim: &Claim<'_>,
        game: GameId,
    ) -> Result<Option<WorkItem>, StoreError> {
        let free = work::Column::LeaseUntil.is_null();
        let tx = self.begin().await?;
        let claimed = work::Entity::update_many()
            .col_expr(work::Column::ClaimedAt, Expr::value(claim.lease_now))
            .col_expr(work::Column::LeaseOwner, Expr::value(claim.owner))
            .col_expr(work::Column::LeaseUntil, Expr::value(claim.lease_now + claim.lease_ms))
            .filter(work::Column::GameId.eq(game.0))
            .filter(work::Column::NotBefore.lte(claim.now))
            .filter(free.or(work::Column::LeaseUntil.lte(claim.lease_now)))
            .exec(&tx.db)
            .await?;
        if claimed.rows_affected == 0 {
            return Ok(None);
        }
        let row = work::Entity::find_by_id(game.0).one(&tx.db).await?;
        tx.commit().await?;
        row.map(|model| item(&model, claim)).transpose()
    }
}

impl Tx {
    /// Owes a game a look, from `not_before` on. Wakes a game that waits after a failure too.
    pub async fn wake(
        &self,
        game: GameId,
        guild: GuildId,
        not_before: i64,
        repair: bool,
    ) -> Result<(), StoreError> {
        work::Entity::insert(work::ActiveModel {
            game_id: Set(game.0),
            guild_id: Set(row::to_column(guild)),
            not_before: Set(not_before),
            ticket: Set(1),
            claimed_at: Set(0),
            attempts: Set(0),
            lease_owner: Set(None),
            lease_until: Set(None),
            repair: Set(repair),
            waiting_for: Set(None),
        })
        .on_conflict(
            OnConflict::column(work::Column::GameId)
                .update_columns([
                    work::Column::NotBefore,
                    work::Column::Attempts,
                    work::Column::WaitingFor,
                ])
                .value(
                    work::Column::Ticket,
                    Expr::col((Alias::new("work"), work::Column::Ticket)).add(1),
                )
                .value(
                    work::Column::Repair,
                    Expr::col((Alias::new("work"), work::Column::Repair)).or(repair),
                )
                .to_owned(),
        )
        .exec_without_returning(&self.db)
        .await?;
        Ok(())
    }

    /// Ends the work on a game, unless it was woken again since it was claimed; then the lease
    /// is given back and the row stays due. Answers whether it ended.
    pub async fn finish_work(&self, item: &WorkItem) -> Result<bool, StoreError> {
        let deleted = work::Entity::delete_many()
            .filter(work::Column::GameId.eq(item.game.0))
            .filter(work::Column::Ticket.eq(item.ticket))
            .filter(work::Column::ClaimedAt.eq(item.claimed_at))
            .filter(work::Column::LeaseOwner.eq(&*item.owner))
            .exec(&self.db)
            .await?;
        if deleted.rows_affected == 0 {
            self.release(item).await?;
        }
        Ok(deleted.rows_affected > 0)
    }

    /// Puts the work on a game off. A wake-up since it was claimed keeps it due at once.
    pub async fn postpone_work(
        &self,
        item: &WorkItem,
        not_before: i64,
        attempts: u32,
        waiting_for: &str,
    ) -> Result<(), StoreError> {
        let postponed = work::Entity::update_many()
            .col_expr(work::Column::LeaseOwner, Expr::value(None::<String>))
            .col_expr(work::Column::LeaseUntil, Expr::value(None::<i64>))
            .col_expr(work::Column::NotBefore, Expr::value(not_before))
            .col_expr(work::Column::Attempts, Expr::value(attempts.cast_signed()))
            .col_expr(work::Column::WaitingFor, Expr::value(waiting_for))
            .filter(work::Column::GameId.eq(item.game.0))
            .filter(work::Column::Ticket.eq(item.ticket))
            .filter(work::Column::ClaimedAt.eq(item.claimed_at))
            .filter(work::Column::LeaseOwner.eq(&*item.owner))
            .exec(&self.db)
            .await?;
        if postponed.rows_affected == 0 {
            self.release(item).await?;
        }
        Ok(())
    }

    /// Lengthens a lease while work goes on. Answers whether it is still the one that was
    /// claimed; if not, somebody else may be at work, and nothing of this transaction may last.
    pub async fn extend_lease(&self, item: &WorkItem, until: i64) -> Result<bool, StoreError> {
        let extended = work::Entity::update_many()
            .col_expr(work::Column::LeaseUntil, Expr::value(until))
            .filter(work::Column::GameId.eq(item.game.0))
            .filter(work::Column::ClaimedAt.eq(item.claimed_at))
            .filter(work::Column::LeaseOwner.eq(&*item.owner))
            .exec(&self.db)
            .await?;
        Ok(extended.rows_affected > 0)
    }

    /// Gives the lease back, if it is still the one that was claimed.
    async fn release(&self, item: &WorkItem) -> Result<(), StoreError> {
        work::Entity::update_many()
            .col_expr(work::Column::LeaseOwner, Expr::value(None::<String>))
            .col_expr(work::Column::LeaseUntil, Expr::value(None::<i64>))
            .filter(work::Column::GameId.eq(item.game.0))
            .filter(work::Column::ClaimedAt.eq(item.claimed_at))
            .filter(work::Column::LeaseOwner.eq(&*item.owner))
            .exec(&self.db)
            .await?;
        Ok(())
    }
}
