//! The figures of the whole time shown.

use crate::history::{History, State};
use crate::number::float;
use crate::stretch::in_order;

/// The figures above the picture. `None` where nothing is known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Summary {
    /// 0 to 1: the share of the *known* time in which somebody who connected got in (see
    /// [`State::is_up`]).
    pub uptime: Option<f64>,
    /// Over the time with a player count.
    pub average: Option<f64>,
    pub peak: Option<u32>,
}

impl Summary {
    pub fn of(history: &History) -> Self {
        let window = history.window();
        let (mut up, mut known) = (0, 0);
        for it in in_order(&history.states, window) {
            if it.state != State::Unknown {
                known += it.to - it.from;
            }
            if it.state.is_up() {
                up += it.to - it.from;
            }
        }
        let (mut played, mut seconds, mut peak) = (0.0, 0, None);
        for it in in_order(&history.players, window) {
            played += it.average.min(f64::from(u32::MAX)) * float(it.to - it.from);
            seconds += it.to - it.from;
            peak = peak.max(Some(it.peak()));
        }
        Self {
            uptime: (known > 0).then(|| float(up) / float(known)),
            average: (seconds > 0).then(|| played / float(seconds)),
            peak,
        }
    }
}
