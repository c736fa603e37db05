//! How long things took, as counts below bounds.

use std::collections::BTreeMap;

use serde::Serialize;

/// Counts at or below each bound, in Prometheus' way: each counts all that is below it too. Bounds
/// are kept in microseconds, which compare without surprises.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Histogram {
    buckets: BTreeMap<u64, u64>,
}

/// Above every bound.
const ENDLESS: u64 = u64::MAX;

impl Histogram {
    /// Adds a count at or below so many seconds.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a float is cut to what fits"
    )]
    pub fn add(&mut self, bound: f64, count: f64) {
        let bound = if bound.is_finite() { (bound * 1e6).round() as u64 } else { ENDLESS };
        let sum = self.buckets.entry(bound).or_default();
        *sum = sum.saturating_add(count as u64);
    }

    /// How many in all.
    pub fn count(&self) -> u64 {
        self.buckets.last_key_value().map_or(0, |(_, count)| *count)
    }

    /// What came since `before`; all of it where the count has begun anew.
    #[must_use]
    pub fn since(&self, before: &Self) -> Self {
        if before.count() > self.count() {
            return self.clone();
        }
        let more = |(bound, count): (&u64, &u64)| {
            let known = before.buckets.get(bound).copied().unwrap_or(0);
            (*bound, count.saturating_sub(known))
        };
        Self { buckets: self.buckets.iter().map(more).collect() }
    }

    /// Both together.
    pub fn join(&mut self, other: &Self) {
        for (bound, count) in &other.buckets {
            let sum = self.buckets.entry(*bound).or_default();
            *sum = sum.saturating_add(*count);
        }
    }

    /// The seconds that this share of all stayed below, by a straight line within its bucket; none
    /// where nothing was counted. What is above every bound counts as the last bound.
    #[expect(clippy::cast_precision_loss, reason = "figures for people")]
    pub fn quantile(&self, share: f64) -> Option<f64> {
        let all = self.count();
        if all == 0 {
            return None;
        }
        let wanted = share.clamp(0.0, 1.0) * all as f64;
        let (mut below, mut reached) = (0_u64, 0_u64);
        for (bound, count) in &self.buckets {
            if *count as f64 >= wanted {
                if *bound == ENDLESS {
                    break;
                }
                let inside = count.saturating_sub(reached);
                let part = (wanted - reached as f64) / (inside.max(1)) as f64;
                let width = bound.saturating_sub(below) as f64;
                return Some((below as f64 + width * part.clamp(0.0, 1.0)) / 1e6);
            }
            (below, reached) = (*bound, *count);
        }
        Some(below as f64 / 1e6)
    }
}

#[cfg(test)]
mod tests {
    use super::Histogram;

    fn of(counts: [f64; 4]) -> Histogram {
        let mut histogram = Histogram::default();
        for (bound, count) in [0.1, 0.2, 0.5, f64::INFINITY].into_iter().zip(counts) {
            histogram.add(bound, count);
        }
        histogram
    }

    #[test]
    fn shares_lie_within_their_bucket() {
        let histogram = of([50.0, 90.0, 99.0, 100.0]);
        let is = |share, seconds: f64| {
            let found = histogram.quantile(share).unwrap_or(f64::NAN);
            assert!((found - seconds).abs() < 1e-6, "{share}: {found}, not {seconds}");
        };
        is(0.25, 0.05);
        is(0.5, 0.1);
        is(0.7, 0.15);
        is(0.99, 0.5);
        // Nobody knows how far above.
        is(1.0, 0.5);
        assert_eq!(Histogram::default().quantile(0.5), None);
    }

    #[test]
    fn what_came_since_is_what_is_more_and_a_new_count_is_all_of_it() {
        let more = of([60.0, 100.0, 110.0, 110.0]).since(&of([50.0, 90.0, 99.0, 100.0]));
        assert_eq!(more, of([10.0, 10.0, 11.0, 10.0]));
        let anew = of([1.0, 1.0, 1.0, 1.0]);
        assert_eq!(anew.since(&of([50.0, 90.0, 99.0, 100.0])), anew);
    }
}
