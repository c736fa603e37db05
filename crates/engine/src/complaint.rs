//! A log that can be read while the database is away.
//!
//! Everything that is tried again fails then, several times a second. One line says so at once, one
//! each half minute that it is still so, and one that it is over.

use std::time::{Duration, Instant};

use parking_lot::Mutex;

use crate::{Engine, Fault};

/// Between two lines about the same trouble.
const LINE_EVERY: Duration = Duration::from_secs(30);
/// So long nothing may have failed before the trouble counts as over: some of it may work, and
/// some not.
const OVER_AFTER: Duration = Duration::from_secs(1);

/// The trouble under way.
#[derive(Debug, Default)]
pub(crate) struct Complaints(Mutex<Option<Away>>);

#[derive(Debug)]
struct Away {
    since: Instant,
    said: Instant,
    last: Instant,
    /// Failures since, and those that were not spoken of.
    failures: u64,
}

impl Fault {
    /// Whether the database is away, or was while this was tried.
    pub fn is_database_away(&self) -> bool {
        match self {
            Self::Store(error) => error.is_temporary(),
            Self::Together(error) => error.is_temporary(),
            _ => false,
        }
    }
}

impl Engine {
    /// Says in the log that something failed which is tried again by itself.
    pub fn complain(&self, what: &str, fault: &Fault) {
        if !fault.is_database_away() {
            tracing::error!(%fault, "{what}");
            return;
        }
        let mut away = self.inner.complaints.0.lock();
        let now = Instant::now();
        let known =
            away.get_or_insert_with(|| Away { since: now, said: now, last: now, failures: 0 });
        known.failures += 1;
        known.last = now;
        if known.failures == 1 {
            tracing::warn!(%fault, "the database is away; {what}, and will be tried again");
        } else if known.said.elapsed() >= LINE_EVERY {
            known.said = now;
            let (seconds, failures) = (known.since.elapsed().as_secs(), known.failures);
            tracing::warn!(seconds, failures, %fault, "the database is still away");
        } else {
            tracing::debug!(%fault, "{what}");
        }
    }

    /// For how long something that needs the database has failed; none while all works.
    pub fn database_away(&self) -> Option<Duration> {
        self.inner.complaints.0.lock().as_ref().map(|away| away.since.elapsed())
    }

    /// The database has done what it was asked. Answers whether it had been away.
    pub(crate) fn database_works(&self) -> bool {
        let mut trouble = self.inner.complaints.0.lock();
        let over = |away: &mut Away| away.last.elapsed() >= OVER_AFTER;
        let Some(away) = trouble.take_if(over) else { return false };
        drop(trouble);
        let (seconds, failures) = (away.since.elapsed().as_secs(), away.failures);
        tracing::info!(seconds, failures, "the database is back");
        true
    }
}
