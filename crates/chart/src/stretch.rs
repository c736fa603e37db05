//! Whiles of any order and overlap, made to follow one another within the window.

use crate::history::{Players, Stretch, Window};

pub(crate) trait While: Copy {
    fn from(&self) -> i64;
    fn to(&self) -> i64;
    /// Whether it says something.
    fn counts(&self) -> bool;
    fn cut(self, from: i64, to: i64) -> Self;
}

impl While for Players {
    fn from(&self) -> i64 {
        self.from
    }
    fn to(&self) -> i64 {
        self.to
    }
    fn counts(&self) -> bool {
        self.average.is_finite() && self.average >= 0.0
    }
    fn cut(self, from: i64, to: i64) -> Self {
        Self { from, to, ..self }
    }
}

impl While for Stretch {
    fn from(&self) -> i64 {
        self.from
    }
    fn to(&self) -> i64 {
        self.to
    }
    fn counts(&self) -> bool {
        true
    }
    fn cut(self, from: i64, to: i64) -> Self {
        Self { from, to, ..self }
    }
}

/// What lies in the window, in order, without overlaps: each ends where the next one starts. So
/// whatever comes later goes through every second once, however much it was given.
pub(crate) fn in_order<T: While>(all: &[T], window: Window) -> Vec<T> {
    let mut kept: Vec<T> = all
        .iter()
        .copied()
        .filter(|it| it.counts() && it.from() < it.to())
        .filter(|it| it.from() < window.end && it.to() > window.start)
        .collect();
    kept.sort_by_key(While::from);
    let ends: Vec<i64> = kept.iter().skip(1).map(While::from).chain([window.end]).collect();
    kept.into_iter()
        .zip(ends)
        .map(|(it, next)| it.cut(it.from().max(window.start), it.to().min(next).min(window.end)))
        .filter(|it| it.from() < it.to())
        .collect()
}
