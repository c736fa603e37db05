//! A database of its own on a PostgreSQL server, for as long as it is needed: for a rehearsal, a
//! proof, a test.

use std::{
    str::FromStr,
    sync::atomic::{AtomicU32, Ordering},
    time::{SystemTime, UNIX_EPOCH},
};

use sea_orm::sqlx::{
    AssertSqlSafe, Connection, PgConnection, postgres::PgConnectOptions, query, query_scalar,
};

use crate::{StoreConfig, StoreError, connect, error::unreadable, postgres};

/// After so many milliseconds nobody works with it any more.
const FORGOTTEN: u128 = 24 * 60 * 60 * 1_000;

/// An empty database that somebody has to [drop](Scratch::drop_database) again.
#[derive(Clone)]
pub struct Scratch {
    server: PgConnectOptions,
    url: String,
    name: String,
}

impl Scratch {
    /// Makes one on the server at `server`, `postgresql://user@host:port`, whose user may make
    /// databases. `label` is part of its name, so that a forgotten one can be told.
    pub async fn create(server: &str, label: &str) -> Result<Self, StoreError> {
        let base = server.trim_end_matches('/');
        let options = PgConnectOptions::from_str(&format!("{base}/postgres"))
            .map_err(|error| unreadable(&error))?;
        let name = Self::name(label);
        let scratch = Self { server: options, url: format!("{base}/{name}"), name };
        scratch.administer(&format!("CREATE DATABASE {}", scratch.name)).await?;
        Ok(scratch)
    }

    /// Makes one on the server of `config`, with the rights and settings that stand there.
    pub async fn beside(config: &StoreConfig, label: &str) -> Result<Self, StoreError> {
        let server = postgres::options(config)?;
        let name = Self::name(label);
        let scratch = Self { server, url: with_database(&config.url, &name), name };
        scratch.administer(&format!("CREATE DATABASE {}", scratch.name)).await?;
        Ok(scratch)
    }

    /// Removes those on the server of `config` that were forgotten: with this label, made a day ago or
    /// earlier, by somebody whose databases we may drop, and with nobody connected.
    pub async fn sweep(config: &StoreConfig, label: &str) -> Result<(), StoreError> {
        let server = postgres::options(config)?;
        let mut connection =
            PgConnection::connect_with(&server).await.map_err(connect::unreachable)?;
        let names = "SELECT datname::text FROM pg_database \
                     WHERE datname LIKE 'gamekeeper\\_%' AND pg_has_role(datdba, 'MEMBER')";
        let found = query_scalar::<_, String>(names).fetch_all(&mut connection).await;
        let now = millis();
        for name in found.map_err(connect::unreachable)? {
            let Some(at) = made_at(&name, label) else { continue };
            if at.saturating_add(FORGOTTEN) > now {
                continue;
            }
            // Without force: somebody may look at it.
            let drop = query(AssertSqlSafe(format!("DROP DATABASE IF EXISTS {name}")));
            match drop.execute(&mut connection).await {
                Ok(_) => tracing::info!(name, "a forgotten scratch database was removed"),
                Err(error) => tracing::warn!(%error, name, "a forgotten scratch database stays"),
            }
        }
        connection.close().await.map_err(connect::unreachable)
    }

    /// How to open it.
    pub fn config(&self, max_connections: u32) -> StoreConfig {
        StoreConfig::new(&self.url, max_connections)
    }

    /// Removes it, whoever is still connected.
    pub async fn drop_database(&self) -> Result<(), StoreError> {
        self.administer(&format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name)).await
    }

    fn name(label: &str) -> String {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        // A process that was killed leaves its databases behind, and numbers of processes come
        // again.
        let now = millis();
        let (process, count) = (std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        format!("gamekeeper_{label}_{now}_{process}_{count}")
    }

    /// `sql` holds nothing but a name that was made here.
    async fn administer(&self, sql: &str) -> Result<(), StoreError> {
        let mut connection =
            PgConnection::connect_with(&self.server).await.map_err(connect::unreachable)?;
        let done = query(AssertSqlSafe(sql.to_owned()))
            .execute(&mut connection)
            .await
            .map_err(connect::unreachable);
        connection.close().await.map_err(connect::unreachable)?;
        done.map(drop)
    }
}

fn millis() -> u128 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_millis()
}

/// When a database with this label, or one that begins so, was made; none where it is not one of
/// ours. Its name holds nothing then that would have to be quoted.
fn made_at(name: &str, label: &str) -> Option<u128> {
    let rest = name.strip_prefix("gamekeeper_")?.strip_prefix(label)?;
    let mut parts = rest.rsplit('_');
    let (count, process, at) = (parts.next()?, parts.next()?, parts.next()?);
    let numbers = [count, process, at].iter().all(|it| it.bytes().all(|c| c.is_ascii_digit()));
    let words = parts.all(|it| it.bytes().all(|c| c.is_ascii_lowercase()));
    (numbers && words && rest.starts_with('_')).then(|| at.parse().ok())?
}

/// The same address with another database.
fn with_database(url: &str, name: &str) -> String {
    let (place, query) = url.split_once('?').map_or((url, None), |(a, b)| (a, Some(b)));
    let (scheme, rest) = place.split_once("://").unwrap_or(("postgresql", place));
    let authority = rest.split('/').next().unwrap_or_default();
    let kept = query.map(|query| {
        let others = query.split('&').filter(|each| !each.starts_with("dbname="));
        format!("?{}", others.collect::<Vec<_>>().join("&"))
    });
    format!("{scheme}://{authority}/{name}{}", kept.unwrap_or_default())
}

/// The address may hold a password.
impl std::fmt::Debug for Scratch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Scratch({})", self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::{made_at, with_database};

    #[test]
    fn only_what_was_made_here_is_known_by_its_name() {
        assert_eq!(
            made_at("gamekeeper_verify_1700000000000_12_3", "verify"),
            Some(1_700_000_000_000)
        );
        assert_eq!(made_at("gamekeeper_verify_native_5_12_3", "verify"), Some(5));
        for other in [
            "gamekeeper",
            "gamekeeper_verify",
            "gamekeeper_verify_x_1_2",
            "gamekeeper_verify__1_2",
            "gamekeeper_verifying_1_2_3",
            "gamekeeper_other_1_2_3",
            "gamekeeper_verify_1_2_3; x",
            "gamekeeper_verify_a b_1_2_3",
        ] {
            assert_eq!(made_at(other, "verify"), None, "{other}");
        }
    }

    #[test]
    fn only_the_database_changes() {
        for (url, expected) in [
            ("postgres://a:b@h:1/x", "postgres://a:b@h:1/n"),
            ("postgresql://h", "postgresql://h/n"),
            ("postgresql://h/x?dbname=y&sslmode=require", "postgresql://h/n?sslmode=require"),
            ("postgresql:///x?host=/run", "postgresql:///n?host=/run"),
        ] {
            assert_eq!(with_database(url, "n"), expected);
        }
    }
}
