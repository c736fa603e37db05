//! The console of an instance: what it said lately, numbered, so that each session has its own place in it.

use std::collections::VecDeque;

use crate::clock::Millis;

/// Lines kept; the oldest go first.
const KEEP: usize = 500;
/// Letters of a line kept.
const LONGEST: usize = 1_000;

/// A line.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub(crate) at: Millis,
    pub(crate) source: String,
    pub(crate) kind: &'static str,
    pub(crate) text: String,
}

#[derive(Debug, Default)]
pub(crate) struct Console {
    lines: VecDeque<Line>,
    /// The number of the line that comes next.
    next: u64,
}

impl Console {
    pub(crate) fn say(&mut self, at: Millis, source: &str, kind: &'static str, text: &str) {
        if self.lines.len() == KEEP {
            self.lines.pop_front();
        }
        let text = text.chars().take(LONGEST).collect();
        self.lines.push_back(Line { at, source: source.to_owned(), kind, text });
        self.next += 1;
    }

    /// Where a session begins that is told this many of the old lines.
    pub(crate) fn place_for_new(&self, replay: usize) -> u64 {
        self.next - count(replay.min(self.lines.len()))
    }

    /// The lines since that place, and the place for the next time.
    pub(crate) fn since(&self, place: u64) -> (Vec<Line>, u64) {
        let new = usize::try_from(self.next.saturating_sub(place)).unwrap_or(usize::MAX);
        let old = self.lines.len().saturating_sub(new);
        (self.lines.iter().skip(old).cloned().collect(), self.next)
    }
}

fn count(lines: usize) -> u64 {
    u64::try_from(lines).unwrap_or(u64::MAX)
}
