//! Stories of the crate, with the words of the example.

mod figures;
mod hostile;
mod picture;
mod words;

use crate::{History, Labels, Players, Span, State, Stretch};

#[path = "../../examples/history/words.rs"]
mod languages;

pub(crate) use languages::{english, german};

/// Friday, 27 November 2026, 14:37 UTC.
pub(crate) const NOW: i64 = 1_795_790_220;
pub(crate) const HOUR: i64 = 3600;
pub(crate) const DAY: i64 = 24 * HOUR;

/// A server of which nothing is known.
fn empty(span: Span) -> History {
    History {
        title: "Aurora".into(),
        span,
        until: NOW,
        capacity: None,
        players: vec![],
        states: vec![],
        labels: english(),
    }
}

fn players(from: i64, to: i64, average: f64, maximum: u32) -> Players {
    Players { from, to, average, maximum }
}

fn state(from: i64, to: i64, state: State) -> Stretch {
    Stretch { from, to, state }
}

/// A quiet week: five players on average for three days, asleep for three, offline for one.
fn week() -> History {
    let start = NOW - 7 * DAY;
    History {
        capacity: Some(20),
        players: vec![
            players(start, start + 2 * DAY, 6.0, 9),
            players(start + 2 * DAY, start + 3 * DAY, 3.0, 14),
        ],
        states: vec![
            state(start, start + 3 * DAY, State::Online),
            state(start + 3 * DAY, start + 6 * DAY, State::Sleeping),
            state(start + 6 * DAY, NOW, State::Offline),
        ],
        ..empty(Span::Week)
    }
}

fn in_german(history: History) -> History {
    let labels: Labels = german();
    History { labels, ..history }
}
