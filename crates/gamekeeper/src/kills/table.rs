//! The matrix in figures.

use std::fmt;

use super::cell::{Cell, Verdict};

/// One flow on one database.
struct Row {
    ground: &'static str,
    flow: &'static str,
    calls: u32,
    passed: usize,
    failed: Vec<String>,
    missed: usize,
}

/// All rows so far.
#[derive(Default)]
pub(super) struct Table {
    rows: Vec<Row>,
}

impl Table {
    /// Adds a flow's cells; answers its line.
    pub(super) fn add(
        &mut self,
        ground: &'static str,
        flow: &'static str,
        played: Vec<(Cell, Verdict)>,
    ) -> String {
        let calls = played.iter().map(|(cell, _)| cell.nth).max().unwrap_or(0);
        let mut row = Row { ground, flow, calls, passed: 0, failed: Vec::new(), missed: 0 };
        for (cell, verdict) in played {
            match verdict {
                Verdict::Passed => row.passed += 1,
                Verdict::Missed => row.missed += 1,
                Verdict::Failed(why) => row.failed.push(format!("{cell}: {why}")),
            }
        }
        let mut line = row.to_string();
        for why in &row.failed {
            line.push_str("\n    ");
            line.push_str(why);
        }
        self.rows.push(row);
        line
    }

    /// Cells that failed.
    pub(super) fn failed(&self) -> usize {
        self.rows.iter().map(|row| row.failed.len()).sum()
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let cells = self.passed + self.failed.len();
        let Self { ground, flow, calls, passed, missed, .. } = self;
        let failed = self.failed.len();
        write!(
            f,
            "{ground:<10}  {flow:<15} {calls:>5} {cells:>6} {passed:>6} {failed:>6} {missed:>6}"
        )
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{:<10}  {:<15} {:>5} {:>6} {:>6} {:>6} {:>6}",
            "database", "flow", "calls", "cells", "passed", "failed", "missed"
        )?;
        for row in &self.rows {
            writeln!(f, "{row}")?;
        }
        let sum = |figure: fn(&Row) -> usize| self.rows.iter().map(figure).sum::<usize>();
        let (passed, failed) = (sum(|row| row.passed), self.failed());
        write!(
            f,
            "{:<33} {:>6} {passed:>6} {failed:>6} {:>6}\nmissed: the call did not come this time",
            "in all",
            passed + failed,
            sum(|row| row.missed)
        )
    }
}
