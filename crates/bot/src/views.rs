//! Data in, message components out: everything people see, as pure functions.
//!
//! Every view keeps Discord's limits for any data (a test runs them all over extreme data):
//! at most 40 components, 4000 characters of text, ids and labels within bounds.

pub mod audit;
mod choice;
pub mod confirm;
pub mod create;
pub mod direct;
mod fields;
pub mod games;
pub mod help;
pub mod history;
mod line;
pub mod manage;
pub mod members;
mod modal;
pub mod panel;
mod part;
pub mod pick;
pub mod reply;
pub mod requests;
pub mod server_card;
pub mod server_console;
pub mod server_settings;
pub mod servers;
pub mod settings;

pub use crate::text::plain::{person, safe};
pub use modal::Modal;
use twilight_model::channel::message::component::Component;

/// The body of a Components V2 message.
pub type Parts = Vec<Component>;

#[cfg(test)]
mod tests;
