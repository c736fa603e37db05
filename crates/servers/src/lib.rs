//! Real game servers: those on an AMP panel, and those that are only an address.
//!
//! Deliberately absent: Discord, and any decision about people. This room says what
//! servers do and makes them do things; who may ask for what is the engine's to say.

pub mod amp;
pub mod direct;
mod metrics;
pub mod poll;
pub mod schedule;

pub use metrics::Metrics;
