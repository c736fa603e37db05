//! Everything that is remembered: desired state, journal, audit, panels, sessions.
//!
//! One code base for SQLite and PostgreSQL. What is deliberately absent: rules (they are in
//! `domain`) and Discord calls. Times are milliseconds since the Unix epoch, given by the caller:
//! nothing here reads a clock.

pub mod archive;
mod as_is;
mod audit;
mod bindings;
mod config;
mod connect;
mod drafts;
pub mod entity;
mod erase;
mod error;
mod games;
mod guilds;
mod hold;
mod hold_file;
mod instances;
pub mod invariants;
mod journal;
mod kv;
mod lease;
mod metrics;
pub mod migration;
mod panels;
mod pool;
mod postgres;
mod restored;
mod row;
mod scratch;
mod seats;
mod server_history;
mod servers;
mod sessions;
mod size;
mod sqlite;
mod timed;
pub mod vitals;
mod waiters;
mod work;

pub use audit::{AuditEntry, AuditQuery, AuditRecord};
pub use config::StoreConfig;
pub use connect::{Store, Tx};
pub use erase::Forgotten;
pub use error::StoreError;
pub use games::GameRecord;
pub use hold::Hold;
pub use instances::{Alive, Instance, Lifetimes, Turned};
pub use journal::{JournalEntry, JournalStatus};
pub use metrics::Metrics;
pub use panels::{Leftover, Panel, PanelState};
pub use scratch::Scratch;
pub use seats::SeatCounts;
pub use server_history::{Hour, RAW_KEPT_MS, Sample};
pub use servers::{Found, ServerRecord};
pub use sessions::SavedSession;
pub use waiters::Waiter;
pub use work::{Backlog, Claim, Work, WorkItem};
