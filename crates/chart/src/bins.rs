//! Players, merged into points of equal length.

use crate::history::{History, Players};
use crate::number::{float, index};
use crate::stretch::in_order;

/// A point of the lines.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Point {
    pub(crate) from: i64,
    pub(crate) to: i64,
    pub(crate) average: f64,
    pub(crate) maximum: f64,
}

#[derive(Clone, Copy, Default)]
struct Bin {
    seconds: i64,
    /// Players times seconds.
    played: f64,
    maximum: f64,
}

/// The points, in runs: between two runs nothing is known. Points start at full steps of the clock,
/// so that hourly figures do not smear over two of them.
pub(crate) fn runs(history: &History) -> Vec<Vec<Point>> {
    let window = history.window();
    let step = history.span.step();
    let first = window.start - window.start.rem_euclid(step);
    let mut bins = vec![Bin::default(); index((window.end - first + step - 1) / step)];
    for it in in_order(&history.players, window) {
        let mut at = it.from;
        while at < it.to {
            let number = (at - first) / step;
            let end = (first + (number + 1) * step).min(it.to);
            if let Some(bin) = bins.get_mut(index(number)) {
                bin.add(&it, end - at);
            }
            at = end;
        }
    }
    let mut runs = vec![];
    let mut run = vec![];
    for (bin, from) in bins.iter().zip((0..).map(|number| first + number * step)) {
        if bin.seconds > 0 {
            run.push(Point {
                from: from.max(window.start),
                to: (from + step).min(window.end),
                average: bin.played / float(bin.seconds),
                maximum: bin.maximum,
            });
        } else if !run.is_empty() {
            runs.push(std::mem::take(&mut run));
        }
    }
    if !run.is_empty() {
        runs.push(run);
    }
    runs
}

impl Bin {
    fn add(&mut self, players: &Players, seconds: i64) {
        // No more than can play at all, so that no sum is infinite.
        let average = players.average.min(f64::from(u32::MAX));
        self.seconds += seconds;
        self.played += average * float(seconds);
        self.maximum = self.maximum.max(f64::from(players.peak()));
    }
}
