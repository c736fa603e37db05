//! Tells people that something is wrong, and when it is over.
//!
//! Whoever watches raises an [`Alert`] and resolves it, as often as it likes; what is said of it,
//! when and to whom, is decided here: once, again after some hours, not at night if it can wait,
//! and each route in its own time. What is deliberately absent: any idea of what can go wrong.
//!
//! Addresses of routes are secrets. They are in no error, no log line and no `Debug`.

mod alert;
mod courier;
mod deadman;
mod desk;
mod metrics;
mod quiet;
mod route;

pub use self::{
    alert::{Alert, Kind, Notice, Severity},
    deadman::Deadman,
    metrics::Metrics,
    quiet::{QuietError, QuietHours},
    route::{Mail, Route, RouteError, RouteKind, SendError, Trust},
};

use std::{sync::Arc, time::Duration};

use parking_lot::Mutex;
use tokio_util::sync::CancellationToken;

use self::{courier::Courier, desk::Desk};

/// Between two looks at what has become due by itself: reminders, the end of the night.
const TICK: Duration = Duration::from_secs(5);

/// The time of day, in milliseconds since the Unix epoch.
pub type Now = Arc<dyn Fn() -> i64 + Send + Sync>;

/// How alerts are told.
#[derive(Clone, Debug)]
pub struct Manner {
    /// Between two messages about what is still so.
    pub remind_every: Duration,
    /// How long something must be over before that is said.
    pub settled_after: Duration,
    /// When warnings wait.
    pub quiet: Option<QuietHours>,
    /// What this process is called in messages.
    pub process: String,
}

impl Manner {
    /// A reminder every six hours, "over" after a minute, no quiet hours.
    pub fn of(process: impl Into<String>) -> Self {
        Self {
            remind_every: Duration::from_hours(6),
            settled_after: Duration::from_mins(1),
            quiet: None,
            process: process.into(),
        }
    }
}

/// What is wrong right now, and those who want to know. Cheap to clone.
#[derive(Clone)]
pub struct Alerts {
    inner: Arc<Inner>,
}

struct Inner {
    desk: Mutex<Desk>,
    couriers: Mutex<Vec<Courier>>,
    metrics: Metrics,
    now: Now,
}

impl Alerts {
    /// Nothing is wrong, and nobody wants to know.
    pub fn new(manner: Manner, now: Now) -> Self {
        let (desk, couriers) = (Mutex::new(Desk::new(manner)), Mutex::default());
        let metrics = Metrics::default();
        Self { inner: Arc::new(Inner { desk, couriers, metrics, now }) }
    }

    /// These want to know from now on, and nobody else. What a route of the same kind has not
    /// brought yet goes on. Must run inside a Tokio runtime.
    pub fn set_routes(&self, routes: Vec<Route>) {
        let mut couriers = self.inner.couriers.lock();
        let mut before = std::mem::take(&mut *couriers);
        for route in routes {
            let same = before.iter().position(|one| one.kind() == route.kind());
            let queue = same.map(|index| before.swap_remove(index).into_queue());
            let metrics = self.inner.metrics.clone();
            couriers.push(Courier::start(route, queue.unwrap_or_default(), metrics));
        }
    }

    /// When warnings wait, from now on.
    pub fn set_quiet(&self, quiet: Option<QuietHours>) {
        self.inner.desk.lock().set_quiet(quiet);
        self.flush();
    }

    /// The kinds of those who want to know.
    pub fn routes(&self) -> Vec<RouteKind> {
        self.inner.couriers.lock().iter().map(Courier::kind).collect()
    }

    /// Something is wrong. Said again, it is the same as long as its key is.
    pub fn raise(&self, alert: Alert) {
        self.inner.desk.lock().raise(alert, (self.inner.now)());
        self.flush();
    }

    /// Something was wrong since then, and was told by a process before this one.
    pub fn was_told(&self, alert: Alert, since: i64) {
        self.inner.desk.lock().was_told(alert, since, (self.inner.now)());
    }

    /// It is over. Said of what was never wrong, it is nothing.
    pub fn resolve(&self, key: &str) {
        self.inner.desk.lock().resolve(key, (self.inner.now)());
        self.flush();
    }

    /// What is wrong right now.
    pub fn standing(&self) -> Vec<Alert> {
        self.inner.desk.lock().standing()
    }

    /// What operators watch.
    pub fn metrics(&self) -> &Metrics {
        &self.inner.metrics
    }

    /// Says what becomes due by itself, until it is stopped.
    pub async fn run(&self, stop: &CancellationToken) {
        let mut tick = tokio::time::interval(TICK);
        tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        while stop.run_until_cancelled(tick.tick()).await.is_some() {
            self.flush();
        }
    }

    /// Waits until everything said so far was brought or given up, but no longer than this.
    pub async fn drain(&self, within: Duration) {
        let waits: Vec<_> = self.inner.couriers.lock().iter().map(Courier::waiting).collect();
        let brought = async {
            while waits.iter().any(|queue| !queue.is_idle()) {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        // What is not brought by then is in the log.
        let _ = tokio::time::timeout(within, brought).await;
    }

    /// Hands what is due to every route. Never waits.
    fn flush(&self) {
        let mut desk = self.inner.desk.lock();
        let due = desk.due((self.inner.now)());
        self.inner.metrics.stand(&desk.standing());
        drop(desk);
        let couriers = self.inner.couriers.lock();
        for notice in due {
            notice.log();
            let notice = Arc::new(notice);
            couriers.iter().for_each(|courier| courier.take(&notice));
        }
    }
}
