//! How an SQLite file is.

use sea_orm::{ConnectionTrait, Statement};

use super::{Address, Tls, Vitals, round_trip};
use crate::{Store, StoreError};

pub(super) async fn take(store: &Store) -> Result<Vitals, StoreError> {
    let ask = Statement::from_string(store.backend(), "SELECT sqlite_version() AS v");
    let version = store.db().query_one_raw(ask).await?;
    let version = version.map(|row| row.try_get("", "v")).transpose()?.unwrap_or_default();
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
        blind_role: None,
        tables: Vec::new(),
        bytes: store.size().await?,
        damage: store.sqlite_damage().await?,
    })
}
