//! The connections, and new ones for those that will never answer again.
//!
//! A connection that somebody in between has forgotten keeps its place in the driver's pool until
//! the kernel gives it up, a quarter of an hour later: the driver waits for it even in order to
//! close it. When no place is left although a deadline has passed lately, all of them are left
//! behind.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use async_trait::async_trait;
use parking_lot::Mutex;
use sea_orm::{
    ConnAcquireErr, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr,
    ExecResult, QueryResult, Statement, TransactionOptions, TransactionTrait,
};

use crate::{metrics::Metrics, timed::Doubt};

/// Between two times that all connections are left behind: should the server only be slow, it must
/// not get ever more of them.
const RENEW_EVERY: Duration = Duration::from_secs(30);

type Make = dyn Fn() -> DatabaseConnection + Send + Sync;

/// See the module.
#[derive(Clone)]
pub(crate) struct Pool(Arc<Shared>);

struct Shared {
    current: Mutex<(DatabaseConnection, Option<Instant>)>,
    /// How to make new ones; SQLite has nobody in between.
    make: Option<Box<Make>>,
    doubt: Doubt,
}

impl std::fmt::Debug for Pool {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pool").finish_non_exhaustive()
    }
}

impl Pool {
    pub(crate) fn fixed(connections: DatabaseConnection, doubt: Doubt) -> Self {
        Self(Arc::new(Shared { current: Mutex::new((connections, None)), make: None, doubt }))
    }

    pub(crate) fn renewed_by(
        make: impl Fn() -> DatabaseConnection + Send + Sync + 'static,
        doubt: Doubt,
    ) -> Self {
        let current = Mutex::new((make(), None));
        Self(Arc::new(Shared { current, make: Some(Box::new(make)), doubt }))
    }

    /// Shows how many connections there are.
    pub(crate) fn show(&self, name: &'static str, metrics: &Metrics) {
        metrics.pool(name, &self.0.current.lock().0);
    }

    fn get(&self) -> DatabaseConnection {
        self.0.current.lock().0.clone()
    }

    pub(crate) async fn begin_with_options(
        &self,
        options: TransactionOptions,
    ) -> Result<DatabaseTransaction, DbErr> {
        self.heed(self.get().begin_with_options(options).await)
    }

    pub(crate) async fn ping(&self) -> Result<(), DbErr> {
        self.heed(self.get().ping().await)
    }

    pub(crate) async fn close(&self) -> Result<(), DbErr> {
        self.get().close().await
    }

    /// Looks whether there was no place.
    fn heed<T>(&self, result: Result<T, DbErr>) -> Result<T, DbErr> {
        let closed =
            matches!(result, Err(DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed)));
        if closed && self.0.current.lock().1.is_some() {
            // It waited for a place among those that were left behind just then.
            return Err(DbErr::ConnectionAcquire(ConnAcquireErr::Timeout));
        }
        let full = matches!(result, Err(DbErr::ConnectionAcquire(ConnAcquireErr::Timeout)));
        if full
            && self.0.doubt.is_fresh()
            && let Some(make) = &self.0.make
        {
            let mut current = self.0.current.lock();
            if current.1.is_none_or(|at| at.elapsed() >= RENEW_EVERY) {
                tracing::warn!("the database's connections are silent; new ones are opened");
                let old = std::mem::replace(&mut *current, (make(), Some(Instant::now()))).0;
                // Those that still live are closed; nobody waits for it.
                tokio::spawn(async move { old.close().await });
            }
        }
        result
    }
}

#[async_trait]
impl ConnectionTrait for Pool {
    fn get_database_backend(&self) -> DbBackend {
        self.0.current.lock().0.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.heed(self.get().execute_raw(statement).await)
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.heed(self.get().execute_unprepared(sql).await)
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.heed(self.get().query_one_raw(statement).await)
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.heed(self.get().query_all_raw(statement).await)
    }
}
