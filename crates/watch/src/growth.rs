//! Whether memory grows: a straight line through what was seen.

use serde::Serialize;

/// A line through points.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Growth {
    /// How much more an hour.
    pub an_hour: f64,
    /// How well the line tells the points, from 0 (not at all) to 1.
    pub fit: f64,
}

/// The line with the least squares through points of hours and amounts; none with fewer than three
/// of them, or all at one time.
#[expect(clippy::cast_precision_loss, reason = "a day has a few thousand looks")]
pub fn growth(points: &[(f64, f64)]) -> Option<Growth> {
    if points.len() < 3 {
        return None;
    }
    let count = points.len() as f64;
    let mean = |of: fn(&(f64, f64)) -> f64| points.iter().map(of).sum::<f64>() / count;
    let (at, amount) = (mean(|point| point.0), mean(|point| point.1));
    let (mut across, mut up, mut both) = (0.0, 0.0, 0.0);
    for (x, y) in points {
        across += (x - at).powi(2);
        up += (y - amount).powi(2);
        both += (x - at) * (y - amount);
    }
    let an_hour = both / across;
    // All at one level: the line tells them exactly.
    let fit = if up > 0.0 { (both * both / (across * up)).clamp(0.0, 1.0) } else { 1.0 };
    an_hour.is_finite().then_some(Growth { an_hour, fit })
}
