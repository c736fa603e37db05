//! The tables, one file each. Columns say what they hold where the name does not.

pub mod audit;
pub mod binding;
pub mod draft;
pub mod game;
pub mod guild;
pub mod instance;
pub mod journal;
pub mod kv;
pub mod panel;
pub mod seat;
pub mod server;
pub mod server_grant;
pub mod server_hour;
pub mod server_sample;
pub mod session;
pub mod shard;
pub mod waiter;
pub mod work;
