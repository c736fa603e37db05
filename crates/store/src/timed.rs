//! Every statement has a deadline of ours.
//!
//! PostgreSQL's own timeouts need a server that answers. Where packets vanish on the way, or the
//! server hangs, the driver would wait for as long as the kernel keeps the connection: a quarter of
//! an hour and more, with everybody behind it.

use std::{
    future::Future,
    sync::Arc,
    time::{Duration, Instant},
};

use async_trait::async_trait;
use parking_lot::Mutex;
use sea_orm::{
    ConnectionTrait, DbBackend, DbErr, ExecResult, QueryResult, RuntimeErr, Statement, sqlx,
};

use crate::metrics::{Metrics, Work};

/// After a deadline has passed, connections are asked for a sign of life for so long before they
/// are used again.
const DOUBTED_FOR: Duration = Duration::from_mins(1);

/// When a deadline last passed: connections of that time may be dead without knowing.
#[derive(Clone, Debug, Default)]
pub(crate) struct Doubt(Arc<Mutex<Option<Instant>>>);

impl Doubt {
    fn raise(&self) {
        *self.0.lock() = Some(Instant::now());
    }

    pub(crate) fn is_fresh(&self) -> bool {
        self.0.lock().is_some_and(|at| at.elapsed() < DOUBTED_FOR)
    }
}

/// A connection, or a transaction, that waits for no statement longer than this.
#[derive(Clone, Debug)]
pub(crate) struct Timed<C> {
    pub(crate) inner: C,
    pub(crate) within: Duration,
    pub(crate) doubt: Doubt,
    /// Behind a pointer: a transaction is part of many a future.
    pub(crate) metrics: Arc<Metrics>,
}

impl<C> Timed<C> {
    /// The same limits around something else.
    pub(crate) fn around<D>(&self, inner: D) -> Timed<D> {
        let (doubt, metrics) = (self.doubt.clone(), Arc::clone(&self.metrics));
        Timed { inner, within: self.within, doubt, metrics }
    }

    /// Waits for a statement.
    pub(crate) fn wait<T>(
        &self,
        work: impl Future<Output = Result<T, DbErr>>,
    ) -> impl Future<Output = Result<T, DbErr>> {
        self.wait_for(Work::Statement, work)
    }

    /// Waits so long and no longer.
    pub(crate) async fn wait_for<T>(
        &self,
        what: Work,
        work: impl Future<Output = Result<T, DbErr>>,
    ) -> Result<T, DbErr> {
        let began = Instant::now();
        let result = tokio::time::timeout(self.within, work).await.unwrap_or_else(|_| {
            self.doubt.raise();
            let late = sqlx::Error::Io(std::io::ErrorKind::TimedOut.into());
            Err(DbErr::Conn(RuntimeErr::SqlxError(late.into())))
        });
        self.metrics.done(what, began.elapsed(), &result);
        result
    }
}

#[async_trait]
impl<C: ConnectionTrait> ConnectionTrait for Timed<C> {
    fn get_database_backend(&self) -> DbBackend {
        self.inner.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.wait(self.inner.execute_raw(statement)).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.wait(self.inner.execute_unprepared(sql)).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.wait(self.inner.query_one_raw(statement)).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.wait(self.inner.query_all_raw(statement)).await
    }

    fn support_returning(&self) -> bool {
        self.inner.support_returning()
    }
}
