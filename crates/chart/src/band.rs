//! The states, merged into columns of the band.

use crate::history::{History, State};
use crate::number::index;
use crate::stretch::in_order;

/// About two pixels each.
pub(crate) const COLUMNS: u16 = 540;

/// Columns of one state, `to` excluded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) from: u16,
    pub(crate) to: u16,
    pub(crate) state: State,
}

/// Runs of columns, in order; nothing is known between them. A column has the state that lasted
/// longest in it, but a crash always shows: it is what people look for.
pub(crate) fn runs(history: &History) -> Vec<Run> {
    let window = history.window();
    let span = history.span.seconds();
    // Seconds in each state.
    let mut columns = vec![[0_i64; State::ALL.len()]; COLUMNS.into()];
    for it in in_order(&history.states, window) {
        let mut at = it.from;
        while at < it.to {
            let column = (at - window.start) * i64::from(COLUMNS) / span;
            // Where the next column starts, rounded up: the first second that is part of it.
            let next =
                window.start + ((column + 1) * span + i64::from(COLUMNS) - 1) / i64::from(COLUMNS);
            let end = next.min(it.to);
            if let Some(column) = columns.get_mut(index(column)) {
                column[it.state as usize] += end - at;
            }
            at = end;
        }
    }
    let mut runs: Vec<Run> = vec![];
    for (from, column) in (0..COLUMNS).zip(&columns) {
        let Some(state) = main(column) else { continue };
        match runs.last_mut() {
            Some(last) if last.to == from && last.state == state => last.to = from + 1,
            _ => runs.push(Run { from, to: from + 1, state }),
        }
    }
    runs
}

fn main(column: &[i64; State::ALL.len()]) -> Option<State> {
    if column[State::Crashed as usize] > 0 {
        return Some(State::Crashed);
    }
    let (state, seconds) =
        State::ALL.into_iter().zip(column).rev().max_by_key(|(_, seconds)| **seconds)?;
    (*seconds > 0).then_some(state)
}
