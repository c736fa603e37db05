//! Many measured times as a few numbers.

use std::time::Duration;

/// Sorted times.
pub(super) struct Spread(Vec<Duration>);

impl Spread {
    pub(super) fn of(mut times: Vec<Duration>) -> Self {
        times.sort();
        Self(times)
    }

    /// The time that `share` (0 to 1) of all are within.
    pub(super) fn within(&self, share: f64) -> Duration {
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a count of measurements, times a share of at most one"
        )]
        let index = ((self.0.len() as f64) * share).ceil() as usize;
        self.0.get(index.saturating_sub(1)).copied().unwrap_or_default()
    }
}

impl std::fmt::Display for Spread {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "p50 {:.1} ms, p99 {:.1} ms, max {:.1} ms",
            ms(self.within(0.5)),
            ms(self.within(0.99)),
            ms(self.within(1.0))
        )
    }
}

/// Milliseconds with a fraction.
pub(super) fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// Figures of several runs as lowest, median and highest.
pub(super) fn lowest_to_highest(mut figures: Vec<f64>) -> String {
    figures.sort_by(f64::total_cmp);
    let digits = if figures.first().is_some_and(|lowest| *lowest < 100.0) { 2 } else { 0 };
    let at = |index: usize| figures.get(index).copied().unwrap_or_default();
    let (low, middle, high) = (at(0), at(figures.len() / 2), at(figures.len().saturating_sub(1)));
    format!("min {low:.digits$}, median {middle:.digits$}, max {high:.digits$}")
}
