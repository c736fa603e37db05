//! A bounded list that numbers what passes through it.

use std::collections::VecDeque;

#[derive(Debug)]
pub(super) struct Ring<T> {
    kept: VecDeque<T>,
    keep: usize,
    /// How many there have been.
    passed: u64,
}

impl<T: Clone> Ring<T> {
    pub(super) fn new(keep: usize) -> Self {
        Self { kept: VecDeque::new(), keep, passed: 0 }
    }

    pub(super) fn push(&mut self, one: T) {
        if self.keep == 0 {
            return;
        }
        while self.kept.len() >= self.keep {
            self.kept.pop_front();
        }
        self.kept.push_back(one);
        self.passed += 1;
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &T> {
        self.kept.iter()
    }

    /// Forgets what is kept; numbers go on.
    pub(super) fn clear(&mut self) {
        self.kept.clear();
    }

    /// The newest ones after number `seen`, at most `count`, oldest first, each with its number from 1.
    pub(super) fn after(&self, seen: u64, count: usize) -> Vec<(u64, T)> {
        let fresh = usize::try_from(self.passed.saturating_sub(seen)).unwrap_or(usize::MAX);
        let take = fresh.min(count).min(self.kept.len());
        let first = self.passed - take as u64 + 1;
        (first..).zip(self.kept.iter().skip(self.kept.len() - take).cloned()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_are_kept_and_numbered() {
        let mut ring = Ring::new(3);
        assert_eq!(ring.after(0, 9), []);
        for letter in ['a', 'b', 'c', 'd'] {
            ring.push(letter);
        }
        assert_eq!(ring.after(0, 9), [(2, 'b'), (3, 'c'), (4, 'd')]);
        assert_eq!(ring.after(0, 1), [(4, 'd')]);
        assert_eq!(ring.after(3, 9), [(4, 'd')]);
        assert_eq!(ring.after(4, 9), []);
        ring.clear();
        assert_eq!(ring.after(0, 9), []);
        ring.push('e');
        assert_eq!(ring.after(0, 9), [(5, 'e')]);
    }
}
