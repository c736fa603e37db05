//! In: rows into a database, all of them or none.

use domain::GuildId;
use sea_orm::{
    ConnectionTrait, Statement, Value as Bound,
    sea_query::{Alias, Query},
};
use serde_json::Value;

use super::{Kind, OWN_FACTS, Owner, Row, Shape, shape};
use crate::{Alive, Store, StoreError, Tx, instances, restored::FACT};

/// PostgreSQL takes 65,535 values in a statement, SQLite half of that.
const VALUES: usize = 10_000;

/// What becomes of rows that mean nothing elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// They are taken in like all others: a copy to compare with.
    Everything,
    /// They are left out, every game is owed a look, and no line of the history is owed to a log
    /// channel any more.
    Lasting {
        /// The time, in milliseconds since the Unix epoch.
        now: i64,
        /// The guild that was taken in; none where everything was. Of others nothing is told.
        of: Option<GuildId>,
    },
}

/// A database that is being filled. Dropped without [`Refill::finish`], it stays as it was.
#[derive(Debug)]
pub struct Refill {
    tx: Tx,
    shapes: Vec<Shape>,
}

impl Store {
    /// Begins to fill the database.
    pub async fn refill(&self) -> Result<Refill, StoreError> {
        let tx = crate::migration::begin(self).await?;
        let shapes = shape::shapes(&tx.db).await?;
        Ok(Refill { tx, shapes })
    }

    /// How many rows that last a guild has.
    pub async fn rows_of_guild(&self, guild: GuildId) -> Result<u64, StoreError> {
        let mut rows = 0;
        for shape in shape::shapes(self.db()).await? {
            if shape.table.lasts {
                let of_guild = shape.table.owner.condition(guild);
                let sql =
                    format!("SELECT COUNT(*) AS n FROM \"{}\" WHERE {of_guild}", shape.table.name);
                rows += count(self.db(), &sql).await?;
            }
        }
        Ok(rows)
    }

    /// How many rows that last are there, facts aside: whether there is anything to lose.
    pub async fn lasting_rows(&self) -> Result<u64, StoreError> {
        let mut rows = 0;
        for shape in shape::shapes(self.db()).await? {
            if !shape.table.lasts || shape.table.owner == Owner::Installation {
                continue;
            }
            rows +=
                count(self.db(), &format!("SELECT COUNT(*) AS n FROM \"{}\"", shape.table.name))
                    .await?;
        }
        Ok(rows)
    }
}

impl Refill {
    /// The tables that are there.
    pub fn shapes(&self) -> &[Shape] {
        &self.shapes
    }

    /// Who gives signs of life, seen from inside.
    pub async fn instances(&self, own_now: i64) -> Result<Vec<Alive>, StoreError> {
        instances::alive(&self.tx.db, own_now).await
    }

    /// Removes every row but the facts about this database's own backups.
    pub async fn empty(&self) -> Result<(), StoreError> {
        for shape in self.shapes.iter().rev() {
            let name = shape.table.name;
            let but = if name == "kv" {
                format!(" WHERE key NOT LIKE '{OWN_FACTS}%'")
            } else {
                String::new()
            };
            self.run(&format!("DELETE FROM \"{name}\"{but}")).await?;
        }
        Ok(())
    }

    /// Removes what means nothing in another place or at another time.
    pub async fn forget_fleeting(&self) -> Result<(), StoreError> {
        for shape in self.shapes.iter().rev().filter(|shape| !shape.table.lasts) {
            self.run(&format!("DELETE FROM \"{}\"", shape.table.name)).await?;
        }
        Ok(())
    }

    /// Removes everything of one guild.
    pub async fn empty_guild(&self, guild: GuildId) -> Result<(), StoreError> {
        self.tx.erase_guild(guild).await
    }

    /// The highest number in a table whose rows are numbered; 0 when it is empty.
    pub async fn highest(&self, table: &'static str) -> Result<i64, StoreError> {
        let sql = format!("SELECT COALESCE(MAX(id), 0) AS n FROM \"{table}\"");
        let statement = Statement::from_string(self.tx.db.get_database_backend(), sql);
        let row = self.tx.db.query_one_raw(statement).await?;
        Ok(row.map(|row| row.try_get("", "n")).transpose()?.unwrap_or_default())
    }

    /// Whether one of these numbers is taken in a table whose rows are numbered.
    pub async fn is_taken(&self, table: &'static str, ids: &[i64]) -> Result<bool, StoreError> {
        if ids.is_empty() {
            return Ok(false);
        }
        let list: Vec<String> = ids.iter().map(ToString::to_string).collect();
        let sql = format!("SELECT COUNT(*) AS n FROM \"{table}\" WHERE id IN ({})", list.join(","));
        Ok(count(&self.tx.db, &sql).await? > 0)
    }

    /// Writes rows. What a row does not have is null; what the table does not have is refused.
    pub async fn insert(&self, table: &str, rows: &[Row]) -> Result<(), StoreError> {
        let Some(shape) = self.shapes.iter().find(|shape| shape.table.name == table) else {
            return Err(odd("schema", table, "a table that is not there"));
        };
        let most = (VALUES / shape.columns.len().max(1)).max(1);
        for rows in rows.chunks(most) {
            let mut insert = Query::insert();
            insert.into_table(Alias::new(table));
            insert.columns(shape.columns.iter().map(|column| Alias::new(&column.name)));
            for row in rows {
                if let Some(name) =
                    row.keys().find(|name| shape.columns.iter().all(|c| c.name != **name))
                {
                    return Err(odd(shape.table.name, name, "a column that is not there"));
                }
                let values = shape.columns.iter().map(|column| {
                    bound(column.kind, row.get(&column.name)).ok_or_else(|| {
                        odd(shape.table.name, &column.name, "a value of another kind")
                    })
                });
                let values = values.collect::<Result<Vec<_>, _>>()?;
                insert.values_panic(values.into_iter().map(Into::into));
            }
            self.tx.db.execute(&insert).await?;
        }
        Ok(())
    }

    /// Makes it last.
    pub async fn finish(self, kept: Kept) -> Result<(), StoreError> {
        if let Kept::Lasting { now, of } = kept {
            // Nothing but a number goes in.
            let (whose, facts) = match of {
                Some(guild) => {
                    let whose = format!(" AND {}", Owner::Guild.condition(guild));
                    (whose, format!("key = '{FACT}{guild}'"))
                }
                None => (String::new(), format!("key LIKE '{FACT}%'")),
            };
            self.run(&format!("UPDATE audit SET unlogged = FALSE WHERE unlogged{whose}")).await?;
            self.run(&format!("DELETE FROM kv WHERE {facts}")).await?;
            self.run(&format!(
                "INSERT INTO kv (key, value) SELECT DISTINCT '{FACT}' || CAST(guild_id AS TEXT), 'yes' \
                 FROM game WHERE NOT gone{whose}"
            ))
            .await?;
            self.run(&format!(
                "INSERT INTO work (game_id, guild_id, not_before, ticket, attempts, claimed_at, repair) \
                 SELECT id, guild_id, {now}, 1, 0, 0, FALSE FROM game \
                 WHERE NOT gone{whose} AND id NOT IN (SELECT game_id FROM work)"
            ))
            .await?;
        }
        if self.tx.has_rivals() {
            // What was written with its number did not move what gives numbers.
            for shape in &self.shapes {
                if shape.table.key != ["id"]
                    || shape.columns.iter().any(|c| c.name == "id" && c.kind == Kind::Text)
                {
                    continue;
                }
                let table = shape.table.name;
                self.run(&format!(
                    "SELECT setval(pg_get_serial_sequence('\"{table}\"', 'id'), \
                     (SELECT COALESCE(MAX(id), 0) + 1 FROM \"{table}\"), false)"
                ))
                .await?;
            }
        }
        self.tx.commit().await
    }

    async fn run(&self, sql: &str) -> Result<(), StoreError> {
        self.tx.db.execute_unprepared(sql).await?;
        Ok(())
    }
}

async fn count(db: &impl ConnectionTrait, sql: &str) -> Result<u64, StoreError> {
    let statement = Statement::from_string(db.get_database_backend(), sql.to_owned());
    let row = db.query_one_raw(statement).await?;
    let n: i64 = row.map(|row| row.try_get("", "n")).transpose()?.unwrap_or_default();
    Ok(u64::try_from(n).unwrap_or(0))
}

fn bound(kind: Kind, value: Option<&Value>) -> Option<Bound> {
    let value = value.unwrap_or(&Value::Null);
    Some(match (kind, value) {
        (Kind::Big, Value::Null) => Bound::BigInt(None),
        (Kind::Int, Value::Null) => Bound::Int(None),
        (Kind::Bool, Value::Null) => Bound::Bool(None),
        (Kind::Text, Value::Null) => Bound::String(None),
        (Kind::Big, value) => value.as_i64()?.into(),
        (Kind::Int, value) => i32::try_from(value.as_i64()?).ok()?.into(),
        (Kind::Bool, value) => value.as_bool()?.into(),
        (Kind::Text, value) => value.as_str()?.to_owned().into(),
    })
}

fn odd(table: &'static str, id: &str, what: &str) -> StoreError {
    StoreError::Corrupt { table, id: id.to_owned(), what: what.to_owned() }
}
