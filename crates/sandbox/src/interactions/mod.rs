//! Interactions under way (interactions/receiving-and-responding): tokens, deadlines, answers.

mod answer;
mod dispatch;
mod followups;
mod respond;
pub(crate) mod routes;
mod store;

pub use dispatch::Trigger;
pub use store::{Answered, Interaction, Interactions, Modal};

/// A token nobody guesses; for interactions and sessions.
pub(crate) fn random_token(words: u64) -> String {
    crate::world::random_hex(words)
}

/// The first answer must come within 3 seconds.
pub const ANSWER_MS: i64 = 3_000;

/// The token works for 15 minutes.
pub const TOKEN_MS: i64 = 15 * 60 * 1_000;
