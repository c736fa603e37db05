//! How an SQLite file is.

use sea_orm::{ConnectionTrait, Statement};

use super::{Address, Tls, Vitals, round_trip};
use crate::{Store, StoreError};

/// Lines of damage that are told.
const MOST_LINES: usize = 5;

pub(super) async fn take(store: &Store) -> Result<Vitals, StoreError> {
    let ask = |sql: String| Statement::from_string(store.backend(), sql);
    let version = store.db().query_one_raw(ask("SELECT sqlite_version() AS v".to_owned())).await?;
    let version = version.map(|row| row.try_get("", "v")).transpose()?.unwrap_or_default();
    let check = format!("PRAGMA integrity_check({MOST_LINES})");
    let lines = store.db().query_all_raw(ask(check)).await?;
    let lines: Vec<String> =
        lines.iter().map(|row| row.try_get_by_index(0)).collect::<Result<_, _>>()?;
    Ok(Vitals {
        kind: "SQLite",
        version,
        major: None,
        round_trip: round_trip(store).await?,
        address: Address::File,
        password_length: None,
        has_certificate: false,
        tls: Tls::Plain,
        connections: None,
        processes: 1,
        longest_seconds: None,
        tables: Vec::new(),
        bytes: store.size().await?,
        damage: lines.into_iter().filter(|line| line != "ok").collect(),
    })
}
