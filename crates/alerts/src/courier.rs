//! One route's own queue and worker, so that a route that hangs is in nobody's way.

use std::{collections::VecDeque, sync::Arc, time::Duration};

use parking_lot::Mutex;
use tokio::{sync::Notify, task::JoinHandle, time::Instant};

use crate::{Metrics, Notice, Route, RouteKind, metrics::Brought};

/// Messages that wait for a route. Beyond, the oldest go: the newest say how it is.
const MOST_WAITING: usize = 32;
/// For how long one message is tried. Later, it is the reminder's turn.
const PATIENCE: Duration = Duration::from_hours(1);
/// First pause between two tries; it doubles.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
/// No route makes a message wait longer between two tries, whatever it asks for.
const LONGEST_PAUSE: Duration = Duration::from_mins(1);

/// What a route has not brought yet.
#[derive(Clone, Debug, Default)]
pub(crate) struct Queue(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    waiting: Mutex<VecDeque<Arc<Notice>>>,
    more: Notify,
}

impl Queue {
    /// Whether nothing waits and nothing is under way.
    pub(crate) fn is_idle(&self) -> bool {
        self.0.waiting.lock().is_empty()
    }

    /// Answers whether an older one had to go.
    fn put(&self, notice: &Arc<Notice>) -> bool {
        let mut waiting = self.0.waiting.lock();
        let full = waiting.len() >= MOST_WAITING;
        if full {
            // The first is under way.
            waiting.remove(1);
        }
        waiting.push_back(Arc::clone(notice));
        drop(waiting);
        self.0.more.notify_one();
        full
    }

    /// The oldest. It stays until it is [done](Self::done), so that whoever takes over a courier's
    /// work brings it.
    async fn next(&self) -> Arc<Notice> {
        loop {
            if let Some(notice) = self.0.waiting.lock().front().cloned() {
                return notice;
            }
            self.0.more.notified().await;
        }
    }

    fn done(&self, notice: &Arc<Notice>) {
        let mut waiting = self.0.waiting.lock();
        // Newer ones may have pushed it out meanwhile.
        if waiting.front().is_some_and(|front| Arc::ptr_eq(front, notice)) {
            waiting.pop_front();
        }
    }
}

/// A route and whoever works for it. Stops when dropped.
#[derive(Debug)]
pub(crate) struct Courier {
    kind: RouteKind,
    queue: Queue,
    metrics: Metrics,
    work: JoinHandle<()>,
}

impl Drop for Courier {
    fn drop(&mut self) {
        self.work.abort();
    }
}

impl Courier {
    pub(crate) fn start(route: Route, queue: Queue, metrics: Metrics) -> Self {
        let kind = route.kind();
        let work = tokio::spawn({
            let (queue, metrics) = (queue.clone(), metrics.clone());
            async move {
                loop {
                    let notice = queue.next().await;
                    let brought = bring(&route, &notice).await;
                    metrics.brought(kind, brought);
                    queue.done(&notice);
                }
            }
        });
        Self { kind, queue, metrics, work }
    }

    pub(crate) fn kind(&self) -> RouteKind {
        self.kind
    }

    /// Takes a message; never waits.
    pub(crate) fn take(&self, notice: &Arc<Notice>) {
        if self.queue.put(notice) {
            self.metrics.brought(self.kind, Brought::Dropped);
        }
    }

    pub(crate) fn waiting(&self) -> Queue {
        self.queue.clone()
    }

    pub(crate) fn into_queue(self) -> Queue {
        self.queue.clone()
    }
}

async fn bring(route: &Route, notice: &Notice) -> Brought {
    let (began, mut pause) = (Instant::now(), FIRST_PAUSE);
    loop {
        let error = match route.send(notice).await {
            Ok(()) => return Brought::Sent,
            Err(error) => error,
        };
        let last = began.elapsed() >= PATIENCE || !error.may_pass();
        let (route, key) = (route.kind().word(), notice.alert.key.as_str());
        if last {
            tracing::warn!(alert.route = route, alert.key = key, "an alert was not sent: {error}");
            return Brought::Failed;
        }
        tracing::info!(alert.route = route, alert.key = key, "an alert is sent again: {error}");
        tokio::time::sleep(error.retry_after().unwrap_or(pause).min(LONGEST_PAUSE)).await;
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}
