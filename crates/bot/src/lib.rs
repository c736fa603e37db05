//! Gamekeeper on Discord: the gateway session, the door for interactions, commands, and every
//! message people see.
//!
//! One click: `door` parses it and builds the caller, `flows` calls the engine and renders a
//! view, `answer` brings it to the person in time, `keepers` keep panels, replies and log lines
//! up to date afterwards. What is deliberately absent: rules (`domain`, `engine`) and SQL.

mod answer;
mod app;
pub mod commands;
mod config;
mod door;
mod flows;
mod gateway;
pub mod ids;
mod keepers;
mod metrics;
mod register;
mod run;
pub mod text;
pub mod views;

pub use config::{BotConfig, InboundLimits, Pace};
pub use door::Limiter;
pub use gateway::{GatewayError, Status};
pub use metrics::Metrics;
pub use run::{Bot, BotError};
