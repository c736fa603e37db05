//! The part that goes into any database: rows as lines of JSON.

use domain::GuildId;
use store::archive::{OWN_FACTS, Refill, Row, Shape, Snapshot};

use crate::{
    BackupError, Damage, Header, Manifest, TableSum,
    archive::{CHUNK, Packer, Piece, TABLES, Unpacking},
    hash::Hashed,
};

/// A row as a line. The same on both databases: keys in order, no spaces.
fn line(row: &Row, into: &mut Vec<u8>) -> Result<(), BackupError> {
    serde_json::to_writer(&mut *into, row).map_err(|error| BackupError::Died(error.to_string()))?;
    into.push(b'\n');
    Ok(())
}

/// Packs every row of a snapshot, or of one guild in it.
pub(crate) async fn pack(
    snapshot: &Snapshot,
    mut packer: Packer,
    guild: Option<GuildId>,
) -> Result<(Packer, Vec<TableSum>), BackupError> {
    let mut sums = Vec::new();
    for shape in snapshot.shapes().await? {
        if guild.is_some() && !shape.table.lasts {
            continue;
        }
        let (mut sum, mut count, mut part) = (Hashed::nothing(), 0, 0);
        let mut chunk = Vec::new();
        let mut rows = snapshot.rows(&shape, guild).await?;
        loop {
            let batch = rows.next().await?;
            let last = batch.is_empty();
            for row in &batch {
                line(row, &mut chunk)?;
                count += 1;
            }
            if chunk.len() >= CHUNK || (last && !chunk.is_empty()) {
                part += 1;
                sum.take(&chunk);
                let name = format!("{TABLES}{}/{part:05}.jsonl", shape.table.name);
                let body = std::mem::take(&mut chunk);
                packer =
                    tokio::task::spawn_blocking(move || packer.add(&name, &body).map(|()| packer))
                        .await??;
            }
            if last {
                break;
            }
        }
        let name = shape.table.name.to_owned();
        sums.push(TableSum { name, rows: count, sha256: sum.sum().1 });
    }
    Ok((packer, sums))
}

/// The sums of a database as it is: to compare with a manifest.
pub(crate) async fn sums(snapshot: &Snapshot) -> Result<Vec<TableSum>, BackupError> {
    let mut sums = Vec::new();
    for shape in snapshot.shapes().await? {
        let (mut sum, mut count) = (Hashed::nothing(), 0);
        let mut rows = snapshot.rows(&shape, None).await?;
        loop {
            let batch = rows.next().await?;
            if batch.is_empty() {
                break;
            }
            let mut body = Vec::new();
            for row in &batch {
                line(row, &mut body)?;
                count += 1;
            }
            sum.take(&body);
        }
        let name = shape.table.name.to_owned();
        sums.push(TableSum { name, rows: count, sha256: sum.sum().1 });
    }
    Ok(sums)
}

/// Which rows are taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Take {
    /// All.
    Everything,
    /// Those that mean something elsewhere.
    Lasting,
}

impl Take {
    /// What of some rows is taken.
    fn of(self, shape: &Shape, mut rows: Vec<Row>) -> Vec<Row> {
        if self == Self::Everything {
            return rows;
        }
        if !shape.table.lasts {
            return Vec::new();
        }
        if shape.table.name == "kv" {
            rows.retain(|row| {
                let key = row.get("key").and_then(|key| key.as_str());
                key.is_none_or(|key| !key.starts_with(OWN_FACTS))
            });
        }
        rows
    }
}

/// Pours an archive into a database. `change` may change the rows of a table on the way.
pub(crate) async fn pour(
    unpacking: &mut Unpacking,
    refill: &Refill,
    take: Take,
    name: &str,
    mut change: impl FnMut(&str, &mut Row),
) -> Result<Manifest, BackupError> {
    while let Some(piece) = unpacking.next().await? {
        match piece {
            Piece::Header(_) => {}
            Piece::Rows { table, rows } => {
                let Some(shape) = refill.shapes().iter().find(|s| s.table.name == table) else {
                    let what = format!("a table `{table}` that its schema does not have");
                    return Err(Damage::Differs { name: name.to_owned(), what }.into());
                };
                let mut rows = take.of(shape, rows);
                for row in &mut rows {
                    change(&table, row);
                }
                refill.insert(&table, &rows).await?;
            }
            Piece::Manifest(manifest) => return Ok(*manifest),
        }
    }
    Err(Damage::CutShort(name.to_owned()).into())
}

/// The header of an archive, which is checked for being one that we understand.
pub(crate) async fn header(unpacking: &mut Unpacking, name: &str) -> Result<Header, BackupError> {
    match unpacking.next().await? {
        Some(Piece::Header(header)) => Ok(header),
        _ => Err(Damage::CutShort(name.to_owned()).into()),
    }
}

/// Pours a database into another one.
pub(crate) async fn copy(snapshot: &Snapshot, refill: &Refill) -> Result<(), BackupError> {
    for shape in snapshot.shapes().await? {
        let mut rows = snapshot.rows(&shape, None).await?;
        loop {
            let batch = rows.next().await?;
            if batch.is_empty() {
                break;
            }
            refill.insert(shape.table.name, &Take::Lasting.of(&shape, batch)).await?;
        }
    }
    Ok(())
}
