//! Counters for metrics and tests.

use crate::metrics::OTHER;
use parking_lot::Mutex;
use std::{collections::BTreeMap, time::Duration};

/// Route families are few; this bounds the map should a path ever be unknown to us.
const MAX_FAMILIES: usize = 512;

/// What came of one try.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Outcome {
    Success,
    ClientError,
    RateLimited,
    ServerError,
    NoAnswer,
}

/// Counters since the start, by route family such as `POST guilds/{id}/roles`.
#[derive(Clone, Debug, Default)]
pub struct Stats {
    /// One entry per family; families past the 512th are added up under `other`.
    pub families: BTreeMap<String, Tally>,
}

/// Counters of one route family. All but `refused` count tries, not calls.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Tally {
    /// 2xx.
    pub success: u64,
    /// 4xx other than 429.
    pub client_error: u64,
    /// 429.
    pub rate_limited: u64,
    /// 5xx, and answers that are not Discord's.
    pub server_error: u64,
    /// Timeouts, refused and broken connections.
    pub no_answer: u64,
    /// Calls held back on our side: limits, deadlines in the queue, breaker.
    pub refused: u64,
    /// Time from sending to answer, added up over all tries.
    pub busy: Duration,
}

impl Tally {
    /// Tries sent to Discord.
    pub const fn sent(&self) -> u64 {
        self.success + self.client_error + self.rate_limited + self.server_error + self.no_answer
    }
}

#[derive(Debug, Default)]
pub(crate) struct Counters(Mutex<Stats>);

impl Counters {
    /// Answers the name it is counted under.
    pub(crate) fn record<'a>(&self, family: &'a str, outcome: Outcome, took: Duration) -> &'a str {
        self.with(family, |tally| {
            tally.busy += took;
            let counter = match outcome {
                Outcome::Success => &mut tally.success,
                Outcome::ClientError => &mut tally.client_error,
                Outcome::RateLimited => &mut tally.rate_limited,
                Outcome::ServerError => &mut tally.server_error,
                Outcome::NoAnswer => &mut tally.no_answer,
            };
            *counter += 1;
        })
    }

    /// Answers the name it is counted under.
    pub(crate) fn refuse<'a>(&self, family: &'a str) -> &'a str {
        self.with(family, |tally| tally.refused += 1)
    }

    pub(crate) fn snapshot(&self) -> Stats {
        self.0.lock().clone()
    }

    fn with<'a>(&self, family: &'a str, change: impl FnOnce(&mut Tally)) -> &'a str {
        let families = &mut self.0.lock().families;
        if let Some(tally) = families.get_mut(family) {
            change(tally);
            return family;
        }
        let known = families.len() < MAX_FAMILIES;
        let family = if known { family } else { OTHER };
        change(families.entry(family.to_owned()).or_default());
        family
    }
}
