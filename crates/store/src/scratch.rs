//! A database of its own on a PostgreSQL server, for as long as it is needed: for a rehearsal, a
//! proof, a test.

use std::{
    str::FromStr,
    sync::atomic::{AtomicU32, Ordering},
    time::{SystemTime, UNIX_EPOCH},
};

use sea_orm::sqlx::{AssertSqlSafe, Connection, PgConnection, postgres::PgConnectOptions, query};

use crate::{StoreConfig, StoreError, connect, error::unreadable};

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
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let base = server.trim_end_matches('/');
        let options = PgConnectOptions::from_str(&format!("{base}/postgres"))
            .map_err(|error| unreadable(&error))?;
        // A process that was killed leaves its databases behind, and numbers of processes come
        // again.
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
        let (process, count) = (std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let name = format!("gamekeeper_{label}_{now}_{process}_{count}");
        let scratch = Self { server: options, url: format!("{base}/{name}"), name };
        scratch.administer(&format!("CREATE DATABASE {}", scratch.name)).await?;
        Ok(scratch)
    }

    /// How to open it.
    pub fn config(&self, max_connections: u32) -> StoreConfig {
        StoreConfig::new(&self.url, max_connections)
    }

    /// Removes it, whoever is still connected.
    pub async fn drop_database(&self) -> Result<(), StoreError> {
        self.administer(&format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name)).await
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

/// The address may hold a password.
impl std::fmt::Debug for Scratch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Scratch({})", self.name)
    }
}
