//! PostgreSQL's side of opening.

mod url;

use std::time::Duration;

use sea_orm::{
    DatabaseConnection, SqlxPostgresConnector,
    sqlx::{self, ConnectOptions, Connection, pool::PoolOptions, postgres::PgConnectOptions},
};
use tokio::time::timeout;

use crate::{
    StoreConfig, StoreError,
    connect::{self, unreachable},
    timed::Doubt,
};

pub(crate) use url::{has_certificate, options, password_length};

/// How long the first connection may take, name look-up, TLS and login included.
const KNOCK_TIMEOUT: Duration = Duration::from_secs(5);
/// A connection that was unused for longer is asked for a sign of life first: the server may have
/// gone since. Asking every time would cost each call a round trip.
const TRUSTED_FOR: Duration = Duration::from_secs(1);
/// How long that sign may take: a connection that a firewall forgot stays silent for many minutes.
const SIGN_OF_LIFE: Duration = Duration::from_secs(2);

pub(crate) fn pool(
    config: &StoreConfig,
    options: PgConnectOptions,
    doubt: Doubt,
) -> DatabaseConnection {
    let pool = PoolOptions::<sqlx::Postgres>::new()
        .max_connections(config.max_connections.max(2))
        .min_connections(1)
        // Also the deadline of a new connection.
        .acquire_timeout(config.acquire_timeout)
        .test_before_acquire(false)
        .before_acquire(|connection, seen| {
            Box::pin(async move {
                if seen.idle_for > TRUSTED_FOR {
                    timeout(SIGN_OF_LIFE, connection.ping()).await.map_err(late).flatten()?;
                }
                Ok(true)
            })
        })
        // The driver itself would wait for ever for a connection that says nothing, and keep its
        // place.
        .after_release(move |connection, _| {
            let doubted = doubt.is_fresh();
            Box::pin(async move {
                if doubted {
                    timeout(SIGN_OF_LIFE, connection.ping()).await.map_err(late).flatten()?;
                }
                connect::is_at_rest(connection).await
            })
        })
        .connect_lazy_with(options);
    SqlxPostgresConnector::from_sqlx_postgres_pool(pool)
}

/// Whether the server lets us in. A pool would try as long, but could only say that it took long.
pub(crate) async fn knock(options: &PgConnectOptions) -> Result<(), StoreError> {
    let connection = timeout(KNOCK_TIMEOUT, options.connect()).await.map_err(late).flatten();
    let connection = connection.map_err(|error| match trouble_with_tls(&error) {
        Some(what) => StoreError::Tls(what),
        None => unreachable(error),
    })?;
    connection.close().await.map_err(unreachable)
}

fn late(_: tokio::time::error::Elapsed) -> sqlx::Error {
    sqlx::Error::Io(std::io::ErrorKind::TimedOut.into())
}

/// What keeps the two from agreeing on TLS: nothing that a second try would change.
fn trouble_with_tls(error: &sqlx::Error) -> Option<String> {
    match error {
        sqlx::Error::Tls(error) => Some(error.to_string()),
        // A handshake that fails arrives as an error of the socket, the reason inside.
        sqlx::Error::Io(error) if error.kind() == std::io::ErrorKind::InvalidData => {
            Some(error.to_string())
        }
        _ => None,
    }
}
