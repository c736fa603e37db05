//! What does not work is told of once, not at every try.

use std::{
    collections::{HashMap, HashSet},
    hash::Hash,
};

/// Kinds of trouble told of one place.
const MOST_KINDS: usize = 8;
/// Places that are remembered to be in trouble. Beyond, nothing is told.
const MOST_PLACES: usize = 2_000;

/// What was told, by the place where it does not work.
#[derive(Debug)]
pub(super) struct Trouble<K> {
    told: HashMap<K, HashSet<String>>,
}

impl<K> Default for Trouble<K> {
    fn default() -> Self {
        Self { told: HashMap::new() }
    }
}

impl<K: Eq + Hash> Trouble<K> {
    /// Whether this is to be told: the first of its kind since it last worked.
    pub(super) fn is_new(&mut self, place: K, why: &str) -> bool {
        if self.told.len() >= MOST_PLACES && !self.told.contains_key(&place) {
            return false;
        }
        // Numbers count down or up; what is said stays.
        let kind: String = why.chars().filter(|c| !c.is_ascii_digit()).collect();
        let kinds = self.told.entry(place).or_default();
        kinds.len() < MOST_KINDS && kinds.insert(kind)
    }

    /// It works. Answers whether anything was told of it.
    pub(super) fn over(&mut self, place: &K) -> bool {
        self.told.remove(place).is_some()
    }

    /// What is no more cannot be in trouble.
    pub(super) fn keep(&mut self, is_there: impl Fn(&K) -> bool) {
        self.told.retain(|place, _| is_there(place));
    }
}

#[cfg(test)]
mod tests {
    use super::Trouble;

    #[test]
    fn each_kind_is_told_once_until_it_is_over() {
        let mut trouble = Trouble::default();
        assert!(trouble.is_new(1, "no answer within 20 s"));
        assert!(!trouble.is_new(1, "no answer within 10 s"), "only the number is new");
        assert!(trouble.is_new(1, "the session is gone"));
        assert!(trouble.is_new(2, "no answer within 20 s"), "elsewhere it is news");
        assert!(trouble.over(&1) && !trouble.over(&1));
        assert!(trouble.is_new(1, "no answer within 20 s"));
        for odd in 0..100_u8 {
            let kind = char::from(b'!' + odd % 90).to_string();
            trouble.is_new(3, &kind);
        }
        assert!(!trouble.is_new(3, "one more"), "somebody makes up reasons");
        trouble.keep(|place| *place == 2);
        assert!(trouble.over(&2) && !trouble.over(&3));
    }
}
