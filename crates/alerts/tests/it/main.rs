//! Alerts on their way over real sockets: to a webhook, to a mail server, to nobody.

#![expect(clippy::unwrap_used, reason = "a step that fails fails the test")]

mod certificate;
mod hook;
mod mail;
mod post;
mod routes;
mod trust;

use std::{sync::Arc, time::Duration};

use alerts::{Alert, Alerts, Manner, Severity};
use tokio::time::Instant;

/// Generous: a machine may be busy.
const PATIENCE: Duration = Duration::from_mins(1);

fn provider() {
    // The program does this once at its start.
    let _ = rustls::crypto::ring::default_provider().install_default();
}

/// Alerts by the real time of day.
fn alerts() -> Alerts {
    provider();
    let now = || {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        i64::try_from(since.unwrap().as_millis()).unwrap()
    };
    let mut manner = Manner::of("bot-1");
    manner.settled_after = Duration::ZERO;
    Alerts::new(manner, Arc::new(now))
}

fn away(severity: Severity) -> Alert {
    Alert {
        key: "database.away".to_owned(),
        severity,
        sentence: "The database has not answered for 70 s. @everyone".to_owned(),
        cure: "Run `gamekeeper doctor`.".to_owned(),
    }
}

/// Waits until something is so.
async fn until<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let end = Instant::now() + PATIENCE;
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(Instant::now() < end, "{what} did not happen");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// A counter in the text that Prometheus would read.
fn counted(alerts: &Alerts, series: &str) -> Option<u64> {
    let mut registry = prometheus_client::registry::Registry::default();
    alerts.metrics().register(&mut registry);
    let mut text = String::new();
    prometheus_client::encoding::text::encode(&mut text, &registry).unwrap();
    let line = text.lines().find(|line| line.starts_with(series))?;
    line.rsplit(' ').next()?.parse().ok()
}
