//! Interactions: what people do, what the bot may answer, and what they then see.

#![allow(clippy::needless_pass_by_value, reason = "JSON literals are handed over in place")]

mod answers;
mod buttons;
mod control;
mod files;
mod followups;
mod hands;
mod layout;
mod modals;
mod payloads;
mod people;
mod registry;
mod selects;
mod slash;
pub mod stage;
