//! What operators watch of the database.

use std::time::Duration;

use prometheus_client::{
    encoding::EncodeLabelSet,
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram},
    registry::{Registry, Unit},
};
use sea_orm::{ConnAcquireErr, DatabaseConnection, DbBackend, DbErr, RuntimeErr, sqlx};

/// From a row in memory to our longest deadline.
const BUCKETS: [f64; 9] = [0.001, 0.005, 0.02, 0.05, 0.1, 0.5, 1.0, 5.0, 15.0];

#[derive(Clone, Debug, Eq, EncodeLabelSet, Hash, PartialEq)]
struct What {
    what: &'static str,
}

#[derive(Clone, Debug, Eq, EncodeLabelSet, Hash, PartialEq)]
struct Kind {
    kind: &'static str,
}

#[derive(Clone, Debug, Eq, EncodeLabelSet, Hash, PartialEq)]
struct Connections {
    pool: &'static str,
    state: &'static str,
}

#[derive(Clone, Debug, Eq, EncodeLabelSet, Hash, PartialEq)]
struct Of {
    pool: &'static str,
}

/// What is waited for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Work {
    /// A connection, and the beginning of a transaction on it.
    Begin,
    Statement,
    Commit,
}

/// What is counted. Cheap to clone; clones count together.
#[derive(Clone, Debug)]
pub struct Metrics {
    took: Family<What, Histogram, fn() -> Histogram>,
    errors: Family<Kind, Counter>,
    connections: Family<Connections, Gauge>,
    limit: Family<Of, Gauge>,
}

impl Default for Metrics {
    fn default() -> Self {
        let metrics = Self {
            took: Family::new_with_constructor(|| Histogram::new(BUCKETS)),
            errors: Family::default(),
            connections: Family::default(),
            limit: Family::default(),
        };
        // What never happened counts as zero, not as unknown.
        for work in [Work::Begin, Work::Statement, Work::Commit] {
            drop(metrics.took.get_or_create(&What { what: work.name() }));
        }
        for kind in [DEADLINE, POOL, CONNECTION, CONSTRAINT, OTHER] {
            drop(metrics.errors.get_or_create(&Kind { kind }));
        }
        for pool in [READ, WRITE] {
            metrics.stand(pool, 0, 0, 0);
        }
        metrics
    }
}

impl Work {
    fn name(self) -> &'static str {
        match self {
            Self::Begin => "begin",
            Self::Statement => "statement",
            Self::Commit => "commit",
        }
    }
}

/// The pool that reads; on PostgreSQL it writes as well.
pub(crate) const READ: &str = "read";
/// SQLite's one writer.
pub(crate) const WRITE: &str = "write";

const DEADLINE: &str = "deadline";
const POOL: &str = "pool";
const CONNECTION: &str = "connection";
const CONSTRAINT: &str = "constraint";
const OTHER: &str = "other";

impl Metrics {
    /// Shows them under these names.
    pub fn register(&self, registry: &mut Registry) {
        registry.register_with_unit(
            "database",
            "Time for a statement, for a commit, and for the beginning of a transaction, which \
             includes the wait for a connection",
            Unit::Seconds,
            self.took.clone(),
        );
        registry.register(
            "database_errors",
            "Errors by kind: our own deadline passed, no connection was free, a connection broke, \
             a value was taken, anything else",
            self.errors.clone(),
        );
        registry.register(
            "database_connections",
            "Open connections, idle and busy; PostgreSQL has one pool for both",
            self.connections.clone(),
        );
        registry.register(
            "database_connections_limit",
            "Most connections that may be open",
            self.limit.clone(),
        );
    }

    pub(crate) fn done<T>(&self, work: Work, took: Duration, result: &Result<T, DbErr>) {
        self.took.get_or_create(&What { what: work.name() }).observe(took.as_secs_f64());
        if let Err(error) = result {
            self.errors.get_or_create(&Kind { kind: kind(error) }).inc();
        }
    }

    /// How a pool stands now.
    pub(crate) fn pool(&self, pool: &'static str, connection: &DatabaseConnection) {
        let (size, idle, limit) = match connection.get_database_backend() {
            DbBackend::Sqlite => {
                let pool = connection.get_sqlite_connection_pool();
                (pool.size(), pool.num_idle(), pool.options().get_max_connections())
            }
            DbBackend::Postgres => {
                let pool = connection.get_postgres_connection_pool();
                (pool.size(), pool.num_idle(), pool.options().get_max_connections())
            }
            // There is no other one.
            _ => return,
        };
        self.stand(pool, size, idle, limit);
    }

    fn stand(&self, pool: &'static str, size: u32, idle: usize, limit: u32) {
        let idle = i64::try_from(idle).unwrap_or(i64::MAX).min(size.into());
        let of = |state| Connections { pool, state };
        self.connections.get_or_create(&of("idle")).set(idle);
        self.connections.get_or_create(&of("busy")).set(i64::from(size) - idle);
        self.limit.get_or_create(&Of { pool }).set(limit.into());
    }
}

fn kind(error: &DbErr) -> &'static str {
    match error {
        DbErr::ConnectionAcquire(ConnAcquireErr::Timeout) => POOL,
        DbErr::ConnectionAcquire(_) => CONNECTION,
        DbErr::Conn(RuntimeErr::SqlxError(error))
        | DbErr::Exec(RuntimeErr::SqlxError(error))
        | DbErr::Query(RuntimeErr::SqlxError(error)) => match error.as_ref() {
            sqlx::Error::Io(error) if error.kind() == std::io::ErrorKind::TimedOut => DEADLINE,
            sqlx::Error::PoolTimedOut => POOL,
            sqlx::Error::Io(_)
            | sqlx::Error::Tls(_)
            | sqlx::Error::Protocol(_)
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed => CONNECTION,
            sqlx::Error::Database(error) if error.is_unique_violation() => CONSTRAINT,
            _ => OTHER,
        },
        _ => OTHER,
    }
}
