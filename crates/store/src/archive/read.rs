//! Out: every row as it was at one moment, while others go on writing.

use std::time::Duration;

use domain::GuildId;
use sea_orm::{
    AccessMode, ConnectionTrait, DatabaseTransaction, DbBackend, IsolationLevel, QueryResult,
    Statement, TransactionOptions, Value as Bound,
};
use serde_json::Value;

use super::{Kind, Row, Shape, shape};
use crate::{Store, StoreError, timed::Timed};

/// Rows asked for at once.
const BATCH: usize = 500;
/// A batch of a big table may take its time, but not for ever.
const PATIENCE: Duration = Duration::from_mins(2);

/// The database as it was when this was taken. Writers are not kept waiting.
#[derive(Debug)]
pub struct Snapshot {
    db: Timed<DatabaseTransaction>,
    export: Option<String>,
    version: String,
}

impl Store {
    /// Takes a snapshot. It lasts until it is dropped, and so does what it keeps from being cleaned
    /// up.
    pub async fn snapshot(&self) -> Result<Snapshot, StoreError> {
        let server = self.backend() != DbBackend::Sqlite;
        let options = TransactionOptions {
            isolation_level: server.then_some(IsolationLevel::RepeatableRead),
            access_mode: server.then_some(AccessMode::ReadOnly),
            // SQLite's deferred transactions see what was there at the first look, in WAL mode.
            ..TransactionOptions::default()
        };
        let begun = self.db().wait(self.db().inner.begin_with_options(options)).await?;
        let db = Timed { within: PATIENCE, ..self.db().around(begun) };
        let backend = self.backend();
        let one = |sql: &str| Statement::from_string(backend, sql.to_owned());
        let mut export = None;
        let version = if server {
            let patience = "SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0; \
                            SET LOCAL idle_in_transaction_session_timeout = 0";
            db.execute_unprepared(patience).await?;
            let row = db.query_one_raw(one("SELECT pg_export_snapshot() AS id")).await?;
            export = row.map(|row| row.try_get("", "id")).transpose()?;
            "SELECT current_setting('server_version') AS version"
        } else {
            "SELECT sqlite_version() AS version, (SELECT COUNT(*) FROM sqlite_master) AS looked"
        };
        let row = db.query_one_raw(one(version)).await?;
        let version = row.map(|row| row.try_get("", "version")).transpose()?.unwrap_or_default();
        Ok(Snapshot { db, export, version })
    }
}

impl Snapshot {
    /// By what PostgreSQL's tools see the same moment; none on SQLite.
    pub fn export(&self) -> Option<&str> {
        self.export.as_deref()
    }

    /// The database's own version.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Which database it is.
    pub fn backend(&self) -> DbBackend {
        self.db.get_database_backend()
    }

    /// The tables of ours that are there.
    pub async fn shapes(&self) -> Result<Vec<Shape>, StoreError> {
        shape::shapes(&self.db).await
    }

    /// The migrations that were applied, oldest first.
    pub async fn migrations(&self) -> Result<Vec<String>, StoreError> {
        crate::migration::applied(&self.db).await
    }

    /// The rows of a table, by its key; of one guild, or of all.
    pub async fn rows<'a>(
        &'a self,
        shape: &'a Shape,
        guild: Option<GuildId>,
    ) -> Result<Rows<'a>, StoreError> {
        let server = self.backend() != DbBackend::Sqlite;
        let rows = Rows { snapshot: self, shape, guild, last: None, done: false };
        if server {
            let sql =
                format!("DECLARE {} NO SCROLL CURSOR FOR {}", rows.cursor(), rows.select(None));
            self.db.execute_unprepared(&sql).await?;
        }
        Ok(rows)
    }

    pub(crate) fn db(&self) -> &Timed<DatabaseTransaction> {
        &self.db
    }
}

/// The rows of one table, batch by batch.
#[derive(Debug)]
pub struct Rows<'a> {
    snapshot: &'a Snapshot,
    shape: &'a Shape,
    guild: Option<GuildId>,
    /// SQLite goes on behind this one.
    last: Option<Row>,
    done: bool,
}

impl Rows<'_> {
    /// The next rows; none at the end.
    pub async fn next(&mut self) -> Result<Vec<Row>, StoreError> {
        if self.done {
            return Ok(Vec::new());
        }
        let db = &self.snapshot.db;
        let backend = db.get_database_backend();
        let statement = match backend {
            DbBackend::Sqlite => {
                let bound = self.last.as_ref().map(|row| self.bound(row)).unwrap_or_default();
                let sql = format!("{} LIMIT {BATCH}", self.select(self.last.as_ref()));
                Statement::from_sql_and_values(backend, sql, bound)
            }
            _ => Statement::from_string(backend, format!("FETCH {BATCH} FROM {}", self.cursor())),
        };
        let found = db.query_all_raw(statement).await?;
        let rows = found.iter().map(|row| read(self.shape, row)).collect::<Result<Vec<_>, _>>()?;
        self.done = rows.len() < BATCH;
        self.last = rows.last().cloned();
        if self.done && backend != DbBackend::Sqlite {
            db.execute_unprepared(&format!("CLOSE {}", self.cursor())).await?;
        }
        Ok(rows)
    }

    /// Of its own name for each table: the driver remembers what a statement answers.
    fn cursor(&self) -> String {
        format!("rows_of_{}", self.shape.table.name)
    }

    fn select(&self, after: Option<&Row>) -> String {
        let server = self.snapshot.backend() != DbBackend::Sqlite;
        let table = self.shape.table;
        let column = |name: &str, kind: Kind| match kind {
            Kind::Int if server => format!("\"{name}\"::bigint AS \"{name}\""),
            _ => format!("\"{name}\""),
        };
        let columns: Vec<_> =
            self.shape.columns.iter().map(|each| column(&each.name, each.kind)).collect();
        let kind_of =
            |name: &str| self.shape.columns.iter().find(|c| c.name == name).map(|c| c.kind);
        // By bytes on both, or the two would not agree on the order.
        let key = |name: &&str| match kind_of(name) {
            Some(Kind::Text) if server => format!("\"{name}\" COLLATE \"C\""),
            _ => format!("\"{name}\""),
        };
        let keys = table.key.iter().map(key).collect::<Vec<_>>().join(", ");
        let mut conditions = Vec::new();
        if let Some(guild) = self.guild {
            conditions.push(table.owner.condition(guild));
        }
        if after.is_some() {
            let marks = vec!["?"; table.key.len()].join(", ");
            conditions.push(format!("({keys}) > ({marks})"));
        }
        let filter = if conditions.is_empty() {
            String::new()
        } else {
            format!(" WHERE {}", conditions.join(" AND "))
        };
        format!("SELECT {} FROM \"{}\"{filter} ORDER BY {keys}", columns.join(", "), table.name)
    }

    fn bound(&self, row: &Row) -> Vec<Bound> {
        let key = self.shape.table.key.iter();
        key.map(|name| match row.get(*name) {
            Some(Value::Number(number)) => number.as_i64().unwrap_or_default().into(),
            Some(Value::String(text)) => text.clone().into(),
            _ => Bound::BigInt(None),
        })
        .collect()
    }
}

fn read(shape: &Shape, row: &QueryResult) -> Result<Row, StoreError> {
    let mut read = Row::new();
    for column in &shape.columns {
        let name = column.name.as_str();
        let value = match column.kind {
            Kind::Big | Kind::Int => row.try_get::<Option<i64>>("", name)?.map(Value::from),
            Kind::Bool => row.try_get::<Option<bool>>("", name)?.map(Value::from),
            Kind::Text => row.try_get::<Option<String>>("", name)?.map(Value::from),
        };
        read.insert(name.to_owned(), value.unwrap_or(Value::Null));
    }
    Ok(read)
}
