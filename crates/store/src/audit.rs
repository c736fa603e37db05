//! The audit: who did what to what, before and after, and how it ended.

use domain::{
    GameId, GuildId, UserId,
    audit::{AuditKind, Outcome},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, NotSet, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, Select, sea_query::Expr,
};

use crate::{Store, StoreError, Tx, entity::audit, row};

/// A new audit entry.
#[derive(Clone, Debug)]
pub struct AuditEntry {
    /// The guild.
    pub guild: GuildId,
    /// The game, with the name it has now.
    pub game: Option<(GameId, String)>,
    /// Who; none is the bot itself.
    pub actor: Option<UserId>,
    /// To whom, where that is somebody else.
    pub subject: Option<UserId>,
    /// What.
    pub kind: AuditKind,
    /// How it stands.
    pub outcome: Outcome,
    /// State before.
    pub before: Option<String>,
    /// State after.
    pub after: Option<String>,
    /// The plan, when it is known already.
    pub plan: Option<String>,
    /// What ties it to logs and replies.
    pub correlation: String,
    /// The game's generation it brought about; settled with it.
    pub generation: Option<i64>,
}

/// A stored audit entry.
#[derive(Clone, Debug)]
pub struct AuditRecord {
    /// Its number.
    pub id: i64,
    /// What it says.
    pub entry: AuditEntry,
    /// When, in milliseconds since the Unix epoch.
    pub at: i64,
}

/// What to look for.
#[derive(Clone, Debug, Default)]
pub struct AuditQuery {
    /// Only this game.
    pub game: Option<GameId>,
    /// Only what this person did, or what was done to this person.
    pub person: Option<UserId>,
    /// Only this kind.
    pub kind: Option<AuditKind>,
    /// Only entries before this one.
    pub before: Option<i64>,
    /// At most so many.
    pub limit: u64,
}

fn record(model: audit::Model) -> Result<AuditRecord, StoreError> {
    let corrupt =
        |what: String| StoreError::Corrupt { table: "audit", id: model.id.to_string(), what };
    Ok(AuditRecord {
        id: model.id,
        entry: AuditEntry {
            guild: row::id("audit", model.guild_id)?,
            game: model.game_id.map(|id| (GameId(id), model.game_name.unwrap_or_default())),
            actor: model.actor_id.map(|id| row::id("audit", id)).transpose()?,
            subject: model.subject_id.map(|id| row::id("audit", id)).transpose()?,
            kind: model
                .kind
                .parse()
                .map_err(|error: domain::audit::UnknownAuditKind| corrupt(error.to_string()))?,
            outcome: model
                .outcome
                .parse()
                .map_err(|error: domain::audit::UnknownAuditKind| corrupt(error.to_string()))?,
            before: model.before,
            after: model.after,
            plan: model.plan,
            correlation: model.correlation,
            generation: model.generation,
        },
        at: model.created_at,
    })
}

/// What is asked for, whoever it is about.
fn matching(guild: GuildId, query: &AuditQuery) -> Select<audit::Entity> {
    let mut find = audit::Entity::find().filter(audit::Column::GuildId.eq(row::to_column(guild)));
    if let Some(game) = query.game {
        find = find.filter(audit::Column::GameId.eq(game.0));
    }
    if let Some(kind) = query.kind {
        find = find.filter(audit::Column::Kind.eq(kind.as_str()));
    }
    if let Some(before) = query.before {
        find = find.filter(audit::Column::Id.lt(before));
    }
    find
}

async fn newest(
    find: Select<audit::Entity>,
    limit: u64,
    db: &impl ConnectionTrait,
) -> Result<Vec<audit::Model>, StoreError> {
    Ok(find.order_by_desc(audit::Column::Id).limit(limit).all(db).await?)
}

/// Entries whose line is owed. Not compared with a value: an index that holds only these serves
/// only who asks for these and nothing else.
fn owed() -> Condition {
    Condition::all()
        .add(Expr::col((audit::Entity, audit::Column::Unlogged)))
        .add(audit::Column::Outcome.ne(Outcome::Pending.as_str()))
}

impl Store {
    /// Entries of a guild, newest first.
    pub async fn audit(
        &self,
        guild: GuildId,
        query: &AuditQuery,
    ) -> Result<Vec<AuditRecord>, StoreError> {
        let find = matching(guild, query);
        let Some(person) = query.person.map(row::to_column) else {
            let models = newest(find, query.limit, self.db()).await?;
            return Ok(row::readable(models.into_iter().map(record)));
        };
        // Two questions: an index knows what somebody did or what was done to somebody, and no
        // index knows both.
        let did = find.clone().filter(audit::Column::ActorId.eq(person));
        let mut models = newest(did, query.limit, self.db()).await?;
        let done_to = find.filter(audit::Column::SubjectId.eq(person));
        models.extend(newest(done_to, query.limit, self.db()).await?);
        models.sort_by_key(|model| std::cmp::Reverse(model.id));
        models.dedup_by_key(|model| model.id);
        models.truncate(usize::try_from(query.limit).unwrap_or(usize::MAX));
        Ok(row::readable(models.into_iter().map(record)))
    }

    /// Entries of one kind and correlation after this one and not older than `since`, oldest first.
    pub async fn audit_after(
        &self,
        guild: GuildId,
        (kind, correlation): (AuditKind, &str),
        (after, since): (i64, i64),
        limit: u64,
    ) -> Result<Vec<AuditRecord>, StoreError> {
        let models = audit::Entity::find()
            .filter(audit::Column::GuildId.eq(row::to_column(guild)))
            .filter(audit::Column::Kind.eq(kind.as_str()))
            .filter(audit::Column::Id.gt(after))
            .filter(audit::Column::Correlation.eq(correlation))
            .filter(audit::Column::CreatedAt.gte(since))
            .order_by_asc(audit::Column::Id)
            .limit(limit)
            .all(self.db())
            .await?;
        Ok(row::readable(models.into_iter().map(record)))
    }

    /// Guilds whose log channel is owed lines.
    pub async fn guilds_with_unlogged(&self) -> Result<Vec<GuildId>, StoreError> {
        let guilds: Vec<i64> = audit::Entity::find()
            .filter(owed())
            .select_only()
            .column(audit::Column::GuildId)
            .distinct()
            .into_tuple()
            .all(self.db())
            .await?;
        Ok(row::readable(guilds.into_iter().map(|id| row::id("audit", id))))
    }

    /// Settled entries whose line in the log channel is owed, oldest first. Those that cannot be
    /// read count as posted: they would be the oldest for ever, and in the way of all others.
    pub async fn unlogged(
        &self,
        guild: GuildId,
        limit: u64,
    ) -> Result<Vec<AuditRecord>, StoreError> {
        loop {
            let models = audit::Entity::find()
                .filter(owed())
                .filter(audit::Column::GuildId.eq(row::to_column(guild)))
                .order_by_asc(audit::Column::Id)
                .limit(limit)
                .all(self.db())
                .await?;
            let all: Vec<i64> = models.iter().map(|model| model.id).collect();
            let records: Vec<AuditRecord> = row::readable(models.into_iter().map(record));
            if records.len() == all.len() {
                return Ok(records);
            }
            let strange = |id: &i64| records.iter().all(|record| record.id != *id);
            self.mark_logged(&all.into_iter().filter(strange).collect::<Vec<_>>()).await?;
            if !records.is_empty() {
                return Ok(records);
            }
        }
    }

    /// How many settled entries of before a time still owe their line.
    pub async fn count_unlogged(&self, guild: GuildId, before: i64) -> Result<u64, StoreError> {
        Ok(audit::Entity::find().filter(owed_before(guild, before)).count(self.db()).await?)
    }

    /// Remembers that these will not get their line any more.
    pub async fn forgive_unlogged(&self, guild: GuildId, before: i64) -> Result<(), StoreError> {
        let tx = self.begin().await?;
        audit::Entity::update_many()
            .col_expr(audit::Column::Unlogged, Expr::value(false))
            .filter(owed_before(guild, before))
            .exec(&tx.db)
            .await?;
        tx.commit().await
    }

    /// Remembers that these lines were posted, or that there is nowhere to post them.
    pub async fn mark_logged(&self, ids: &[i64]) -> Result<(), StoreError> {
        if ids.is_empty() {
            return Ok(());
        }
        let tx = self.begin().await?;
        audit::Entity::update_many()
            .col_expr(audit::Column::Unlogged, Expr::value(false))
            .filter(audit::Column::Id.is_in(ids.iter().copied()))
            .exec(&tx.db)
            .await?;
        tx.commit().await
    }
}

fn model(entry: AuditEntry, now: i64) -> audit::ActiveModel {
    let (game_id, game_name) = entry.game.map(|(id, name)| (id.0, name)).unzip();
    audit::ActiveModel {
        id: NotSet,
        guild_id: Set(row::to_column(entry.guild)),
        game_id: Set(game_id),
        game_name: Set(game_name),
        actor_id: Set(entry.actor.map(row::to_column)),
        subject_id: Set(entry.subject.map(row::to_column)),
        kind: Set(entry.kind.as_str().to_owned()),
        outcome: Set(entry.outcome.as_str().to_owned()),
        before: Set(entry.before),
        after: Set(entry.after),
        plan: Set(entry.plan),
        correlation: Set(entry.correlation),
        generation: Set(entry.generation),
        unlogged: Set(true),
        created_at: Set(now),
    }
}

fn owed_before(guild: GuildId, before: i64) -> Condition {
    owed()
        .add(audit::Column::GuildId.eq(row::to_column(guild)))
        .add(audit::Column::CreatedAt.lt(before))
}

impl Tx {
    /// Writes an entry.
    pub async fn audit(&self, entry: AuditEntry, now: i64) -> Result<i64, StoreError> {
        Ok(audit::Entity::insert(model(entry, now)).exec(&self.db).await?.last_insert_id)
    }

    /// Writes entries in one statement, in their order.
    pub async fn audit_all(&self, entries: Vec<AuditEntry>, now: i64) -> Result<(), StoreError> {
        if entries.is_empty() {
            return Ok(());
        }
        audit::Entity::insert_many(entries.into_iter().map(|entry| model(entry, now)))
            .exec_without_returning(&self.db)
            .await?;
        Ok(())
    }

    /// Puts the plan beside a game's entries that do not have one yet: those up to `generation`.
    pub async fn audit_plan(
        &self,
        game: GameId,
        generation: i64,
        plan: &str,
    ) -> Result<(), StoreError> {
        audit::Entity::update_many()
            .col_expr(audit::Column::Plan, Expr::value(plan))
            .filter(audit::Column::GameId.eq(game.0))
            .filter(audit::Column::Outcome.eq(Outcome::Pending.as_str()))
            .filter(audit::Column::Plan.is_null())
            .filter(audit::Column::Generation.lte(generation))
            .exec(&self.db)
            .await?;
        Ok(())
    }

    /// Settles a game's pending entries up to `generation`; answers how many there were.
    pub async fn settle_audit(
        &self,
        game: GameId,
        generation: i64,
        outcome: Outcome,
    ) -> Result<u64, StoreError> {
        let result = audit::Entity::update_many()
            .col_expr(audit::Column::Outcome, Expr::value(outcome.as_str()))
            .filter(audit::Column::GameId.eq(game.0))
            .filter(audit::Column::Outcome.eq(Outcome::Pending.as_str()))
            .filter(audit::Column::Generation.lte(generation))
            .exec(&self.db)
            .await?;
        Ok(result.rows_affected)
    }

    /// Settles one pending entry.
    pub async fn settle_entry(&self, id: i64, outcome: Outcome) -> Result<(), StoreError> {
        audit::Entity::update_many()
            .col_expr(audit::Column::Outcome, Expr::value(outcome.as_str()))
            .filter(audit::Column::Id.eq(id))
            .filter(audit::Column::Outcome.eq(Outcome::Pending.as_str()))
            .exec(&self.db)
            .await?;
        Ok(())
    }
}
