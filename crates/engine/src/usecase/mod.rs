//! Use cases: authorise, write the desired state with its audit entry and a wake-up in one
//! transaction, and answer. None of them waits for Discord.

pub mod audit;
pub mod create;
pub mod dashboard;
mod desk;
mod draft;
pub mod edit;
pub mod join;
pub mod lifecycle;
pub mod query;
pub mod seats;
pub mod server_history;
pub mod servers;
pub mod settings;
mod sight;
