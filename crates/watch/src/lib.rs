//! The report of the first day: what the running bot told of itself now and then, and what that
//! makes of the day.
//!
//! Looks come in, a report goes out, and the same looks make the same report. What is deliberately
//! absent: the network, files, a clock. Whoever looks brings the time of each look along.

mod exposition;
mod figures;
mod growth;
mod histogram;
mod judge;
mod look;
mod report;
mod text;

pub use figures::{Figures, NAMES};
pub use growth::{Growth, growth};
pub use histogram::Histogram;
pub use judge::{Severity, Verdict};
pub use look::{Log, Look, Seen};
pub use report::{Report, report};

/// Hours after which a report is due, and one more at the end.
pub const DUE: [u32; 5] = [1, 4, 8, 12, 24];

/// The hours of a watch of this length at which it reports, the end not among them.
pub fn due(hours: f64) -> impl Iterator<Item = f64> {
    DUE.into_iter().map(f64::from).filter(move |due| *due < hours)
}
