//! Interactions that were taken already: Discord may deliver an event twice.

use std::collections::{HashSet, VecDeque};

use parking_lot::Mutex;

/// Ids remembered. At 2,000 interactions a second this is four seconds, longer than any of them
/// can still be answered.
const REMEMBERED: usize = 8_192;

/// The latest interactions, oldest forgotten first.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    ids: Mutex<(HashSet<u64>, VecDeque<u64>)>,
}

impl Seen {
    /// Whether this id comes for the first time.
    pub(crate) fn is_new(&self, id: u64) -> bool {
        let (set, order) = &mut *self.ids.lock();
        if !set.insert(id) {
            return false;
        }
        order.push_back(id);
        if order.len() > REMEMBERED
            && let Some(oldest) = order.pop_front()
        {
            set.remove(&oldest);
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::{REMEMBERED, Seen};

    #[test]
    fn forgets_only_the_oldest() {
        let seen = Seen::default();
        assert!(seen.is_new(1));
        assert!(!seen.is_new(1));
        for id in 2..=REMEMBERED as u64 + 1 {
            assert!(seen.is_new(id));
        }
        assert!(!seen.is_new(2));
        assert!(seen.is_new(1));
    }
}
