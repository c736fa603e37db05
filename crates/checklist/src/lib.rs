//! The deployment checklist that ticks itself: every box as data, with whoever answers for it.
//!
//! A box is answered by a check of the doctor, by a test, by a file that is shipped, by a command
//! that does it on demand, or it is *yours*: what only a human can do, with the command to do it.
//! What is deliberately absent: files, clocks, the network. Whoever calls brings the results of
//! the checks, and writes what comes back.

mod checks;
mod item;
mod parts;
mod render;
mod results;
mod sign_off;

pub use checks::CHECKS;
pub use item::{By, Item, Part};
pub use parts::PARTS;
pub use render::{Format, document, render};
pub use results::{Finding, Results, Severity, State, Summary};
pub use sign_off::{Checksum, Facts, Memory, Record, Refused, remember, sign_off};

/// Every box, in the order of the parts.
pub fn items() -> impl Iterator<Item = &'static Item> {
    PARTS.iter().flat_map(|part| part.items)
}

/// The box with this id.
pub fn item(id: &str) -> Option<&'static Item> {
    items().find(|item| item.id == id)
}
