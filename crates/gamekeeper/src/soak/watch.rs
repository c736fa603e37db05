//! What is looked at every second: contract, refused requests, memory.

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use super::Ground;
use crate::resident;

/// Requests that Discord holds against the bot, in ten minutes. Discord blocks at 10,000.
const MOST_INVALID: u64 = 100;
const WINDOW: Duration = Duration::from_mins(10);
/// Memory is not looked at before: caches fill, the allocator finds its size.
const WARM_UP: Duration = Duration::from_mins(1);

/// Samples of the whole run.
#[derive(Default)]
pub(super) struct Samples {
    /// Seconds since the start, MiB.
    memory: Vec<(f64, f64)>,
    invalid: VecDeque<(Instant, u64)>,
    pub(super) worst: u64,
}

impl Samples {
    /// One look.
    pub(super) fn take(&mut self, ground: &Ground<'_>) {
        let violations = ground.stage.discord.violations();
        if !violations.is_empty() {
            ground.stage.discord.forget_violations();
            for violation in violations {
                ground.book.broken(format!("the contract with Discord: {violation:?}"));
            }
        }
        let (now, total) = (Instant::now(), ground.stage.discord.limits().invalid_answers());
        self.invalid.push_back((now, total));
        while self.invalid.front().is_some_and(|(at, _)| now.duration_since(*at) > WINDOW) {
            self.invalid.pop_front();
        }
        let first = self.invalid.front().map_or(0, |(_, total)| *total);
        let lately = total.saturating_sub(first);
        if lately >= MOST_INVALID && self.worst < MOST_INVALID {
            ground.book.broken(format!("{lately} requests were refused within ten minutes"));
        }
        self.worst = self.worst.max(lately);
        // What the local Discord remembers for us is not the bot's.
        ground.stage.discord.requests().clear();
        if let Ok(mib) = resident::mib("self", "VmRSS:") {
            self.memory.push((ground.book.elapsed().as_secs_f64(), mib));
        }
    }

    /// Resident memory now, in MiB.
    pub(super) fn mib(&self) -> f64 {
        self.memory.last().map_or(0.0, |(_, mib)| *mib)
    }

    /// Resident memory in words.
    pub(super) fn memory(&self) -> String {
        let warm: Vec<(f64, f64)> =
            self.memory.iter().filter(|(at, _)| *at >= WARM_UP.as_secs_f64()).copied().collect();
        let (Some(first), Some(last)) = (warm.first(), warm.last()) else {
            return format!("{:.1} MiB at the end; too short a run to tell a trend", self.mib());
        };
        format!(
            "{:.1} MiB after a minute, {:.1} MiB at the end; {:+.0} KiB a minute over {:.1} min",
            first.1,
            last.1,
            slope(&warm) * 60.0 * 1024.0,
            (last.0 - first.0) / 60.0
        )
    }
}

/// The straight line nearest to the points, as rise per step to the right.
fn slope(points: &[(f64, f64)]) -> f64 {
    let count = points.iter().fold(0.0, |count, _| count + 1.0);
    let (mx, my) = points.iter().fold((0.0, 0.0), |(x, y), point| (x + point.0, y + point.1));
    let (mx, my) = (mx / count, my / count);
    let (mut over, mut under) = (0.0, 0.0);
    for (x, y) in points {
        over += (x - mx) * (y - my);
        under += (x - mx) * (x - mx);
    }
    if under > 0.0 { over / under } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::slope;

    #[test]
    fn a_straight_line_has_its_slope() {
        let points: Vec<(f64, f64)> =
            (0..10).map(|x| (f64::from(x), f64::from(3 * x + 5))).collect();
        assert!((slope(&points) - 3.0).abs() < 1e-9);
        assert!(slope(&[]).abs() < 1e-9);
    }
}
