//! Use cases: authorise, write the desired state with its audit entry and a wake-up in one
//! transaction, and answer. None of them waits for Discord.

pub mod audit;
pub mod create;
pub mod dashboard;
mod desk;
pub mod direct_servers;
mod draft;
pub mod edit;
pub mod join;
pub mod lifecycle;
pub mod query;
pub mod seats;
pub mod server_cards;
pub mod server_console;
pub mod server_history;
mod server_news;
pub mod server_settings;
pub mod servers;
pub mod settings;
mod sight;
