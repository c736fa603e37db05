//! Everything, or one guild, as a file that another installation can take in.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use domain::GuildId;
use jiff::Timestamp;
use serde_json::Value;
use store::{
    Store,
    archive::{Kept, Refill, Row, Snapshot},
    migration::{self, Standing},
};

use crate::{
    BackupError, Manifest, Mistake, Place, RestoreOptions,
    create::{self, Target, create_under},
    lock::{self, Lock},
    manifest::beside,
    restore,
    restore::{alone, count, whole},
    vault::Fetched,
    verify::{self, ScratchDatabase},
};

/// What was taken in.
#[derive(Debug)]
pub struct Imported {
    /// What the file says of itself.
    pub manifest: Manifest,
    /// The guild; none where it was everything.
    pub guild: Option<GuildId>,
    /// Whether numbers of games and servers are others now, because theirs were taken.
    pub renumbered: bool,
    /// The name of the copy of what was there before; none where nothing was.
    pub safety: Option<String>,
}

/// Tables whose rows are numbered, and the columns elsewhere that hold such a number.
const NUMBERED: [&str; 4] = ["game", "server", "journal", "audit"];

/// Writes every row, or those of one guild, into a new file.
pub async fn export(
    place: &Place,
    guild: Option<GuildId>,
    file: &Path,
) -> Result<Manifest, BackupError> {
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    // What stands beside it would be overwritten as well.
    for new in [file.to_owned(), file.with_file_name(beside(&name))] {
        if new.exists() {
            return Err(Mistake::FileThere(new).into());
        }
    }
    let parent = file.parent().filter(|parent| !parent.as_os_str().is_empty());
    let dir = parent.unwrap_or(Path::new("."));
    let Some(store) = Store::open_as_is(&place.database).await? else {
        return Err(Mistake::NoDatabase.into());
    };
    let written = async {
        let workshop = lock::workshop(dir)?;
        let snapshot = store.snapshot().await?;
        let at = Timestamp::now();
        let header = create::header(place, &snapshot, at, guild).await?;
        let target = Target { dir, keys: &place.settings.keys, name };
        let none = Err("an export has no copy of the database's own".to_owned());
        create::archive(&snapshot, header, none, &workshop.path().join("export"), &target).await
    };
    let written = written.await;
    store.close().await?;
    written
}

/// Takes a file in that `export` has written.
pub async fn import(place: &Place, file: PathBuf, force: bool) -> Result<Imported, BackupError> {
    let fetched = Fetched::named(file.clone());
    let header = whole(place, &fetched).await?;
    let Some(guild) = header.guild.as_deref() else {
        let options = RestoreOptions { force, native: false, file: Some(file) };
        let restored = Box::pin(restore(place, "", &options)).await?;
        let safety = restored.safety.map(|safety| safety.name().to_owned());
        return Ok(Imported {
            manifest: restored.manifest,
            guild: None,
            renumbered: false,
            safety,
        });
    };
    let guild: GuildId = guild.parse().map_err(|_| crate::Damage::Foreign(fetched.name()))?;
    let lock = Lock::take(&place.settings.dir)?;
    let workshop = lock::workshop(&place.settings.dir)?;
    let scratch = ScratchDatabase::file(workshop.path());
    let (filled, manifest) = verify::fill(place, &fetched, &scratch.config, None).await?;
    filled.close().await?;
    let source = Store::open(&scratch.config).await?;
    let imported = Box::pin(alone(place, async {
        let rows = count(place, async |store| store.rows_of_guild(guild).await).await?;
        if rows > 0 && !force {
            return Err(Mistake::GuildThere { rows }.into());
        }
        let safety = if rows > 0 || grows(place).await? {
            Some(create_under(place, &lock).await?)
        } else {
            None
        };
        let snapshot = source.snapshot().await?;
        let target = Store::open(&place.database).await?;
        let renumbered = take_in(place, &snapshot, &target, guild).await;
        target.close().await?;
        let safety = safety.map(|safety| safety.name().to_owned());
        Ok(Imported { manifest, guild: Some(guild), renumbered: renumbered?, safety })
    }))
    .await;
    source.close().await?;
    imported
}

/// Whether the schema will change under rows of others.
async fn grows(place: &Place) -> Result<bool, BackupError> {
    let schema = migration::status(&place.database).await?;
    let pending = schema.migrations.iter().any(|listed| listed.standing == Standing::Pending);
    Ok(pending && count(place, async |store| store.lasting_rows().await).await? > 0)
}

async fn take_in(
    place: &Place,
    snapshot: &Snapshot,
    target: &Store,
    guild: GuildId,
) -> Result<bool, BackupError> {
    let refill = restore::refill(place, target).await?;
    refill.empty_guild(guild).await?;
    let moved = moved(snapshot, &refill, guild).await?;
    for shape in snapshot.shapes().await?.iter().filter(|shape| shape.table.lasts) {
        let mut rows = snapshot.rows(shape, Some(guild)).await?;
        loop {
            let mut batch = rows.next().await?;
            if batch.is_empty() {
                break;
            }
            for row in &mut batch {
                renumber(shape.table.name, row, &moved);
            }
            refill.insert(shape.table.name, &batch).await?;
        }
    }
    let lasting = Kept::Lasting { now: Timestamp::now().as_millisecond(), of: Some(guild) };
    refill.finish(lasting).await?;
    Ok(moved.values().any(|by| *by != 0))
}

/// By how much the numbers of each table move: not at all where they are free.
async fn moved(
    snapshot: &Snapshot,
    refill: &Refill,
    guild: GuildId,
) -> Result<BTreeMap<&'static str, i64>, BackupError> {
    let mut moved = BTreeMap::new();
    for shape in snapshot.shapes().await? {
        let table = shape.table.name;
        if !NUMBERED.contains(&table) {
            continue;
        }
        let mut taken = false;
        let mut rows = snapshot.rows(&shape, Some(guild)).await?;
        loop {
            let batch = rows.next().await?;
            if batch.is_empty() {
                break;
            }
            let ids: Vec<i64> = batch.iter().filter_map(|row| row.get("id")?.as_i64()).collect();
            taken = taken || refill.is_taken(table, &ids).await?;
        }
        let by = if taken { refill.highest(table).await? } else { 0 };
        moved.insert(table, by);
    }
    Ok(moved)
}

/// Moves the numbers in a row.
fn renumber(table: &str, row: &mut Row, moved: &BTreeMap<&'static str, i64>) {
    let by = |table: &str| moved.get(table).copied().unwrap_or(0);
    let shift = |row: &mut Row, column: &str, of: &str| {
        if let Some(number) = row.get(column).and_then(Value::as_i64)
            && by(of) != 0
        {
            row.insert(column.to_owned(), Value::from(number + by(of)));
        }
    };
    if NUMBERED.contains(&table) {
        shift(row, "id", table);
    }
    shift(row, "game_id", "game");
    shift(row, "server_id", "server");
    match table {
        "game" if by("game") != 0 => {
            // A deleted game's key ends with its number; see the store.
            let deleted = row.get("phase").and_then(Value::as_str) == Some("deleted");
            let key = row.get("name_key").and_then(Value::as_str).unwrap_or_default().to_owned();
            let id = row.get("id").and_then(Value::as_i64).unwrap_or_default();
            if let (true, Some((name, _))) = (deleted, key.rsplit_once(' ')) {
                row.insert("name_key".to_owned(), Value::from(format!("{name} {id}")));
            }
        }
        "server" => {
            if row.get("told").and_then(Value::as_i64) != Some(0) {
                shift(row, "told", "audit");
            }
            let watch = row.get("watch").and_then(Value::as_str).unwrap_or_default();
            if let (true, Ok(mut watch)) = (by("audit") != 0, serde_json::from_str::<Value>(watch))
            {
                if let Some(entry) = watch.pointer_mut("/asked/audit")
                    && let Some(number) = entry.as_i64()
                {
                    *entry = Value::from(number + by("audit"));
                }
                row.insert("watch".to_owned(), Value::from(watch.to_string()));
            }
        }
        "audit" if by("server") != 0 => {
            // What ties a server's own entries to it.
            let of = row.get("correlation").and_then(Value::as_str).unwrap_or_default();
            if let Some(Ok(number)) = of.strip_prefix("server-").map(str::parse::<i64>) {
                let moved = format!("server-{}", number + by("server"));
                row.insert("correlation".to_owned(), Value::from(moved));
            }
        }
        "panel" if by("server") != 0 => {
            // Messages about a server are called by its number.
            let kind = row.get("kind").and_then(Value::as_str).unwrap_or_default();
            if let Some((of, number)) = kind.split_once('-')
                && let Ok(number) = number.parse::<i64>()
            {
                row.insert(
                    "kind".to_owned(),
                    Value::from(format!("{of}-{}", number + by("server"))),
                );
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::{Value, json};

    use super::renumber;

    #[test]
    fn a_number_moves_wherever_it_stands() {
        let moved =
            BTreeMap::from([("game", 100), ("server", 10), ("audit", 1_000), ("journal", 5)]);
        let after = |table: &str, row: Value| {
            let Value::Object(mut row) = row else { return Value::Null };
            renumber(table, &mut row, &moved);
            Value::Object(row)
        };
        assert_eq!(
            after("seat", json!({"game_id": 1, "user_id": 7})),
            json!({"game_id": 101, "user_id": 7})
        );
        assert_eq!(
            after("game", json!({"id": 2, "phase": "deleted", "name_key": "go fish 2"})),
            json!({"id": 102, "phase": "deleted", "name_key": "go fish 102"})
        );
        assert_eq!(
            after(
                "server",
                json!({"id": 3, "game_id": null, "told": 4, "watch": "{\"asked\":{\"audit\":5}}"})
            ),
            json!({"id": 13, "game_id": null, "told": 1004, "watch": "{\"asked\":{\"audit\":1005}}"})
        );
        assert_eq!(after("panel", json!({"kind": "live-3"})), json!({"kind": "live-13"}));
        assert_eq!(after("panel", json!({"kind": "admin"})), json!({"kind": "admin"}));
        assert_eq!(
            after("journal", json!({"id": 1, "game_id": 1})),
            json!({"id": 6, "game_id": 101})
        );
    }
}
