//! Who is on a server, and people who come and go by themselves.

use crate::chance::{self, Chance};
use crate::clock::Millis;
use crate::id::Guid;
use crate::names::PEOPLE;

/// How often somebody may come or go.
const PACE_MS: Millis = 7_000;
/// So many paces are caught up with when nobody looked for long.
const CATCH_UP: Millis = 200;

/// Somebody on a server.
#[derive(Clone, Debug)]
pub(crate) struct Player {
    pub(crate) id: Guid,
    pub(crate) name: String,
}

impl Player {
    pub(crate) fn new(name: &str) -> Self {
        // Always the same id for the same name, as the accounts of games have.
        Self { id: Guid(Chance::new(chance::of_text(name)).wide()), name: name.to_owned() }
    }
}

/// A seeded walk of comings and goings.
#[derive(Debug)]
pub(crate) struct Walk {
    chance: Chance,
    next: Millis,
}

/// A step of it.
#[derive(Debug)]
pub(crate) enum Step {
    Come(&'static str),
    /// The one of this number among those who are on, modulo.
    Go(usize),
    Nothing,
}

impl Walk {
    pub(crate) fn new(seed: u64, now: Millis) -> Self {
        Self { chance: Chance::new(seed), next: now + PACE_MS }
    }

    /// The next step, if it is due.
    pub(crate) fn step(&mut self, now: Millis) -> Option<(Millis, Step)> {
        if self.next > now {
            return None;
        }
        let at = self.next.max(now - PACE_MS * CATCH_UP);
        self.next = at + PACE_MS;
        let step = match self.chance.below(5) {
            0 | 1 => Step::Come(PEOPLE[self.chance.below(PEOPLE.len())]),
            2 => Step::Go(self.chance.below(1_000)),
            _ => Step::Nothing,
        };
        Some((at, step))
    }
}
