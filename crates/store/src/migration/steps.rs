//! Where a database stands in the schema's history, and steps forth and back.

use std::time::Duration;

use sea_orm::{ConnectionTrait, DbBackend, EntityTrait, Statement};
use sea_orm_migration::{MigratorTrait, seaql_migrations};

use super::{Migrator, m0001_first};
use crate::{Store, StoreConfig, StoreError, Tx, connect};

/// What processes that open one database at the same time wait for; any number that nothing else
/// uses. (Guild ids, the other such keys, are far larger.)
const LOCK: i64 = 0x6761_6d65;
/// Where a database keeps what was done to it.
const HISTORY: &str = "seaql_migrations";

/// How one migration stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Done.
    Applied,
    /// Listed, but not done yet.
    Pending,
    /// Done by a version that knows more than this one.
    Unknown,
}

/// One migration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its name, such as `m0001_first`.
    pub name: String,
    /// How it stands.
    pub standing: Standing,
}

/// A database's place in the history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schema {
    /// Which database it is.
    pub backend: DbBackend,
    /// Whether it is there; an SQLite file may not be yet.
    pub exists: bool,
    /// What this version knows, oldest first; then what it does not.
    pub migrations: Vec<Listed>,
}

/// Where the database stands. Changes nothing.
pub async fn status(config: &StoreConfig) -> Result<Schema, StoreError> {
    let Some(store) = Store::glance(config).await? else {
        let migrations = place(&[]);
        return Ok(Schema { backend: DbBackend::Sqlite, exists: false, migrations });
    };
    let backend = store.backend();
    let applied = applied(store.db()).await;
    store.close().await?;
    Ok(Schema { backend, exists: true, migrations: place(&applied?) })
}

/// Brings the schema up to date; answers what was done for it. All of it or nothing, one process at
/// a time.
pub async fn up(config: &StoreConfig) -> Result<Vec<String>, StoreError> {
    let (store, done) = open(config).await?;
    store.close().await?;
    Ok(done)
}

/// Brings an empty database to the schema that has `newest` as its last migration, and opens it:
/// for what was written by an older version.
pub async fn open_at(config: &StoreConfig, newest: &str) -> Result<Store, StoreError> {
    let Some(steps) = names().iter().position(|name| name == newest) else {
        let known = names().pop().unwrap_or_default();
        return Err(StoreError::Newer { found: newest.to_owned(), known, steps: 1 });
    };
    if connect::is_sqlite(config)? {
        glance(config).await?;
    }
    let store = Store::connect(config).await?;
    let tx = begin(&store).await?;
    let applied = ours(&tx.db).await?.len();
    let missing = (steps + 1).saturating_sub(applied);
    Migrator::up(&tx.db.inner, Some(u32::try_from(missing).unwrap_or(u32::MAX))).await?;
    tx.commit().await?;
    Ok(store)
}

/// The names of all migrations that this version knows, oldest first.
pub fn names() -> Vec<String> {
    Migrator::migrations().iter().map(|migration| migration.name().to_owned()).collect()
}

/// Undoes the last `steps` migrations; answers what was undone, newest first. All of it or
/// nothing, one process at a time. Undoing the first one takes everything away that is
/// remembered, so that needs `even_the_first`.
pub async fn down(
    config: &StoreConfig,
    steps: usize,
    even_the_first: bool,
) -> Result<Vec<String>, StoreError> {
    if glance(config).await?.is_none() {
        return Ok(Vec::new());
    }
    let store = Store::connect(config).await?;
    let undone = undo(&store, steps, even_the_first).await;
    store.close().await?;
    undone
}

/// Opens the database, its schema up to date; answers what was done for it too.
pub(crate) async fn open(config: &StoreConfig) -> Result<(Store, Vec<String>), StoreError> {
    if connect::is_sqlite(config)? {
        // Opening an SQLite file properly writes to it, which has to wait until it is known to be
        // ours.
        glance(config).await?;
    }
    let store = Store::connect(config).await?;
    match apply(&store).await {
        Ok(done) => Ok((store, done)),
        Err(error) => {
            // The first error is the one that tells.
            store.close().await.ok();
            Err(error)
        }
    }
}

/// What is applied; none where there is no database yet. Refuses what is not ours to change.
async fn glance(config: &StoreConfig) -> Result<Option<Vec<String>>, StoreError> {
    let Some(store) = Store::glance(config).await? else { return Ok(None) };
    let found = connect::patiently(|| ours(store.db())).await;
    store.close().await?;
    found.map(Some)
}

async fn apply(store: &Store) -> Result<Vec<String>, StoreError> {
    let tx = begin(store).await?;
    let before = ours(&tx.db).await?;
    Migrator::up(&tx.db.inner, None).await?;
    // Writes nothing, but only where something could be written: a database that can only be read
    // is found now and not at the first click.
    let attempt = format!("DELETE FROM {HISTORY} WHERE version = ''");
    tx.db.execute_unprepared(&attempt).await?;
    tx.commit().await?;
    Ok(names().into_iter().filter(|name| !before.contains(name)).collect())
}

async fn undo(
    store: &Store,
    steps: usize,
    even_the_first: bool,
) -> Result<Vec<String>, StoreError> {
    let tx = begin(store).await?;
    let applied = ours(&tx.db).await?;
    let mut undone = names();
    undone.retain(|name| applied.contains(name));
    undone.reverse();
    // Asked here, under the lock: of two who go one step back at once, the second may have arrived
    // at the first migration.
    if steps >= undone.len() && !undone.is_empty() && !even_the_first {
        return Err(StoreError::Everything);
    }
    undone.truncate(steps);
    Migrator::down(&tx.db.inner, Some(u32::try_from(steps).unwrap_or(u32::MAX))).await?;
    tx.commit().await?;
    Ok(undone)
}

/// A transaction that may take its time, and whoever wants the same waits.
pub(crate) async fn begin(store: &Store) -> Result<Tx, StoreError> {
    let tx = patient(store).await?;
    tx.hold(LOCK).await?;
    Ok(tx)
}

/// A transaction that may take its time.
pub(crate) async fn patient(store: &Store) -> Result<Tx, StoreError> {
    let mut tx = store.begin().await?;
    tx.db.within = Duration::MAX;
    if tx.has_rivals() {
        // A big table may take its time, and whoever comes second has to wait for the first.
        let patience = "SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0; \
                        SET LOCAL idle_in_transaction_session_timeout = 0";
        tx.db.execute_unprepared(patience).await?;
    }
    Ok(tx)
}

fn place(applied: &[String]) -> Vec<Listed> {
    let known = names();
    let unknown: Vec<_> = applied.iter().filter(|name| !known.contains(name)).cloned().collect();
    let of_ours = |name: String| {
        let done = applied.contains(&name);
        Listed { standing: if done { Standing::Applied } else { Standing::Pending }, name }
    };
    let of_others = |name| Listed { name, standing: Standing::Unknown };
    known.into_iter().map(of_ours).chain(unknown.into_iter().map(of_others)).collect()
}

pub(crate) async fn applied(db: &impl ConnectionTrait) -> Result<Vec<String>, StoreError> {
    if present(db, &[HISTORY]).await?.is_empty() {
        return Ok(Vec::new());
    }
    history(db).await
}

async fn history(db: &impl ConnectionTrait) -> Result<Vec<String>, StoreError> {
    let rows = seaql_migrations::Entity::find().all(db).await?;
    let mut names: Vec<_> = rows.into_iter().map(|row| row.version).collect();
    names.sort();
    Ok(names)
}

/// What is applied, of a database that is empty or ours and no newer than we are.
pub(crate) async fn ours(db: &impl ConnectionTrait) -> Result<Vec<String>, StoreError> {
    // In one statement: another process may make them all between two.
    let known_tables = [&[HISTORY], m0001_first::TABLES.as_slice()].concat();
    let there = present(db, &known_tables).await?;
    let has_history = there.iter().any(|name| name == HISTORY);
    let applied = if has_history { history(db).await? } else { Vec::new() };
    let known = names();
    let (mut old, mut new) = (Vec::new(), Vec::new());
    for name in applied {
        if known.contains(&name) { old.push(name) } else { new.push(name) }
    }
    match (old.is_empty(), new.pop()) {
        (false, Some(found)) => {
            let known = known.last().cloned().unwrap_or_default();
            Err(StoreError::Newer { found, known, steps: new.len() + 1 })
        }
        // Another program's list of migrations: ours all begin with the same one.
        (true, Some(_)) => Err(StoreError::Stranger(HISTORY.to_owned())),
        (true, None) => match there.into_iter().find(|name| name != HISTORY) {
            Some(name) => Err(StoreError::Stranger(name)),
            None => Ok(old),
        },
        (false, None) => Ok(old),
    }
}

/// Those of these names that something in the database has.
pub(crate) async fn present(
    db: &impl ConnectionTrait,
    names: &[&str],
) -> Result<Vec<String>, StoreError> {
    let list = names.iter().map(|name| format!("'{name}'")).collect::<Vec<_>>().join(", ");
    let backend = db.get_database_backend();
    // Not only tables: views and indexes share their names with them.
    let sql = match backend {
        DbBackend::Sqlite => format!("SELECT name FROM sqlite_master WHERE name IN ({list})"),
        _ => format!(
            "SELECT relname::text AS name FROM pg_class WHERE relname IN ({list}) \
             AND relnamespace = current_schema()::regnamespace"
        ),
    };
    let rows = db.query_all_raw(Statement::from_string(backend, sql)).await?;
    Ok(rows.iter().map(|row| row.try_get("", "name")).collect::<Result<_, _>>()?)
}
