//! How a PostgreSQL server is, as far as an ordinary user may know.

use std::{net::IpAddr, time::Duration};

use sea_orm::{ConnectionTrait, QueryResult, Statement, sqlx::postgres::PgSslMode};

use super::{Address, Connections, Table, Tls, Vitals, round_trip};
use crate::{Store, StoreConfig, StoreError, postgres};

/// How long a name may take to be looked up.
const NAME_WITHIN: Duration = Duration::from_secs(5);

/// What of others an ordinary user may know is little: not the kind of their connections, for one. A
/// user and a database have whoever counts against the limit.
const SERVER: &str = "
    SELECT current_setting('server_version') AS version,
           current_setting('server_version_num')::int / 10000 AS major,
           current_setting('max_connections')::int
               - current_setting('superuser_reserved_connections')::int
               - coalesce(current_setting('reserved_connections', true), '0')::int AS most,
           (SELECT least(nullif(r.rolconnlimit, -1), nullif(d.datconnlimit, -1))
              FROM pg_roles r, pg_database d
             WHERE r.rolname = current_user AND NOT r.rolsuper
               AND d.datname = current_database()) AS granted,
           (SELECT count(*)::int FROM pg_stat_activity
             WHERE usesysid IS NOT NULL AND datid IS NOT NULL
               AND NOT (datname = current_database() AND application_name = 'gamekeeper')) AS others,
           CASE WHEN pg_has_role(current_user, 'pg_read_all_stats', 'USAGE') THEN NULL
                ELSE quote_ident(current_user) END AS blind,
           (SELECT coalesce(bool_or(ssl), false) FROM pg_stat_ssl WHERE pid = pg_backend_pid()) AS ssl,
           (SELECT max(extract(epoch FROM clock_timestamp() - query_start))::float8
              FROM pg_stat_activity
             WHERE datname = current_database() AND state = 'active'
               AND backend_type = 'client backend' AND pid <> pg_backend_pid()) AS longest";

const TABLES: &str = "
    SELECT relname AS name, n_live_tup AS live, n_dead_tup AS dead,
           (extract(epoch FROM now() - greatest(last_vacuum, last_autovacuum)) / 86400)::int AS days
      FROM pg_stat_user_tables ORDER BY n_dead_tup DESC LIMIT 50";

const DAMAGE: &str = "
    SELECT 'the index ' || c.relname || ' is not valid' AS what
      FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
     WHERE NOT i.indisvalid AND c.relnamespace = current_schema()::regnamespace LIMIT 5";

/// One that was killed leaves its row behind; ten minutes are the longest that a sign of life lasts.
const PROCESSES: &str = "
    SELECT count(*)::int AS n FROM instance
     WHERE seen_at > extract(epoch FROM clock_timestamp()) * 1000 - 600000";

pub(super) async fn take(store: &Store, config: &StoreConfig) -> Result<Vitals, StoreError> {
    let ask = |sql| Statement::from_string(store.backend(), sql);
    let none = || StoreError::Url("DATABASE_URL names a server that tells nothing".to_owned());
    let server = store.db().query_one_raw(ask(SERVER)).await?.ok_or_else(none)?;
    let tables = store.db().query_all_raw(ask(TABLES)).await?;
    let damage = store.db().query_all_raw(ask(DAMAGE)).await?;
    // Before the first start there is no such table.
    let processes = store.db().query_one_raw(ask(PROCESSES)).await.ok().flatten();
    let processes: i32 = processes.and_then(|row| row.try_get("", "n").ok()).unwrap_or(1);
    let options = postgres::options(config)?;
    let socket = options.get_socket().is_some() || options.get_host().starts_with('/');
    let address = if socket { Address::Socket } else { resolve(options.get_host()).await };
    let ssl: bool = server.try_get("", "ssl")?;
    let verified = matches!(options.get_ssl_mode(), PgSslMode::VerifyCa | PgSslMode::VerifyFull);
    let (most, others): (i32, i32) = (server.try_get("", "most")?, server.try_get("", "others")?);
    let granted: Option<i32> = server.try_get("", "granted")?;
    let major: i32 = server.try_get("", "major")?;
    Ok(Vitals {
        kind: "PostgreSQL",
        version: server.try_get("", "version")?,
        major: u32::try_from(major).ok(),
        round_trip: round_trip(store).await?,
        address,
        password_length: postgres::password_length(config),
        has_certificate: postgres::has_certificate(config),
        tls: match (ssl, verified) {
            (true, true) => Tls::Verified,
            (true, false) => Tls::Encrypted,
            (false, _) => Tls::Plain,
        },
        connections: Some(Connections {
            most: number(most),
            others: number(others),
            granted: granted.map(number),
        }),
        processes: number(processes),
        longest_seconds: server.try_get("", "longest")?,
        blind_role: server.try_get("", "blind")?,
        tables: tables.iter().map(table).collect::<Result<_, _>>()?,
        bytes: store.size().await?,
        damage: damage.iter().map(|row| row.try_get("", "what")).collect::<Result<_, _>>()?,
    })
}

fn table(row: &QueryResult) -> Result<Table, sea_orm::DbErr> {
    let (live, dead): (i64, i64) = (row.try_get("", "live")?, row.try_get("", "dead")?);
    let days: Option<i32> = row.try_get("", "days")?;
    Ok(Table {
        name: row.try_get("", "name")?,
        live: u64::try_from(live).unwrap_or(0),
        dead: u64::try_from(dead).unwrap_or(0),
        swept_days: days.and_then(|days| u32::try_from(days).ok()),
    })
}

fn number(count: i32) -> u32 {
    u32::try_from(count).unwrap_or(0)
}

async fn resolve(host: &str) -> Address {
    let looked_up = tokio::time::timeout(NAME_WITHIN, tokio::net::lookup_host((host, 0))).await;
    let addresses: Vec<IpAddr> = match looked_up {
        // `::ffff:127.0.0.1` is 127.0.0.1.
        Ok(Ok(found)) => found.map(|address| address.ip().to_canonical()).collect(),
        // It was reached a moment ago; nothing more is known.
        _ => Vec::new(),
    };
    // Whoever connects to 0.0.0.0 connects to this machine.
    let here = |address: &IpAddr| address.is_loopback() || address.is_unspecified();
    let loopback = !addresses.is_empty() && addresses.iter().all(here);
    Address::Host { addresses, loopback }
}
