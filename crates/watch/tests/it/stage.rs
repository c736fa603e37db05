//! Days to report on.

use watch::{Figures, Histogram, Log, Look, Seen};

pub const MB: f64 = 1024.0 * 1024.0;

/// A bot that is well, some hours after the watch began.
pub fn well(hours: f64) -> Figures {
    Figures {
        version: "0.1.0".to_owned(),
        started: 1_000.0,
        memory: 40.0 * MB,
        memory_limit: Some(512.0 * MB),
        interactions: hours * 100.0,
        answers: took(&[(0.2, 0.9), (0.5, 0.99), (3.0, 1.0)], hours * 100.0),
        statements: took(&[(0.005, 0.9), (0.05, 0.99), (1.0, 1.0)], hours * 5_000.0),
        database_up: true,
        ready: true,
        resumed: (hours / 4.0).floor(),
        sessions: 1.0,
        shards: 1.0,
        backup_hours: Some(3.0),
        ..Figures::default()
    }
}

/// So many, of which these shares stayed below these seconds.
pub fn took(shares: &[(f64, f64)], count: f64) -> Histogram {
    let mut histogram = Histogram::default();
    for (bound, share) in shares {
        histogram.add(*bound, (count * share).floor());
    }
    histogram.add(f64::INFINITY, count.floor());
    histogram
}

/// A look each three minutes; `None` is a bot that does not answer.
pub fn day(hours: f64, seen: impl Fn(f64) -> Option<Figures>) -> Log {
    let mut log = Log::default();
    let mut at = 0.0;
    while at <= hours + 1e-9 {
        let (seen, not_ready) = match seen(at) {
            Some(figures) if figures.ready => (Seen::Up(Box::new(figures)), String::new()),
            Some(figures) => (Seen::Up(Box::new(figures)), "gateway: not connected".to_owned()),
            None => (Seen::Away("connection refused".to_owned()), String::new()),
        };
        log.add(Look { hours: at, seen, not_ready });
        at += 0.05;
    }
    log
}
