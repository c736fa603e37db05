//! How the database is, for those who look after it. Changes nothing, and takes a connection of its
//! own beside those of a running bot.

mod postgres;
mod sqlite;

use std::{
    net::IpAddr,
    time::{Duration, Instant},
};

use sea_orm::DbBackend;

use crate::{Store, StoreConfig, StoreError};

/// How often it is asked how quick it is.
const QUESTIONS: u32 = 5;

/// Where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    /// A file.
    File,
    /// A server on this machine, by a socket in the file system.
    Socket,
    /// A server somewhere.
    Host {
        /// What its name stands for.
        addresses: Vec<IpAddr>,
        /// Whether all of it is this machine.
        loopback: bool,
    },
}

/// How the way to it is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tls {
    /// Encrypted, with a server whose certificate was looked at.
    Verified,
    /// Encrypted, with whomever.
    Encrypted,
    /// Not at all.
    Plain,
}

/// Connections of a server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connections {
    /// Allowed for users like ours.
    pub most: u32,
    /// In use by others than this application.
    pub others: u32,
    /// Allowed for this very user in this very database, where that is less.
    pub granted: Option<u32>,
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Rows.
    pub live: u64,
    /// Rows that are gone but still take room.
    pub dead: u64,
    /// Days since they were last swept out; none when never.
    pub swept_days: Option<u32>,
}

/// How it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Vitals {
    /// `SQLite` or `PostgreSQL`.
    pub kind: &'static str,
    /// Its version, as it says itself.
    pub version: String,
    /// The first number of the version, of a server.
    pub major: Option<u32>,
    /// One question and its answer, the quickest of several.
    pub round_trip: Duration,
    /// Where it is.
    pub address: Address,
    /// Letters of the password in the address; none without one.
    pub password_length: Option<usize>,
    /// Whether we show a certificate of our own instead.
    pub has_certificate: bool,
    /// How the way to it is protected.
    pub tls: Tls,
    /// Connections, of a server.
    pub connections: Option<Connections>,
    /// Processes of ours that gave a sign of life lately.
    pub processes: u32,
    /// For how long the longest statement has been at work, of a server.
    pub longest_seconds: Option<f64>,
    /// Our role, where a server does not show it what others are at; as SQL writes it.
    pub blind_role: Option<String>,
    /// Tables that are swept now and then, of a server.
    pub tables: Vec<Table>,
    /// Bytes in all.
    pub bytes: u64,
    /// What is damaged, in the database's own words; none where nothing is.
    pub damage: Vec<String>,
}

impl Vitals {
    /// Looks at it. It has to be there.
    pub async fn take(config: &StoreConfig) -> Result<Self, StoreError> {
        let Some(store) = Store::glance(config).await? else {
            return Err(StoreError::Url("DATABASE_URL names a file that is not there".to_owned()));
        };
        let taken = match store.backend() {
            DbBackend::Sqlite => sqlite::take(&store).await,
            _ => postgres::take(&store, config).await,
        };
        store.close().await?;
        taken
    }
}

/// How long one question and its answer take: the quickest of a few, since any of them may have met a
/// machine that was just busy with something else.
async fn round_trip(store: &Store) -> Result<Duration, StoreError> {
    let mut quickest = Duration::MAX;
    for _ in 0..QUESTIONS {
        let started = Instant::now();
        store.ping().await?;
        quickest = quickest.min(started.elapsed());
    }
    Ok(quickest)
}
