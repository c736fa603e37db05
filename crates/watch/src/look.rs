//! One look at the bot, and all of them.

use crate::figures::Figures;

/// What was seen.
#[derive(Clone, Debug, PartialEq)]
pub enum Seen {
    /// It told its figures.
    Up(Box<Figures>),
    /// It did not answer, and why.
    Away(String),
}

/// One look.
#[derive(Clone, Debug, PartialEq)]
pub struct Look {
    /// Hours since the watch began.
    pub hours: f64,
    /// What was seen.
    pub seen: Seen,
    /// Why it said that it is not ready, in its own words; empty when it is.
    pub not_ready: String,
}

/// All looks, oldest first.
#[derive(Clone, Debug, Default)]
pub struct Log {
    looks: Vec<Look>,
}

impl Log {
    /// One more. A look from before the last one is not taken: time goes on.
    pub fn add(&mut self, look: Look) {
        if self.looks.last().is_none_or(|last| look.hours >= last.hours) {
            self.looks.push(look);
        }
    }

    /// All of them.
    pub fn looks(&self) -> &[Look] {
        &self.looks
    }
}

impl Look {
    /// The figures, if there are any.
    pub fn figures(&self) -> Option<&Figures> {
        if let Seen::Up(figures) = &self.seen { Some(figures) } else { None }
    }
}
