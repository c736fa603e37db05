//! Wiring: configuration in, a running bot out; and the commands around it.
//!
//! No rules live here. The binary, the tour and the tests start the bot through the same
//! [`wire`] module.

pub mod alarms;
pub mod attend;
pub mod backup;
pub mod bench;
pub mod checklist;
pub mod child;
pub mod cli;
pub mod commands;
pub mod config;
pub mod configure;
pub mod data;
pub mod database;
pub mod demo;
pub mod doctor;
pub mod exit;
pub mod health;
pub mod kills;
pub mod last_words;
mod local_amp;
pub mod logging;
pub mod lookout;
pub mod manual;
pub mod metrics;
pub mod migrate;
pub mod notify;
pub mod reload;
mod resident;
pub mod run;
pub mod service;
pub mod smoke;
pub mod soak;
pub mod stage;
pub mod standalone;
pub mod tour;
pub mod upgrade;
pub mod vitals;
pub mod watch;
mod watchdog;
pub mod wire;
