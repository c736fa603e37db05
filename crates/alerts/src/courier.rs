//! One route's own queue and worker, so that a route that hangs is in nobody's way.

use std::{
    collections::VecDeque,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use parking_lot::Mutex;
use tokio::{sync::Notify, task::JoinHandle};

use crate::{Metrics, Notice, Route, RouteKind, metrics::Brought};

/// Messages that wait for a route. Beyond, the oldest go: the newest say how it is.
const MOST_WAITING: usize = 32;
/// Tries for one message.
const TRIES: u32 = 5;
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
    busy: AtomicBool,
}

impl Queue {
    /// Whether nothing waits and nothing is under way.
    pub(crate) fn is_idle(&self) -> bool {
        // In this order: what is taken out is marked as under way before it is gone.
        self.0.waiting.lock().is_empty() && !self.0.busy.load(Ordering::Acquire)
    }

    /// Answers whether an older one had to go.
    fn put(&self, notice: &Arc<Notice>) -> bool {
        let mut waiting = self.0.waiting.lock();
        let full = waiting.len() >= MOST_WAITING;
        if full {
            waiting.pop_front();
        }
        waiting.push_back(Arc::clone(notice));
        drop(waiting);
        self.0.more.notify_one();
        full
    }

    async fn next(&self) -> Arc<Notice> {
        loop {
            {
                let mut waiting = self.0.waiting.lock();
                if let Some(notice) = waiting.front().cloned() {
                    self.0.busy.store(true, Ordering::Release);
                    waiting.pop_front();
                    return notice;
                }
            }
            self.0.more.notified().await;
        }
    }

    fn done(&self) {
        self.0.busy.store(false, Ordering::Release);
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
        queue.done();
        let work = tokio::spawn({
            let (queue, metrics) = (queue.clone(), metrics.clone());
            async move {
                loop {
                    let notice = queue.next().await;
                    let brought = bring(&route, &notice).await;
                    metrics.brought(kind, brought);
                    queue.done();
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
    let mut pause = FIRST_PAUSE;
    for attempt in 1..=TRIES {
        let error = match route.send(notice).await {
            Ok(()) => return Brought::Sent,
            Err(error) => error,
        };
        let last = attempt == TRIES || !error.may_pass();
        let (route, key) = (route.kind().word(), notice.alert.key.as_str());
        if last {
            tracing::warn!(alert.route = route, alert.key = key, "an alert was not sent: {error}");
            return Brought::Failed;
        }
        tracing::info!(alert.route = route, alert.key = key, "an alert is sent again: {error}");
        tokio::time::sleep(error.retry_after().unwrap_or(pause).min(LONGEST_PAUSE)).await;
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
    Brought::Failed
}
