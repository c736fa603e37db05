//! Counting what was judged, in one process and over all processes of a test run.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// More lapses than this are counted but not kept.
const KEEP: usize = 200;

/// What was judged.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Tally {
    /// Requests by operation.
    pub requests: BTreeMap<String, u64>,
    /// Answers by operation.
    pub answers: BTreeMap<String, u64>,
    /// Gateway frames by name.
    pub frames: BTreeMap<String, u64>,
    /// Number of violations.
    pub violations: u64,
    /// The first violations.
    pub lapses: Vec<Lapse>,
}

/// One violation and where it happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lapse {
    /// The test.
    pub test: String,
    /// The operation or event.
    pub place: String,
    /// What is wrong.
    pub detail: String,
}

impl Tally {
    /// Counts a violation.
    pub fn lapse(&mut self, lapse: Lapse) {
        self.violations += 1;
        if self.lapses.len() < KEEP {
            self.lapses.push(lapse);
        }
    }

    /// Adds what another process counted.
    pub fn add(&mut self, other: Self) {
        let sum = |into: &mut BTreeMap<String, u64>, from: BTreeMap<String, u64>| {
            for (name, count) in from {
                *into.entry(name).or_default() += count;
            }
        };
        sum(&mut self.requests, other.requests);
        sum(&mut self.answers, other.answers);
        sum(&mut self.frames, other.frames);
        self.violations += other.violations;
        let room = KEEP.saturating_sub(self.lapses.len());
        self.lapses.extend(other.lapses.into_iter().take(room));
    }

    /// Requests, answers and frames judged.
    pub fn totals(&self) -> (u64, u64, u64) {
        let sum = |counts: &BTreeMap<String, u64>| counts.values().sum();
        (sum(&self.requests), sum(&self.answers), sum(&self.frames))
    }
}
